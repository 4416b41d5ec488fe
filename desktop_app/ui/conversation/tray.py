"""The pictures a question is about: numbered thumbnails that can be put in order and taken out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QToolButton, QWidget

from desktop_app.domain.pictures import Picture
from desktop_app.ui.conversation.tray_item import TrayItem
from desktop_app.ui.conversation.tray_mime import TRAY_MIME
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.incoming import can_accept, incoming_from_mime


class Tray(QScrollArea):
    """A row of thumbnails; [+] and the pin beside it.

    Signals:
        pictures_changed: the person moved or removed pictures; the new order (`tuple[Picture, ...]`).
        incoming: something was dropped (`Incoming`).
        add_requested: [+] was pressed.
        pin_toggled: keep these pictures although the selection changes, or follow it again.
        chosen: show this picture (`Picture`).
    """

    pictures_changed = Signal(object)
    incoming = Signal(object)
    add_requested = Signal()
    pin_toggled = Signal(bool)
    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: list[TrayItem] = []
        self._pixmaps: dict[Path, QPixmap] = {}
        self._inner = QWidget(self)
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.sizes.unit)
        self._add = self._button("plus", self.tr("Add pictures to the question"))
        self._add.clicked.connect(self.add_requested)
        self._pin = self._button("pin", "")
        self._pin.setCheckable(True)
        self._pin.toggled.connect(self._pinned)
        self._row.addStretch(1)
        # Beside the row and not in it: they must be at hand however many pictures there are.
        self._buttons = QWidget(self)
        beside = QHBoxLayout(self._buttons)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.sizes.unit)
        beside.addWidget(self._add)
        beside.addWidget(self._pin)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Pictures in the question"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._paint_icons)
        self._name_pin(False)
        self._paint_icons()
        self._fit()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(item.picture for item in self._items)

    def set_pictures(self, pictures: tuple[Picture, ...]) -> None:
        """Show these, numbered from 1."""
        focused = next((item.picture for item in self._items if item.hasFocus()), None)
        if pictures != self.pictures:
            for item in self._items:
                self._row.removeWidget(item)
                item.hide()
                item.deleteLater()
            self._items = [self._item(picture) for picture in pictures]
            wanted = {picture.path for picture in pictures}
            self._pixmaps = {path: pixmap for path, pixmap in self._pixmaps.items() if path in wanted}
            self._order_keys()
        for place, item in enumerate(self._items):
            item.set_place(place + 1, len(self._items) > 1)
            if item.picture == focused:
                self._focus(item)
        self._pin.setVisible(bool(self._items))
        self._fit()

    def set_pinned(self, pinned: bool) -> None:
        """Show the state without telling anybody."""
        self._pin.blockSignals(True)
        self._pin.setChecked(pinned)
        self._pin.blockSignals(False)
        self._name_pin(pinned)

    def set_thumbnail(self, path: Path, pixmap: QPixmap) -> None:
        """Small pixels of a picture in the tray."""
        self._pixmaps[path] = pixmap
        for item in self._items:
            if item.picture.path == path:
                item.set_pixmap(pixmap)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if data.hasFormat(TRAY_MIME):
            origin = int(bytes(data.data(TRAY_MIME).data()).decode())
            self._move(origin, self._place_at(event.position().toPoint()))
        else:
            self.incoming.emit(incoming_from_mime(data))
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = next((one for one in self._items if one.underMouse() or one.hasFocus()), None)
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self._items.index(item)
        earlier = menu.addAction(self.tr("Move to the left"), lambda: self._move(place, place - 1))
        earlier.setEnabled(place > 0)
        later = menu.addAction(self.tr("Move to the right"), lambda: self._move(place, place + 1))
        later.setEnabled(place < len(self._items) - 1)
        menu.addAction(self.tr("Take out of the question"), lambda: self._remove(item))
        menu.popup(item.mapToGlobal(QPoint(0, item.height())))

    def _item(self, picture: Picture) -> TrayItem:
        item = TrayItem(self._theme, picture, self._inner)
        if picture.path in self._pixmaps:
            item.set_pixmap(self._pixmaps[picture.path])
        item.move_requested.connect(lambda step: self._move_item(item, step))
        item.remove_requested.connect(lambda: self._remove(item))
        item.chosen.connect(lambda: self.chosen.emit(item.picture))
        self._row.insertWidget(self._row.count() - 1, item)
        item.show()
        return item

    def _order_keys(self) -> None:
        """Tab goes through the pictures, then to [+] and the pin; Qt would put new ones behind everything."""
        chain = (self._add, *self._items, self._add, self._pin)
        for before, item in pairwise(chain):
            self.setTabOrder(before, item)

    def _move_item(self, item: TrayItem, step: int) -> None:
        place = self._items.index(item)
        self._move(place, place + step)

    def _move(self, origin: int, target: int) -> None:
        target = min(max(target, 0), len(self._items) - 1)
        if not 0 <= origin < len(self._items) or origin == target:
            return
        order = list(self.pictures)
        order.insert(target, order.pop(origin))
        moved = order[target]
        self.set_pictures(tuple(order))
        self._focus(next(item for item in self._items if item.picture == moved))
        self.pictures_changed.emit(tuple(order))

    def _remove(self, item: TrayItem) -> None:
        left = tuple(one.picture for one in self._items if one is not item)
        place = self._items.index(item)
        self.set_pictures(left)
        if left:
            self._focus(self._items[min(place, len(left) - 1)])
        self.pictures_changed.emit(left)

    def _focus(self, item: TrayItem) -> None:
        # Brings it into view, so it must stand in its place by now.
        self._row.activate()
        item.setFocus()
        QTimer.singleShot(0, item, lambda: self.ensureWidgetVisible(item, self._theme.sizes.gap, 0))

    def _place_at(self, position: QPoint) -> int:
        x = self._inner.mapFrom(self, position).x()
        return sum(1 for item in self._items if item.geometry().center().x() < x)

    @staticmethod
    def _judge(event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(TRAY_MIME) or can_accept(event.mimeData()):
            event.accept()
        else:
            event.ignore()

    def _pinned(self, pinned: bool) -> None:
        self._name_pin(pinned)
        self.pin_toggled.emit(pinned)

    def _name_pin(self, pinned: bool) -> None:
        keep = self.tr("Keep these pictures while you browse")
        follow = self.tr("These pictures stay. Press to follow the selection again")
        self._pin.setToolTip(follow if pinned else keep)
        self._pin.setAccessibleName(keep)
        # In words: whoever chooses another picture wonders why the conversation stays.
        self._pin.setText(self.tr("Kept") if pinned else "")
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._pin.setToolButtonStyle(beside if pinned else Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._paint_icons()
        self._fit()

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setProperty("icon-name", icon)
        button.setToolTip(text)
        button.setAccessibleName(text)
        return button

    def _paint_icons(self) -> None:
        for button in (self._add, self._pin):
            name, side = str(button.property("icon-name")), self._theme.sizes.icon
            if button.text():
                self._theme.put_beside(button, name)
                continue
            button.setIcon(self._theme.icon(name))
            button.setIconSize(QSize(side, side))

    def _fit(self) -> None:
        """Keep room for the buttons, and for the scroll bar when the pictures need it."""
        buttons = self._buttons.sizeHint().width()
        self.setViewportMargins(0, 0, buttons + self._theme.sizes.unit, 0)
        item = self._theme.sizes.control_height + self._theme.sizes.margin
        height = item + self._theme.sizes.gap
        self._buttons.setGeometry(self.width() - buttons, 0, buttons, height)
        if self._row.sizeHint().width() > self.width() - buttons - self._theme.sizes.unit:
            height += self.horizontalScrollBar().sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
