"""The grid as a person uses it: keys, mouse, selection and dragging out, on top of `TileView`'s layout."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop_app.domain.pictures import FolderEntry
from desktop_app.ui.gallery.delegate import TileDelegate
from desktop_app.ui.gallery.item_model import GalleryItemModel, GalleryRole, mime_of
from desktop_app.ui.gallery.tile_view import TileView
from desktop_app.ui.theme.theme import Theme

_KEYS_OF_THE_VIEW = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        Qt.Key.Key_Space,
    }
)


class GridView(TileView):
    """Arrows, Home, End, page keys, Shift and Ctrl as in a file manager; letters are left to shortcuts.

    Signals:
        opened: a picture was double-clicked or Enter was pressed on it.
    """

    opened = Signal(object)

    def __init__(
        self, theme: Theme, model: GalleryItemModel, delegate: TileDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, delegate, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.doubleClicked.connect(self._open)

    def visible_entries(self) -> list[FolderEntry]:
        """On screen, from the top."""
        return [self._list.entries[row] for row in self._visible_rows()]

    def nearby_entries(self) -> list[FolderEntry]:
        """One screen below and one above, for loading ahead."""
        rows = self._visible_rows()
        entries = self._list.entries
        below = entries[rows.stop : rows.stop + len(rows)]
        above = entries[max(0, rows.start - len(rows)) : rows.start]
        return [*below, *reversed(above)]

    def selected_rows(self) -> list[range]:
        """Selected rows as ranges in order; never one by one, as there may be 100,000."""
        selection = self.selectionModel().selection()
        parts = [selection.at(number) for number in range(selection.count())]
        return sorted((range(part.top(), part.bottom() + 1) for part in parts), key=lambda rows: rows.start)

    def select_rows(self, ranges: Iterable[range]) -> None:
        """Select exactly these rows; the current tile stays."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(self.selection_of(ranges), flag)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Letters and digits are shortcuts here, not names to jump to."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setMimeData(mime_of(self._selected()))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        elif key in _KEYS_OF_THE_VIEW or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._band is not None:
            self._band = None
            self.viewport().update()

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the selected pictures as files; never moved, only copied or linked."""
        entries = self._selected()
        if not entries:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of(entries))
        rect = self.visualRect(self.currentIndex())
        picture = self.viewport().grab(rect.intersected(self.viewport().rect()))
        if not picture.isNull():
            drag.setPixmap(picture)
            drag.setHotSpot(QPoint(rect.width() // 2, rect.height() // 2))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.LinkAction, Qt.DropAction.CopyAction)

    def _selected(self) -> list[FolderEntry]:
        return [self._list.entries[row] for rows in self.selected_rows() for row in rows]

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(GalleryRole.ENTRY) if index.isValid() else None
        if entry is not None:
            self.opened.emit(entry)
