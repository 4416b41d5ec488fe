"""The dialog that begins a run, as a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form, FormField, YesNo
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.runs.new_run.offers import (
    NewRunChoice,
    NewRunOffer,
    OfferedList,
    OfferedServer,
    ScopeChoice,
)
from desktop_app.ui.runs.new_run.view import NewRunDialog
from desktop_app.ui.theme.theme import Theme
from tests.ui.finding import part
from tests.ui.runs.runs_lab import FORM

BOX = OfferedServer("GPU box", "Qwen2-VL-7B", is_in_use=True)

OFFER = NewRunOffer("Bridge", {ScopeChoice.FOLDER: 1284, ScopeChoice.SELECTION: 12}, (FORM,), (BOX,))


@pytest.fixture
def dialog(qapp: QApplication) -> Iterator[NewRunDialog]:
    made = NewRunDialog(Theme(qapp, ThemeChoice.LIGHT))
    made.show_offer(OFFER, sample_size=5)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def begun(dialog: NewRunDialog) -> list[NewRunChoice]:
    heard: list[NewRunChoice] = []
    dialog.begun.connect(heard.append)
    return heard


def press(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_nothing_can_begin_without_a_question(dialog: NewRunDialog) -> None:
    assert not dialog.all.isEnabled()
    assert not dialog.sample.isEnabled()
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    assert dialog.all.isEnabled()


def test_a_question_about_the_selection(dialog: NewRunDialog) -> None:
    heard = begun(dialog)
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    assert dialog.all.text() == "Ask about all 12"
    press(dialog.all)
    question = "Is there rust?"
    name = f"Bridge: {question}"
    assert heard == [NewRunChoice(None, question, ScopeChoice.SELECTION, name, False, ("GPU box",))]
    assert not dialog.isVisible()


def test_a_form_over_the_folder_tries_a_few_first(dialog: NewRunDialog) -> None:
    heard = begun(dialog)
    dialog.question.what.setCurrentIndex(dialog.question.what.findText("Bolts"))
    assert "Is there rust" in dialog.question.fields.text()
    press(dialog.scopes.buttons[ScopeChoice.FOLDER])
    assert dialog.all.text() == "Ask about all 1,284"
    press(dialog.sample)
    assert (heard[0].form, heard[0].scope, heard[0].sample) == (FORM, ScopeChoice.FOLDER, True)
    assert heard[0].name == "Bridge: Bolts"


def test_a_name_that_was_typed_stays_when_the_question_changes(dialog: NewRunDialog) -> None:
    dialog.name.setFocus()
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "Span 4")
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    assert dialog.name.text() == "Span 4"


def test_without_a_server_it_leads_to_one(dialog: NewRunDialog) -> None:
    asked: list[bool] = []
    dialog.connect_requested.connect(lambda: asked.append(True))
    dialog.show_offer(NewRunOffer("Bridge", {ScopeChoice.FOLDER: 3}, (), (), "Is there rust?"), 5)
    assert dialog.question.prompt.toPlainText() == "Is there rust?"
    assert not dialog.all.isEnabled()
    press(dialog.connect_server)
    assert asked == [True]


def test_a_sample_is_offered_only_where_it_is_smaller_than_the_whole(dialog: NewRunDialog) -> None:
    dialog.show_offer(NewRunOffer("Bridge", {ScopeChoice.FOLDER: 5}, (), (BOX,), "Rust?"), 5)
    assert dialog.sample.isHidden()
    assert dialog.scopes.buttons[ScopeChoice.SELECTION].isHidden()
    assert dialog.scopes.buttons[ScopeChoice.FOLDER].isChecked()


def test_variables_are_put_where_the_cursor_is(dialog: NewRunDialog) -> None:
    menu = dialog.question.variables.menu()
    menu.actions()[0].trigger()
    assert dialog.question.prompt.toPlainText() == "{{file}}"


def test_several_servers_can_share_the_work(dialog: NewRunDialog) -> None:
    heard = begun(dialog)
    other = OfferedServer("Second box", "Qwen3-VL-8B")
    dialog.show_offer(NewRunOffer("Bridge", {ScopeChoice.FOLDER: 3}, (), (BOX, other), "Rust?"), 5)
    first, second = dialog.servers.boxes
    assert (first.isChecked(), second.isChecked()) == (True, False)
    second.click()
    first.click()
    second.click()
    assert not dialog.all.isEnabled()
    first.click()
    second.click()
    press(dialog.all)
    assert heard[0].servers == ("GPU box", "Second box")


def test_an_earlier_run_is_asked_again_with_what_it_asked(dialog: NewRunDialog) -> None:
    QTest.keyClicks(dialog.question.prompt, "Something else")
    heard = begun(dialog)
    counts = {ScopeChoice.RUN: 40}
    offer = NewRunOffer("Span 4", counts, (FORM,), (BOX,), form="Bolts", place="Bridge")
    dialog.show_offer(offer, 5)
    assert dialog.name.text() == "Bridge: Bolts"
    assert dialog.scopes.buttons[ScopeChoice.RUN].text() == "The 40 pictures of the run “Span 4”"
    press(dialog.all)
    assert (heard[0].form, heard[0].scope) == (FORM, ScopeChoice.RUN)


def test_an_earlier_question_is_asked_again_whatever_the_dialog_was_used_for_last(
    dialog: NewRunDialog,
) -> None:
    QTest.keyClicks(dialog.question.prompt, "Something else")
    dialog.question.what.setCurrentIndex(1)
    heard = begun(dialog)
    offer = NewRunOffer("Span 4", {ScopeChoice.RUN: 40}, (FORM,), (BOX,), prompt="Is there rust?")
    dialog.show_offer(offer, 5)
    press(dialog.all)
    assert (heard[0].form, heard[0].prompt) == (None, "Is there rust?")


def test_bringing_the_open_dialog_up_to_date_changes_nothing_chosen_in_it(dialog: NewRunDialog) -> None:
    counts = {ScopeChoice.FOLDER: 1284, ScopeChoice.RUN: 40}
    offer = NewRunOffer("Span 4", counts, (FORM,), (BOX,), form="Bolts")
    dialog.show_offer(offer, 5)
    dialog.question.what.setCurrentIndex(0)
    dialog.scopes.buttons[ScopeChoice.FOLDER].click()
    QTest.keyClicks(dialog.question.prompt, "And now?")
    QTest.keyClicks(dialog.name, " again")
    name = dialog.name.text()
    dialog.show_offer(offer, 5, is_new=False)
    heard = begun(dialog)
    press(dialog.all)
    expected = (None, "And now?", ScopeChoice.FOLDER, name)
    assert (heard[0].form, heard[0].prompt, heard[0].scope, heard[0].name) == expected


def test_an_unknown_variable_is_told_before_anything_begins(dialog: NewRunDialog) -> None:
    QTest.keyClicks(dialog.question.prompt, "What is {{file}} of {{nothing}}?")
    assert not dialog.all.isEnabled()
    assert dialog.question.problem.isVisible()
    assert "nothing" in dialog.question.problem.text()
    dialog.question.what.setCurrentIndex(1)
    assert dialog.all.isEnabled()
    dialog.question.what.setCurrentIndex(0)
    dialog.question.prompt.setPlainText("What is {{file}}?")
    assert dialog.all.isEnabled()
    assert dialog.question.problem.isHidden()


def test_the_name_of_a_folder_is_shown_with_its_ampersand(dialog: NewRunDialog) -> None:
    dialog.show_offer(NewRunOffer("R&D", {ScopeChoice.FOLDER: 3}, (), (BOX,)), 5)
    button = dialog.scopes.buttons[ScopeChoice.FOLDER]
    assert button.text() == "All 3 pictures in “R&&D”"
    assert button.accessibleName() == "All 3 pictures in “R&D”"


def test_the_keyboard_goes_through_the_dialog_from_top_to_bottom(dialog: NewRunDialog) -> None:
    second = OfferedServer("Second box", "Qwen2-VL-2B")
    dialog.show_offer(NewRunOffer("Bridge", OFFER.counts, (FORM,), (BOX, second)), 5)
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    dialog.activateWindow()
    assert dialog.focusWidget() is dialog.question.prompt
    places = []
    for _ in range(9):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        widget = dialog.focusWidget()
        places.append(widget.mapTo(dialog, widget.rect().center()).y())
        if widget is dialog.all:
            break
    assert dialog.focusWidget() is dialog.all
    assert places == sorted(places)


def test_the_keyboard_comes_to_what_a_form_asks_before_what_it_is_asked_about(dialog: NewRunDialog) -> None:
    dialog.show_offer(NewRunOffer("Bridge", OFFER.counts, (FORM,), (BOX,), form=FORM.name), 5)
    dialog.question.what.setCurrentText(FORM.name)
    dialog.activateWindow()
    dialog.question.edit_forms.setFocus()
    QTest.keyClick(dialog.question.edit_forms, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.question.told


def test_one_picture_reads_as_one(dialog: NewRunDialog) -> None:
    dialog.show_offer(NewRunOffer("Bridge", {ScopeChoice.FOLDER: 1}, (), (BOX,), "Rust?"), 5)
    assert dialog.scopes.buttons[ScopeChoice.FOLDER].text() == "The one picture in “Bridge”"
    assert (dialog.all.text(), dialog.sample.isHidden()) == ("Ask", True)
    assert dialog.all.isEnabled()


def test_a_folder_without_pictures_says_so(dialog: NewRunDialog) -> None:
    dialog.show_offer(NewRunOffer("Bridge", {ScopeChoice.FOLDER: 0}, (), (BOX,), "Rust?"), 5)
    assert dialog.scopes.buttons[ScopeChoice.FOLDER].text() == "No picture is in “Bridge”"
    assert not dialog.all.isEnabled()


LISTS = NewRunOffer("Bridge", {ScopeChoice.FOLDER: 9}, (), (BOX,), "Rust?", takes_list=True)


def test_a_list_says_how_many_it_leads_to_and_which_are_missing(dialog: NewRunDialog) -> None:
    dialog.show_offer(LISTS, 5)
    dialog.scopes.show_reading("some.txt")
    assert not dialog.all.isEnabled()
    missing = [f"{number}.jpg" for number in range(1234)]
    dialog.scopes.show_list(OfferedList("some.txt", 7, missing))
    assert dialog.scopes.buttons[ScopeChoice.LIST].text() == "The 7 pictures named in “some.txt”"
    said = "1,234 more were not found and are left out: 0.jpg, 1.jpg, 2.jpg…"
    assert dialog.scopes.about_list.text() == said
    assert dialog.all.text() == "Ask about all 7"
    assert dialog.name.text() == "some: Rust?"
    dialog.scopes.buttons[ScopeChoice.FOLDER].click()
    assert dialog.scopes.about_list.isHidden()
    assert dialog.name.text() == "Bridge: Rust?"
    dialog.scopes.buttons[ScopeChoice.LIST].click()
    heard = begun(dialog)
    press(dialog.sample)
    assert (heard[0].scope, heard[0].sample) == (ScopeChoice.LIST, True)


def test_a_list_is_chosen_among_files(dialog: NewRunDialog, tmp_path: Path) -> None:
    listed = tmp_path / "some.txt"
    listed.touch()
    chosen: list[Path] = []
    dialog.scopes.list_chosen.connect(chosen.append)
    dialog.show_offer(LISTS, 5)
    press(dialog.scopes.choose_list)
    files = part(dialog, QFileDialog)
    assert files.isVisible()
    files.selectFile(str(listed))
    files.accept()
    assert chosen == [listed]


def test_a_list_that_leads_nowhere_begins_nothing(dialog: NewRunDialog) -> None:
    dialog.show_offer(LISTS, 5)
    dialog.scopes.show_list(OfferedList("film.mp4", 0, ["\x00"]))
    assert "None of the pictures" in dialog.scopes.about_list.text()
    assert not dialog.all.isEnabled()
    dialog.scopes.show_problem(AppError(ErrorCode.LIST_UNREADABLE, name="x.txt"))
    assert "x.txt" in dialog.scopes.about_list.text()
    assert not dialog.all.isEnabled()


def test_what_is_missing_is_told_by_names_without_their_folders(dialog: NewRunDialog) -> None:
    dialog.show_offer(LISTS, 5)
    missing = ["C:\\Pictures\\a.jpg", "/srv/pictures/b.jpg", "d" * 90 + ".jpg"]
    dialog.scopes.show_list(OfferedList("some.txt", 7, missing))
    shown = dialog.scopes.about_list
    assert "left out: a.jpg, b.jpg, ddd" in shown.text()
    assert len(shown.text()) < 120
    assert shown.toolTip() == "\n".join(missing)
    assert shown.height() >= shown.heightForWidth(shown.width())


def test_long_names_do_not_widen_the_dialog(dialog: NewRunDialog) -> None:
    width = dialog.minimumSizeHint().width()
    counts = {ScopeChoice.FOLDER: 1284, ScopeChoice.FILTER: 9}
    dialog.show_offer(NewRunOffer("B" * 300, counts, (), (BOX,), "Rust?", filter_text="f" * 300), 5)
    assert dialog.minimumSizeHint().width() < 2 * width
    assert dialog.name.text() == "B" * 300 + ": Rust?"


def test_a_form_of_many_fields_fits_the_screen(dialog: NewRunDialog) -> None:
    fields = tuple(FormField(f"field_{number}", f"Field {number}", YesNo()) for number in range(60))
    dialog.show_offer(
        NewRunOffer("Bridge", OFFER.counts, (Form("Long", fields),), (BOX,), takes_list=True), 5
    )
    dialog.question.what.setCurrentIndex(1)
    assert "Field 59" in dialog.question.fields.text()
    assert dialog.minimumSizeHint().height() < 600


def test_a_file_dropped_on_the_question_is_no_text(dialog: NewRunDialog) -> None:
    assert not dialog.question.prompt.acceptDrops()
    assert not dialog.question.prompt.viewport().acceptDrops()
    assert dialog.acceptDrops()


@pytest.mark.parametrize(
    ("addresses", "takes"),
    [
        (["file:///tmp/list.txt"], True),
        (["file:///tmp/a.jpg", "file:///tmp/b.jpg"], False),
        (["https://example.org/list.txt"], False),
        ([], False),
    ],
)
def test_one_file_can_be_dropped_as_a_list(dialog: NewRunDialog, addresses: list[str], takes: bool) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    dialog.show_offer(LISTS, 5)
    assert dialog.scopes.takes(mime) is takes
    dialog.show_offer(OFFER, 5)
    assert not dialog.scopes.takes(mime)
