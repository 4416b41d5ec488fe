"""One open folder: listed once, then followed. Blocking calls run in threads that may be left behind."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry
from desktop_app.services.daemon_threads import in_daemon_thread, post
from desktop_app.services.ports import Folders

SHORT_SCAN_S = 1.0
"""Seconds; a folder listed faster is listed again once it is watched, for what changed in between."""


@dataclass(eq=False)
class _Scan:
    """One pass over the folder; `found` grows on the loop's thread only."""

    is_first: bool
    found: list[FolderEntry] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)


class FolderVisit:
    """Lives on one event loop, which is the running one when it is made.

    Attributes:
        found: pictures found so far, in no order. Grows while the folder is listed the first time; replaced
            by another list after changes.
        is_listed: `found` is complete.
        is_silent: the folder has told nothing for a while, though it is not listed yet.
        error: why the folder cannot be listed; None again when it comes back.
    """

    def __init__(
        self,
        folders: Folders,
        suffixes: frozenset[str],
        folder: Path,
        recursive: bool,
        changed: Callable[[], None],
        silent_after_s: float,
    ) -> None:
        """`changed` is called on the loop's thread whenever an attribute has another value."""
        self.folder = folder
        self.recursive = recursive
        self.found: list[FolderEntry] = []
        self.is_listed = False
        self.is_silent = False
        self.error: AppError | None = None
        self._folders = folders
        self._suffixes = suffixes
        self._tell = changed
        self._silent_after_s = silent_after_s
        self._loop = asyncio.get_running_loop()
        self._left = threading.Event()
        self._refreshing = False
        self._refresh_again = False
        self._stop_watch: Callable[[], None] | None = None
        self._handing_over = threading.Lock()
        """Held while the way to stop watching passes from the thread that began it."""
        self._silence: asyncio.TimerHandle | None = None
        self._next_refresh: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """List the folder and follow it from then on."""
        self._expect_sign_of_life()
        self._run(_Scan(is_first=True, found=self.found))

    def refresh(self) -> None:
        """List the folder again, unless it is still being listed the first time; `found` stays meanwhile."""
        if self._left.is_set() or not (self.is_listed or self.error):
            return
        if self._refreshing:
            self._refresh_again = True
            return
        self._refreshing, self._refresh_again = True, False
        self._run(_Scan(is_first=False))

    def leave(self) -> None:
        """Stop listing and following; nothing is told any more."""
        with self._handing_over:
            self._left.set()
            stop, self._stop_watch = self._stop_watch, None
        for timer in (self._silence, self._next_refresh):
            if timer is not None:
                timer.cancel()
        if stop is not None:
            in_daemon_thread(stop, _log_problem, "folder-unwatch")

    def _run(self, scan: _Scan) -> None:
        def work() -> None:
            for chunk in self._folders.scan(self.folder, self.recursive, self._suffixes):
                if self._left.is_set():
                    return
                post(self._loop, self._received, scan, chunk)

        def ended(problem: AppError | None) -> None:
            post(self._loop, self._ended, scan, problem)

        in_daemon_thread(work, ended, "folder-scan")

    def _received(self, scan: _Scan, chunk: list[FolderEntry]) -> None:
        if self._left.is_set():
            return
        scan.found.extend(chunk)
        if scan.is_first:
            self._expect_sign_of_life()
            self._tell()

    def _ended(self, scan: _Scan, problem: AppError | None) -> None:
        if self._left.is_set():
            return
        if self._silence is not None:
            self._silence.cancel()
        failed_before, self.error, self.is_silent = self.error is not None, problem, False
        if scan.is_first:
            self.is_listed = problem is None
            self._tell()
            if problem is None:
                self._follow(time.monotonic() - scan.started)
            return
        self._refreshing = False
        # Listing tells the order of the disk. One that changed costs a new arrangement; comparing sets of
        # 100,000 entries would hold the window up for 80 ms.
        if problem is not None or failed_before or self.found != scan.found:
            self.found, self.is_listed = scan.found, True
            self._tell()
        if self._refresh_again:
            # A long list that changes all the time must not keep a core busy.
            pause_s = 2 * (time.monotonic() - scan.started)
            self._next_refresh = self._loop.call_later(pause_s, self.refresh)

    def _expect_sign_of_life(self) -> None:
        if self._silence is not None:
            self._silence.cancel()
        self.is_silent = False
        self._silence = self._loop.call_later(self._silent_after_s, self._fell_silent)

    def _fell_silent(self) -> None:
        self.is_silent = True
        self._tell()

    def _follow(self, took_s: float) -> None:
        def work() -> None:
            stop = self._folders.watch(self.folder, self.recursive, lambda: post(self._loop, self.refresh))
            with self._handing_over:
                is_late = self._left.is_set()
                if not is_late:
                    self._stop_watch = stop
            if is_late:
                stop()
            elif took_s < SHORT_SCAN_S:
                post(self._loop, self.refresh)

        in_daemon_thread(work, _log_problem, "folder-watch")


def _log_problem(problem: AppError | None) -> None:
    """Following a folder is a comfort: without it the list is right until something changes on disk."""
    if problem is not None:
        logging.getLogger(__name__).warning("The folder is not followed: %s", problem)
