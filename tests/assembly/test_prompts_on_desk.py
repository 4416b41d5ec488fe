"""What a prompt names of earlier runs is looked at while it is written: on the real desk and its library."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.forms.form import Form, FormField, YesNo
from desktop_app.ui.forms.view import FormsDialog
from desktop_app.ui.runs.new_run.view import NewRunDialog
from tests.assembly.desk_play import OnDesk, shown
from tests.assembly.run_play import SAFE, finished
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.waiting import until
from tests.ui.finding import part

NO_RUN = "There is no run named last year. Look at the list of runs for its name."
NO_FIELD = "The run bridge: Safety check has no field named rust. Its fields are: place, people, "


@pytest.fixture
def server(server: FakeServer) -> FakeServer:
    server.default = whole(json.dumps(SAFE))
    return server


def test_a_new_run_tells_below_its_prompt_which_earlier_run_or_field_is_not_there(
    on_desk: OnDesk, server: FakeServer
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await finished(desk, shell)
        made = (await desk._core.runs.all())[0].plan.name
        await desk._core.forms.save(
            Form("Again", (FormField("rust", "Rust", YesNo()),), "Is it as {{last year.rust}} says?")
        )
        await desk.runs.new_run()
        dialog = part(shell.window, NewRunDialog)
        question = dialog.question
        question.what.setCurrentIndex(0)
        question.prompt.clear()
        QTest.keyClicks(question.prompt, "As {{last year.rust")
        assert question.problem.isHidden()
        assert dialog.all.isEnabled()
        QTest.keyClicks(question.prompt, "}}?")
        await until(question.problem.isVisible)
        assert question.problem.text() == NO_RUN
        assert not dialog.all.isEnabled()
        question.prompt.setPlainText(f"As {{{{{made}.rust}}}}?")
        await until(lambda: question.problem.text().startswith(NO_FIELD))
        assert not dialog.all.isEnabled()
        question.prompt.setPlainText(f"As {{{{{made}.risk}}}}?")
        await until(question.problem.isHidden)
        assert dialog.all.isEnabled()
        question.what.setCurrentIndex(question.what.findText("Again"))
        await until(question.problem.isVisible)
        assert question.problem.text() == NO_RUN, "of the form's own prompt"
        assert not dialog.all.isEnabled()
        question.what.setCurrentIndex(question.what.findText("Safety check"))
        await until(question.problem.isHidden)
        assert dialog.all.isEnabled()
        dialog.reject()

    on_desk(play)


def test_the_form_builder_tells_it_too_but_saves_the_form(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        await desk._core.forms.save(Form("Again", (FormField("rust", "Rust", YesNo()),), "Look."))
        shell.window.actions_of_desk.forms.trigger()
        dialog = part(shell.window, FormsDialog)
        await until(lambda: dialog.fields.labels == ["Rust"])
        told = dialog.head.instructions_row.problem
        QTest.keyClicks(dialog.head.instructions, "{{last year.rust}}")
        await until(lambda: told.text == NO_RUN)
        assert told.isVisible()
        assert dialog.save.isEnabled()
        assert dialog.wrong.isHidden()
        QTest.keyClicks(dialog.head.instructions, "{{who}}")
        assert told.text.startswith("“who” is nothing"), "what keeps it from being saved goes first"
        assert not dialog.save.isEnabled()
        dialog.undo.click()
        await until(lambda: told.text == "")
        dialog.close()

    on_desk(play)


def test_a_new_run_offers_the_answers_of_earlier_runs_for_its_prompt(
    on_desk: OnDesk, server: FakeServer
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await finished(desk, shell)
        await desk.runs.new_run()
        question = part(shell.window, NewRunDialog).question
        question.what.setCurrentIndex(0)
        question.prompt.setPlainText("Is this still so: ")
        question.prompt.moveCursor(QTextCursor.MoveOperation.End)
        await until(lambda: question.variables.earlier.actions())
        of_run = question.variables.earlier.actions()[0].menu()
        assert isinstance(of_run, QMenu)
        next(field for field in of_run.actions() if field.text() == "Risk").trigger()
        assert question.words == "Is this still so: {{bridge: Safety check.risk}}"

    on_desk(play)
