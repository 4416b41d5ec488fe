"""The export dialog asks what the format needs, remembers, and loses nothing that was typed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.runs.export_format import ExportFormat, PictureSize
from desktop_app.domain.settings import ExportSettings
from desktop_app.ui.runs.handover.export_dialog import ExportDialog
from desktop_app.ui.runs.handover.offers import ExportChoice, ExportOffer, with_ending
from desktop_app.ui.theme.theme import Theme
from tests.fakes.handed_over import SURVEY
from tests.fakes.waiting import until
from tests.ui.room import cut_off


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    widget = QWidget()
    widget.show()
    yield widget
    widget.deleteLater()


@pytest.fixture
def offer(tmp_path: Path) -> ExportOffer:
    return ExportOffer("Bridge", tmp_path, tmp_path / "pictures", 1284, 12, SURVEY.fields, True)


def choose(dialog: ExportDialog, wanted: ExportFormat) -> None:
    dialog.format.setCurrentIndex(dialog.format.findData(wanted))


@pytest.mark.parametrize(
    ("name", "ending", "becomes"),
    [
        ("Bridge", ".xlsx", "Bridge.xlsx"),
        ("Bridge.xlsx", ".csv", "Bridge.csv"),
        ("Bridge 4.5", ".csv", "Bridge 4.5.csv"),
        ("Bridge.XLSX", ".xlsx", "Bridge.XLSX"),
        ("Bridge.htm", ".html", "Bridge.htm"),
        ("Bridge.jsonl", ".json", "Bridge.json"),
        ("Bridge.xlsx", "", "Bridge"),
        ("Bridge", "", "Bridge"),
    ],
)
def test_the_ending_is_that_of_the_format(name: str, ending: str, becomes: str) -> None:
    assert with_ending(Path("a.b", name), ending) == Path("a.b", becomes)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        (ExportFormat.XLSX, "Bridge.xlsx"),
        (ExportFormat.CSV, "Bridge.csv"),
        (ExportFormat.HTML, "Bridge.html"),
        (ExportFormat.JSONL, "Bridge.jsonl"),
        (ExportFormat.COCO, "Bridge.json"),
        (ExportFormat.YOLO, "Bridge"),
        (ExportFormat.CAPTIONS, "pictures"),
    ],
)
def test_every_format_goes_where_it_says(
    theme: Theme, window: QWidget, offer: ExportOffer, wanted: ExportFormat, name: str
) -> None:
    dialog = ExportDialog(theme, offer, window)
    choose(dialog, wanted)
    choice = dialog.choice()
    assert choice is not None
    assert (choice.path, choice.format, choice.folder) == (offer.folder / name, wanted, offer.folder)


def test_only_what_the_format_needs_is_asked(theme: Theme, window: QWidget, offer: ExportOffer) -> None:
    dialog = ExportDialog(theme, offer, window)
    dialog.show()
    asked = {
        ExportFormat.CSV: dialog.options.for_excel,
        ExportFormat.XLSX: dialog.options.pictures,
        ExportFormat.HTML: dialog.options.pictures,
        ExportFormat.YOLO: dialog.options.copies,
        ExportFormat.CAPTIONS: dialog.options.caption,
    }
    for wanted in ExportFormat:
        choose(dialog, wanted)
        shown = {widget for widget in asked.values() if widget.isVisible()}
        assert shown == ({asked[wanted]} if wanted in asked else set())
    dialog.close()


def test_it_is_as_high_as_what_the_format_asks(theme: Theme, window: QWidget, offer: ExportOffer) -> None:
    dialog = ExportDialog(theme, replace(offer, folder=Path("/out"), pictures=Path("/in")), window)
    dialog.show()
    heights: dict[ExportFormat, int] = {}
    for wanted in (*ExportFormat, *ExportFormat):
        choose(dialog, wanted)
        QApplication.processEvents()
        heights.setdefault(wanted, dialog.height())
        assert dialog.height() == heights[wanted], "the same again, whatever was chosen before"
        assert cut_off(dialog) == []
        empty = dialog.go.y() - dialog.summary.geometry().bottom()
        assert empty < theme.sizes.margin * 4, "between the last words and the buttons"
    plain = (ExportFormat.CSV, ExportFormat.XLSX, ExportFormat.HTML, ExportFormat.YOLO)
    assert len({heights[wanted] for wanted in plain}) == 1
    assert heights[ExportFormat.CAPTIONS] > heights[ExportFormat.CSV]
    dialog.close()


def test_a_height_that_was_given_by_hand_is_kept_when_the_format_changes(
    theme: Theme, window: QWidget, offer: ExportOffer
) -> None:
    dialog = ExportDialog(theme, offer, window)
    dialog.show()
    choose(dialog, ExportFormat.CSV)
    low = dialog.height()
    dialog.resize(dialog.width(), low + 100)
    choose(dialog, ExportFormat.CAPTIONS)
    choose(dialog, ExportFormat.CSV)
    assert dialog.height() == low + 100
    dialog.close()


def test_nothing_moves_sideways_when_the_format_changes(
    theme: Theme, window: QWidget, offer: ExportOffer
) -> None:
    dialog = ExportDialog(theme, offer, window)
    dialog.show()
    lefts = set()
    for wanted in ExportFormat:
        choose(dialog, wanted)
        QApplication.processEvents()
        lefts.add((dialog.format.x(), dialog.all_rows.x()))
    assert len(lefts) == 1
    dialog.close()


def test_boxes_are_not_offered_for_a_form_without_any(
    theme: Theme, window: QWidget, offer: ExportOffer
) -> None:
    plain = replace(offer, has_boxes=False, fields=plain_form("What?").fields)
    dialog = ExportDialog(theme, plain, window)
    offered = {dialog.format.itemData(place) for place in range(dialog.format.count())}
    assert offered == set(ExportFormat) - {ExportFormat.COCO, ExportFormat.YOLO}


def test_it_begins_with_what_was_chosen_last(theme: Theme, window: QWidget, offer: ExportOffer) -> None:
    last = ExportSettings(ExportFormat.HTML, pictures=PictureSize.LARGE, for_excel=False, copy_pictures=True)
    dialog = ExportDialog(theme, replace(offer, last=last), window)
    choice = dialog.choice()
    assert choice is not None
    assert (choice.format, choice.options.pictures) == (ExportFormat.HTML, PictureSize.LARGE)
    choose(dialog, ExportFormat.CSV)
    choice = dialog.choice()
    assert choice is not None
    assert not choice.options.for_excel
    assert choice.options.pictures is PictureSize.NONE, "no picture is opened for a table without any"


def test_replacing_somebodys_texts_is_chosen_each_time(
    theme: Theme, window: QWidget, offer: ExportOffer
) -> None:
    dialog = ExportDialog(theme, replace(offer, last=ExportSettings(ExportFormat.CAPTIONS)), window)
    choice = dialog.choice()
    assert choice is not None
    assert not choice.options.overwrite
    dialog.options.there.setCurrentIndex(1)
    dialog.options.caption.setCurrentIndex(dialog.options.caption.findData("words"))
    dialog.options.apart.setChecked(True)
    choice = dialog.choice()
    assert choice is not None
    assert (choice.path, choice.options.overwrite, choice.options.caption) == (
        offer.folder / "Bridge",
        True,
        "words",
    )
    choose(dialog, ExportFormat.CSV)
    choice = dialog.choice()
    assert choice is not None
    assert not choice.options.overwrite


@pytest.mark.parametrize(
    ("shown", "is_shown_chosen", "can_be_chosen", "told"),
    [(12, True, True, "12"), (1284, False, True, "1,284"), (0, False, False, "1,284")],
)
def test_the_rows_that_will_be_written_are_told(
    theme: Theme,
    window: QWidget,
    offer: ExportOffer,
    shown: int,
    is_shown_chosen: bool,
    can_be_chosen: bool,
    told: str,
) -> None:
    dialog = ExportDialog(theme, replace(offer, shown=shown), window)
    assert dialog.shown_rows.isChecked() is is_shown_chosen
    assert dialog.shown_rows.isEnabled() is can_be_chosen
    assert dialog.shown_rows.isHidden() is (shown == offer.total)
    assert f"{told}." in dialog.summary.text()


def test_nothing_can_be_exported_without_a_name(theme: Theme, window: QWidget, offer: ExportOffer) -> None:
    dialog = ExportDialog(theme, offer, window)
    dialog.place.name.setText(" . ")
    assert not dialog.go.isEnabled()
    dialog.place.name.clear()
    dialog.place.name.insert("a/b")
    assert dialog.place.name.text() == "", "a name leads into no other folder"
    dialog.place.name.insert("ab")
    assert dialog.go.isEnabled()


def test_a_folder_is_chosen_as_such_and_never_as_the_file(
    theme: Theme, window: QWidget, offer: ExportOffer, tmp_path: Path
) -> None:
    dialog = ExportDialog(theme, offer, window)
    choose(dialog, ExportFormat.YOLO)
    dialog.place.choose.click()
    (chooser,) = dialog.findChildren(QFileDialog)
    assert chooser.fileMode() is QFileDialog.FileMode.Directory
    assert chooser.acceptMode() is QFileDialog.AcceptMode.AcceptOpen
    other = tmp_path / "other"
    other.mkdir()
    chooser.fileSelected.emit(str(other))
    chooser.close()
    choice = dialog.choice()
    assert choice is not None
    assert choice.path == other / "Bridge", "what is in the folder stays beside the new one"


async def test_what_is_wrong_is_told_in_the_dialog_and_what_was_typed_stays(
    theme: Theme, window: QWidget, offer: ExportOffer
) -> None:
    dialog = ExportDialog(theme, offer, window)
    answers: list[bool | AppError] = [AppError(ErrorCode.FOLDER_MISSING, name="STICK"), False, True]
    looked_at: list[ExportChoice] = []

    async def check(choice: ExportChoice) -> bool:
        looked_at.append(choice)
        answer = answers.pop(0)
        if isinstance(answer, AppError):
            raise answer
        return answer

    asking = asyncio.ensure_future(dialog.ask(check))
    await until(dialog.isVisible)
    dialog.place.name.setText("Survey")
    dialog.go.click()
    await until(dialog.problem.isVisible)
    assert dialog.problem.report.sentence == "The folder STICK is not there."
    assert dialog.problem.height() >= dialog.problem.heightForWidth(dialog.problem.width())
    dialog.go.click()
    await until(lambda: len(looked_at) == 2 and dialog.go.isEnabled())
    assert dialog.isVisible(), "a file was not to be replaced: another name can be given"
    assert not dialog.problem.isVisible()
    dialog.place.name.setText("Survey 2")
    dialog.go.click()
    choice = await asking
    assert choice is not None
    assert choice.path.name == "Survey 2.xlsx"
    assert not dialog.isVisible()


async def test_closing_it_exports_nothing(theme: Theme, window: QWidget, offer: ExportOffer) -> None:
    dialog = ExportDialog(theme, offer, window)

    async def check(choice: ExportChoice) -> bool:
        raise AssertionError

    asking = asyncio.ensure_future(dialog.ask(check))
    await until(dialog.isVisible)
    dialog.reject()
    assert await asking is None


@pytest.mark.parametrize("passes", [True, False])
async def test_closing_it_while_the_place_is_looked_at_exports_nothing(
    theme: Theme, window: QWidget, offer: ExportOffer, passes: bool
) -> None:
    dialog = ExportDialog(theme, offer, window)
    looking, may_answer = asyncio.Event(), asyncio.Event()

    async def check(choice: ExportChoice) -> bool:
        looking.set()
        await may_answer.wait()
        return passes

    asking = asyncio.ensure_future(dialog.ask(check))
    await until(dialog.isVisible)
    dialog.go.click()
    await looking.wait()
    dialog.reject()
    may_answer.set()
    assert await asking is None
