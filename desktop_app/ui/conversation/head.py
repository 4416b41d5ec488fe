"""What the conversation is about, and the button that begins a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.ui.theme.theme import Theme


class ConversationHead(QWidget):
    """The line above the thread.

    Attributes:
        title: as much of it as there is room for; its accessible name is all of it.
        clear: begins a new conversation.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all = ""
        self.title = QLabel(self)
        self.title.setProperty("role", "strong")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.clear = QToolButton(self)
        self.clear.setProperty("look", "quiet")
        self.clear.setToolTip(self.tr("Start a new conversation about this"))
        self.clear.setAccessibleName(self.tr("Start a new conversation"))
        self.clear.setEnabled(False)
        row = QHBoxLayout(self)
        sizes = theme.sizes
        row.setContentsMargins(sizes.margin, sizes.unit, sizes.unit, sizes.unit)
        row.addWidget(self.title, 1)
        row.addWidget(self.clear)
        theme.changed.connect(self._tint)
        self._tint()

    def show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        """Name them; an empty tuple for nobody."""
        if not pictures:
            self._all = self.tr("Conversation")
        elif len(pictures) == 1:
            self._all = self.tr("Picture 1: {name}").format(name=pictures[0].name)
        else:
            self._all = self.tr("{count} pictures: {name} and others").format(
                count=len(pictures), name=pictures[0].name
            )
        self.title.setToolTip("\n".join(str(picture.path) for picture in pictures))
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(0, self.width() - self.clear.sizeHint().width() - 3 * self._theme.sizes.margin)
        self.title.setText(self.title.fontMetrics().elidedText(self._all, Qt.TextElideMode.ElideMiddle, room))
        self.title.setAccessibleName(self._all)

    def _tint(self) -> None:
        self.clear.setIcon(self._theme.icon("message-square-plus"))
