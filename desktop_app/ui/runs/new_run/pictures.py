"""Which pictures a new run can be about: the gallery's, an earlier run's, or those that a file names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.runs.run import Run, RunScope
from desktop_app.services.gallery import Gallery
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.ui.runs.new_run.offers import OfferedList, ScopeChoice


@dataclass(frozen=True, slots=True)
class ListedPictures:
    """What a file that names pictures led to.

    Attributes:
        folder: all of the pictures are in it.
        pictures: paths, and the names they are shown with.
        missing: names that led to none.
    """

    folder: Path
    pictures: Sequence[tuple[str, str]]
    missing: Sequence[str]


class PictureLists(Protocol):
    """Reads files that name pictures."""

    async def read(self, path: Path, folder: Path | None) -> ListedPictures:
        """Look for the pictures that a file names, beside it and in a folder.

        Raises:
            AppError: LIST_UNREADABLE; PICTURE_TIMEOUT while the place does not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Offered:
    scope: RunScope
    entries: Sequence[FolderEntry]


class OfferedPictures:
    """A run is about exactly the pictures that were offered, whatever the gallery shows later."""

    def __init__(
        self,
        gallery: Gallery,
        answers: RunAnswers,
        lists: PictureLists,
        selected: Callable[[], Sequence[FolderEntry]],
    ) -> None:
        """`selected`: what is selected in the gallery."""
        self._gallery = gallery
        self._answers = answers
        self._lists = lists
        self._selected = selected
        self._of_gallery: dict[ScopeChoice, _Offered] = {}
        self._like: Run | None = None
        self._list = Path()
        self._listed = ListedPictures(Path(), (), ())

    def offer_run(self, run: Run) -> Mapping[ScopeChoice, int]:
        """The pictures of an earlier run; returns how many."""
        self._like = run
        return {ScopeChoice.RUN: run.counts.total}

    def offer_gallery(self) -> Mapping[ScopeChoice, int]:
        """What the gallery shows now; returns how many pictures each choice is about."""
        listing = self._gallery.listing
        everything, selected = self._gallery.everything, self._selected()
        shown = listing.shown.entries if listing is not None else ()
        of_folder = RunScope(self.folder, listing is not None and listing.recursive)
        self._of_gallery = {ScopeChoice.FOLDER: _Offered(of_folder, everything)}
        if 0 < len(shown) < len(everything):
            match = self._gallery.filter_text
            of_filter = replace(of_folder, match=match, source=ScopeChoice.FILTER.value)
            self._of_gallery[ScopeChoice.FILTER] = _Offered(of_filter, shown)
        if len(selected) > 1:
            of_selection = replace(of_folder, source=ScopeChoice.SELECTION.value)
            self._of_gallery[ScopeChoice.SELECTION] = _Offered(of_selection, selected)
        return {choice: len(one.entries) for choice, one in self._of_gallery.items()}

    @property
    def folder(self) -> Path:
        """The one that is open in the gallery."""
        listing = self._gallery.listing
        return listing.folder if listing is not None else Path()

    async def read_list(self, path: Path) -> OfferedList | None:
        """Offer the pictures that a file names; None when another file was chosen meanwhile.

        Raises:
            AppError: as `PictureLists.read`.
        """
        self._list = path
        listing = self._gallery.listing
        try:
            read = await self._lists.read(path, listing.folder if listing is not None else None)
        except AppError:
            if self._list is path:
                raise
            return None
        if self._list is not path:
            return None
        self._listed = read
        return OfferedList(path.name, len(read.pictures), read.missing)

    async def chosen(self, choice: ScopeChoice) -> tuple[RunScope, list[tuple[str, str]]]:
        """Where the pictures are, their paths and names."""
        if choice is ScopeChoice.RUN and self._like is not None:
            items = await self._answers.items(self._like.id)
            return self._like.plan.scope, [(item.path, item.name) for item in items]
        if choice is ScopeChoice.LIST:
            return RunScope(self._listed.folder, source=choice.value), list(self._listed.pictures)
        offered = self._of_gallery[choice]
        return offered.scope, [(entry.path, entry.name) for entry in offered.entries]
