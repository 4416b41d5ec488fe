"""What the person is told while a run is handed over, and afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton, QWidget

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.batch import BatchExport, BatchImport
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions
from desktop_app.ui.runs.handover.offers import ExportChoice
from desktop_app.ui.runs.handover.view import HandoverView, note_words
from desktop_app.ui.theme.theme import Theme
from tests.fakes.waiting import until


@pytest.fixture
def view(qapp: QApplication) -> Iterator[HandoverView]:
    window = QWidget()
    window.show()
    shown = HandoverView(Theme(qapp), window)
    yield shown
    window.deleteLater()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    found: list[Path] = []

    def open_url(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


def buttons(view: HandoverView) -> dict[str, QPushButton]:
    return {one.text(): one for one in view.findChildren(QPushButton) if one.isVisible()}


def choice(path: Path, wanted: ExportFormat) -> ExportChoice:
    return ExportChoice(path, wanted, ExportOptions(), False, path.parent)


def test_progress_is_told_and_can_be_stopped(view: HandoverView) -> None:
    stopped: list[bool] = []
    view.stop_requested.connect(lambda: stopped.append(True))
    view.show_writing("a.xlsx", 250, 5000)
    assert "Writing a.xlsx: 250 of 5,000" in view.words
    assert list(buttons(view)) == ["Stop"]
    buttons(view)["Stop"].click()
    assert stopped == [True]


def test_what_was_written_can_be_opened_and_found(view: HandoverView, opened: list[Path]) -> None:
    path = Path("/out/Bridge.xlsx")
    view.show_exported(choice(path, ExportFormat.XLSX), [Note("texts-cut", (("count", 2), ("name", "a")))])
    assert "Written to" in view.words
    assert "Texts that were cut" in view.words
    buttons(view)["Open"].click()
    buttons(view)["Show in its folder"].click()
    assert opened == [path, path.parent]


def test_a_folder_is_shown_itself(view: HandoverView, opened: list[Path]) -> None:
    view.show_exported(choice(Path("/out/boxes"), ExportFormat.YOLO), [])
    assert list(buttons(view)) == ["Show in its folder"]
    buttons(view)["Show in its folder"].click()
    assert opened == [Path("/out/boxes")]


def test_what_comes_after_a_batch_is_told(view: HandoverView) -> None:
    view.show_batch(BatchExport((Path("/out/b-001.jsonl"), Path("/out/b-002.jsonl")), 700))
    assert "700" in view.words
    assert "from the same menu" in view.words
    assert list(buttons(view)) == ["Show in its folder"]


def test_a_batch_without_a_picture_that_opens_is_told(view: HandoverView) -> None:
    view.show_batch(BatchExport((), 0, (Note("not-in-batch", (("count", 3), ("name", "a.jpg"))),)))
    assert "Nothing was written: no picture can be opened." in view.words
    assert "for example a.jpg" in view.words
    assert buttons(view) == {}


def test_what_was_taken_in_is_told_in_numbers_and_a_wrong_file_in_a_sentence(view: HandoverView) -> None:
    unknown = Note("results-unknown", (("count", 2), ("name", "request-7")))
    wrong = AppError(ErrorCode.IMPORT_QUESTIONS, name="b-001.jsonl")
    view.show_imported(BatchImport(1234, 4, (unknown,), (wrong,)))
    assert "Answers taken in: 1,234. Failed: 4." in view.words
    assert "Results that belong to no picture of this run: 2" in view.words
    assert "b-001.jsonl holds questions for a batch service, not its answers." in view.words
    assert buttons(view) == {}


async def test_result_files_are_chosen_several_at_once(view: HandoverView, tmp_path: Path) -> None:
    for name in ("r1.jsonl", "r2.jsonl"):
        (tmp_path / name).write_text("")
    asking = asyncio.ensure_future(view.ask_for_results(tmp_path))
    await until(lambda: bool(view.window().findChildren(QFileDialog)))
    dialog = view.window().findChildren(QFileDialog)[0]
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.reject()
    assert await asking == []


@pytest.mark.parametrize(
    ("count", "wanted", "question"),
    [
        (1, ExportFormat.CSV, "Replace “a”?"),
        (3, None, "Replace 3 files?"),
        (1, ExportFormat.CAPTIONS, "Replace a text?"),
    ],
)
async def test_replacing_is_asked_about_by_name_or_number(
    view: HandoverView, count: int, wanted: ExportFormat | None, question: str
) -> None:
    asking = asyncio.ensure_future(view.may_replace(Path("/out/a"), count, wanted))
    await until(lambda: bool(view.window().findChildren(QMessageBox)))
    box = view.window().findChildren(QMessageBox)[0]
    assert box.text() == question
    assert box.defaultButton().text() == "Keep"
    next(one for one in box.buttons() if one.text() == "Replace").click()
    assert await asking


async def test_closing_over_results_that_are_taken_in_asks(view: HandoverView) -> None:
    asking = asyncio.ensure_future(view.may_stop_reading())
    await until(lambda: bool(view.window().findChildren(QMessageBox)))
    box = view.window().findChildren(QMessageBox)[0]
    assert box.text() == "Results are still being taken in."
    assert box.defaultButton().text() == "Keep the window open"
    next(one for one in box.buttons() if one.text() == "Close now").click()
    assert await asking


def test_remarks_about_an_export_are_sentences() -> None:
    note = Note("texts-cut", (("count", 2), ("name", "a.jpg")))
    assert (
        note_words(note) == "Texts that were cut, because a cell cannot hold more: 2, for example in a.jpg."
    )
    one = Note("pictures-left-out", (("count", 1), ("name", "a.jpg")))
    assert (
        note_words(one)
        == "Rows without their small picture, because it cannot be opened: 1, for example a.jpg."
    )
    assert note_words(Note("from-the-future", ())) == "from-the-future"
