"""Below the picture while boxes are drawn on it: what to do, the chosen box in numbers, and the way out."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.geometry import NUMBER_GAP, Box, Size
from desktop_app.ui.picture.box_draft import BoxDraft, whole_sides
from desktop_app.ui.theme.theme import Theme

_NUMBERS = re.compile(r"\s*" + NUMBER_GAP.join([r"(\d{1,7})"] * 4) + r"\s*")


class BoxesBar(QFrame):
    """Signals:
    numbers_written: the chosen `Box`, or a new one where none is chosen.
    add_requested, remove_requested: with the buttons.
    taken, left: the person is done.
    """

    numbers_written = Signal(object)
    add_requested = Signal()
    remove_requested = Signal()
    taken = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heading = ""
        self._picture = Size(1, 1)
        self.setProperty("area", "foot")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.hint = QLabel(self)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self.numbers = _NumbersEdit(self)
        self._add, self._remove = QToolButton(self), QToolButton(self)
        self.take, self.leave = QPushButton(self.tr("Take"), self), QPushButton(self.tr("Leave"), self)
        self._build()
        self._lay_out()
        theme.changed.connect(self._paint_icons)
        self._paint_icons()
        self.hide()

    def begin(self, heading: str) -> None:
        """Boxes of a field are drawn."""
        self._heading = heading
        self.show_hint()
        self.show()

    def show_draft(self, draft: BoxDraft) -> None:
        """The boxes as they are now; numbers that are being written stay as they are."""
        self._picture = draft.picture
        count, box = len(draft.boxes), draft.box
        words = self.tr("“{name}”: {count} of at most {most} boxes")
        if draft.most == 1:
            words = self.tr("“{name}”: one box") if count else self.tr("“{name}”: no box")
        self.words.setText(words.format(name=self._heading, count=count, most=draft.most))
        self._remove.setEnabled(box is not None)
        sides = None if box is None else whole_sides(box, draft.picture)
        if self._read() != (None if sides is None else Box(*sides)):
            self.numbers.setText("" if sides is None else ", ".join(map(str, sides)))
        self._show_valid(True)

    def show_hint(self, is_full: bool = False) -> None:
        """How it is done; or that there is no room for another box."""
        if is_full:
            text = self.tr("There is no room for another box. Remove one first, or draw one of them anew.")
        else:
            text = self.tr("Drag to draw, move or resize; or arrows, Shift with arrows, N and Delete.")
        self.hint.setText(text)
        self.hint.setProperty("role", "warn" if is_full else "secondary")
        self.hint.style().unpolish(self.hint)
        self.hint.style().polish(self.hint)

    def _build(self) -> None:
        self.words.setProperty("role", "strong")
        tip = self.tr("Left, top, right and bottom of the box in pixels")
        self.numbers.setToolTip(tip)
        self.numbers.setPlaceholderText(self.tr("left, top, right, bottom"))
        self.numbers.setAccessibleName(tip)
        self.numbers.textEdited.connect(self._written)
        self.numbers.taken.connect(self._take)
        self.numbers.left.connect(self.left)
        for button, text in (
            (self._add, self.tr("Add a box (N)")),
            (self._remove, self.tr("Remove the box (Delete)")),
        ):
            button.setProperty("look", "quiet")
            button.setToolTip(text)
            button.setAccessibleName(text)
        self._add.clicked.connect(self.add_requested)
        self._remove.clicked.connect(self.remove_requested)
        self.take.setProperty("look", "primary")
        self.take.setToolTip(self.tr("Keep these boxes (Enter)"))
        self.leave.setToolTip(self.tr("Leave the boxes as they were (Esc)"))
        for done in (self.take, self.leave):
            done.setAccessibleName(done.text())
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.left)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        row = QHBoxLayout()
        row.setSpacing(sizes.unit)
        row.addWidget(self.numbers, 1)
        for widget in (self._add, self._remove, self.take, self.leave):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.margin, sizes.gap, sizes.margin, sizes.gap)
        column.setSpacing(sizes.unit)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addLayout(row)

    def _read(self) -> Box | None:
        """The numbers as a box inside the picture; None for anything else."""
        match = _NUMBERS.fullmatch(self.numbers.text())
        if match is None:
            return None
        box = Box(*map(float, match.groups()))
        return None if box.is_empty or box != box.clamped(self._picture) else box

    def _written(self) -> None:
        box = self._read()
        is_valid = box is not None or not self.numbers.text().strip()
        if box is not None:
            self.numbers_written.emit(box)
        self._show_valid(is_valid)

    def _take(self) -> None:
        if self._read() is None and self.numbers.text().strip():
            self._show_valid(False)
            self.numbers.setFocus()
        else:
            self.taken.emit()

    def _show_valid(self, is_valid: bool) -> None:
        if self.numbers.property("invalid") == (not is_valid):
            return
        self.numbers.setProperty("invalid", not is_valid)
        self.numbers.style().unpolish(self.numbers)
        self.numbers.style().polish(self.numbers)
        text = self.tr("Write four numbers inside the picture: left, top, right, bottom.")
        self.numbers.setAccessibleDescription("" if is_valid else text)
        if is_valid:
            self.show_hint()
        else:
            self.hint.setText(text)

    def _paint_icons(self) -> None:
        self._add.setIcon(self._theme.icon("plus"))
        self._remove.setIcon(self._theme.icon("trash-2"))


class _NumbersEdit(QLineEdit):
    """Signals:
    taken, left: Enter and Escape.
    """

    taken = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
