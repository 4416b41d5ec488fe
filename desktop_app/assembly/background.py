"""A program that goes on without its window, and the next start that brings the window back.

Files do it: whoever has no window holds a lock in a folder of the library's, as the owners of runs do, and
looks now and then whether another start has laid a note beside it.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from desktop_app.adapters.sqlite_store.owners import Owner

LOOK_EVERY_S = 0.25
ANSWERS_WITHIN_S = 3.0
"""A program that takes no notice for so long is not waited for."""

_NOTE = ".come-back"


def background_folder(library: Path) -> Path:
    return library.with_name(f"{library.name}-background")


class Background:
    """This program while it has no window, from `enter` to `leave`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner: Owner | None = None

    def enter(self) -> None:
        with suppress(OSError):  # a full disk: it goes on all the same, and nobody can bring it back
            self._owner = Owner(self._folder)

    def leave(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            self._note(owner.id).unlink(missing_ok=True)
            owner.release()

    async def wanted_back(self) -> Path | None:
        """Return when the program was started again, with what that start was to open."""
        while self._owner is None or not (note := self._note(self._owner.id)).exists():
            await asyncio.sleep(LOOK_EVERY_S)
        wanted = ""
        with suppress(OSError):
            wanted = os.fsdecode(note.read_bytes())
            note.unlink()  # this is the answer
        return Path(wanted) if wanted else None

    def _note(self, owner_id: str) -> Path:
        return self._folder / f"{owner_id}{_NOTE}"


def bring_back(folder: Path, start_at: Path | None) -> bool:
    """Have every program without a window show it again; whether one did. May take `ANSWERS_WITHIN_S`."""
    try:
        notes = list(_notes(folder)) if folder.is_dir() else []
        for note in notes:
            _write(note, os.fsencode(start_at.absolute()) if start_at is not None else b"")
    except OSError:
        return False
    waited = 0.0
    while notes and waited < ANSWERS_WITHIN_S:
        if any(not note.exists() for note in notes):
            return True
        threading.Event().wait(LOOK_EVERY_S / 5)
        waited += LOOK_EVERY_S / 5
    for note in notes:
        note.unlink(missing_ok=True)
    return False


def _notes(folder: Path) -> Iterator[Path]:
    """A place for a note to each program that lives."""
    asking = Owner(folder)
    try:
        for path in folder.iterdir():
            if not path.suffix and path.name != asking.id and asking.is_alive(path.name):
                yield path.with_name(f"{path.name}{_NOTE}")
    finally:
        asking.release()


def _write(note: Path, content: bytes) -> None:
    """In one step: half a path must not be read."""
    part = note.with_suffix(".part")
    part.write_bytes(content)
    part.replace(note)
