"""What the areas of the desk have to do with each other: the selection leads, picture and thread follow."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.domain.intake import Incoming, Taken
from desktop_app.domain.pictures import FolderEntry, Picture

MOST_PICTURES = 16
"""Pictures of a selection that make one conversation; a larger selection is for looking and for runs."""

_AHEAD, _BEHIND = 2, 1


class StatusView(Protocol):
    """What is told in the status bar of the selection."""

    def show_position(self, position: int, total: int) -> None: ...

    def show_selected(self, selected: int, most: int) -> None:
        """How many pictures are selected; `most` are the most one question takes, 0 when all fit."""
        ...


class DeskView(Protocol):
    """The window as a whole."""

    def show_error(self, problem: BaseException) -> None: ...

    def show_refused(self, refused: Sequence[AppError]) -> None:
        """What came in and is no picture; nothing takes the words about earlier ones away."""
        ...

    def show_nothing_pasted(self) -> None:
        """There was nothing on the clipboard that could be taken in."""
        ...

    def when_dropped(self, take: Callable[[Incoming, bool], object]) -> None:
        """Hand `take` what is dropped beside the areas' own places; True when that is on the conversation."""
        ...

    async def may_fetch(self, address: str) -> bool:
        """Ask whether a picture may be fetched from this address."""
        ...


class GalleryArea(Protocol):
    """What the desk asks of the gallery."""

    async def open_folder(self, folder: Path, recursive: bool | None = None) -> None: ...

    def select_path(self, path: Path, *others: Path) -> None: ...

    def step(self, count: int) -> None: ...


class PictureArea(Protocol):
    """What the desk asks of the picture area."""

    async def show(self, picture: Picture | None, neighbours: Sequence[Picture] = ()) -> None: ...

    def set_evidence(self, pictures: Sequence[Picture], evidence: Sequence[Evidence]) -> None: ...

    def highlight(self, index: int | None) -> None: ...

    async def draw_boxes(
        self, picture: Picture, heading: str, boxes: Sequence[Box], most: int
    ) -> list[list[int]] | None: ...


class ConversationArea(Protocol):
    """What the desk asks of the conversation."""

    async def show(self, pictures: tuple[Picture, ...]) -> None: ...

    async def add(self, pictures: Sequence[Picture]) -> None: ...

    def highlight_evidence(self, index: int | None) -> None: ...


class Selection(Protocol):
    """What is selected in the gallery."""

    @property
    def current(self) -> Picture | None: ...

    @property
    def entries(self) -> Sequence[FolderEntry]: ...

    @property
    def position(self) -> int: ...

    @property
    def total(self) -> int: ...

    def pictures(self, most: int) -> tuple[Picture, ...]: ...


class Intake(Protocol):
    """Checks what is dropped or pasted."""

    async def take(self, incoming: Incoming) -> Taken: ...

    async def fetch(self, address: str) -> Picture: ...


class DeskPresenter:
    """Leads the areas; each of them knows nothing of the others."""

    def __init__(
        self,
        view: DeskView,
        status: StatusView,
        intake: Intake,
        listed: Callable[[], Sequence[FolderEntry]],
        start: Callable[[Coroutine[Any, Any, Any]], object],
    ) -> None:
        """
        Args:
            listed: the pictures shown in the gallery now, in its order.
            start: runs a coroutine on the loop.
        """
        self._view = view
        self._status = status
        self._intake = intake
        self._listed = listed
        self._start = start
        self._gallery: GalleryArea
        self._picture: PictureArea
        self._conversation: ConversationArea
        self._selection: Selection | None = None

    def join(self, gallery: GalleryArea, picture: PictureArea, conversation: ConversationArea) -> None:
        """Give the areas, which need this presenter's methods to be made."""
        self._gallery, self._picture, self._conversation = gallery, picture, conversation
        self._view.when_dropped(self._dropped)

    async def open(self, path: Path) -> None:
        """Open a folder, or the folder of a picture with that picture selected."""
        await self.take_into_gallery(Incoming(paths=(path,)))

    @property
    def selection(self) -> Selection | None:
        """What is selected in the gallery; None before anything was."""
        return self._selection

    def selected(self, selection: Selection) -> None:
        """Show what is selected in every area."""
        self._selection = selection
        self._status.show_position(selection.position, selection.total)
        count = len(selection.entries)
        fits = count <= MOST_PICTURES
        self._status.show_selected(count, 0 if fits else MOST_PICTURES)
        current = selection.current
        self._picture.set_evidence((), ())
        self._start(self._picture.show(current, self._neighbours(selection.position)))
        if not fits and current is not None:
            self._start(self._conversation.show((current,)))
        else:
            self._start(self._conversation.show(selection.pictures(MOST_PICTURES)))

    def step(self, count: int) -> None:
        self._gallery.step(count)

    def show_evidence(self, pictures: Sequence[Picture], evidence: Sequence[Evidence]) -> None:
        self._picture.set_evidence(pictures, evidence)

    def evidence_hovered_in_answer(self, index: int | None) -> None:
        self._picture.highlight(index)

    def evidence_hovered_on_picture(self, index: int | None) -> None:
        self._conversation.highlight_evidence(index)

    async def take_into_gallery(self, incoming: Incoming) -> None:
        """A drop or paste on the gallery: folders are opened, pictures are selected in their folder."""
        taken = await self._take(incoming)
        place = next(iter(taken.folders), None)
        if place is not None:
            await self._gallery.open_folder(place)
        elif taken.pictures:
            await self._show_in_their_folder(taken.pictures)

    async def take_into_conversation(self, incoming: Incoming) -> None:
        """A drop or paste on the composer: pictures join the question, a folder is opened."""
        taken = await self._take(incoming)
        if taken.pictures:
            await self._conversation.add(taken.pictures)
        elif taken.folders:
            await self._gallery.open_folder(taken.folders[0])

    async def look_at(self, path: Path) -> None:
        """A picture chosen outside the gallery: the gallery goes along when it lists it."""
        if any(entry.path == str(path) for entry in self._listed()):
            self._gallery.select_path(path)
            return
        picture = Picture(path)
        self._picture.set_evidence((), ())
        await self._picture.show(picture)
        await self._conversation.show((picture,))

    async def draw_boxes(
        self, picture: Picture, heading: str, boxes: Sequence[Box], most: int
    ) -> list[list[int]] | None:
        """Let a person draw boxes on a picture chosen outside the gallery; None when they stay as they were.

        Raises:
            AppError: the picture cannot be shown.
        """
        await self.look_at(picture.path)
        return await self._picture.draw_boxes(picture, heading, boxes, most)

    async def open_address(self, address: str) -> None:
        """Fetch the picture at an address the person typed, and show it."""
        await self._show_in_their_folder((await self._intake.fetch(address),))

    def _dropped(self, incoming: Incoming, on_conversation: bool) -> None:
        take = self.take_into_conversation if on_conversation else self.take_into_gallery
        self._start(take(incoming))

    async def _show_in_their_folder(self, pictures: Sequence[Picture]) -> None:
        """The folder that is open when it lists the first one, else the one that holds it."""
        first, *others = (picture.path for picture in pictures)
        self._gallery.select_path(first, *others)
        if self._is_listed(first):
            return
        await self._gallery.open_folder(first.parent)
        if not self._is_listed(first):
            # The gallery leaves out names that are hidden or do not end as a picture's does.
            self._picture.set_evidence((), ())
            self._start(self._picture.show(pictures[0]))
            self._start(self._conversation.show((pictures[0],)))

    def _is_listed(self, path: Path) -> bool:
        return any(entry.path == str(path) for entry in self._listed())

    async def _take(self, incoming: Incoming) -> Taken:
        if incoming.is_empty:
            self._view.show_nothing_pasted()
            return Taken()
        taken = await self._intake.take(incoming)
        self._view.show_refused(taken.refused)
        if taken.pictures or taken.folders or taken.refused:
            return taken
        return Taken(pictures=tuple(await self._fetch_all(incoming.addresses)))

    async def _fetch_all(self, addresses: Sequence[str]) -> list[Picture]:
        fetched: list[Picture] = []
        refused: list[AppError] = []
        for address in addresses:
            if not await self._view.may_fetch(address):
                continue
            try:
                fetched.append(await self._intake.fetch(address))
            except AppError as error:
                refused.append(error)
                self._view.show_refused(refused)
        return fetched

    def _neighbours(self, position: int) -> tuple[Picture, ...]:
        """The pictures a person is likely to look at next, the likeliest first."""
        listed, row = self._listed(), position - 1
        ahead = range(row + 1, row + 1 + _AHEAD)
        behind = range(row - _BEHIND, row)
        rows = [other for other in (*ahead, *behind) if position and 0 <= other < len(listed)]
        return tuple(Picture(Path(listed[other].path)) for other in rows)
