"""What stands in the gallery's place when there are no tiles: what belongs there and the one next step."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.gallery.gallery_status import FolderState, GalleryStatus
from desktop_app.ui.report import advice, sentence
from desktop_app.ui.theme.theme import Theme


class NextStep(Enum):
    """What the page's button does."""

    OPEN = auto()
    INCLUDE_BELOW = auto()
    CLEAR_FILTER = auto()
    TRY_AGAIN = auto()


class MessagePage(QWidget):
    """Signals:
    chosen: the button was pressed; carries the `NextStep` it offers.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = "images"
        self._step = NextStep.OPEN
        self._icon = QLabel(self)
        self._heading = QLabel(self)
        self._text = QLabel(self)
        self._button = QPushButton(self)
        self._button.clicked.connect(lambda: self.chosen.emit(self._step))
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    def show_status(self, status: GalleryStatus) -> None:
        """Say why there are no tiles."""
        match status.state:
            case FolderState.NONE:
                self._say(
                    "images",
                    self.tr("Your pictures appear here"),
                    self.tr("Open a folder, or drop one here. Pictures stay where they are."),
                    self.tr("Open folder…"),
                    NextStep.OPEN,
                )
            case FolderState.FAILED:
                error = status.error
                self._say(
                    "unplug",
                    sentence(error) if error is not None else "",
                    advice(error) if error is not None else "",
                    self.tr("Try again"),
                    NextStep.TRY_AGAIN,
                )
            case FolderState.SILENT:
                self._say(
                    "clock",
                    self.tr("The folder does not answer"),
                    self.tr("Its drive or network share may be busy. Lightdesk goes on when it comes back."),
                )
            case FolderState.LISTING:
                self._say("folder-search", self.tr("Still listing…"), "")
            case FolderState.COMPLETE if status.total:
                self._say(
                    "search-x",
                    self.tr("No name matches “{text}”").format(text=status.filter_text),
                    self.tr("Every word must occur in the file's name."),
                    self.tr("Clear the filter"),
                    NextStep.CLEAR_FILTER,
                )
            case FolderState.COMPLETE:
                self._say_empty(status)

    def _say_empty(self, status: GalleryStatus) -> None:
        heading = self.tr("No pictures in “{name}”").format(name=status.folder)
        if status.recursive:
            words = self.tr("There are none in the folders below either.")
            self._say("folder-open", heading, words, self.tr("Open folder…"), NextStep.OPEN)
        else:
            words = self.tr("There may be some in the folders below.")
            self._say("folder-open", heading, words, self.tr("Include folders below"), NextStep.INCLUDE_BELOW)

    def _say(
        self, icon: str, heading: str, text: str, button: str = "", step: NextStep = NextStep.OPEN
    ) -> None:
        self._icon_name, self._step = icon, step
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        self._tint()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self._text.setProperty("role", "secondary")
        for label in (self._heading, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.margin, sizes.margin, sizes.margin, sizes.margin)
        column.setSpacing(sizes.gap)
        column.addStretch(2)
        for part in (self._icon, self._heading, self._text):
            column.addWidget(part)
        column.addSpacing(sizes.unit)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)

    def _tint(self) -> None:
        side = 2 * self._theme.sizes.icon_large
        self._icon.setPixmap(self._theme.icon(self._icon_name, "text_faint").pixmap(side, side))
        self._heading.setFont(self._theme.font(self._theme.sizes.body, bold=True))
