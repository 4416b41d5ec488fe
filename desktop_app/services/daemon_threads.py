"""Blocking work in threads that never hold up the end of the program, and the way back to the loop."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import Any

from desktop_app.domain.errors import AppError, as_app_error


def in_daemon_thread(work: Callable[[], None], ended: Callable[[AppError | None], None], name: str) -> None:
    """Run `work` in a thread of its own; then `ended`, in that thread, with the error if there was one.

    For work that may never come back (a share that stopped answering): such a thread is simply left behind.
    """

    def run() -> None:
        problem: AppError | None = None
        try:
            work()
        except Exception as error:
            problem = as_app_error(error)
        ended(problem)

    threading.Thread(target=run, name=name, daemon=True).start()


def post(loop: asyncio.AbstractEventLoop, function: Callable[..., None], *arguments: Any) -> None:
    """Call `function` on the loop's thread; nothing happens when the loop has ended meanwhile."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(function, *arguments)
