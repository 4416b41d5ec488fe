"""Says what was removed and takes it back; nobody is asked before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme


class UndoBar(QFrame):
    """Signals:
    undo_requested: take it back.
    """

    undo_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("area", "question")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._undo = QPushButton(self.tr("Undo"), self)
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.setToolTip(self.tr("Bring it back"))
        self._undo.clicked.connect(self.undo_requested)
        self._close = QToolButton(self)
        self._close.setProperty("look", "quiet")
        self._close.setToolTip(self.tr("Close this note"))
        self._close.setAccessibleName(self.tr("Close this note"))
        self._close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        sizes = theme.sizes
        row.setContentsMargins(sizes.margin, sizes.unit, sizes.unit, sizes.unit)
        row.setSpacing(sizes.gap)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()
        self.hide()

    def show_removed(self, count: int, was_edit: bool = False) -> None:
        """So many questions were removed, by deleting them or by editing the first of them."""
        if was_edit and count == 1:
            self._words.setText(self.tr("The edited question replaced the earlier one."))
        elif was_edit:
            words = self.tr("The edited question replaced {count} earlier questions and their answers.")
            self._words.setText(words.format(count=count))
        elif count == 1:
            self._words.setText(self.tr("Question and answer deleted."))
        else:
            self._words.setText(self.tr("{count} questions and answers deleted.").format(count=count))
        self.show()

    def _paint_icon(self) -> None:
        self._close.setIcon(self._theme.icon("x"))
