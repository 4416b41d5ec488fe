"""Rows for the answer grid read from the library: the same as whole items tell."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.item_rows import NAMED
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    Form,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.runs.rows import RunRows, rows_of
from tests.adapters.sqlite_store.conftest import OpenLibrary
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan

FORM = Form(
    "F",
    (
        FormField("class", "A word of Python's", YesNo()),
        FormField("n", "N", Number()),
        FormField("words", "Words", Text()),
    ),
)


@pytest.fixture
def runs(open_library: OpenLibrary) -> LibraryRuns:
    return LibraryRuns(open_library())


async def filled(runs: LibraryRuns) -> int:
    """A run of seven pictures, no two alike."""
    names = [*pictures(5), ("/p/a,b.jpg", 'a,"b\n.jpg'), ("/p/空.jpg", "空.jpg")]
    run = await runs.create(plan(form=FORM), names)
    items = await runs.items(run.id)
    await runs.take(run.id)
    values: dict[str, CellValue] = {"class": True, "n": 4, "words": 'He said: "no", 是的\n'}
    for item in items[:3]:
        await runs.begin_item(item.id)
    unsure = replace(answer(values=values), confidence={"class": 0.61})
    await runs.answer_item(items[0].id, unsure)
    broken = (FieldProblem("n", ProblemKind.OUT_OF_RANGE),)
    await runs.answer_item(items[1].id, answer(values={"class": False, "words": ""}, problems=broken))
    failure = AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "2.jpg"),), "why")
    await runs.fail_item(items[2].id, failure)
    await runs.share_answer(items[3].id, items[0].id)
    await runs.edit({items[3].id: {"n": 5.5, "class": None}})
    await runs.annotate({items[4].id: "来看, look"})
    return run.id


async def test_rows_tell_what_whole_items_tell(runs: LibraryRuns) -> None:
    run_id = await filled(runs)
    expected = rows_of(FORM, await runs.items(run_id))
    rows = await runs.rows(run_id)
    assert (rows.ids, rows.names, rows.states) == (expected.ids, expected.names, expected.states)
    assert (rows.values, rows.edited, rows.problems) == (expected.values, expected.edited, expected.problems)
    assert (rows.notes, rows.shares, rows.failures) == (expected.notes, expected.shares, expected.failures)
    assert [rows.least_confidence(place) for place in range(7)] == [0.61, None, None, None, None, None, None]
    assert [rows.original(3, key) for key in FORM.keys] == [expected.original(3, key) for key in FORM.keys]


async def test_rows_of_several_pieces_are_joined_in_order(
    runs: LibraryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = await filled(runs)
    whole = await runs.rows(run_id)
    monkeypatch.setattr("desktop_app.adapters.sqlite_store.run_answers._ROWS_AT_ONCE", 3)
    monkeypatch.setattr("desktop_app.adapters.sqlite_store.item_rows._TOGETHER", 2)
    pieces = await runs.rows(run_id)
    assert pieces.ids == whole.ids
    assert pieces == whole


async def test_answers_are_saved_while_rows_are_read(
    runs: LibraryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = await filled(runs)
    monkeypatch.setattr("desktop_app.adapters.sqlite_store.run_answers._ROWS_AT_ONCE", 1)
    last, ended = (await runs.rows(run_id)).ids[6], list[str]()

    async def read() -> RunRows:
        rows = await runs.rows(run_id)
        ended.append("read")
        return rows

    async def save() -> None:
        await runs.annotate({last: "seen"})
        ended.append("saved")

    rows, _ = await asyncio.gather(read(), save())
    assert ended == ["saved", "read"]
    assert rows.notes[6] == "seen"


async def test_nothing_is_left_of_a_reading_that_was_given_up(
    runs: LibraryRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = await filled(runs)
    monkeypatch.setattr("desktop_app.adapters.sqlite_store.run_answers._ROWS_AT_ONCE", 1)
    before = asyncio.all_tasks()
    reading = asyncio.ensure_future(runs.rows(run_id))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert len(await runs.rows(run_id)) == 7
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_the_first_rows_are_the_beginning_of_all(runs: LibraryRuns) -> None:
    run_id = await filled(runs)
    whole, first = await runs.rows(run_id), await runs.first_rows(run_id, 4)
    assert (first.ids, first.states) == (whole.ids[:4], whole.states[:4])
    assert first.values == {key: column[:4] for key, column in whole.values.items()}
    assert (first.edited, first.failures) == (whole.edited, whole.failures)
    assert (await runs.first_rows(run_id, 100)).ids == whole.ids
    assert len(await runs.first_rows(99, 4)) == 0


async def test_named_rows_come_in_the_order_of_the_run(runs: LibraryRuns) -> None:
    run_id = await filled(runs)
    ids = (await runs.rows(run_id)).ids
    rows = await runs.rows(run_id, [ids[5], ids[1]])
    assert rows.names == ["1.jpg", 'a,"b\n.jpg']
    assert rows.problems == {0: {"n": ProblemKind.OUT_OF_RANGE}}
    assert len(await runs.rows(run_id, [])) == 0


async def test_rows_come_in_the_order_of_the_run_whatever_their_ids(runs: LibraryRuns, path: Path) -> None:
    run_id = await filled(runs)
    before = await runs.rows(run_id)
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE run_items SET position = -1 - position")
        other.execute("UPDATE run_items SET position = position + 7")
        other.commit()
    rows = await runs.rows(run_id)
    assert (rows.ids, rows.names) == (before.ids[::-1], before.names[::-1])
    assert rows.values == {key: column[::-1] for key, column in before.values.items()}
    assert (await runs.rows(run_id, before.ids)).ids == rows.ids


async def test_every_kind_of_field_comes_back_as_it_was_kept(runs: LibraryRuns) -> None:
    fields = (
        FormField("sure", "Sure", YesNo()),
        FormField("whole", "Whole", Number(whole=True)),
        FormField("part", "Part", Number()),
        FormField("words", "Words", Text()),
        FormField("one", "One", Choice(("a, b", 'c "d"', "空"))),
        FormField("some", "Some", Choices(("x", "y", "空"))),
        FormField("day", "Day", Date()),
        FormField("list", "List", Items()),
        FormField("where", "Where", Places()),
    )
    values: dict[str, CellValue] = {
        "sure": False,
        "whole": 3,
        "part": 0.5,
        "words": "",
        "one": 'c "d"',
        "some": ["空", "x"],
        "day": "2024-02-29",
        "list": ["1", "two"],
        "where": [[1, 2, 30, 40], [5, 0, 9, 1]],
    }
    run = await runs.create(plan(form=Form("All", fields)), pictures(2))
    await runs.take(run.id)
    for item, kept in zip(await runs.items(run.id), (values, dict.fromkeys(values)), strict=True):
        await runs.begin_item(item.id)
        await runs.answer_item(item.id, answer(values=kept))
    rows = await runs.rows(run.id)
    assert {key: column[0] for key, column in rows.values.items()} == values
    assert {type(rows.values[key][0]) for key in ("sure", "whole", "part")} == {bool, int, float}
    assert {column[1] for column in rows.values.values()} == {None}


async def test_a_few_rows_are_found_without_looking_through_the_run(runs: LibraryRuns, path: Path) -> None:
    await filled(runs)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        query = f"EXPLAIN QUERY PLAN SELECT * FROM run_items WHERE {NAMED} ORDER BY position"
        plan = connection.execute(query, (1, "[1]")).fetchall()
    assert any("USING INTEGER PRIMARY KEY" in step[-1] for step in plan)


async def test_a_run_that_is_gone_has_no_rows(runs: LibraryRuns, path: Path) -> None:
    assert len(await runs.rows(99)) == 0
