"""A run leaves the real window as a table or as questions for a batch service, and answers come back."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.pictures import Note
from desktop_app.services.runs.handing_over import HandingOver
from desktop_app.ui.runs.handover.batch_dialog import BatchDialog
from desktop_app.ui.runs.handover.export_dialog import ExportDialog
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import OnDesk, opened
from tests.assembly.run_play import COUNT, all_answered, asked_about_five, begin, button_texts, marks, press
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.gate import Gate
from tests.fakes.waiting import until
from tests.services.runs.batch_lab import requests_in, result, write_lines


def choose(chooser: QFileDialog, path: Path) -> None:
    """Type the path and press Enter."""
    typed = chooser.findChild(QLineEdit, "fileNameEdit")
    assert typed is not None
    typed.setText(str(path))
    chooser.accept()


async def export_table(view: RunsView, folder: Path) -> None:
    """As `table.csv`, through the dialog."""
    press(view, "Export…")
    dialog = await opened(view.window(), ExportDialog)
    dialog.format.setCurrentIndex(dialog.format.findData("csv"))
    dialog.place.begin("table", folder)
    press(dialog, "Export")


def rows_of(path: Path) -> Sequence[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_is_exported_again_over_itself_only_after_asking(
    on_desk: OnDesk, server: FakeServer, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()

    async def play(desk: Desk, shell: Shell) -> None:
        view = await asked_about_five(desk, shell)
        await export_table(view, out)
        await until(lambda: "Written to" in view.handover.words)
        assert [row["answer"] for row in rows_of(out / "table.csv")].count("Rust.") == 5
        (out / "table.csv").write_text("changed by a person")
        press(view, "Export…")
        dialog = await opened(shell.window, ExportDialog)
        assert dialog.format.currentData() == "csv", "what was chosen last"
        assert dialog.place.folder == out
        dialog.place.name.setText("table")
        press(dialog, "Export")
        question = await opened(shell.window, QMessageBox)
        assert "table.csv" in question.text()
        press(question, "Keep")
        await until(lambda: dialog.go.isEnabled())
        assert dialog.isVisible(), "another name can be given"
        dialog.reject()
        assert (out / "table.csv").read_text() == "changed by a person"

    on_desk(play)


def test_closing_over_a_table_that_is_being_written_asks_first(
    on_desk: OnDesk, server: FakeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write, write = asyncio.Event(), HandingOver.export

    async def later(*wanted: Any, **more: Any) -> Sequence[Note]:
        await may_write.wait()
        return await write(*wanted, **more)

    monkeypatch.setattr(HandingOver, "export", later)

    async def play(desk: Desk, shell: Shell) -> None:
        view = await asked_about_five(desk, shell)
        await export_table(view, tmp_path)
        await until(lambda: "Writing table.csv" in view.handover.words)
        leaving = asyncio.ensure_future(desk.may_close())
        question = await opened(shell.window, QMessageBox)
        assert question.text() == "“table.csv” is still being written."
        press(question, "Keep the window open")
        assert not await leaving
        may_write.set()
        await until(lambda: "Written to" in view.handover.words)
        assert len(rows_of(tmp_path / "table.csv")) == COUNT
        assert await desk.may_close()

    on_desk(play)


def test_a_run_is_exported_as_it_stands_while_it_goes_on(
    on_desk: OnDesk, server: FakeServer, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    server.answer_with(whole("Rust."), whole("Rust."))
    gate = server.default = Gate(whole("Rust."))

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await until(lambda: marks(shell) == 2 and "Export…" in button_texts(view))
        press(view, "Export…")
        dialog = await opened(shell.window, ExportDialog)
        dialog.format.setCurrentIndex(dialog.format.findData("csv"))
        dialog.place.begin("table", out)
        dialog.go.click()
        await until(lambda: "Written to" in view.handover.words)
        states = [row["state"] for row in rows_of(out / "table.csv")]
        assert len(states) == COUNT
        assert states.count("answered") == 2
        gate.open()
        await all_answered(desk, shell)
        assert len(server.chats) == COUNT, "nothing is asked twice for it"

    on_desk(play)


def test_questions_go_to_a_batch_service_and_their_answers_come_back(
    on_desk: OnDesk, server: FakeServer, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    server.pages["/version"] = (200, {"version": "0.32.0"})

    async def play(desk: Desk, shell: Shell) -> None:
        view = await asked_about_five(desk, shell)
        view.header.batch_requested.emit()
        dialog = await opened(shell.window, BatchDialog)
        dialog.place.begin("survey", out)
        dialog.lines.setValue(4)
        press(dialog, "Write the files")
        await until(lambda: "Questions: 7" in view.handover.words)
        files = sorted(out.iterdir())
        assert [file.name for file in files] == ["survey-001.jsonl", "survey-002.jsonl"]
        lines = [result(line["custom_id"], "No rust.") for line in requests_in(*files)]
        write_lines(out / "results.jsonl", [*lines, json.dumps(result("request-7"))])
        asked = len(server.chats)
        view.header.results_requested.emit()
        chooser = await opened(shell.window, QFileDialog)
        choose(chooser, out / "results.jsonl")
        await until(lambda: "Answers taken in: 7. Failed: 0." in view.handover.words)
        assert "no picture of this run: 1" in view.handover.words
        assert len(server.chats) == asked
        await until(lambda: not any(text.startswith("Ask the other") for text in button_texts(view)))

    on_desk(play)


def test_a_file_of_questions_is_told_from_results(
    on_desk: OnDesk, server: FakeServer, tmp_path: Path
) -> None:
    wrong = write_lines(tmp_path / "survey.jsonl", [{"custom_id": "one", "method": "POST", "body": {}}])

    async def play(desk: Desk, shell: Shell) -> None:
        view = await asked_about_five(desk, shell)
        view.header.results_requested.emit()
        chooser = await opened(shell.window, QFileDialog)
        choose(chooser, wrong)
        await until(lambda: shell.window.notice_text() != "")
        assert "survey.jsonl holds questions for a batch service" in shell.window.notice_text()

    on_desk(play)
