"""Runs handed over through the service: real pictures, real files."""

from __future__ import annotations

import asyncio
import csv
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import EncodedPicture, Note
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions, PictureSize
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.runs.run import Run, RunServer
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.runs.handing_over import HandingOver
from tests.fakes.handed_over import answer, small_picture
from tests.services.runs.batch_lab import made


@pytest.fixture
async def run(core: Core, tmp_path: Path) -> Run:
    nobody = RunServer("nobody", "http://127.0.0.1:9/v1", "qwen2-vl")
    return await made(core, nobody, tmp_path / "pictures", count=30)


def files_in(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.is_file()]


def names_in(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


async def test_a_whole_run_or_some_of_its_pictures_in_the_order_given_are_written(
    core: Core, run: Run, tmp_path: Path
) -> None:
    items = await core.answers.items(run.id)
    assert await core.handing_over.export(run, tmp_path / "all.csv") == []
    assert names_in(tmp_path / "all.csv") == [item.name for item in items]
    await core.handing_over.export(run, tmp_path / "some.csv", item_ids=[items[7].id, items[2].id])
    assert names_in(tmp_path / "some.csv") == ["p7.png", "p2.png"]


async def test_small_pictures_of_the_files_are_in_the_document(core: Core, run: Run, tmp_path: Path) -> None:
    (tmp_path / "pictures" / "p3.png").write_bytes(b"no picture")
    notes = await core.handing_over.export(run, tmp_path / "a.xlsx")
    sheet: Any = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [picture.anchor._from.row for picture in sheet._images] == [
        row for row in range(1, 31) if row != 4
    ]
    assert (sheet._images[0].width, sheet._images[0].height) == (128, 64)
    assert notes == [Note("pictures-left-out", (("count", 1), ("name", "p3.png")))]


async def test_no_picture_is_opened_for_a_table_without_pictures(
    core: Core, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "pictures" / "p3.png").unlink()
    assert await core.handing_over.export(run, tmp_path / "a.csv") == []
    options = ExportOptions(pictures=PictureSize.NONE)
    assert await core.handing_over.export(run, tmp_path / "a.html", options=options) == []


async def test_progress_is_told_on_the_loop_and_ends_with_all(core: Core, run: Run, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    threads = set()

    def hear(written: int, of: int) -> None:
        told.append((written, of))
        threads.add(threading.current_thread())

    await core.handing_over.export(run, tmp_path / "a.csv", progress=hear)
    assert told == [(0, 30), (25, 30), (30, 30)]
    assert threads == {threading.main_thread()}


async def test_errors_of_the_exporter_reach_the_caller(core: Core, run: Run, tmp_path: Path) -> None:
    (tmp_path / "boxes").mkdir()
    (tmp_path / "boxes" / "mine").write_text("")
    with pytest.raises(AppError) as caught:
        await core.handing_over.export(run, tmp_path / "boxes", "yolo")
    assert caught.value.code is ErrorCode.EXPORT_FOLDER
    with pytest.raises(AppError) as caught:
        await core.handing_over.export(run, tmp_path / "a.docx")
    assert caught.value.code is ErrorCode.EXPORT_FORMAT


async def test_what_an_export_would_replace_is_told_without_writing(
    core: Core, run: Run, tmp_path: Path
) -> None:
    assert await core.handing_over.in_the_way(run, tmp_path / "a.csv") == 0
    assert not (tmp_path / "a.csv").exists()
    (tmp_path / "a.csv").write_text("mine")
    assert await core.handing_over.in_the_way(run, tmp_path / "a.csv") == 1
    with pytest.raises(AppError) as caught:
        await core.handing_over.in_the_way(run, tmp_path / "stick" / "a.csv")
    assert caught.value.code is ErrorCode.FOLDER_MISSING


async def test_a_table_names_identical_pictures_that_it_does_not_hold(core: Core, tmp_path: Path) -> None:
    nobody = RunServer("nobody", "http://127.0.0.1:9/v1", "qwen2-vl")
    run = await made(core, nobody, tmp_path / "twins", count=2)
    first, second = await core.answers.items(run.id)
    stores = core.batch_files.parts.stores
    await stores.queue.begin_item(first.id)
    await stores.queue.answer_item(first.id, answer({"rust": True}))
    await stores.twins.share_answer(second.id, first.id)
    await core.handing_over.export(run, tmp_path / "a.csv", item_ids=[second.id])
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["name"], row["same_as"], row["rust"]) == ("p1.png", "p0.png", "yes")


class Slow:
    """An exporter that waits in the middle for a picture, or for the export to be given up."""

    format = ExportFormat.CSV

    def __init__(self) -> None:
        self.began = threading.Event()
        self.may_go_on = threading.Event()
        self.rows = 0
        self.cleaned = False

    def in_the_way(self, job: ExportJob) -> int:
        return 0

    def write(self, job: ExportJob) -> Sequence[Note]:
        try:
            for item in job.items():
                job.picture(item)
                self.rows += 1
                self.began.set()
                self.may_go_on.wait(10)
        finally:
            self.cleaned = True
        return ()


class Pictures:
    """Small pictures, or the trouble that opening them brings."""

    def __init__(self, problem: ErrorCode | None = None) -> None:
        self.problem = problem
        self.asked: list[str] = []

    def small_jpeg(self, path: Path, edge: int) -> EncodedPicture:
        self.asked.append(path.name)
        if self.problem is not None:
            raise AppError(self.problem, name=path.name)
        return small_picture()


async def test_cancelling_ends_the_writing_and_waits_for_it(core: Core, run: Run, tmp_path: Path) -> None:
    workers, slow = PictureWorkers(), Slow()
    service = HandingOver(core.runs, core.answers, lambda wanted: slow, Pictures(), workers)
    exporting = asyncio.ensure_future(service.export(run, tmp_path / "a.csv"))
    await asyncio.to_thread(slow.began.wait, 10)
    exporting.cancel()
    asyncio.get_running_loop().call_later(0.05, slow.may_go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await exporting
    assert (slow.rows, slow.cleaned) == (1, True)
    workers.close()


async def test_a_workbook_that_is_given_up_behind_its_last_row_does_not_appear(
    core: Core, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("the old one")
    closing, may_close = threading.Event(), threading.Event()
    close = xlsxwriter.Workbook.close

    def slow_close(book: xlsxwriter.Workbook) -> None:
        closing.set()
        may_close.wait(10)
        close(book)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", slow_close)
    exporting = asyncio.ensure_future(core.handing_over.export(run, path))
    await asyncio.to_thread(closing.wait, 10)
    exporting.cancel()
    asyncio.get_running_loop().call_later(0.05, may_close.set)
    with pytest.raises(asyncio.CancelledError):
        await exporting
    assert path.read_text() == "the old one"
    assert files_in(tmp_path) == ["a.xlsx"], "nothing is left beside it"


async def test_a_drive_that_stopped_answering_is_not_waited_for_again_and_again(
    core: Core, run: Run, tmp_path: Path
) -> None:
    workers, pictures = PictureWorkers(), Pictures(ErrorCode.PICTURE_TIMEOUT)
    slow = Slow()
    slow.may_go_on.set()
    notes = await HandingOver(core.runs, core.answers, lambda wanted: slow, pictures, workers).export(
        run, tmp_path / "a.csv"
    )
    assert slow.rows == 30
    assert notes == [Note("pictures-left-out", (("count", 30), ("name", "p0.png")))]
    assert len(pictures.asked) < 15
    workers.close()


async def test_rows_without_a_picture_do_not_shift_those_behind_them(
    core: Core, run: Run, tmp_path: Path
) -> None:
    class EveryThird:
        format = ExportFormat.CSV

        def in_the_way(self, job: ExportJob) -> int:
            return 0

        def write(self, job: ExportJob) -> Sequence[Note]:
            shown = [job.picture(item) for item in list(job.items())[::3]]
            assert [None if one is None else one.digest for one in shown] == [
                f"p{number}.png" for number in range(0, 30, 3)
            ]
            return ()

    class Named(Pictures):
        def small_jpeg(self, path: Path, edge: int) -> EncodedPicture:
            small = super().small_jpeg(path, edge)
            return EncodedPicture(small.data, small.mime, small.size, path.name)

    workers = PictureWorkers()
    await HandingOver(core.runs, core.answers, lambda wanted: EveryThird(), Named(), workers).export(
        run, tmp_path / "a.csv"
    )
    workers.close()
