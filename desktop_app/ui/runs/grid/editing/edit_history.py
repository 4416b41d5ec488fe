"""What a person has changed in the answer grid, so that it can be taken back and done again."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.forms.values import CellValue

MOST = 500
"""Steps that can be taken back."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A value that a person has set, or a note."""

    value: CellValue


@dataclass(frozen=True, slots=True)
class Change:
    """One cell; `before` and `after` are None where the answer's own value counts.

    Attributes:
        item_id: the row.
        key: of the column.
    """

    item_id: int
    key: str
    before: ByHand | None
    after: ByHand | None

    @property
    def reversed(self) -> Change:
        return Change(self.item_id, self.key, self.after, self.before)


class EditHistory:
    """Steps of one or several changes each."""

    def __init__(self) -> None:
        self._done: list[tuple[Change, ...]] = []
        self._undone: list[tuple[Change, ...]] = []

    def add(self, step: tuple[Change, ...]) -> None:
        """A person did this; what was taken back before is forgotten."""
        self._done.append(step)
        del self._done[:-MOST]
        self._undone.clear()

    def undo(self) -> tuple[Change, ...]:
        """The last step, whose changes are to be reversed; empty when there is none."""
        if not self._done:
            return ()
        step = self._done.pop()
        self._undone.append(step)
        return step

    def redo(self) -> tuple[Change, ...]:
        """The step that was taken back last; empty when there is none."""
        if not self._undone:
            return ()
        step = self._undone.pop()
        self._done.append(step)
        return step

    def divide(self, step: tuple[Change, ...], count: int) -> None:
        """Only the first `count` changes of the step that was taken back or done again last were; the others
        are a step of their own that stays as it was.
        """
        for went, stayed in ((self._undone, self._done), (self._done, self._undone)):
            if went and went[-1] is step:
                went.pop()
                stayed.append(step[count:])
                if count:
                    went.append(step[:count])
                return

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    def forget(self) -> None:
        self._done.clear()
        self._undone.clear()
