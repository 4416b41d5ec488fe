"""The picture with everything that may lie over it: hints, errors, loading, facts; and the bar for boxes.

One widget, so that full screen takes all of it along and the keyboard never leaves the picture.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import PictureFacts
from desktop_app.ui.picture.boxes_bar import BoxesBar
from desktop_app.ui.picture.canvas import Canvas
from desktop_app.ui.picture.facts_panel import FactsPanel
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice

LOADING_AFTER_MS = 150
"""A picture that comes sooner replaces the one before without anything in between."""

_NOTICE_WIDTH = 440


class Stage(QWidget):
    """Holds the canvas and shows at most one message over it.

    Signals:
        open_requested: the button of the empty state.
        boxes_taken, boxes_left: the person is done with drawing boxes.
    """

    open_requested = Signal()
    boxes_taken = Signal()
    boxes_left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.canvas = Canvas(theme, self)
        self.facts = FactsPanel(theme, self)
        self.notice = ErrorNotice(theme, self, icon="image-off")
        self.boxes_bar = BoxesBar(theme, self)
        self._join_boxes()
        self._empty = self._make_empty()
        self._loading = QLabel(self)
        self._loading.setProperty("role", "secondary")
        self._loading.setTextFormat(Qt.TextFormat.PlainText)
        self._loading_timer = QTimer(self)
        self._loading_timer.setSingleShot(True)
        self._loading_timer.setInterval(LOADING_AFTER_MS)
        self._loading_timer.timeout.connect(self._loading_is_due)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.setFocusProxy(self.canvas)
        self.show_empty()

    def show_empty(self) -> None:
        """Nothing is chosen."""
        self.canvas.clear()
        self._message(self._empty)

    def show_loading(self, name: str) -> None:
        """Say so after a moment; until then the picture before stays, without its marks."""
        self._loading.setText(self.tr("Opening {name}…").format(name=name))
        self.canvas.set_evidence(())
        self._message(None)
        self._loading_timer.start()

    def show_picture(self) -> None:
        """A picture has come: nothing lies over it."""
        self._loading_timer.stop()
        self._message(None)

    def show_error(self, error: AppError) -> None:
        """The picture cannot be shown."""
        self.canvas.clear()
        self.notice.show_error(error)
        self._message(self.notice)

    def begin_boxes(self, heading: str, boxes: Sequence[Box], most: int) -> None:
        """Let boxes be drawn on the picture that is shown."""
        self.boxes_bar.begin(heading)
        self.canvas.boxes.begin(self.canvas.viewport.picture, boxes, most)
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def end_boxes(self) -> None:
        self.boxes_bar.hide()
        self.canvas.boxes.end()
        self.canvas.unsetCursor()

    def show_facts(self, facts: PictureFacts | None) -> None:
        """Show or hide the panel of facts."""
        if facts is not None:
            self.facts.show_facts(facts)
        self.facts.setVisible(facts is not None)

    def sizeHint(self) -> QSize:
        return self.canvas.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.canvas.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.width() - 2 * self._theme.sizes.margin
        for message in (self.notice, self._empty):
            message.setFixedWidth(max(min(_NOTICE_WIDTH, room), 1))
        self._loading.setMaximumWidth(max(room, 1))
        super().resizeEvent(event)

    def _make_empty(self) -> QFrame:
        frame = QFrame(self)
        self._empty_icon = QLabel(frame)
        title = QLabel(self.tr("No picture is open"), frame)
        title.setProperty("role", "heading")
        words = QLabel(
            self.tr(
                "Open a folder, or drop pictures here. They stay where they are; nothing is copied or sent"
                " until you ask."
            ),
            frame,
        )
        words.setProperty("role", "secondary")
        words.setWordWrap(True)
        button = QPushButton(self.tr("Open a folder…"), frame)
        button.setProperty("look", "primary")
        button.setAccessibleName(self.tr("Open a folder"))
        button.setToolTip(self.tr("Choose a folder of pictures (Ctrl+O)"))
        button.clicked.connect(self.open_requested)
        column = QVBoxLayout(frame)
        column.setSpacing(self._theme.sizes.gap)
        for label in (self._empty_icon, title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        return frame

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        grid.addWidget(self.canvas, 0, 0)
        for message in (self._empty, self.notice, self._loading):
            grid.addWidget(message, 0, 0, Qt.AlignmentFlag.AlignCenter)
        corner = QVBoxLayout()
        margin = self._theme.sizes.margin
        corner.setContentsMargins(margin, margin, margin, margin)
        corner.addWidget(self.facts)
        grid.addWidget(self.boxes_bar, 1, 0)
        grid.setRowStretch(0, 1)
        grid.addLayout(corner, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.facts.hide()

    def _join_boxes(self) -> None:
        editor, bar = self.canvas.boxes, self.boxes_bar
        editor.changed.connect(lambda: bar.show_draft(editor.draft))
        editor.refused.connect(lambda: bar.show_hint(is_full=True))
        bar.numbers_written.connect(editor.set_numbers)
        bar.add_requested.connect(lambda: editor.add(self.canvas.viewport))
        bar.remove_requested.connect(editor.remove)
        for signal in (editor.taken, bar.taken):
            signal.connect(self.boxes_taken)
        for signal in (editor.left, bar.left):
            signal.connect(self.boxes_left)

    def _message(self, shown: QWidget | None) -> None:
        if shown is not None:
            self._loading_timer.stop()
        for message in (self._empty, self.notice, self._loading):
            message.setVisible(message is shown)

    def _loading_is_due(self) -> None:
        self.canvas.clear()
        self._message(self._loading)

    def _restyle(self) -> None:
        side = 2 * self._theme.sizes.icon_large
        icon = self._theme.icon("images", "text_faint")
        self._empty_icon.setPixmap(icon.pixmap(QSize(side, side), self.devicePixelRatioF()))
