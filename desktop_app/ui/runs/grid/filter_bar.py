"""The bar above the answer grid: search, what needs attention, how many rows are shown, what was done."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton

from desktop_app.domain.runs.row_filters import Attention, RowFilters
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

_PATIENCE_MS = 120
"""Between the last letter and the search."""

_SLOW_MS = 400
"""Reading that takes longer is told."""

_ICONS = {
    Attention.FAILED: ("circle-x", "bad"),
    Attention.UNSURE: ("circle-help", "warn"),
    Attention.PROBLEMS: ("triangle-alert", "bad"),
    Attention.CHANGED: ("pencil", "accent"),
}


class _SearchField(QLineEdit):
    """Down goes on to the rows."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class FilterBar(QFrame):
    """Signals:
    searched: words.
    attention_chosen: a set of `Attention`.
    all_wanted: take every filter away.
    undo_requested: of what the note tells.
    stop_requested: of what the note tells to go on.
    left: the keyboard goes on to the rows.
    """

    searched = Signal(str)
    attention_chosen = Signal(object)
    all_wanted = Signal()
    undo_requested = Signal()
    stop_requested = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_showing = False
        self.search = _SearchField(self)
        self.search.setPlaceholderText(self.tr("Search names, answers and notes"))
        self.search.setAccessibleName(self.tr("Search the table"))
        self.search.setToolTip(self.tr("Search the table (Ctrl+F)"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.sizes.margin * 22)
        self.search.setMinimumWidth(theme.sizes.margin * 10)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.textChanged.connect(self._typed)
        self.search.left.connect(self.left)
        self.marks = {one: self._make_mark(one) for one in Attention}
        self._note = ElidedLabel(self)
        self._note.setProperty("role", "secondary")
        # No wider than its words, so that what can be done about them stands beside them and stays there.
        self._note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._note.setFont(theme.font(theme.sizes.secondary, tabular=True))
        self._undo = QPushButton(self.tr("Undo"), self)
        self._undo.setProperty("look", "quiet")
        self._undo.setToolTip(self.tr("Undo (Ctrl+Z)"))
        self._undo.setAccessibleName(self.tr("Undo"))
        self._undo.clicked.connect(self.undo_requested)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.setProperty("look", "quiet")
        self._stop.setToolTip(self.tr("Stop (Esc); what is changed by then can be undone"))
        self._stop.setAccessibleName(self.tr("Stop changing pictures"))
        self._stop.clicked.connect(self.stop_requested)
        self._count = QLabel(self)
        self._count.setProperty("role", "secondary")
        self._reading = ""
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self._count.setText(self._reading))
        self._all = QPushButton(self.tr("Show all"), self)
        self._all.setProperty("look", "quiet")
        self._all.setAccessibleName(self.tr("Show all rows"))
        self._all.setToolTip(self.tr("Take every filter away"))
        self._all.clicked.connect(self.all_wanted)
        self._lay_out()
        self.show_note("")
        self.show_filters(RowFilters(), 0, 0)
        self.show_attention({})
        theme.changed.connect(self._tint)
        self._tint()

    def show_filters(self, filters: RowFilters, shown: int, total: int, is_reading: bool = False) -> None:
        """The filters in use, and how many rows pass; `is_reading`: most of them are still to come."""
        self._is_showing = True
        if self.search.text().strip() != filters.search.strip() and not self._patience.isActive():
            self.search.setText(filters.search)
        for one, button in self.marks.items():
            button.setChecked(one in filters.attention)
        self._is_showing = False
        self._all.setVisible(not filters.is_empty)
        self._reading = self.tr("Reading {count} pictures…").format(count=f"{total:,}")
        if filters.is_empty:
            words = (
                self.tr("1 picture") if total == 1 else self.tr("{count} pictures").format(count=f"{total:,}")
            )
        elif is_reading:
            words = self._reading  # how many of them pass is not known yet
        else:
            words = self.tr("{shown} of {total}").format(shown=f"{shown:,}", total=f"{total:,}")
        self._count.setText(words if total else "")
        if not is_reading:
            self._slow.stop()
        elif not self._slow.isActive():
            self._slow.start()

    def show_attention(self, counts: Mapping[Attention, int]) -> None:
        """How many rows need attention for each reason; a reason that no row has is not offered."""
        for one, button in self.marks.items():
            count = counts.get(one, 0)
            name = self._name(one)
            button.setText(f"{name} {count:,}")
            button.setAccessibleName(
                self.tr("Only rows: {name}, {count}").format(name=name, count=f"{count:,}")
            )
            button.setVisible(bool(count) or button.isChecked())

    def show_note(self, words: str, can_undo: bool = False, can_stop: bool = False) -> None:
        """Say what just happened, or what goes on; "" for nothing."""
        had_keyboard = next((one for one in (self._undo, self._stop) if one.hasFocus()), None)
        self._note.set_text(words)
        self._undo.setVisible(bool(words) and can_undo)
        self._stop.setVisible(can_stop)
        if had_keyboard is not None and had_keyboard.isHidden():
            self.left.emit()  # Qt would give it to the button that comes next

    @property
    def can_stop(self) -> bool:
        """Something goes on that can be stopped."""
        return self._stop.isVisible()

    def set_low(self, low: bool) -> None:
        """Leave a little more room to the rows."""
        sizes = self._theme.sizes
        self.setContentsMargins(sizes.gap, 0 if low else sizes.unit, sizes.gap, sizes.unit)

    @property
    def note(self) -> str:
        return self._note.text()

    def _make_mark(self, one: Attention) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(True)
        button.setProperty("look", "quiet")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFixedHeight(self._theme.sizes.control_height)  # Qt would have it a little higher
        button.setToolTip(self._tip(one))
        button.setFont(self._theme.font(self._theme.sizes.secondary, tabular=True))
        button.toggled.connect(self._chosen)
        return button

    def _name(self, one: Attention) -> str:
        match one:
            case Attention.FAILED:
                return self.tr("failed")
            case Attention.UNSURE:
                return self.tr("unsure")
            case Attention.PROBLEMS:
                return self.tr("incomplete")
            case Attention.CHANGED:
                return self.tr("changed")

    def _tip(self, one: Attention) -> str:
        match one:
            case Attention.FAILED:
                return self.tr("Show only pictures that failed")
            case Attention.UNSURE:
                return self.tr("Show only answers the vision model was not sure of")
            case Attention.PROBLEMS:
                return self.tr("Show only answers that lack a value")
            case Attention.CHANGED:
                return self.tr("Show only answers changed by hand")

    def _typed(self) -> None:
        if not self._is_showing:
            self._patience.start()

    def _chosen(self) -> None:
        if not self._is_showing:
            chosen = frozenset(one for one, button in self.marks.items() if button.isChecked())
            self.attention_chosen.emit(chosen)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.set_low(False)
        row.setSpacing(sizes.unit)
        # The rows below stay where they are when a button comes or goes; Chinese ones are a little higher.
        buttons = (self._undo, self._stop, self._all)
        row.addStrut(max(sizes.control_height, *(one.sizeHint().height() for one in buttons)))
        row.addWidget(self.search, 3)
        for button in self.marks.values():
            row.addWidget(button)
        row.addSpacing(sizes.gap)
        row.addWidget(self._note, 3)
        row.addWidget(self._undo)
        row.addWidget(self._stop)
        row.addStretch(0)
        row.addWidget(self._all)
        row.addWidget(self._count)

    def _tint(self) -> None:
        for one, button in self.marks.items():
            self._theme.put_beside(button, *_ICONS[one])
