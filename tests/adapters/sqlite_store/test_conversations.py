"""What the contract does not say: when files are looked at, what is never kept, and large folders."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.limits import SqliteLimits
from desktop_app.domain.answers import SentPicture
from desktop_app.domain.conversations import AnswerState, AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Picture
from desktop_app.domain.servers import ServerLimits
from tests.adapters.sqlite_store.conftest import OpenLibrary

_Result = TypeVar("_Result")


class CountingWorkers:
    """Runs at once, and counts."""

    def __init__(self) -> None:
        self.runs = 0
        self.stuck = False

    async def run(self, work: Callable[[], _Result], name: str) -> _Result:
        self.runs += 1
        if self.stuck:
            raise AppError(ErrorCode.PICTURE_TIMEOUT, name=name)
        return work()


async def answered(store: SqliteConversations, picture: Picture, digest: str) -> int:
    thread = await store.create([picture])
    turn = await store.add_turn(thread.id, "What?", AskOptions())
    answer = await store.begin_answer(turn.id, "", "")
    await store.save_pictures(
        answer.id, [SentPicture(picture, digest, Size(1, 1), Size(28, 28), "PNG", 1, 1)]
    )
    await store.end_answer(answer.id, AnswerState.DONE, "This.", "")
    return thread.id


def new_file(folder: Path, name: str, content: str) -> Picture:
    (folder / name).write_text(content)
    return Picture(folder / name)


async def test_a_known_path_is_found_without_looking_at_the_file(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    workers = CountingWorkers()
    store = SqliteConversations(open_library(), workers)
    picture = new_file(tmp_path, "a.jpg", "a")
    await answered(store, picture, "00")
    workers.runs = 0

    assert await store.find([picture]) is not None
    assert workers.runs == 0


async def test_files_of_a_size_nobody_asked_about_are_not_hashed(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    workers = CountingWorkers()
    store = SqliteConversations(open_library(), workers)
    await answered(store, new_file(tmp_path, "a.jpg", "three"), "00")
    workers.runs = 0

    assert await store.find([new_file(tmp_path, "b.jpg", "of another length")]) is None
    assert workers.runs == 1  # its size alone


async def test_a_drive_that_hangs_counts_as_unknown(open_library: OpenLibrary, tmp_path: Path) -> None:
    workers = CountingWorkers()
    store = SqliteConversations(open_library(), workers)
    picture = new_file(tmp_path, "a.jpg", "three")
    workers.stuck = True
    thread_id = await answered(store, picture, "00")

    assert await store.find([new_file(tmp_path, "b.jpg", "three")]) is None
    found = await store.find([picture])
    assert found is not None
    assert found.id == thread_id


async def test_a_drive_that_hangs_does_not_hold_up_saving(open_library: OpenLibrary, tmp_path: Path) -> None:
    class HangingWorkers:
        async def run(self, work: Callable[[], _Result], name: str) -> _Result:
            await asyncio.Event().wait()
            return work()

    store = SqliteConversations(open_library(), HangingWorkers())
    picture = new_file(tmp_path, "a.jpg", "a")
    async with asyncio.timeout(20):
        await answered(store, picture, "00")
        found = await store.find([picture])
    assert found is not None
    assert found.turns[0].answer is not None
    assert found.turns[0].answer.pictures[0].content_hash == "00"


async def test_states_of_many_paths(store: SqliteConversations) -> None:
    paths = [f"/folder/{number}.jpg" for number in range(2500)]
    for number in (0, 999, 1000, 2499):
        await answered(store, Picture(Path(paths[number])), f"{number}")

    assert await store.answered_paths(paths) == {
        paths[number]: AnswerState.DONE for number in (0, 999, 1000, 2499)
    }


async def test_no_column_can_hold_pixels(store: SqliteConversations, path: Path) -> None:
    await store.mark_interrupted()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]
        types = {
            kind for table in tables for _, _, kind, *_ in connection.execute(f"PRAGMA table_info({table})")
        }

    assert types == {"INTEGER", "TEXT", "REAL"}


async def test_what_was_learnt_about_a_server(open_library: OpenLibrary) -> None:
    limits = SqliteLimits(open_library())
    assert await limits.limits("http://box/v1", "qwen") == ServerLimits()
    await limits.save_limits("http://box/v1", "qwen", ServerLimits(max_pixels=1_000_000))
    await limits.save_limits("http://box/v1", "qwen", ServerLimits(picture_limit=4, context_tokens=8192))
    await limits.save_limits("http://box/v1", "other", ServerLimits(picture_limit=1))

    again = SqliteLimits(open_library())
    assert await again.limits("http://box/v1", "qwen") == ServerLimits(None, 4, 8192)
    assert await again.limits("http://box/v1", "other") == ServerLimits(picture_limit=1)


async def test_a_copy_is_hashed_once_and_then_marked_in_the_gallery(
    open_library: OpenLibrary, tmp_path: Path
) -> None:
    workers = CountingWorkers()
    store = SqliteConversations(open_library(), workers)
    picture = new_file(tmp_path, "a.jpg", "same")
    await answered(store, picture, hashlib.sha256(b"same").hexdigest())
    copy = new_file(tmp_path, "copy.jpg", "same")
    workers.runs = 0
    assert await store.find([copy]) is not None
    first = workers.runs
    assert await store.find([copy]) is not None

    assert workers.runs - first == first - 1
    assert await store.answered_paths([str(copy.path)]) == {str(copy.path): AnswerState.DONE}
    copy.path.write_text("other, longer")
    assert await store.find([copy]) is None
