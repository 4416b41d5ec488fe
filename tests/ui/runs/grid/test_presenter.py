"""The grid's presenter without widgets: what it reads, when, and what it tells the view."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.row_filters import Attention, OneOf
from desktop_app.domain.runs.rows import GridColumn, RunRows
from desktop_app.domain.runs.run import Run
from desktop_app.domain.runs.summaries import Summary
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.grid.editing.grid_note import GridNote, NoteKind
from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
from desktop_app.ui.runs.grid.row_order import Order, Shown
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan
from tests.fakes.waiting import until
from tests.ui.event_loop import LoopTasks

COUNT = 30


@dataclass
class ToldView:
    """Remembers what it was told."""

    rows: RunRows = field(default_factory=RunRows)
    places: Sequence[int] = ()
    announced: list[list[int]] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)
    summaries: Sequence[Summary] = ()
    attention: Mapping[Attention, int] = field(default_factory=dict)
    thumbnails: dict[int, Raster | None] = field(default_factory=dict)
    notes: list[tuple[NoteKind, bool]] = field(default_factory=list)
    details: list[RunItem] = field(default_factory=list)
    selected: tuple[int, ...] = ()
    arranged: int = 0

    def show_rows(self, rows: RunRows, columns: Sequence[GridColumn]) -> None:
        self.rows, self.places = rows, range(len(rows))

    def arrange(self, order: Order, from_top: bool) -> None:
        self.places = order.places
        self.arranged += 1

    def announce(self, places: Sequence[int]) -> None:
        self.announced.append(list(places))

    def show_shown(self, shown: Shown) -> None:
        self.shown = shown

    def show_summaries(self, found: Sequence[Summary], attention: Mapping[Attention, int]) -> None:
        self.summaries, self.attention = found, attention

    def show_thumbnail(self, item_id: int, raster: Raster | None) -> None:
        self.thumbnails[item_id] = raster

    def lacks_thumbnail(self, item_id: int) -> bool:
        return item_id not in self.thumbnails

    def show_item(self, item: RunItem) -> None: ...

    def show_details(self, item: RunItem, form: Form) -> None:
        self.details.append(item)

    def show_note(self, note: GridNote | None, can_undo: bool) -> None:
        if note is not None:
            self.notes.append((note.kind, can_undo))

    def show_change(self, done: int, count: int) -> None:
        return

    def selected_ids(self) -> tuple[int, ...]:
        return self.selected


class CountedAnswers:
    """The part of `RunAnswers` that the grid needs, with the reads counted."""

    def __init__(self, store: LibraryRuns) -> None:
        self.store = store
        self.row_reads: list[tuple[int, ...] | None] = []
        self.item_reads: list[tuple[int, ...]] = []
        self.may_tell = asyncio.Event()
        """All rows are told then; they were read before."""
        self.may_tell.set()

    async def first_rows(self, run_id: int, most: int) -> RunRows:
        return await self.store.first_rows(run_id, most)

    async def rows(self, run_id: int, item_ids: Sequence[int] | None = None) -> RunRows:
        self.row_reads.append(None if item_ids is None else tuple(sorted(item_ids)))
        rows = await self.store.rows(run_id, item_ids)
        if item_ids is None:
            await self.may_tell.wait()
        return rows

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]:
        self.item_reads.append(tuple(item_ids or ()))
        await asyncio.sleep(0)
        return await self.store.items(run_id, item_ids)

    async def edit(self, edited: Mapping[int, Mapping[str, Any]]) -> None:
        await asyncio.sleep(0)
        await self.store.edit(edited)

    async def annotate(self, notes: Mapping[int, str]) -> None:
        await self.store.annotate(notes)


@dataclass
class Lab:
    view: ToldView
    presenter: AnswerGridPresenter
    answers: CountedAnswers
    run: Run
    ids: list[int]
    chosen: list[tuple[str, bool]]
    most_at_once: list[int]

    async def until(self, condition: Callable[[], bool]) -> None:
        await until(condition)

    def go_on(self, *changed: int) -> None:
        self.presenter.progress(RunProgress(self.run, changed=changed))


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    library, view, tasks = Library(tmp_path / "library.sqlite"), ToldView(), LoopTasks()
    store = LibraryRuns(library)
    run = await store.create(plan(), pictures(COUNT))
    items = await store.items(run.id)
    await store.take(run.id)
    for number, item in enumerate(items[:20]):
        await store.begin_item(item.id)
        await store.answer_item(
            item.id, answer(f"{number}", values={"rust": number % 2 == 0, "width": number})
        )
    await store.release(run.id)
    run = await store.load(run.id)
    answers, chosen, at_once, most = CountedAnswers(store), list[tuple[str, bool]](), [0], [0]

    async def thumbnail(path: Path) -> Raster:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        await asyncio.sleep(0.002)
        at_once[0] -= 1
        if path.name == "3.jpg":
            raise AppError(ErrorCode.PICTURE_BROKEN, name=path.name)
        return Raster(Size(1, 1), b"abc")

    some_answers: Any = answers
    presenter = AnswerGridPresenter(
        view,
        some_answers,
        tasks.start,
        thumbnail,
        lambda item, in_full: chosen.append((Path(item.path).name, in_full)),
    )
    await presenter.show(run)
    yield Lab(view, presenter, answers, run, [item.id for item in items], chosen, most)
    await tasks.close()
    await library.close()
    assert tasks.problems == []


async def test_a_run_is_shown_whole_and_counted(lab: Lab) -> None:
    assert (lab.view.shown.count, lab.view.shown.total) == (COUNT, COUNT)
    assert lab.presenter.visible_ids() == tuple(lab.ids)
    assert lab.presenter.is_whole
    await lab.until(lambda: bool(lab.view.summaries))
    rust = next(summary for summary in lab.view.summaries if summary.key == "rust")
    assert [part.total for part in rust.parts] == [10, 10]  # ten were not asked yet, which is no answer
    assert lab.view.attention[Attention.UNSURE] == 20


@pytest.fixture
async def reading(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """The run is opened again, and only its first five rows are here until `may_tell`."""
    monkeypatch.setattr("desktop_app.ui.runs.grid.presenter.FIRST_ROWS", 5)
    await lab.presenter.show(None)
    lab.answers.may_tell.clear()
    asyncio.ensure_future(lab.presenter.show(lab.run))  # noqa: RUF006 - ends with the loop of the test
    await lab.until(lambda: len(lab.view.rows) == 5)
    return lab


async def test_the_first_rows_are_shown_while_all_are_read(reading: Lab) -> None:
    assert (reading.view.shown.total, reading.view.shown.is_reading) == (COUNT, True)
    assert not reading.presenter.is_whole
    assert list(reading.view.places) == list(range(5))
    reading.answers.may_tell.set()
    await reading.until(lambda: len(reading.view.rows) == COUNT)
    assert (reading.view.shown.count, reading.view.shown.is_reading) == (COUNT, False)
    await reading.until(lambda: bool(reading.view.summaries))


async def test_what_changes_while_all_rows_are_read_is_read_again(reading: Lab) -> None:
    await reading.answers.store.annotate({reading.ids[20]: "seen"})
    reading.go_on(reading.ids[20])
    await asyncio.sleep(0.4)  # longer than changes are gathered
    reading.answers.may_tell.set()
    await reading.until(lambda: reading.view.rows.notes == {20: "seen"})


async def test_an_edit_made_while_all_rows_are_read_stays(reading: Lab) -> None:
    await reading.presenter.editing.write_notes([reading.ids[2]], "mine")
    reading.answers.may_tell.set()
    await reading.until(lambda: len(reading.view.rows) == COUNT)
    await reading.until(lambda: reading.view.rows.notes == {2: "mine"})


async def test_a_filter_chosen_while_all_rows_are_read_is_one_of_all(reading: Lab) -> None:
    reading.presenter.filter_column("rust", OneOf(frozenset((True,))))
    await asyncio.sleep(0.05)
    assert list(reading.view.places) == list(range(5))
    reading.answers.may_tell.set()
    await reading.until(lambda: reading.view.shown.count == 10)
    assert reading.presenter.visible_ids() == tuple(reading.ids[0:20:2])


async def test_rows_that_a_filter_hides_are_not_shown_in_between(
    reading: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int, bool]] = []
    view = reading.view
    monkeypatch.setattr(
        view, "show_shown", lambda shown: told.append((len(view.rows), shown.count, shown.is_reading))
    )
    reading.presenter.filter_column("rust", OneOf(frozenset((True,))))
    reading.answers.may_tell.set()
    await reading.until(lambda: len(view.rows) == COUNT)
    assert (len(view.places), view.arranged) == (10, 1)
    assert told == [(5, COUNT, True), (COUNT, 10, False)]


async def test_another_run_is_shown_though_the_one_before_is_still_read(reading: Lab) -> None:
    await reading.presenter.show(None)
    reading.answers.may_tell.set()
    await asyncio.sleep(0.05)
    assert (len(reading.view.rows), reading.view.shown.total, reading.view.shown.is_reading) == (0, 0, False)


async def test_a_run_that_has_just_been_opened_is_read_once(lab: Lab) -> None:
    await lab.presenter.show(None)
    lab.answers.row_reads.clear()
    opening = asyncio.ensure_future(lab.presenter.show(lab.run))
    await asyncio.sleep(0)
    lab.go_on()  # nothing is different
    await opening
    await asyncio.sleep(0.4)
    assert lab.answers.row_reads == [None]


async def test_changes_are_read_together_and_never_one_by_one(lab: Lab) -> None:
    lab.answers.row_reads.clear()
    await lab.answers.store.annotate(dict.fromkeys(lab.ids[:12], "seen"))
    for item_id in lab.ids[:12]:
        lab.go_on(item_id)
    await lab.until(lambda: bool(lab.view.announced))
    assert lab.answers.row_reads == [tuple(lab.ids[:12])]
    assert lab.view.announced == [list(range(12))]
    assert lab.view.rows.notes == dict.fromkeys(range(12), "seen")


async def test_progress_of_another_run_is_no_business_of_the_grid(lab: Lab) -> None:
    lab.answers.row_reads.clear()
    lab.presenter.progress(RunProgress(replace(lab.run, id=lab.run.id + 1), changed=(1,)))
    await asyncio.sleep(0.4)
    assert lab.answers.row_reads == []


async def test_the_last_filter_wins(lab: Lab) -> None:
    for value in (True, False, True):
        lab.presenter.filter_column("rust", OneOf(frozenset((value,))))
    await lab.until(lambda: lab.view.shown.count == 10)
    assert lab.presenter.visible_ids() == tuple(lab.ids[0:20:2])
    lab.presenter.show_all()
    await lab.until(lambda: lab.view.shown.count == COUNT)


async def test_edits_of_one_row_in_quick_succession_are_both_kept(lab: Lab) -> None:
    first = lab.ids[0]
    await asyncio.gather(
        lab.presenter.editing.set_values([first], "width", 7.5),
        lab.presenter.editing.set_values([first], "rust", False),
        lab.presenter.editing.write_notes([first], "both"),
    )
    item = (await lab.answers.store.items(lab.run.id, [first]))[0]
    assert (item.edited, item.note) == ({"width": 7.5, "rust": False}, "both")
    await lab.presenter.editing.undo()
    await lab.presenter.editing.undo()
    item = (await lab.answers.store.items(lab.run.id, [first]))[0]
    assert (item.edited, item.note) == ({"width": 7.5}, "")
    kinds = [kind for kind, _ in lab.view.notes]
    assert kinds == [NoteKind.SET, NoteKind.SET, NoteKind.NOTED, NoteKind.UNDONE, NoteKind.UNDONE]


async def test_the_answers_own_value_given_again_is_no_change_by_hand(lab: Lab) -> None:
    first = lab.ids[0]
    await lab.presenter.editing.set_values([first], "rust", True)
    assert lab.view.notes == []
    await lab.presenter.editing.set_values([first], "rust", False)
    await lab.presenter.editing.set_values([first], "rust", True)
    assert (await lab.answers.store.items(lab.run.id, [first]))[0].edited == {}


async def test_a_column_of_several_rows_goes_back_in_one_step(lab: Lab) -> None:
    await lab.presenter.editing.set_values(lab.ids[:3], "width", 50)
    await lab.presenter.editing.revert(lab.ids[:5], "width")
    assert lab.view.rows.values["width"][:3] == [0, 1, 2]
    await lab.presenter.editing.undo()
    assert lab.view.rows.values["width"][:3] == [50, 50, 50]


async def test_an_edited_row_stays_where_it_is_until_the_next_filter(lab: Lab) -> None:
    lab.presenter.filter_column("rust", OneOf(frozenset((True,))))
    await lab.until(lambda: lab.view.shown.count == 10)
    await lab.presenter.editing.set_values([lab.ids[0]], "rust", False)
    await asyncio.sleep(0.1)
    assert lab.presenter.visible_ids()[0] == lab.ids[0]


async def test_only_the_picture_the_keyboard_stays_on_is_shown(lab: Lab) -> None:
    await asyncio.gather(*(lab.presenter.choose(item_id) for item_id in lab.ids[:5]))
    assert lab.chosen == [("4.jpg", False)]
    await lab.presenter.choose(lab.ids[1], in_full=True)
    assert lab.chosen[-1] == ("1.jpg", True)


async def test_thumbnails_come_a_few_at_a_time_and_a_broken_picture_has_none(lab: Lab) -> None:
    await lab.presenter.show_visible(lab.ids[:10], lab.ids[10:20])
    await lab.until(lambda: len(lab.view.thumbnails) == 20)
    assert lab.view.thumbnails[lab.ids[3]] is None
    assert 1 < lab.most_at_once[0] <= 4
    assert lab.answers.item_reads == [tuple(lab.ids[:20])]


async def test_nothing_is_left_of_a_run_that_is_no_longer_shown(lab: Lab) -> None:
    await lab.presenter.editing.set_values([lab.ids[0]], "width", 50)
    await lab.presenter.show(None)
    assert (lab.view.shown.total, lab.presenter.visible_ids()) == (0, ())
    await lab.presenter.editing.undo()
    assert (await lab.answers.store.items(lab.run.id, [lab.ids[0]]))[0].edited == {"width": 50}
