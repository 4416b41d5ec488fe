"""Joins the open folder, its thumbnails and its marks to the gallery's view. Knows no Qt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry, Picture, Raster
from desktop_app.domain.settings import GallerySettings, Settings, SortOrder
from desktop_app.services.gallery import Gallery, Listing, ListingState
from desktop_app.services.newer_news import NewerNews
from desktop_app.services.thumbnails import ThumbnailLoader
from desktop_app.ui.gallery.gallery_status import FolderState, GalleryStatus

MOST_RECENT = 10
"""Folders kept in the list of recent ones."""

_STATES = {
    ListingState.LISTING: FolderState.LISTING,
    ListingState.SILENT: FolderState.SILENT,
    ListingState.COMPLETE: FolderState.COMPLETE,
    ListingState.FAILED: FolderState.FAILED,
}


def _nothing(*_: object) -> None:
    """For callbacks nobody needs."""


class View(Protocol):
    """What the presenter says to the gallery's view; described there."""

    def start_folder(self) -> None: ...

    def clear_filter(self) -> None: ...

    def show_entries(
        self, entries: Sequence[FolderEntry], rows: Mapping[str, int], is_whole: bool
    ) -> None: ...

    def show_status(self, status: GalleryStatus) -> None: ...

    def show_choices(self, recursive: bool, order: SortOrder, tile_px: int) -> None: ...

    def show_thumbnail(self, entry: FolderEntry, raster: Raster) -> None: ...

    def show_failure(self, entry: FolderEntry, error: AppError) -> None: ...

    def show_marks(self, states: Mapping[str, AnswerState | None]) -> None: ...

    def select(self, path: str, *others: str) -> bool: ...

    def step(self, count: int) -> None: ...


class SettingsInUse(Protocol):
    """The part of `SettingsService` that is needed."""

    @property
    def current(self) -> Settings: ...

    def change(self, edit: Callable[[Settings], Settings]) -> Settings: ...


@dataclass(frozen=True, slots=True)
class GallerySelection:
    """What is selected. May hold 100,000 entries, so pictures are made of as many as are wanted.

    Attributes:
        current: the picture the keyboard is on; None when nothing is selected.
        entries: all selected pictures in the gallery's order, the current one among them.
        position: place of the current picture in the list shown, from 1; 0 for none.
        total: number of pictures shown.
    """

    current: Picture | None = None
    entries: Sequence[FolderEntry] = ()
    position: int = 0
    total: int = 0

    def pictures(self, most: int) -> tuple[Picture, ...]:
        """The first `most` selected pictures, in the gallery's order."""
        return tuple(Picture(Path(entry.path)) for entry in self.entries[:most])


class GalleryPresenter:
    """Holds which folder is open and what is known of its answers."""

    def __init__(
        self,
        view: View,
        gallery: Gallery,
        thumbnails: ThumbnailLoader,
        settings: SettingsInUse,
        answered: Callable[[Sequence[str]], Awaitable[Mapping[str, AnswerState]]],
        on_selection: Callable[[GallerySelection], object],
        on_activated: Callable[[Picture], object],
        on_folder: Callable[[Path], object],
        on_position: Callable[[int, int], object] = _nothing,
    ) -> None:
        """
        Args:
            answered: states of the newest answers for paths that have one (the store's `answered_paths`).
            on_selection: told what is selected, also when the current picture changed on disk.
            on_activated: a picture is to be seen in full.
            on_folder: told each folder that is opened, before it is listed.
            on_position: told the place of the current picture in the list shown, from 1 and 0 for none, and
                how many are shown, whenever the list changes under the selection.
        """
        self._view = view
        self._gallery = gallery
        self._thumbnails = thumbnails
        self._settings = settings
        self._answered = answered
        self._on_selection = on_selection
        self._on_activated = on_activated
        self._on_folder = on_folder
        self._on_position = on_position
        self._current_path = ""
        self._filter = ""
        self._wanted: tuple[str, ...] = ()
        self._asked_marks: set[str] = set()
        self._news = NewerNews()
        self._has_selection = False
        self._is_told_empty = False
        gallery.watch(self._show)
        gallery.set_order(self._chosen.sort)
        self._show_choices()

    async def open_folder(self, folder: Path, recursive: bool | None = None) -> None:
        """List `folder` in place of the one open; returns when that is done. Failure is shown in the pane.

        `recursive`: list folders below too; None for as it was last.
        """
        if recursive is None:
            recursive = self._chosen.recursive
        recent = [str(folder), *(path for path in self._chosen.recent_folders if path != str(folder))]
        self._change(recursive=recursive, recent_folders=tuple(recent[:MOST_RECENT]))
        listing = self._gallery.listing
        if listing is None or listing.folder != folder:
            self.set_filter("")
            self._view.clear_filter()
        self._has_selection = self._is_told_empty = False
        self._asked_marks.clear()
        self._view.start_folder()
        self._on_folder(folder)
        await self._gallery.open(folder, recursive)

    async def set_recursive(self, recursive: bool) -> None:
        """List the open folder again with or without the folders below."""
        self._change(recursive=recursive)
        listing = self._gallery.listing
        if listing is not None:
            await self.open_folder(listing.folder, recursive)

    async def refresh(self) -> None:
        """List the folder again: after an error from the start, else in the background."""
        listing = self._gallery.listing
        if listing is not None and listing.state is ListingState.FAILED:
            await self.open_folder(listing.folder, listing.recursive)
        else:
            self._gallery.refresh()

    def set_order(self, order: SortOrder) -> None:
        self._change(sort=order)
        self._gallery.set_order(order)

    def set_filter(self, text: str) -> None:
        self._filter = text.strip()
        self._gallery.set_filter(text)

    def select_path(self, path: Path, *others: Path) -> None:
        """Select this picture and the others beside it, as soon as they are listed; no filter hides it."""
        wanted = (str(path), *map(str, others))
        self._wanted = () if self._view.select(*wanted) else wanted
        if self._wanted and self._filter:
            self.set_filter("")
            self._view.clear_filter()

    def step(self, count: int) -> None:
        """Go on by `count` pictures, backwards when negative."""
        self._view.step(count)

    def set_marks(self, states: Mapping[str, AnswerState | None]) -> None:
        """Mark the pictures with these paths."""
        self._asked_marks.update(states)
        self._news.tell(states)
        self._view.show_marks(states)

    async def show_visible(self, visible: Sequence[FolderEntry], wanted: Sequence[FolderEntry]) -> None:
        """Load what the view lacks for the tiles on screen: thumbnails and marks."""
        self._thumbnails.want(wanted, self._view.show_thumbnail, self._view.show_failure)
        unknown = [entry.path for entry in visible if entry.path not in self._asked_marks]
        if unknown:
            self._asked_marks.update(unknown)
            try:
                with self._news.reading() as newer:
                    marks = await self._answered(unknown)
            except AppError:
                self._asked_marks.difference_update(unknown)  # asked again when they are next on screen
                raise
            self._view.show_marks({path: state for path, state in marks.items() if path not in newer})

    def select(self, current: FolderEntry | None, entries: Sequence[FolderEntry]) -> None:
        """The person selected these."""
        self._wanted = ()
        self._current_path = current.path if current is not None else ""
        listing = self._gallery.listing
        self._has_selection = current is not None or (listing is not None and listing.total > 0)
        self._is_told_empty = current is None
        row = listing.shown.rows.get(current.path) if listing is not None and current is not None else None
        self._on_selection(
            GallerySelection(
                current=Picture(Path(current.path)) if current is not None else None,
                entries=entries,
                position=row + 1 if row is not None else 0,
                total=len(listing.shown.entries) if listing is not None else 0,
            )
        )

    def activate(self, entry: FolderEntry) -> None:
        self._on_activated(Picture(Path(entry.path)))

    @property
    def _chosen(self) -> GallerySettings:
        return self._settings.current.gallery

    def _change(
        self,
        recursive: bool | None = None,
        sort: SortOrder | None = None,
        recent_folders: tuple[str, ...] | None = None,
    ) -> None:
        now = self._chosen
        wanted = replace(
            now,
            recursive=now.recursive if recursive is None else recursive,
            sort=now.sort if sort is None else sort,
            recent_folders=now.recent_folders if recent_folders is None else recent_folders,
        )
        self._settings.change(lambda settings: replace(settings, gallery=wanted))
        self._show_choices()

    def _show_choices(self) -> None:
        chosen = self._chosen
        self._view.show_choices(chosen.recursive, chosen.sort, chosen.tile_px)

    def _show(self, listing: Listing) -> None:
        is_complete = listing.state is ListingState.COMPLETE
        entries = listing.shown.entries
        self._view.show_entries(entries, listing.shown.rows, is_complete and len(entries) == listing.total)
        self._view.show_status(
            GalleryStatus(
                state=_STATES[listing.state],
                folder=listing.folder.name or str(listing.folder),
                folder_path=str(listing.folder),
                shown=len(entries),
                total=listing.total,
                filter_text=self._filter,
                recursive=listing.recursive,
                error=listing.error,
            )
        )
        self._on_position(listing.shown.rows.get(self._current_path, -1) + 1, len(entries))
        self._select_something(is_complete, entries)
        if listing.state in {ListingState.COMPLETE, ListingState.FAILED} and not listing.total:
            self._say_nothing_selected()

    def _select_something(self, is_complete: bool, entries: Sequence[FolderEntry]) -> None:
        """The picture that was wanted, or the first one when a folder has been listed."""
        is_time = is_complete or len(self._wanted) == 1  # several are selected together
        if self._wanted and is_time and self._view.select(*self._wanted):
            self._wanted = ()
            self._has_selection = True
        elif is_complete and entries and not self._has_selection and not self._wanted:
            self._has_selection = self._view.select(entries[0].path)

    def _say_nothing_selected(self) -> None:
        """A folder without pictures: what was selected in the one before must not stay on the desk."""
        if not self._is_told_empty:
            self._is_told_empty = True
            self._on_selection(GallerySelection())
