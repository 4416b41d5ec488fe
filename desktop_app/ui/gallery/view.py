"""The gallery pane: head, grid and messages; takes drops and pastes; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QFrame,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.domain.settings import SortOrder
from desktop_app.ui.gallery.delegate import TileDelegate
from desktop_app.ui.gallery.gallery_status import FolderState, GalleryStatus
from desktop_app.ui.gallery.grid import GridView
from desktop_app.ui.gallery.header import GalleryHeader
from desktop_app.ui.gallery.item_model import GalleryItemModel
from desktop_app.ui.gallery.message_page import MessagePage, NextStep
from desktop_app.ui.gallery.pixmap_cache import PixmapCache
from desktop_app.ui.gallery.selection_memory import SelectionMemory
from desktop_app.ui.resources import resource
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.incoming import can_accept, incoming_from_mime

PATIENCE_MS = 300
"""A folder listed faster than this never says that it is being listed."""


class GalleryView(QWidget):
    """Shows what the presenter says and signals what the person wants.

    Signals:
        folder_chosen: `Path` of a folder to open.
        refresh_requested: list the folder again.
        recursive_changed: bool.
        order_chosen: `SortOrder`.
        filter_changed: text.
        selection_changed: the current `FolderEntry` or None, and a list of all selected ones in order.
        activated: a `FolderEntry` to be seen in full.
        visible_changed: entries on screen, and those that lack a thumbnail, the most wanted first.
        incoming: an `Incoming` that was dropped or pasted; an empty one when a paste found nothing of use.
    """

    folder_chosen = Signal(object)
    refresh_requested = Signal()
    recursive_changed = Signal(bool)
    order_chosen = Signal(object)
    filter_changed = Signal(str)
    selection_changed = Signal(object, object)
    activated = Signal(object)
    visible_changed = Signal(object, object)
    incoming = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status = GalleryStatus()
        self._pixmaps = PixmapCache()
        self._list = GalleryItemModel(self._pixmaps)
        self._delegate = TileDelegate(theme, self._pixmaps)
        self._header = GalleryHeader(theme, self)
        self._grid = GridView(theme, self._list, self._delegate, self)
        self._message = MessagePage(theme, self)
        self._pages = QStackedWidget(self)
        self._memory = SelectionMemory(self._grid, self._list)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._dialog: QFileDialog | None = None
        self._takes_focus = False
        self._lay_out()
        self._connect()
        self.setAcceptDrops(True)
        self.show_status(self._status)

    # What the presenter says

    def start_folder(self) -> None:
        """Another folder comes: nothing is selected, and nothing is known of its pictures."""
        self._memory.forget()
        self._list.replace((), {})
        self._list.forget_errors()
        self._patience.start()
        focused = QApplication.focusWidget()
        # Not from a field that is being typed into; a button has done what it was pressed for, or has the
        # keyboard only because it is the window's first.
        self._takes_focus = (
            focused is None or self.isAncestorOf(focused) or isinstance(focused, QAbstractButton)
        )

    def clear_filter(self) -> None:
        """Empty the filter's box."""
        self._header.clear_filter()

    def show_entries(self, entries: Sequence[FolderEntry], rows: Mapping[str, int], is_whole: bool) -> None:
        """Show this list; selection and place are kept by path.

        Args:
            rows: row of each path.
            is_whole: these are all pictures of the folder, so that a missing one is gone from the disk.
        """
        self._memory.replace(entries, rows, is_whole)

    def show_status(self, status: GalleryStatus) -> None:
        """Show the folder's state: the count, or a message where there are no tiles."""
        self._status = status
        self._header.show_status(status)
        self._choose_page()

    def show_choices(self, recursive: bool, order: SortOrder, tile_px: int) -> None:
        """Show what is set."""
        self._header.show_choices(recursive, order)
        self._grid.set_tile_px(tile_px)

    def show_thumbnail(self, entry: FolderEntry, raster: Raster) -> None:
        self._list.set_thumbnail(entry, raster)

    def show_failure(self, entry: FolderEntry, error: AppError) -> None:
        self._list.set_error(entry, error)

    def show_marks(self, states: Mapping[str, AnswerState | None]) -> None:
        """Mark these paths; others keep their marks."""
        self._list.set_states(states)

    def select(self, path: str, *others: str) -> bool:
        """Select this picture and bring it into view, with those of the others that are listed.

        False, and nothing is selected, when it is not listed.
        """
        row = self._list.row_of(path)
        if row is None:
            return False
        self._select_alone(row)
        if others:
            found = (self._list.row_of(other) for other in others)
            rows = {row, *(other for other in found if other is not None)}
            self._grid.select_rows(range(each, each + 1) for each in sorted(rows))
        return True

    def step(self, count: int) -> None:
        """Select the picture `count` places on; stays at the ends."""
        total = self._list.rowCount()
        if total:
            row = self._grid.currentIndex().row()
            wanted = 0 if row < 0 else min(max(row + count, 0), total - 1)
            self._select_alone(wanted)

    # What the window may ask

    def choose_folder(self) -> None:
        """Ask for a folder with the system's dialog, without waiting for it."""
        if self._dialog is None:
            dialog = self._dialog = QFileDialog(self, self.tr("Open a folder of pictures"))
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly, False)
            dialog.fileSelected.connect(lambda path: self.folder_chosen.emit(Path(path)))
        self._dialog.setDirectory(self._where_to_look())
        self._dialog.open()

    def _where_to_look(self) -> str:
        """The folder that is open; the person's pictures while that is the samples or does not answer."""
        folder = self._status.folder_path
        if self._status.state is not FolderState.COMPLETE or Path(folder) == resource("samples"):
            return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        return folder

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self._header.focus_filter()

    def focus_pictures(self) -> None:
        """Give the grid the keyboard."""
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def paste(self) -> None:
        """Take what is on the clipboard; what is of no use comes as nothing, which is to be told."""
        self.incoming.emit(incoming_from_mime(QGuiApplication.clipboard().mimeData()))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Refresh):
            self._list.forget_errors()
            self.refresh_requested.emit()
            self._tell_visible()
        elif event.key() == Qt.Key.Key_Escape and self._header.filter_text:
            self._header.clear_filter()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is not self._grid and can_accept(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        incoming = incoming_from_mime(event.mimeData())
        if not incoming.is_empty:
            event.acceptProposedAction()
            self.incoming.emit(incoming)

    # Inside

    def _select_alone(self, row: int) -> None:
        """Unlike the view's own `setCurrentIndex` this does not add to the selection while Ctrl is held."""
        self._grid.selectionModel().setCurrentIndex(
            self._list.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _lay_out(self) -> None:
        self.setProperty("area", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Gallery"))
        self._grid.setAccessibleName(self.tr("Pictures"))
        self._grid.setFrameShape(QFrame.Shape.NoFrame)
        self._pages.addWidget(self._grid)
        self._pages.addWidget(self._message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._pages, 1)
        self.setMinimumWidth(self._theme.sizes.control_height * 7)

    def _connect(self) -> None:
        header, grid = self._header, self._grid
        header.recursive_changed.connect(self.recursive_changed)
        header.order_chosen.connect(self.order_chosen)
        header.filter_changed.connect(self.filter_changed)
        header.left_filter.connect(self.focus_pictures)
        grid.opened.connect(self.activated)
        grid.visible_changed.connect(self._tell_visible)
        self._memory.changed.connect(self.selection_changed)
        self._message.chosen.connect(self._next_step)
        self._patience.timeout.connect(self._choose_page)
        self._theme.changed.connect(grid.viewport().update)

    def _next_step(self, step: NextStep) -> None:
        match step:
            case NextStep.OPEN:
                self.choose_folder()
            case NextStep.INCLUDE_BELOW:
                self.recursive_changed.emit(True)
            case NextStep.CLEAR_FILTER:
                self._header.clear_filter()
            case NextStep.TRY_AGAIN:
                self.refresh_requested.emit()

    def _choose_page(self) -> None:
        has_message = not self._status.shown
        if self._status.state is FolderState.LISTING and self._patience.isActive():
            has_message = False
        if has_message:
            self._message.show_status(self._status)
        self._pages.setCurrentWidget(self._message if has_message else self._grid)
        if self._takes_focus and not has_message and self._status.shown:
            # The button that opened the folder is gone or done; the arrows should move through the pictures.
            self._takes_focus = False
            self.focus_pictures()

    def _tell_visible(self) -> None:
        visible = self._grid.visible_entries()
        near = [*visible, *self._grid.nearby_entries()]
        self.visible_changed.emit(visible, [entry for entry in near if self._list.lacks_thumbnail(entry)])
