"""A library of version 2, with a run of every kind of answer in it, opened by this program."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.sqlite_store.run_rows import ITEMS, item_of
from desktop_app.adapters.sqlite_store.schema import Schema, bring_up_to_date, current_schema
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.runs.rows import rows_of
from desktop_app.domain.runs.run import ItemState
from tests.adapters.sqlite_store.conftest import OpenLibrary, rows
from tests.adapters.sqlite_store.library_version_2 import FORM, WHOLE, items
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures

KEPT = (Path(__file__).parents[2] / "data" / "library-version-2.sql").read_text("utf-8")
VERSION_2 = Schema(current_schema().steps[:2])


@pytest.fixture
def old(path: Path) -> Path:
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(KEPT)
    return path


async def test_every_picture_is_told_as_before(old: Path, open_library: OpenLibrary) -> None:
    runs = LibraryRuns(open_library())
    kept = await runs.items(1)
    assert kept == items()
    words = [type(value) for value in WHOLE.values.values()]
    assert kept[0].answer is not None
    assert [type(value) for value in kept[0].answer.values.values()] == words
    counts = (await runs.load(1)).counts
    assert (counts.answered, counts.failed, counts.shared, counts.prompt_tokens) == (3, 2, 1, 123457)
    assert [(one.path, one.name) for one in await runs.items(2)] == pictures(2, "/elsewhere")


async def test_the_grid_tells_what_whole_items_tell(old: Path, open_library: OpenLibrary) -> None:
    expected = rows_of(FORM, items())
    found = await LibraryRuns(open_library()).rows(1)
    assert (found.ids, found.names, found.states) == (expected.ids, expected.names, expected.states)
    assert (found.values, found.edited, found.answered) == (
        expected.values,
        expected.edited,
        {place: dict.fromkeys(FORM.keys) | dict(values) for place, values in expected.answered.items()},
    )
    assert (found.problems, found.notes) == (expected.problems, expected.notes)
    assert (found.shares, found.failures) == (expected.shares, expected.failures)
    least = [found.least_confidence(place) for place in range(len(found))]
    assert least == [item.least_confidence for item in items()]


async def test_its_run_goes_on(old: Path, open_library: OpenLibrary) -> None:
    runs = LibraryRuns(open_library())
    assert [one.has_answer for one in await runs.queued(1, -1, 9)] == [True, False]
    await runs.take(1)
    await runs.answer_item(6, answer("new"))
    await runs.share_answer(9, 1)
    again, _, _, shared = (await runs.items(1))[5:]
    assert (again.state, again.answer) == (ItemState.ANSWERED, answer("new"))
    assert (shared.answer, shared.shared_from) == (WHOLE, 1)
    await runs.delete(1)
    assert rows(old, "SELECT * FROM item_answers") == []


async def test_its_tables_are_then_those_of_a_new_library(
    old: Path, open_library: OpenLibrary, tmp_path: Path
) -> None:
    await open_library().read(lambda connection: None)
    with contextlib.closing(sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None)) as new:
        bring_up_to_date(new, tmp_path / "new.sqlite", current_schema())
    everything = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    assert rows(old, everything) == rows(tmp_path / "new.sqlite", everything)
    assert rows(old, "PRAGMA integrity_check") == [("ok",)]
    assert rows(old, "PRAGMA foreign_key_check") == []


async def test_it_was_copied_before(old: Path, open_library: OpenLibrary) -> None:
    told = "SELECT * FROM run_items ORDER BY id"
    before = rows(old, told)
    await open_library().read(lambda connection: None)
    copy = old.with_name("library.version-2.sqlite")
    assert rows(copy, "PRAGMA user_version") == [(2,)]
    assert rows(copy, told) == before


async def test_the_program_of_then_refuses_it_afterwards(old: Path, open_library: OpenLibrary) -> None:
    await open_library().read(lambda connection: None)
    with pytest.raises(AppError) as caught:
        await open_library(VERSION_2).read(lambda connection: None)
    assert caught.value.code is ErrorCode.STORE_NEWER


texts = st.text(st.characters(exclude_categories=["Cs"]))
values: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    texts,
    st.lists(texts),
    st.lists(st.lists(st.integers(0), min_size=4, max_size=4)),
)


@given(
    st.dictionaries(texts, values),
    st.dictionaries(texts, st.floats(0, 1)),
    st.lists(st.tuples(texts, st.sampled_from(ProblemKind))),
    texts,
)
def test_nothing_of_an_answer_is_lost(
    found: dict[str, CellValue], sure: dict[str, float], problems: list[tuple[str, ProblemKind]], raw: str
) -> None:
    told = {
        "values": found,
        "raw": raw,
        "problems": problems,
        "confidence": sure,
        "content_hash": "ff",
        "size": [4, 3],
        "server": raw,
        "model": raw,
        "usage": None,
        "seconds": 0.1,
        "repaired": True,
    }
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in VERSION_2.steps:
            connection.executescript(step)
        connection.execute(
            "INSERT INTO runs (id, name, created, state, plan, form) VALUES (1, '', '', '', '', '')"
        )
        connection.execute(
            "INSERT INTO run_items (run_id, position, path, name, state, answer)"
            " VALUES (1, 0, '', '', 'answered', ?)",
            (json.dumps(told, ensure_ascii=False),),
        )
        connection.executescript(current_schema().steps[2])
        kept = item_of(connection.execute(ITEMS).fetchone()).answer
    assert kept is not None
    assert (kept.values, kept.confidence) == (found, sure)
    assert list(map(repr, kept.values.values())) == list(map(repr, found.values()))
    assert [(one.key, one.kind) for one in kept.problems] == problems
    assert (kept.raw, kept.server, kept.seconds, kept.repaired) == (raw, raw, 0.1, True)
