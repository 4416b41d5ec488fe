"""A button that puts words into a prompt which are different for each picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop_app.domain.forms.variables import OF_PICTURE, in_prompt
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.literal import literal


class VariablesButton(QToolButton):
    """Signals:
    chosen: a variable as it stands in a prompt.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(self.tr("Insert"))
        self.setToolTip(self.tr("Words that are different for each picture"))
        self.setAccessibleName(self.toolTip())
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        words = QMenu(self)
        told = (
            self.tr("File name"),
            self.tr("Folder"),
            self.tr("Date taken"),
            self.tr("Size in pixels"),
        )
        for text, variable in zip(told, OF_PICTURE, strict=True):
            words.addAction(text, partial(self.chosen.emit, in_prompt(variable)))
        self.earlier = words.addMenu(self.tr("Answer of an earlier run"))
        self.earlier.menuAction().setVisible(False)
        self.setMenu(words)
        theme.changed.connect(self._tint)
        self._tint()

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None:
        """Fields of these runs can be inserted."""
        self.earlier.clear()
        self.earlier.menuAction().setVisible(bool(runs))
        for run in runs:
            of_run = self.earlier.addMenu(literal(run.name))
            for key, label in run.fields:
                variable = in_prompt(f"{run.name}.{key}")
                of_run.addAction(literal(label), partial(self.chosen.emit, variable))

    def _tint(self) -> None:
        self._theme.put_beside(self, "plus")
