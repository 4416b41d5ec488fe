"""Runs go out and results come in as a person expects, without a window: real runs, real files."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.adapters.places import find_places
from desktop_app.composition.core import Core, build_core
from desktop_app.composition.settings import load_settings
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.batch import BatchExport, BatchImport, BatchItems, BatchOptions
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions, PictureSize
from desktop_app.domain.runs.run import Run, RunServer
from desktop_app.domain.settings import ExportSettings
from desktop_app.services.settings import SettingsService
from desktop_app.ui.runs.handover.offers import (
    BatchCheck,
    BatchChoice,
    BatchOffer,
    Check,
    ExportChoice,
    ExportOffer,
)
from desktop_app.ui.runs.handover.presenter import HandoverPresenter
from tests.services.runs.batch_lab import made, requests_in, result, write_lines


@dataclass
class Person:
    """Answers the dialogs, and what they were shown.

    Attributes:
        choices: pressed in the dialog one after the other; then it is cancelled.
        agrees: to replacing, and to giving up what is under way.
    """

    choices: list[ExportChoice | BatchChoice] = field(default_factory=list)
    agrees: bool = True
    results: Sequence[Path] = ()
    offers: list[ExportOffer | BatchOffer] = field(default_factory=list)
    told: list[AppError] = field(default_factory=list)
    asked_about: list[tuple[Path, int, ExportFormat | None]] = field(default_factory=list)
    stopping: list[str] = field(default_factory=list)
    exported: list[tuple[ExportChoice, Sequence[Note]]] = field(default_factory=list)
    batches: list[BatchExport] = field(default_factory=list)
    imported: list[BatchImport] = field(default_factory=list)
    progress: list[tuple[int, int]] = field(default_factory=list)
    is_shown: bool = False
    dialog_open: asyncio.Event = field(default_factory=asyncio.Event)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    async def ask_for_export(self, offer: ExportOffer, check: Check) -> ExportChoice | None:
        self.offers.append(offer)
        self.dialog_open.set()
        await self.may_answer.wait()
        while self.choices:
            choice = self.choices.pop(0)
            assert isinstance(choice, ExportChoice)
            try:
                if await check(choice):
                    return choice
            except AppError as problem:
                self.told.append(problem)
        return None

    async def ask_for_batch(self, offer: BatchOffer, check: BatchCheck) -> BatchChoice | None:
        self.offers.append(offer)
        while self.choices:
            choice = self.choices.pop(0)
            assert isinstance(choice, BatchChoice)
            try:
                if await check(choice):
                    return choice
            except AppError as problem:
                self.told.append(problem)
        return None

    async def ask_for_results(self, folder: Path) -> Sequence[Path]:
        return self.results

    async def may_replace(self, path: Path, count: int, wanted: ExportFormat | None = None) -> bool:
        self.asked_about.append((path, count, wanted))
        return self.agrees

    async def may_stop_writing(self, name: str) -> bool:
        self.stopping.append(name)
        return self.agrees

    async def may_stop_reading(self) -> bool:
        self.stopping.append("")
        return self.agrees

    def show_writing(self, name: str, done: int, total: int) -> None:
        self.is_shown = True
        self.progress.append((done, total))

    def show_reading(self, done: int, total: int) -> None:
        self.is_shown = True
        self.progress.append((done, total))

    def show_exported(self, choice: ExportChoice, notes: Sequence[Note]) -> None:
        self.exported.append((choice, notes))

    def show_batch(self, written: BatchExport) -> None:
        self.batches.append(written)

    def show_imported(self, read: BatchImport) -> None:
        self.imported.append(read)

    def hide(self) -> None:
        self.is_shown = False


@dataclass
class Lab:
    core: Core
    run: Run
    person: Person
    presenter: HandoverPresenter
    settings: SettingsService
    errors: list[AppError]
    visible: list[int] | None
    folder: Path

    def choice(self, name: str = "a.csv", **changes: bool) -> ExportChoice:
        wanted = ExportFormat(Path(name).suffix[1:])
        options = ExportOptions(for_excel=False, pictures=PictureSize.NONE)
        return ExportChoice(
            self.folder / name, wanted, options, changes.get("shown_only", False), self.folder
        )

    def batch(self, lines: int = 2) -> BatchChoice:
        return BatchChoice(
            self.folder / "b.jsonl", BatchOptions(BatchItems.LEFT, lines=lines, ask_server=False)
        )

    def names_in(self, name: str = "a.csv") -> list[str]:
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return [row["name"] for row in csv.DictReader(file)]


@pytest.fixture
async def lab(tmp_path: Path) -> AsyncIterator[Lab]:
    places = find_places({"LIGHTDESK_HOME": str(tmp_path / "home")})
    settings = load_settings(places)
    core = build_core(places, settings)
    nobody = RunServer("nobody", "http://127.0.0.1:9/v1", "qwen2-vl")
    run = await made(core, nobody, tmp_path / "pictures")
    person, errors, folder = Person(), list[AppError](), tmp_path / "out"
    visible = [item.id for item in await core.answers.items(run.id)]
    folder.mkdir()
    lab: Lab
    presenter = HandoverPresenter(
        person,
        core.handing_over,
        core.batch_files,
        settings,
        folder,
        lambda: run,
        lambda: lab.visible,
        errors.append,
    )
    lab = Lab(core, run, person, presenter, settings, errors, visible, folder)
    yield lab
    presenter.close()
    await core.close()


async def test_the_whole_run_or_what_is_shown_is_written(lab: Lab) -> None:
    lab.visible = lab.visible and lab.visible[:1]
    lab.person.choices = [lab.choice()]
    await lab.presenter.export()
    assert lab.names_in() == ["p0.png", "p1.png", "p2.png"]
    lab.person.choices = [lab.choice("b.csv", shown_only=True)]
    await lab.presenter.export()
    assert lab.names_in("b.csv") == ["p0.png"]
    offer = lab.person.offers[0]
    assert isinstance(offer, ExportOffer)
    assert (offer.total, offer.shown, offer.has_boxes, offer.name) == (3, 1, True, "Run")
    assert [choice.path.name for choice, _ in lab.person.exported] == ["a.csv", "b.csv"]
    assert lab.person.progress[-1] == (1, 1)


async def test_rows_that_are_still_being_read_are_not_taken_for_a_filter(lab: Lab) -> None:
    lab.visible = None
    await lab.presenter.export()
    offer = lab.person.offers[0]
    assert isinstance(offer, ExportOffer)
    assert (offer.shown, offer.total) == (3, 3)


@pytest.mark.parametrize("agrees", [True, False])
async def test_a_file_is_replaced_only_after_asking(lab: Lab, agrees: bool) -> None:
    (lab.folder / "a.csv").write_text("somebody's work")
    lab.person.choices, lab.person.agrees = [lab.choice()], agrees
    await lab.presenter.export()
    assert lab.person.asked_about == [(lab.folder / "a.csv", 1, ExportFormat.CSV)]
    assert ((lab.folder / "a.csv").read_text() == "somebody's work") is not agrees


async def test_a_drive_that_is_gone_is_told_in_the_dialog_and_another_place_can_be_named(lab: Lab) -> None:
    gone = ExportChoice(
        lab.folder / "stick" / "a.csv", ExportFormat.CSV, ExportOptions(), False, lab.folder / "stick"
    )
    lab.person.choices = [gone, lab.choice()]
    await lab.presenter.export()
    assert [problem.code for problem in lab.person.told] == [ErrorCode.FOLDER_MISSING]
    assert lab.names_in() == ["p0.png", "p1.png", "p2.png"]
    assert not (lab.folder / "stick").exists()
    assert lab.errors == []


async def test_what_was_chosen_is_offered_the_next_time_and_the_rest_stays(lab: Lab) -> None:
    before = ExportSettings(pictures=PictureSize.LARGE, copy_pictures=True)
    lab.settings.change(lambda settings: type(settings)(exporting=before))
    lab.person.choices = [lab.choice()]
    await lab.presenter.export()
    await lab.presenter.export()
    offer = lab.person.offers[-1]
    assert isinstance(offer, ExportOffer)
    assert offer.folder == lab.folder
    assert offer.last == ExportSettings(
        ExportFormat.CSV, str(lab.folder), for_excel=False, pictures=PictureSize.LARGE, copy_pictures=True
    )


async def test_it_begins_elsewhere_when_the_folder_of_last_time_is_gone(lab: Lab, tmp_path: Path) -> None:
    gone = ExportSettings(folder=str(tmp_path / "gone"))
    lab.settings.change(lambda settings: type(settings)(exporting=gone))
    await lab.presenter.export()
    offer = lab.person.offers[-1]
    assert isinstance(offer, ExportOffer)
    assert offer.folder == lab.folder, "the documents of the user"


async def test_what_goes_wrong_while_writing_is_told_and_another_export_can_follow(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> list[Note]:
        raise AppError(ErrorCode.EXPORT_NO_ROOM, name="a.csv")

    with monkeypatch.context() as patch:
        patch.setattr(lab.core.handing_over, "export", full)
        lab.person.choices = [lab.choice()]
        await lab.presenter.export()
    assert [problem.code for problem in lab.errors] == [ErrorCode.EXPORT_NO_ROOM]
    assert not lab.person.is_shown
    lab.person.choices = [lab.choice()]
    await lab.presenter.export()
    assert len(lab.person.exported) == 1


async def test_an_export_can_be_stopped(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    began = asyncio.Event()

    async def slow(*_: object) -> list[Note]:
        began.set()
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(lab.core.handing_over, "export", slow)
    lab.person.choices = [lab.choice()]
    exporting = asyncio.ensure_future(lab.presenter.export())
    await began.wait()
    lab.presenter.stop()
    await exporting
    assert (lab.person.exported, lab.errors, lab.person.is_shown) == ([], [], False)


@pytest.mark.parametrize("agrees", [True, False])
async def test_closing_over_a_file_that_is_written_asks(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    began = asyncio.Event()

    async def slow(*_: object) -> list[Note]:
        began.set()
        await asyncio.Event().wait()
        return []

    monkeypatch.setattr(lab.core.handing_over, "export", slow)
    assert await lab.presenter.may_close()
    assert lab.person.stopping == []
    lab.person.choices, lab.person.agrees = [lab.choice()], agrees
    exporting = asyncio.ensure_future(lab.presenter.export())
    await began.wait()
    assert await lab.presenter.may_close() is agrees
    assert lab.person.stopping == ["a.csv"]
    assert not exporting.done()
    lab.presenter.close()
    await exporting


async def test_closing_while_results_are_taken_in_asks(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    began = asyncio.Event()

    async def slow(*_: object, **__: object) -> None:
        began.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(lab.core.batch_files, "import_results", slow)
    lab.person.results, lab.person.agrees = [lab.folder / "results.jsonl"], False
    reading = asyncio.ensure_future(lab.presenter.read_batch())
    await began.wait()
    assert not await lab.presenter.may_close()
    assert lab.person.stopping == [""]
    lab.presenter.close()
    await reading


async def test_a_second_request_opens_no_second_dialog(lab: Lab) -> None:
    lab.person.may_answer.clear()
    first = asyncio.ensure_future(lab.presenter.export())
    await lab.person.dialog_open.wait()
    await lab.presenter.export()
    await lab.presenter.read_batch()
    lab.person.may_answer.set()
    await first
    assert len(lab.person.offers) == 1


async def test_questions_go_out_in_files_and_their_answers_come_back(lab: Lab) -> None:
    lab.person.choices = [lab.batch()]
    await lab.presenter.write_batch()
    offer, (written,) = lab.person.offers[0], lab.person.batches
    assert isinstance(offer, BatchOffer)
    assert offer.counts == {BatchItems.LEFT: 3, BatchItems.ALL: 3}
    assert [file.name for file in written.files] == ["b-001.jsonl", "b-002.jsonl"]
    assert lab.settings.current.exporting.batch_lines == 2
    answers = [result(line["custom_id"]) for line in requests_in(*written.files)]
    lab.person.results = [write_lines(lab.folder / "results.jsonl", answers)]
    await lab.presenter.read_batch()
    assert [(read.answered, read.failed) for read in lab.person.imported] == [(3, 0)]
    assert lab.person.progress[-1] == (3, 3)


async def test_files_of_a_batch_are_replaced_only_after_asking(lab: Lab) -> None:
    (lab.folder / "b-002.jsonl").write_text("somebody's work")
    lab.person.choices, lab.person.agrees = [lab.batch()], False
    await lab.presenter.write_batch()
    assert lab.person.asked_about == [(lab.folder / "b.jsonl", 1, None)]
    assert [one.name for one in lab.folder.iterdir()] == ["b-002.jsonl"]
    assert (lab.folder / "b-002.jsonl").read_text() == "somebody's work"


async def test_a_wrong_file_is_told_in_one_sentence(lab: Lab) -> None:
    (lab.folder / "shopping.txt").write_text(json.dumps(["milk"]))
    lab.person.results = [lab.folder / "shopping.txt"]
    await lab.presenter.read_batch()
    assert [problem.code for problem in lab.errors] == [ErrorCode.IMPORT_NO_RESULTS]
    assert lab.person.imported == []
    lab.person.results = []
    await lab.presenter.read_batch()
    assert len(lab.errors) == 1, "nothing was chosen"
