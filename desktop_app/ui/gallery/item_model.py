"""The gallery's item model: a plain list of folder entries with what is known of each, by path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, QUrl

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry, Raster
from desktop_app.ui.gallery.pixmap_cache import PixmapCache
from desktop_app.ui.report import sentence

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex


class GalleryRole(IntEnum):
    """Roles beyond Qt's own; values are Python objects."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """The `FolderEntry`."""
    STATE = Qt.ItemDataRole.UserRole + 2
    """`AnswerState` of the newest answer (Qt hands it on as its text), None when nothing was asked."""
    ERROR = Qt.ItemDataRole.UserRole + 3
    """Sentence why there is no thumbnail, "" when there is none or it is not known yet."""


class GalleryItemModel(QAbstractListModel):
    """`data` only looks things up; decoding happens elsewhere and arrives through `set_thumbnail`."""

    def __init__(self, pixmaps: PixmapCache) -> None:
        super().__init__()
        self._pixmaps = pixmaps
        self._entries: Sequence[FolderEntry] = ()
        self._rows: Mapping[str, int] = {}
        self._states: dict[str, AnswerState | None] = {}
        self._errors: dict[FolderEntry, AppError] = {}
        self._readers: dict[int, Callable[[FolderEntry], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda entry: shown_name(entry.name),
            Qt.ItemDataRole.ToolTipRole: self._tip,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            GalleryRole.ENTRY: lambda entry: entry,
            GalleryRole.STATE: lambda entry: self._states.get(entry.path),
            GalleryRole.ERROR: self._sentence,
        }

    @property
    def entries(self) -> Sequence[FolderEntry]:
        """In the order shown."""
        return self._entries

    @property
    def rows(self) -> Mapping[str, int]:
        """Row of each path."""
        return self._rows

    def row_of(self, path: str) -> int | None:
        return self._rows.get(path)

    def replace(self, entries: Sequence[FolderEntry], rows: Mapping[str, int]) -> None:
        """Show another list; the rows belong to its paths. What is known by path and file time is kept."""
        self.beginResetModel()
        self._entries, self._rows = entries, rows
        self.endResetModel()

    def forget_errors(self) -> None:
        """Try pictures again that could not be opened."""
        self._errors.clear()

    def set_thumbnail(self, entry: FolderEntry, raster: Raster) -> None:
        self._errors.pop(entry, None)
        self._pixmaps.add(entry, raster)
        self._announce(entry.path)

    def set_error(self, entry: FolderEntry, error: AppError) -> None:
        self._errors[entry] = error
        self._announce(entry.path)

    def set_states(self, states: Mapping[str, AnswerState | None]) -> None:
        """Set the marks of these paths, None for no mark; others keep theirs."""
        for path, state in states.items():
            if self._states.get(path) is not state:
                self._states[path] = state
                self._announce(path)

    def lacks_thumbnail(self, entry: FolderEntry) -> bool:
        return entry not in self._errors and not self._pixmaps.has(entry)

    def rowCount(self, parent: _Index = _NO_PARENT()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        reader = self._readers.get(role)
        if reader is None or not 0 <= row < len(self._entries):
            return None
        return reader(self._entries[row])

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flag = Qt.ItemFlag
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def roleNames(self) -> dict[int, Any]:
        return {**super().roleNames(), **{role: role.name.lower().encode() for role in GalleryRole}}

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return mime_of([self._entries[index.row()] for index in indexes])

    def _announce(self, path: str) -> None:
        row = self._rows.get(path)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _sentence(self, entry: FolderEntry) -> str:
        error = self._errors.get(entry)
        return sentence(error) if error is not None else ""

    def _tip(self, entry: FolderEntry) -> str:
        lines = [shown_name(entry.name), self._state_words(entry), self._sentence(entry)]
        return "\n".join(line for line in lines if line)

    def _spoken(self, entry: FolderEntry) -> str:
        parts = [shown_name(entry.name), self._state_words(entry), self._sentence(entry)]
        return ", ".join(part for part in parts if part)

    def _state_words(self, entry: FolderEntry) -> str:
        match self._states.get(entry.path):
            case None:
                return ""
            case AnswerState.STREAMING:
                return self.tr("answer is being written")
            case AnswerState.DONE:
                return self.tr("answered")
            case AnswerState.STOPPED:
                return self.tr("answer stopped")
            case AnswerState.INTERRUPTED:
                return self.tr("answer interrupted")
            case AnswerState.FAILED:
                return self.tr("no answer: an error")


def shown_name(name: str) -> str:
    """The name for the screen: bytes that are no text (old disks, foreign systems) appear as marks."""
    if name.isascii():
        return name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def mime_of(entries: Iterable[FolderEntry]) -> QMimeData:
    """File addresses for dragging; names that are no text cannot be passed on and are left out."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(entry.path) for entry in entries if _is_text(entry.path)])
    return mime


def _is_text(path: str) -> bool:
    return path.isascii() or path == shown_name(path)
