"""The forms dialog as a person uses it: real widgets, a real library, a server that answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.adapters.sqlite_store.forms import SqliteForms
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Choice, Date, Form, FormField, Number, Text, YesNo
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.services.forms import Forms
from desktop_app.ui.forms.draft import Kind
from desktop_app.ui.forms.presenter import FormsPresenter
from desktop_app.ui.forms.trying import TrialPresenter
from desktop_app.ui.forms.view import FormsDialog
from desktop_app.ui.forms.wiring import join_forms
from desktop_app.ui.resources import resource
from desktop_app.ui.theme.theme import Theme
from tests.fakes.form_trials import ANSWER, QuietDesk, ToldTrial
from tests.ui.event_loop import press, until
from tests.ui.finding import next_to_focus, part

BRIDGE = Form(
    "Bridge & co",
    (FormField("rust", "Rust", YesNo()), FormField("bolts", "Missing bolts", Number("pcs", 0, 40, True))),
    "Look at the bridge.",
)

CONTROLS = (QAbstractButton, QTabBar, QLineEdit, QPlainTextEdit, QComboBox, QListWidget, QAbstractSpinBox)


@dataclass
class Desk:
    dialog: FormsDialog
    presenter: FormsPresenter
    forms: Forms
    trial: ToldTrial
    around: QuietDesk


@pytest.fixture
async def desk(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Desk]:
    library = Library(tmp_path / "library.sqlite")
    forms = Forms(SqliteForms(library), TomlFormFiles(), resource("forms"))
    await forms.save(BRIDGE)
    picture = tmp_path / "span 1.png"
    Image.new("RGB", (60, 40), "firebrick").save(picture)
    dialog = FormsDialog(theme)
    qtbot.addWidget(dialog)
    trial, around = ToldTrial(), QuietDesk(picture=picture)
    trying = TrialPresenter(dialog.trial, trial, around, asyncio.ensure_future)

    async def earlier() -> Sequence[EarlierRun]:
        return (EarlierRun("last year", (("rust", "Rust"),)),)

    presenter = FormsPresenter(dialog, forms, trying, lambda: "qwen2-vl", earlier)
    join_forms(dialog, presenter, trying, asyncio.ensure_future)
    await presenter.open()
    dialog.show()
    dialog.activateWindow()
    yield Desk(dialog, presenter, forms, trial, around)
    presenter.close()
    dialog.hide()
    await library.close()


def retype(field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)


def answer(dialog: QWidget, text: str) -> None:
    """Press a button of the question that is open."""
    box = next(box for box in dialog.findChildren(QMessageBox) if box.isVisible())
    press(next(button for button in box.buttons() if button.text() == text))


def add(dialog: FormsDialog, kind: Kind, label: str) -> None:
    dialog.fields.kinds[kind].trigger()
    assert dialog.editor.label.hasFocus()
    QTest.keyClicks(dialog.editor.label, label)


async def test_a_form_of_four_fields_is_made_reordered_broken_mended_and_saved(desk: Desk) -> None:
    dialog = desk.dialog
    press(dialog.forms.new)
    QTest.keyClicks(dialog.head.name, "Signs")
    assert not dialog.save.isEnabled()
    add(dialog, Kind.TEXT, "Words on it")
    add(dialog, Kind.CHOICE, "Colour")
    QTest.keyClicks(dialog.editor.options, "red")
    QTest.keyClick(dialog.editor.options, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.editor.options, "blue")
    add(dialog, Kind.NUMBER, "Height")
    QTest.keyClicks(dialog.editor.unit, "cm")
    add(dialog, Kind.DATE, "Day")
    dialog.editor.required.click()
    assert dialog.save.isEnabled()

    dialog.fields.list.setFocus()
    QTest.keyClick(dialog.fields.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.fields.labels == ["Words on it", "Colour", "Day", "Height"]
    press(dialog.fields.up)
    assert dialog.fields.labels == ["Words on it", "Day", "Colour", "Height"]
    model = dialog.fields.list.model()
    nothing = dialog.fields.list.rootIndex()
    model.moveRow(nothing, 3, nothing, 0)  # what a drag ends in
    assert dialog.fields.labels == ["Height", "Words on it", "Day", "Colour"]
    assert dialog.editor.label.text() == "Height"

    QTest.keyClicks(dialog.editor.minimum, "ten")
    assert "Write a number" in dialog.editor.range_problem.text
    assert not dialog.save.isEnabled()
    assert dialog.wrong.accessibleName() == "1 thing to put right"
    dialog.fields.list.setCurrentRow(2)
    press(dialog.wrong)
    assert dialog.editor.minimum.hasFocus()
    retype(dialog.editor.minimum, "10")
    assert not dialog.wrong.isVisible()

    QTest.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: dialog.saved.isVisible())
    assert not dialog.save.isEnabled()
    kept = await desk.forms.find("Signs")
    assert kept.fields == (
        FormField("height", "Height", Number("cm", minimum=10)),
        FormField("words_on_it", "Words on it", Text()),
        FormField("day", "Day", Date(), required=False),
        FormField("colour", "Colour", Choice(("red", "blue"))),
    )
    press(dialog.close_button)
    await until(lambda: not dialog.isVisible())
    await desk.presenter.open()
    assert dialog.forms.names[:2] == ["Bridge & co", "Signs"]
    assert dialog.fields.labels == ["Height", "Words on it", "Day", "Colour"]


async def test_the_cursor_stays_where_the_person_types(desk: Desk) -> None:
    editor = desk.dialog.editor
    editor.label.setCursorPosition(2)
    QTest.keyClicks(editor.label, "xy")
    assert (editor.label.text(), editor.label.cursorPosition()) == ("Ruxyst", 4)
    editor.hint.setPlainText("one two")
    editor.hint.moveCursor(editor.hint.textCursor().MoveOperation.Start)
    QTest.keyClicks(editor.hint, "zero ")
    assert editor.hint.toPlainText() == "zero one two"


async def test_typing_is_taken_back_where_it_was_typed_and_with_the_button(desk: Desk) -> None:
    dialog = desk.dialog
    QTest.keyClicks(dialog.editor.label, "ed")
    QTest.keyClick(dialog.editor.label, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (dialog.editor.label.text(), dialog.fields.labels[0]) == ("Rust", "Rust")
    QTest.keyClicks(dialog.editor.label, "ed")
    dialog.editor.kind.setCurrentIndex(dialog.editor.kind.findData(Kind.TEXT))
    press(dialog.undo)
    assert dialog.editor.kind.currentData() == Kind.YES_NO
    press(dialog.undo)
    assert dialog.editor.label.text() == "Rust"
    press(dialog.redo)
    assert dialog.fields.labels[0] == "Rusted"


async def test_a_key_is_made_again_when_it_was_emptied(desk: Desk) -> None:
    editor = desk.dialog.editor
    retype(editor.key, "")
    assert editor.key_row.problem.isVisible()
    QTest.keyClick(editor.key, Qt.Key.Key_Return)
    assert editor.key.text() == "rust"
    assert desk.dialog.isVisible(), "Enter in a field closes nothing"


async def test_a_removed_field_and_a_removed_form_come_back(desk: Desk) -> None:
    dialog = desk.dialog
    dialog.fields.list.setFocus()
    QTest.keyClick(dialog.fields.list, Qt.Key.Key_Delete)
    assert dialog.fields.labels == ["Missing bolts"]
    QTest.keyClick(dialog.fields.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.fields.labels == ["Rust", "Missing bolts"]
    dialog.forms.list.setFocus()
    QTest.keyClick(dialog.forms.list, Qt.Key.Key_Delete)
    await until(lambda: dialog.forms.undo_part.isVisible())
    assert "Bridge & co" not in dialog.forms.names
    assert not dialog.forms.remove.isEnabled(), "a shipped form is selected now"
    press(dialog.forms.undo)
    await until(lambda: "Bridge & co" in dialog.forms.names)
    assert not dialog.forms.undo_part.isVisible()


async def test_variables_and_answers_of_earlier_runs_are_inserted_at_the_cursor(desk: Desk) -> None:
    dialog = desk.dialog
    dialog.head.instructions.moveCursor(dialog.head.instructions.textCursor().MoveOperation.End)
    dialog.head.insert.menu().actions()[0].trigger()
    await until(lambda: dialog.head.insert.earlier.actions())
    menu = dialog.head.insert.earlier.actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    assert dialog.head.instructions.toPlainText() == "Look at the bridge.{{file}}{{last year.rust}}"
    assert not dialog.wrong.isVisible()
    QTest.keyClicks(dialog.head.instructions, "{{who}}")
    assert "who" in dialog.head.instructions_row.problem.text


async def test_the_prompt_and_the_schema_are_shown_as_they_will_be_sent(desk: Desk) -> None:
    dialog = desk.dialog
    dialog.tabs.setCurrentWidget(dialog.schema)
    assert dialog.schema.prompt.toPlainText().startswith("Look at the bridge.\n\nAnswer with one JSON")
    schema = json.loads(dialog.schema.schema.toPlainText())
    assert schema["properties"]["bolts"] == {"type": "integer", "minimum": 0, "maximum": 40}


async def test_a_trial_shows_values_problems_and_what_it_cost(desk: Desk) -> None:
    dialog = desk.dialog
    desk.trial.answer = replace(
        ANSWER,
        values={"rust": True},
        problems=(FieldProblem("bolts", ProblemKind.OUT_OF_RANGE),),
        confidence={"rust": 0.871},
        raw='{"rust": true, "bolts": 99}',
    )
    assert dialog.trial.picture.text() == "span 1.png"
    retype(dialog.editor.label, "Corrosion")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await until(lambda: dialog.trial.answer_part.isVisible())
    assert desk.trial.asked[0][0].fields[0].label == "Corrosion", "unsaved changes are tried"
    assert dialog.trial.table.rows == [
        ("Corrosion", "yes", "87 % sure"),
        ("Missing bolts", "The number is outside the range of the form.", ""),
    ]
    assert dialog.trial.figures.text() == "told-vl · 312 in, 96 out · 0.4 s"
    assert not dialog.trial.raw.isVisible()
    press(dialog.trial.show_raw)
    assert dialog.trial.raw.toPlainText() == '{"rust": true, "bolts": 99}'
    assert not dialog.trial.outdated.isVisible()
    QTest.keyClicks(dialog.editor.hint, "closer")
    assert dialog.trial.outdated.isVisible()


async def test_a_trial_is_stopped_with_the_same_button(desk: Desk) -> None:
    dialog = desk.dialog
    desk.trial.gate.clear()
    press(dialog.trial.ask)
    await until(lambda: desk.trial.asked)
    assert dialog.trial.busy.isVisible()
    assert dialog.trial.ask.accessibleName() == "Stop"
    press(dialog.trial.ask)
    await until(lambda: desk.trial.cancelled)
    assert not dialog.trial.busy.isVisible()
    assert dialog.trial.ask.accessibleName() == "Try it"
    assert not dialog.trial.notice.isVisible()


async def test_a_trial_that_cannot_be_says_why_in_one_sentence(desk: Desk) -> None:
    dialog, notice = desk.dialog, desk.dialog.trial.notice
    desk.around.reached = None
    press(dialog.trial.ask)
    await until(lambda: notice.isVisible())
    assert notice.report.sentence == "A form needs a server with a vision model."
    asked: list[bool] = []
    dialog.trial.connect_requested.connect(lambda: asked.append(True))
    press(next(b for b in notice.findChildren(QAbstractButton) if b.text() == "Connect to a server"))
    assert asked
    desk.around.picture = None
    press(dialog.trial.ask)
    await until(lambda: notice.report.sentence == "No picture is selected.")
    desk.around.picture, desk.around.reached = Path("x.png"), QuietDesk().reached
    desk.trial.problem = AppError(ErrorCode.SERVER_REFUSED, server="gpu-box:8000")
    press(dialog.trial.ask)
    await until(lambda: notice.report.sentence == "The server at gpu-box:8000 does not answer.")


async def test_closing_with_unsaved_changes_asks(desk: Desk) -> None:
    dialog = desk.dialog
    retype(dialog.head.name, "Bridges")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    answer(dialog, "Keep editing")
    await until(lambda: not dialog.findChildren(QMessageBox))
    assert dialog.isVisible()
    dialog.close()
    answer(dialog, "Save")
    await until(lambda: not dialog.isVisible())
    assert (await desk.forms.find("Bridges")).fields == BRIDGE.fields


async def test_everything_has_a_name_for_screen_readers_and_is_reached_with_tab(desk: Desk) -> None:
    dialog = desk.dialog
    for kind in Kind:
        dialog.editor.kind.setCurrentIndex(dialog.editor.kind.findData(kind))
        controls = [
            widget
            for wanted in (
                QAbstractButton,
                QLineEdit,
                QPlainTextEdit,
                QComboBox,
                QListWidget,
                QAbstractSpinBox,
            )
            for widget in dialog.findChildren(wanted)
            if widget.isVisible() and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox)
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ]
        assert [type(one).__name__ for one in controls if not one.accessibleName()] == []
        reached: set[QWidget] = set()
        now: QWidget = dialog.forms.list
        for _ in range(300):
            reached.add(now)
            now = next_to_focus(now)
        enabled = {one for one in controls if one.isEnabled()}
        unreached = [one.accessibleName() for one in enabled - reached]
        assert unreached == []


@pytest.mark.parametrize("kind", Kind)
async def test_on_a_small_screen_nothing_of_a_field_is_cut_off_at_its_side(desk: Desk, kind: Kind) -> None:
    dialog = desk.dialog
    press(dialog.forms.new)
    add(dialog, kind, "Part")
    dialog.resize(900, 600)
    await until(lambda: dialog.size().toTuple() == (900, 600))
    scroll = part(dialog.field_pages, QScrollArea)
    page = scroll.widget()
    assert page is not None
    assert page.width() <= scroll.viewport().width()
