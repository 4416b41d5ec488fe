"""The gallery's list: an open folder's pictures in the wanted order, filtered, kept up to date."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.settings import SortOrder
from desktop_app.services.daemon_threads import in_daemon_thread, post
from desktop_app.services.folder_visit import FolderVisit
from desktop_app.services.gallery_order import OrderedEntries, ShownEntries, filter_entries, order_entries
from desktop_app.services.listeners import Listeners
from desktop_app.services.ports import Folders

SILENT_AFTER_S = 4.0
"""A folder that told nothing for this long, in seconds, is said not to answer."""

PUBLISH_EVERY_S = 0.5
"""While a folder is being listed, what was found is shown at most this often, in seconds."""


class ListingState(Enum):
    """How far the listing of a folder has come."""

    LISTING = auto()
    SILENT = auto()
    """The drive or share does not answer at the moment; listing goes on if it comes back."""
    COMPLETE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Listing:
    """What there is to see of a folder now.

    Attributes:
        folder: the folder opened.
        recursive: whether folders below it are listed too.
        state: how far it is.
        shown: pictures that pass the filter, in order.
        total: number of pictures found so far, before the filter.
        error: why it failed, in state FAILED.
    """

    folder: Path
    recursive: bool
    state: ListingState
    shown: ShownEntries = field(default_factory=lambda: ShownEntries((), {}))
    total: int = 0
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    order: SortOrder = SortOrder.NAME
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Arrangement:
    """Work for a thread: the entries as they were, so that the list may grow meanwhile."""

    visit: FolderVisit
    found: list[FolderEntry]
    count: int
    is_listed: bool
    wish: _Wish


class Gallery:
    """Lives on one event loop. Listing, sorting and filtering run in daemon threads, so a share that stops
    answering holds up neither the window nor the end of the program.
    """

    def __init__(
        self, folders: Folders, suffixes: frozenset[str], silent_after_s: float = SILENT_AFTER_S
    ) -> None:
        self._folders = folders
        self._suffixes = suffixes
        self._silent_after_s = silent_after_s
        self._listeners: Listeners[Listing] = Listeners()
        self._wish = _Wish()
        self._listing: Listing | None = None
        self._visit: FolderVisit | None = None
        self._completed: asyncio.Future[None] | None = None
        self._ordered: tuple[_Arrangement, OrderedEntries] | None = None
        self._is_arranging = False
        self._arrange_again = False
        self._next_at = 0.0
        self._began_at = 0.0
        self._arrange_later: asyncio.TimerHandle | None = None

    @property
    def listing(self) -> Listing | None:
        """What was told last; None before a folder was opened."""
        return self._listing

    @property
    def everything(self) -> Sequence[FolderEntry]:
        """All pictures of the open folder in the wanted order, whatever the filter hides."""
        return self._ordered[1].entries if self._ordered is not None else ()

    @property
    def filter_text(self) -> str:
        """What names are filtered by, "" for nothing."""
        return self._wish.text.strip()

    def watch(self, listener: Callable[[Listing], None]) -> Callable[[], None]:
        """Tell `listener` every new state, on the loop's thread; returns the way to stop."""
        return self._listeners.add(listener)

    async def open(self, folder: Path, recursive: bool) -> None:
        """List `folder`, in place of the one open before, and follow its changes from then on.

        Returns when the list is complete, has failed (the listing says why), or another folder was opened.
        """
        self._leave()
        visit = FolderVisit(
            self._folders, self._suffixes, folder, recursive, self._folder_changed, self._silent_after_s
        )
        self._visit, self._ordered = visit, None
        completed = self._completed = asyncio.get_running_loop().create_future()
        self._tell(Listing(folder, recursive, ListingState.LISTING))
        visit.start()
        await completed

    def set_order(self, order: SortOrder) -> None:
        """Show the pictures in another order."""
        self._change_wish(replace(self._wish, order=order))

    def set_filter(self, text: str) -> None:
        """Show the pictures whose names hold every word of `text`; "" for all."""
        self._change_wish(replace(self._wish, text=text))

    def refresh(self) -> None:
        """List the open folder again and tell of it if anything changed; what is shown stays meanwhile."""
        if self._visit is not None:
            self._visit.refresh()

    async def close(self) -> None:
        """Stop listing and following."""
        self._leave()

    def _leave(self) -> None:
        visit, self._visit = self._visit, None
        if visit is not None:
            visit.leave()
        self._cancel_timer()
        self._settle()

    def _folder_changed(self) -> None:
        visit = self._visit
        if visit is None:
            return
        if visit.error is not None:
            self._fail(visit, visit.error)
        elif visit.is_silent and self._listing is not None:
            self._tell(replace(self._listing, state=ListingState.SILENT))
        else:
            self._arrange()

    def _fail(self, visit: FolderVisit, problem: AppError) -> None:
        self._ordered = None
        self._tell(Listing(visit.folder, visit.recursive, ListingState.FAILED, error=problem))
        self._settle()

    def _change_wish(self, wish: _Wish) -> None:
        if wish != self._wish:
            self._wish = wish
            self._arrange(at_once=True)

    def _arrange(self, at_once: bool = False) -> None:
        """Sort and filter what was found: one arrangement at a time, and not more often than can be read."""
        visit = self._visit
        if visit is None or visit.error is not None:
            return
        if self._is_arranging:
            self._arrange_again = True
            return
        wait_s = self._next_at - time.monotonic()
        has_some = self._listing is not None and self._listing.total > 0
        if has_some and not visit.is_listed and not at_once and wait_s > 0:
            self._cancel_timer()
            self._arrange_later = asyncio.get_running_loop().call_later(wait_s, self._arrange)
            return
        self._cancel_timer()
        self._run(_Arrangement(visit, visit.found, len(visit.found), visit.is_listed, self._wish))

    def _run(self, job: _Arrangement) -> None:
        self._is_arranging, self._arrange_again = True, False
        self._began_at = time.monotonic()
        loop, kept = asyncio.get_running_loop(), self._ordered

        def work() -> None:
            ordered = _ordered(job, kept)
            shown = filter_entries(ordered, job.wish.text)
            post(loop, self._arranged, job, ordered, shown)

        def ended(problem: AppError | None) -> None:
            post(loop, self._arrangement_ended, job, problem)

        in_daemon_thread(work, ended, "folder-order")

    def _arranged(self, job: _Arrangement, ordered: OrderedEntries, shown: ShownEntries) -> None:
        visit = self._visit
        if visit is not job.visit or visit.error is not None:
            return
        now = time.monotonic()
        # Sorting what is there must not slow down the listing of the rest.
        self._ordered, self._next_at = (job, ordered), now + max(PUBLISH_EVERY_S, 4 * (now - self._began_at))
        state = ListingState.COMPLETE if job.is_listed else ListingState.LISTING
        self._tell(Listing(visit.folder, visit.recursive, state, shown, total=job.count))
        if job.is_listed:
            self._settle()

    def _arrangement_ended(self, job: _Arrangement, problem: AppError | None) -> None:
        self._is_arranging = False
        if problem is not None and job.visit is self._visit:
            self._fail(job.visit, problem)
        elif self._arrange_again:
            self._arrange(at_once=job.wish != self._wish)

    def _settle(self) -> None:
        if self._completed is not None and not self._completed.done():
            self._completed.set_result(None)

    def _cancel_timer(self) -> None:
        if self._arrange_later is not None:
            self._arrange_later.cancel()
            self._arrange_later = None

    def _tell(self, listing: Listing) -> None:
        self._listing = listing
        self._listeners.tell(listing)


def _ordered(job: _Arrangement, kept: tuple[_Arrangement, OrderedEntries] | None) -> OrderedEntries:
    """The entries in order; those kept from the last time when only the filter text is another."""
    if kept is not None:
        before, ordered = kept
        is_same = before.found is job.found and before.count == job.count
        if is_same and ordered.order is job.wish.order:
            return ordered
    return order_entries(job.found[: job.count], job.wish.order)
