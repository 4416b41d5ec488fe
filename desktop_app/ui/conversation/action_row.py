"""Small buttons that come forward when the pointer or the focus is near; they never change the layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme


class ActionRow(QWidget):
    """A row of quiet icon buttons belonging to `owner`; they can always be reached by Tab.

    With `floating` the row lies over the owner's top right corner instead of taking room in its layout.
    """

    def __init__(self, theme: Theme, owner: QWidget, *, floating: bool = False) -> None:
        super().__init__(owner)
        self._floating = floating
        self._theme = theme
        self._owner = owner
        self._buttons: list[tuple[QToolButton, str]] = []
        self._shown = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        owner.installEventFilter(self)
        theme.changed.connect(self._paint_icons)

    def add(self, icon: str, text: str, call: Callable[[], object]) -> QToolButton:
        """A button; `text` is its tooltip and its name for screen readers."""
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setToolTip(text)
        button.setAccessibleName(text)
        side = self._theme.sizes.icon
        button.setIconSize(QSize(side, side))

        def press(_checked: bool) -> None:
            call()

        button.clicked.connect(press)
        button.installEventFilter(self)
        self._buttons.append((button, icon))
        self._row.addWidget(button)
        self._paint_icons()
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._floating and watched is self._owner and kind in (QEvent.Type.Resize, QEvent.Type.Show):
            self._float()
        if kind in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._set_shown(self._is_wanted(kind))
        return super().eventFilter(watched, event)

    def _is_wanted(self, kind: QEvent.Type) -> bool:
        if kind in (QEvent.Type.Enter, QEvent.Type.FocusIn):
            return True
        focused = QApplication.focusWidget()
        if kind == QEvent.Type.Leave and focused is not None and self.isAncestorOf(focused):
            return True
        return kind == QEvent.Type.FocusOut and self._owner.underMouse()

    def _set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self._paint_icons()

    def _float(self) -> None:
        size = self.sizeHint()
        self.setGeometry(self._owner.width() - size.width(), 0, size.width(), size.height())
        self.raise_()

    def _paint_icons(self) -> None:
        if self._floating:
            # Words below shine through only while the buttons are away.
            self.setAutoFillBackground(self._shown)
            palette = self.palette()
            palette.setColor(palette.ColorRole.Window, self._theme.colour("raised"))
            self.setPalette(palette)
        for button, icon in self._buttons:
            button.setIcon(self._theme.icon(icon) if self._shown else QIcon())
            button.setFixedSize(self._theme.sizes.control_height, self._theme.sizes.control_height)
