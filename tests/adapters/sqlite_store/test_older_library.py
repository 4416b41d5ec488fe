"""A library of the first version, with conversations in it, opened by this program."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.limits import SqliteLimits
from desktop_app.adapters.sqlite_store.schema import Schema, current_schema
from desktop_app.domain.answers import AnswerEnd, FinishReason, SentPicture, Timings, Usage
from desktop_app.domain.conversations import AnswerState, AskOptions, Conversation
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Picture
from desktop_app.domain.servers import ServerLimits
from desktop_app.services.picture_workers import PictureWorkers
from tests.adapters.sqlite_store.conftest import OpenLibrary, rows
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan

FIRST_VERSION = Schema(((Path(__file__).parents[2] / "data" / "library-version-1.sql").read_text("utf-8"),))
LIMITS = ServerLimits(1_000_000, 4, 8192)


async def fill(library: Library, workers: PictureWorkers) -> Conversation:
    """A thread with a finished answer, and what was learnt about a server."""
    store = SqliteConversations(library, workers)
    one = Picture(Path("/nowhere/桥.jpg"))
    thread = await store.create([one])
    turn = await store.add_turn(thread.id, "What? 什么?", AskOptions(system="Be brief."))
    begun = await store.begin_answer(turn.id, "box", "qwen")
    sent = SentPicture(one, "ab" * 32, Size(800, 600), Size(560, 420), "JPEG", 12345, 300)
    await store.save_pictures(begun.id, [sent])
    end = AnswerEnd(FinishReason.STOP, "qwen", "box", Usage(300, 5), Timings(0.5, 1.5))
    await store.end_answer(begun.id, AnswerState.DONE, "A bridge.", "", end)
    await SqliteLimits(library).save_limits("http://box/v1", "qwen", LIMITS)
    kept = await store.load(thread.id)
    assert kept is not None
    return kept


@pytest.fixture
async def kept(open_library: OpenLibrary, workers: PictureWorkers) -> Conversation:
    old = open_library(FIRST_VERSION)
    kept = await fill(old, workers)
    await old.close()
    return kept


async def test_what_it_held_is_there_and_runs_can_be_added(
    kept: Conversation, open_library: OpenLibrary, workers: PictureWorkers, path: Path
) -> None:
    library = open_library()
    assert await SqliteConversations(library, workers).load(kept.id) == kept
    assert await SqliteLimits(library).limits("http://box/v1", "qwen") == LIMITS
    runs = LibraryRuns(library)
    run = await runs.create(plan(), pictures(2))
    await runs.answer_item((await runs.items(run.id))[0].id, answer())
    assert (await runs.load(run.id)).counts.answered == 1
    assert rows(path, "PRAGMA user_version") == [(current_schema().version,)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []


async def test_it_was_copied_before(
    kept: Conversation, open_library: OpenLibrary, workers: PictureWorkers, path: Path
) -> None:
    await open_library().read(lambda connection: None)
    copy = path.with_name("library.version-1.sqlite")
    assert rows(copy, "PRAGMA user_version") == [(1,)]
    assert rows(copy, "SELECT name FROM sqlite_master WHERE name LIKE 'run%' OR name = 'forms'") == []
    older_program = Library(copy, FIRST_VERSION)
    assert await SqliteConversations(older_program, workers).load(kept.id) == kept
    await older_program.close()


async def test_its_tables_are_then_those_of_a_new_library(
    kept: Conversation, open_library: OpenLibrary, path: Path, tmp_path: Path
) -> None:
    await open_library().read(lambda connection: None)
    new = Library(tmp_path / "new" / "library.sqlite")
    await new.read(lambda connection: None)
    await new.close()
    everything = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    assert rows(path, everything) == rows(tmp_path / "new" / "library.sqlite", everything)
