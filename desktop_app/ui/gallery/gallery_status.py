"""What the gallery's presenter tells its view, as plain data; the view words it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.domain.errors import AppError


class FolderState(Enum):
    """How far the listing of a folder has come, as the view shows it."""

    NONE = auto()
    """No folder was opened yet."""
    LISTING = auto()
    SILENT = auto()
    """The drive or share does not answer at the moment."""
    COMPLETE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class GalleryStatus:
    """The folder as a whole.

    Attributes:
        state: how far listing is.
        folder: name of the folder, "" for none.
        folder_path: its path, for a tooltip.
        shown: number of pictures that pass the filter.
        total: number of pictures found.
        filter_text: the filter, "" for none.
        recursive: folders below are listed too.
        error: why the folder cannot be listed, in state FAILED.
    """

    state: FolderState = FolderState.NONE
    folder: str = ""
    folder_path: str = ""
    shown: int = 0
    total: int = 0
    filter_text: str = ""
    recursive: bool = False
    error: AppError | None = None
