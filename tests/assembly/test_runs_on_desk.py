"""A run from the menu to the table, in the real window; and what becomes of it when the window closes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QTableView

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.ui.picture.view import PictureView
from desktop_app.ui.resources import resource
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import OnDesk, opened, shown, use, use_servers
from tests.assembly.run_play import (
    ALL,
    COUNT,
    SAFE,
    all_answered,
    asked_about_five,
    begin,
    button_texts,
    finished,
    marks,
    new_run,
    press,
)
from tests.fakes.fake_server import FakeServer, closed_port, hang, status, whole
from tests.fakes.gate import Gate
from tests.fakes.waiting import until
from tests.ui.finding import part


def test_from_a_question_over_a_sample_to_the_whole_table(on_desk: OnDesk, server: FakeServer) -> None:
    server.default = whole(lambda received: f"Rust, {len(received.body)}.")

    async def play(desk: Desk, shell: Shell) -> None:
        view = await asked_about_five(desk, shell)
        assert len(server.chats) == 5
        press(view, "Ask the other 7")
        await all_answered(desk, shell)
        assert part(view, QTableView).model().rowCount() == COUNT
        assert len(server.chats) == COUNT

    on_desk(play)


def test_the_keys_that_show_the_runs_lead_to_the_answers(on_desk: OnDesk, server: FakeServer) -> None:
    async def make_a_run(desk: Desk, shell: Shell) -> None:
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        await shown(desk, "span 1.png")
        shell.window.activateWindow()
        QTest.keyClick(shell.window, Qt.Key.Key_R, keys)
        await until(lambda: isinstance(shell.window.focusWidget(), QPushButton))
        button = shell.window.focusWidget()
        assert isinstance(button, QPushButton)
        assert button.text() == "New run…"
        view = await begin(desk, shell)
        await all_answered(desk, shell)
        shell.window.activateWindow()  # the dialog was; without a screen nothing follows it
        await until(shell.window.isActiveWindow)
        shell.gallery.setFocus()
        QTest.keyClick(shell.window, Qt.Key.Key_R, keys)
        assert view.isHidden()
        QTest.keyClick(shell.window, Qt.Key.Key_R, keys)
        assert shell.window.focusWidget() is part(view, QTableView)
        shell.window.actions_of_desk.show_runs.setChecked(False)

    on_desk(make_a_run)

    async def come_back(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        shell.window.activateWindow()
        shell.window.actions_of_desk.show_runs.trigger()
        await until(lambda: isinstance(shell.window.focusWidget(), QTableView))

    on_desk(come_back)


def test_runs_go_on_where_they_were_after_a_restart(on_desk: OnDesk, server: FakeServer) -> None:
    server.answer_with(whole("Rust."), whole("Rust."))
    server.default = hang

    async def close_in_the_middle(desk: Desk, shell: Shell) -> None:
        await begin(desk, shell)
        await until(lambda: marks(shell) == 2)

    on_desk(close_in_the_middle)
    server.default = whole("Rust.")

    async def go_on(desk: Desk, shell: Shell) -> None:
        view = await opened(shell.window, RunsView)
        await until(lambda: f"Ask the other {COUNT - 2}" in button_texts(view))
        view.header.resume_requested.emit()
        while (await desk._core.runs.all())[0].counts.answered < COUNT:
            await asyncio.sleep(0.02)

    on_desk(go_on)
    assert len(server.chats) - server.left == COUNT, "each was answered once"


def test_closing_over_a_run_asks_first(on_desk: OnDesk, server: FakeServer) -> None:
    gate = server.default = Gate(whole("Rust."))

    async def answer(desk: Desk, shell: Shell, button: str) -> asyncio.Task[bool]:
        leaving = asyncio.ensure_future(desk.may_close())
        press(await opened(shell.window, QMessageBox), button)
        return leaving

    async def play(desk: Desk, shell: Shell) -> None:
        assert await desk.may_close()
        await begin(desk, shell)
        await until(lambda: server.chats)
        staying = await answer(desk, shell, "Keep the window open")
        assert not await staying
        leaving = await answer(desk, shell, "Go on in the background")
        gate.open()
        assert await leaving
        assert not shell.window.isVisible()
        assert desk.runs.working == 0
        assert len(server.chats) == COUNT

    on_desk(play)


def test_a_run_marks_pictures_that_were_never_talked_about(
    on_desk: OnDesk, server: FakeServer, folder: Path
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await begin(desk, shell)
        await all_answered(desk, shell)
        await desk.presenter.open(resource("samples"))
        await until(lambda: marks(shell) == 0)
        await desk.presenter.open(folder)
        await until(lambda: marks(shell) == COUNT)

    on_desk(play)


def test_the_marks_of_a_deleted_run_go_with_it(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await all_answered(desk, shell)
        view.header.delete_requested.emit()
        press(await opened(view, QMessageBox), "Delete")
        await until(lambda: marks(shell) == 0)

    on_desk(play)


def test_a_server_that_wants_a_key_keeps_no_run_with_others_from_being_made(
    on_desk: OnDesk, server: FakeServer, tmp_path: Path
) -> None:
    gate = server.default = Gate(whole("Rust."))
    with FakeServer(key="secret") as keyed:
        use_servers(tmp_path, {"Box": server.base_url, "Keyed": keyed.base_url})

        async def play(desk: Desk, shell: Shell) -> None:
            dialog = await new_run(desk, shell)
            for box in dialog.servers.boxes:
                box.setChecked(True)
            QTest.keyClicks(dialog.question.prompt, "Is there rust?")
            press(dialog, ALL)
            view = await opened(shell.window, RunsView)
            await until(lambda: "Without “Keyed” for now" in view.notice.report.sentence)
            assert "wants a key" in view.notice.report.sentence
            gate.open()
            await all_answered(desk, shell)
            await until(view.notice.isHidden)

        on_desk(play)


def test_a_run_whose_only_server_is_away_waits_for_it(
    on_desk: OnDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.fleet.REST_S", 0.1)
    server = FakeServer(port=closed_port())
    use(server, tmp_path)

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await until(view.notice.isVisible)
        assert "does not answer" in view.notice.report.sentence
        assert "goes on by itself as soon as the server answers" in view.notice.report.advice
        server.default = whole("Rust.")
        server.start()
        await all_answered(desk, shell)
        await until(view.notice.isHidden)

    try:
        on_desk(play)
    finally:
        server.stop()


def test_a_picture_whose_asking_was_given_up_is_not_marked_as_being_asked(
    on_desk: OnDesk, server: FakeServer
) -> None:
    gate = server.default = Gate(status(503, {"error": {"message": "loading"}}))

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await until(lambda: marks(shell, AnswerState.STREAMING) > 0)
        gate.open()
        await until(view.notice.isVisible)
        view.header.pause_requested.emit()
        await until(lambda: desk.runs.working == 0)
        await until(lambda: marks(shell, AnswerState.STREAMING) == 0)

    on_desk(play)


def test_the_failed_pictures_of_one_reason_are_shown_alone_and_asked_again(
    on_desk: OnDesk, server: FakeServer
) -> None:
    refusal = status(400, {"error": {"message": "Failed to load image: broken"}})
    server.answer_with(refusal, refusal)

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell)
        await until(lambda: desk.runs.working == 0 and view.failures.isVisible())
        table = part(view, QTableView)
        press(view.failures, "Show")
        await until(lambda: table.model().rowCount() == 2)
        press(view.failures, "Ask again")
        await all_answered(desk, shell)
        await until(view.failures.isHidden)

    on_desk(play)


def test_boxes_of_an_answer_are_marked_on_the_picture(
    on_desk: OnDesk, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[tuple[int, Evidence]] = []
    show = PictureView.set_evidence

    def mark(view: PictureView, marks: Sequence[tuple[int, Evidence]]) -> None:
        marked[:] = marks
        show(view, marks)

    monkeypatch.setattr(PictureView, "set_evidence", mark)
    server.default = whole(json.dumps(SAFE))

    async def play(desk: Desk, shell: Shell) -> None:
        table, _ = await finished(desk, shell)
        table.setCurrentIndex(table.model().index(2, 0))
        await shown(desk, "span 3.png")
        await until(lambda: len(marked) == 1)
        assert marked[0][1].box == Box(0, 0, 60, 40)

    on_desk(play)
