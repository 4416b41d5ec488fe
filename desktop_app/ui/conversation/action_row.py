"""Small buttons that come forward when the pointer or the focus is near; they never change the layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class _Action:
    icon: str
    text: str
    call: Callable[[], object]


class ActionRow(QWidget):
    """A row of quiet icon buttons belonging to `owner`; they can always be reached by Tab.

    The buttons are made when the pointer or the focus first comes near: a long conversation has hundreds.
    With `floating` the row lies over the owner's top right corner instead of taking room in its layout.
    """

    def __init__(self, theme: Theme, owner: QWidget, *, floating: bool = False) -> None:
        super().__init__(owner)
        self._floating = floating
        self._theme = theme
        self._owner = owner
        self._actions: list[_Action] = []
        self._buttons: list[QToolButton] = []
        self._shown = False
        # Tab comes here while there are no buttons, and goes on to the first one.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("What can be done with it"))
        owner.installEventFilter(self)

    def add(self, icon: str, text: str, call: Callable[[], object]) -> None:
        """A button; `text` is its tooltip and its name for screen readers. Add all before the first use."""
        self._actions.append(_Action(icon, text, call))
        side = self._theme.sizes.control_height
        self.setFixedSize(side * len(self._actions), side)

    def add_to(self, menu: QMenu) -> None:
        """Offer the same in a menu."""
        for action in self._actions:
            menu.addAction(action.text, action.call)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._make_buttons()
        is_backwards = event.reason() == Qt.FocusReason.BacktabFocusReason
        self._buttons[-1 if is_backwards else 0].setFocus(event.reason())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._floating and watched is self._owner and kind in (QEvent.Type.Resize, QEvent.Type.Show):
            self._float()
        if kind in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._set_shown(self._is_wanted(kind))
        return super().eventFilter(watched, event)

    def _make_buttons(self) -> None:
        if self._buttons:
            return
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        before: QWidget = self
        for action in self._actions:
            button = self._made(action)
            row.addWidget(button)
            button.show()
            QWidget.setTabOrder(before, button)
            self._buttons.append(button)
            before = button
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme.changed.connect(self._paint_icons)
        self._paint_icons()

    def _made(self, action: _Action) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setToolTip(action.text)
        button.setAccessibleName(action.text)
        sizes = self._theme.sizes
        button.setIconSize(QSize(sizes.icon, sizes.icon))
        button.setFixedSize(sizes.control_height, sizes.control_height)

        def press(_checked: bool) -> None:
            action.call()

        button.clicked.connect(press)
        button.installEventFilter(self)
        return button

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
            self._make_buttons()
            self._paint_icons()

    def _float(self) -> None:
        self.move(self._owner.width() - self.width(), 0)
        self.raise_()

    def _paint_icons(self) -> None:
        if self._floating:
            # Words below shine through only while the buttons are away.
            self.setAutoFillBackground(self._shown)
            palette = self.palette()
            palette.setColor(palette.ColorRole.Window, self._theme.colour("raised"))
            self.setPalette(palette)
        for button, action in zip(self._buttons, self._actions, strict=True):
            button.setIcon(self._theme.icon(action.icon) if self._shown else QIcon())
