"""Keeps what is selected, and where the person looked, by path while the list under them changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QObject, QTimer, Signal

from desktop_app.domain.pictures import FolderEntry
from desktop_app.ui.gallery.grid import GridView
from desktop_app.ui.gallery.item_model import GalleryItemModel

COMPARED = 1000
"""Larger selections are compared by their number alone: comparing 100,000 would stall the window."""


class SelectionMemory(QObject):
    """Signals:
    changed: the current `FolderEntry` or None, and a list of the selected ones in order. Told once for each
        change made by the person, and when the current picture has changed on disk or is gone; not when the
        filter merely hides it.
    """

    changed = Signal(object, object)

    def __init__(self, grid: GridView, entries: GalleryItemModel) -> None:
        super().__init__(grid)
        self._grid = grid
        self._list = entries
        self._is_replacing = False
        self._current: FolderEntry | None = None
        self._chosen: list[FolderEntry] = []
        self._all_of: Mapping[str, int] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._tell)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._changed())
        grid.selectionModel().currentChanged.connect(lambda *_: self._changed())

    def forget(self) -> None:
        """Nothing is selected any more; not told, as another folder follows."""
        self._soon.stop()
        self._current, self._chosen, self._all_of = None, [], None

    def replace(self, entries: Sequence[FolderEntry], rows: Mapping[str, int], is_whole: bool) -> None:
        """Show another list in the grid with the same pictures selected, in view at the same place."""
        if self._soon.isActive():
            self._soon.stop()
            self._tell()
        place, old_row = self._place(), self._grid.currentIndex().row()
        self._is_replacing = True
        self._list.replace(entries, rows)
        self._grid.select_rows(self._ranges_of_chosen())
        current = self._current_row()
        if current is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self._grid.selectionModel().setCurrentIndex(self._list.index(current), flag)
        self._restore(place)
        self._is_replacing = False
        if is_whole:
            self._follow_disk(current, old_row)

    def _follow_disk(self, current: int | None, old_row: int) -> None:
        """Go on with the next picture when the current one is gone; tell when it changed."""
        entries = self._list.entries
        if current is None and self._current is not None:
            self.forget()
            if entries:
                row = min(max(old_row, 0), len(entries) - 1)
                # Not the view's own `setCurrentIndex`: it adds to the selection while Ctrl is held.
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self._grid.selectionModel().setCurrentIndex(self._list.index(row), flag)
            else:
                self.changed.emit(None, [])
            return
        ranges = self._grid.selected_rows()
        chosen = [entry for rows in ranges for entry in entries[rows.start : rows.stop]]
        now = entries[current] if current is not None else None
        if now != self._current or _differ(chosen, self._chosen):
            self._remember(now, chosen)
            self.changed.emit(now, list(chosen))

    def _changed(self) -> None:
        if not self._is_replacing:
            self._soon.start()

    def _tell(self) -> None:
        entries = self._list.entries
        chosen = [entry for rows in self._grid.selected_rows() for entry in entries[rows.start : rows.stop]]
        if not chosen and self._current is not None and self._current_row() is None:
            return  # hidden by the filter; the grid puts its cursor somewhere when it gets the keyboard
        index = self._grid.currentIndex()
        current = entries[index.row()] if index.isValid() else None
        if current is not None and not self._grid.selectionModel().isSelected(index):
            current = chosen[0] if chosen else None
        if (current, chosen) != (self._current, self._chosen):
            self._remember(current, chosen)
            self.changed.emit(current, list(chosen))

    def _remember(self, current: FolderEntry | None, chosen: list[FolderEntry]) -> None:
        self._current, self._chosen = current, chosen
        is_all = len(chosen) > 1 and len(chosen) == len(self._list.entries)
        self._all_of = self._list.rows if is_all else None

    def _current_row(self) -> int | None:
        return self._list.row_of(self._current.path) if self._current is not None else None

    def _ranges_of_chosen(self) -> Iterable[range]:
        """Rows of the chosen pictures now; at once when all were chosen and no other has come since."""
        if self._all_of is not None and self._list.rows.keys() <= self._all_of.keys():
            return [range(len(self._list.entries))]
        found = (self._list.row_of(entry.path) for entry in self._chosen)
        return _ranges(sorted(row for row in found if row is not None))

    def _place(self) -> tuple[str, int] | None:
        """The picture at the top of the screen and how far its tile is scrolled; None at the very top."""
        visible = self._grid.visible_entries()
        if self._grid.verticalOffset() == 0 or not visible:
            return None
        row = self._list.row_of(visible[0].path)
        return None if row is None else (visible[0].path, self._grid.visualRect(self._list.index(row)).top())

    def _restore(self, place: tuple[str, int] | None) -> None:
        row = self._list.row_of(place[0]) if place is not None else None
        if place is None or row is None:
            return
        top = self._grid.visualRect(self._list.index(row)).top()
        bar = self._grid.verticalScrollBar()
        bar.setValue(bar.value() + top - place[1])


def _ranges(rows: Sequence[int]) -> Iterator[range]:
    """Rows in order, as ranges without gaps."""
    start = 0
    for position in range(1, len(rows) + 1):
        if position == len(rows) or rows[position] != rows[position - 1] + 1:
            yield range(rows[start], rows[position - 1] + 1)
            start = position


def _differ(before: Sequence[FolderEntry], after: Sequence[FolderEntry]) -> bool:
    """Whether other pictures are chosen, or some changed on disk; another order is no difference."""
    if len(before) != len(after):
        return True
    return len(before) <= COMPARED and set(before) != set(after)
