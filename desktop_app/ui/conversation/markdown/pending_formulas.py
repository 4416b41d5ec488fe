"""Formulas whose source stands in the document until they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextCursor

from desktop_app.ui.conversation.markdown.formulas import FormulaKey


@dataclass(slots=True)
class PendingFormula:
    """Source text that stands in for a formula in work; the cursor selects it."""

    key: FormulaKey
    cursor: QTextCursor

    @property
    def stands(self) -> bool:
        """Whether the source is still there as it was written."""
        return self.cursor.selectedText() == self.key.latex.replace("\n", "\u2028")


class PendingFormulas:
    """Those in the settled part of an answer and those behind it, which go when that is drawn again."""

    def __init__(self) -> None:
        self._settled: list[PendingFormula] = []
        self._tail: list[PendingFormula] = []

    def forget(self) -> None:
        """Nothing of the answer is left."""
        self._settled, self._tail = [], []

    def settle(self, pending: list[PendingFormula]) -> None:
        """These have been written into the settled part."""
        self._settled += pending

    def behind(self, pending: list[PendingFormula]) -> None:
        """These are all there are behind the settled part."""
        self._tail = pending

    def take(self, key: FormulaKey) -> list[PendingFormula]:
        """Where the formula's source stands; it waits no longer."""
        found = []
        for waiting in (self._settled, self._tail):
            for one in [pending for pending in waiting if pending.key == key]:
                waiting.remove(one)
                if one.stands:
                    found.append(one)
        return found
