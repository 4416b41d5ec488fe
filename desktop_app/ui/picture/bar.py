"""The slim bar below the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

_SHARE_OF_NOTES, _SHARE_OF_SENT = 1, 3


class PictureBar(QWidget):
    """Buttons for the view, what was done to the picture, and what would be sent of it.

    Signals:
        step_requested: 1 for the next picture, -1 for the one before.
        fit_requested, actual_requested, full_screen_requested: as they say.
        evidence_toggled, facts_toggled: the new state.
    """

    step_requested = Signal(int)
    fit_requested = Signal()
    actual_requested = Signal()
    full_screen_requested = Signal()
    evidence_toggled = Signal(bool)
    facts_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: dict[QToolButton, tuple[str, str]] = {}
        self.setProperty("area", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_buttons()
        self._zoom = QLabel(self)
        self._zoom.setProperty("role", "secondary")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._notes = ElidedLabel(self)
        self._notes.setProperty("role", "warn")
        self._sent = ElidedLabel(self)
        self._sent.setProperty("role", "secondary")
        self._sent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_picture_shown(False)

    def set_picture_shown(self, shown: bool) -> None:
        """Without a picture there is nothing to zoom."""
        for button in (self.fit, self.actual):
            button.setEnabled(shown)
        if not shown:
            self.fit.setChecked(False)
            self.actual.setChecked(False)
            self._zoom.clear()
            self.set_notes(())

    def set_zoom(self, zoom: float, is_fitted: bool) -> None:
        """Show the zoom; `zoom` is screen pixels per picture pixel."""
        percent = zoom * 100
        figure = QLocale().toString(percent, "f", 0 if percent >= 10 else 1)
        self._zoom.setText(self.tr("{percent} %").format(percent=figure))
        self._zoom.setAccessibleName(self.tr("Zoom {percent} %").format(percent=figure))
        self.fit.setChecked(is_fitted)
        self.actual.setChecked(abs(zoom - 1.0) < 1e-6 and not is_fitted)

    def set_notes(self, notes: Sequence[str]) -> None:
        """What was done to the picture to show it, a sentence each."""
        self._notes.set_text(" ".join(notes), self.tr("{count} note(s)").format(count=len(notes)))
        self._notes.setVisible(bool(notes))
        self._place_sent()

    def set_sent(self, text: str, short: str = "") -> None:
        """What would be sent; `short` takes over where there is little room."""
        self._sent.set_text(text, short)
        self._place_sent()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_sent()

    def _make_buttons(self) -> None:
        self.previous = self._button("chevron-left", self.tr("Previous picture"), self.tr("Left, Page up"))
        self.next = self._button("chevron-right", self.tr("Next picture"), self.tr("Right, Page down"))
        self.fit = self._button("", self.tr("Fit the whole picture"), "Ctrl+0")
        self.fit.setText(self.tr("Fit"))
        self.actual = self._button("", self.tr("One picture pixel on one screen pixel"), "Ctrl+1")
        self.actual.setText(self.tr("100 %"))
        self.evidence = self._button("eye", self.tr("Show the marks of the answer"), "E")
        self.facts = self._button("info", self.tr("Facts about this file"), "I")
        self.full_screen = self._button("maximize", self.tr("Full screen"), "F")
        for button in (self.fit, self.actual, self.evidence, self.facts):
            button.setCheckable(True)
        self.evidence.setChecked(True)
        self._icons[self.evidence] = ("eye", "eye-off")
        self.previous.clicked.connect(lambda: self.step_requested.emit(-1))
        self.next.clicked.connect(lambda: self.step_requested.emit(1))
        self.fit.clicked.connect(self._fit_clicked)
        self.actual.clicked.connect(self._actual_clicked)
        self.full_screen.clicked.connect(self.full_screen_requested)
        self.evidence.toggled.connect(self._evidence_changed)
        self.facts.toggled.connect(self.facts_toggled)

    def _button(self, icon: str, name: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        if icon:
            self._icons[button] = (icon, icon)
        return button

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.gap, sizes.unit, sizes.gap, sizes.unit)
        column.setSpacing(sizes.unit)
        row = self._row = QHBoxLayout()
        row.setSpacing(sizes.unit)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(sizes.gap, 0, sizes.gap, 0)
        column.addLayout(row)
        column.addLayout(self._below)
        for widget in (self.previous, self.next, self._zoom, self.fit, self.actual):
            row.addWidget(widget)
        row.addSpacing(sizes.unit)
        row.addWidget(self._notes, _SHARE_OF_NOTES)
        row.addWidget(self._sent, _SHARE_OF_SENT)
        row.addSpacing(sizes.unit)
        for widget in (self.evidence, self.facts, self.full_screen):
            row.addWidget(widget)
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("3 200 %"))

    def _place_sent(self) -> None:
        """What would be sent is always told: in a line of its own where the buttons leave too little room."""
        # The labels between the buttons need no room themselves; they share what is left.
        room = (
            self.width() - self._row.minimumSize().width() - 2 * self._theme.sizes.gap - self._row.spacing()
        )
        if not self._notes.isHidden():
            room = room * _SHARE_OF_SENT // (_SHARE_OF_SENT + _SHARE_OF_NOTES)
        is_below = self._below.indexOf(self._sent) >= 0
        if (self._sent.least_width > room) == is_below:
            return
        if is_below:
            self._below.removeWidget(self._sent)
            self._row.insertWidget(self._row.indexOf(self._notes) + 1, self._sent, _SHARE_OF_SENT)
        else:
            self._row.removeWidget(self._sent)
            self._below.addWidget(self._sent, 1)

    def _fit_clicked(self) -> None:
        self.fit.setChecked(True)
        self.fit_requested.emit()

    def _actual_clicked(self) -> None:
        self.actual.setChecked(True)
        self.actual_requested.emit()

    def _evidence_changed(self, shown: bool) -> None:
        self._restyle()
        self.evidence_toggled.emit(shown)

    def _restyle(self) -> None:
        for button, (on, off) in self._icons.items():
            button.setIcon(self._theme.icon(on if button.isChecked() or on == off else off))
