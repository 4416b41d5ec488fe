"""A run from the menu to the table, in the real window; and what becomes of it when the window closes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTableView

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box
from desktop_app.ui.picture.view import PictureView
from desktop_app.ui.resources import resource
from desktop_app.ui.runs.new_run.view import NewRunDialog
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import run, shown, until, use
from tests.assembly.run_play import COUNT, begin, marks, press
from tests.fakes.fake_server import FakeServer, closed_port, status, whole


def words_of_row(table: QTableView, row: int) -> list[object]:
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_from_a_question_over_a_sample_to_the_whole_table(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        server.default = whole(lambda received: f"Rust, {len(received.body)}.")
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await begin(desk, shell, "Try 5 first")
            await until(
                lambda: any(one.text() == "Ask the other 7" for one in view.findChildren(QPushButton))
            )
            assert len(server.chats) == 5
            press(view, "Ask the other 7")
            table = view.findChild(QTableView)
            assert table is not None
            await until(lambda: marks(shell) == COUNT)
            assert table.model().rowCount() == COUNT
            assert len(server.chats) == COUNT
            assert desk.runs.working == 0

        run(qapp, folder, play)


def test_the_keys_that_show_the_runs_lead_to_the_answers(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.")
        use(server, tmp_path)

        async def make_a_run(desk: Desk, shell: Shell) -> None:
            keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            await shown(desk, "span 1.png")
            shell.window.activateWindow()
            QTest.keyClick(shell.window, Qt.Key.Key_R, keys)
            await until(lambda: isinstance(shell.window.focusWidget(), QPushButton))
            button = shell.window.focusWidget()
            assert isinstance(button, QPushButton)
            assert button.text() == "New run…"
            view = await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: marks(shell) == COUNT)
            shell.window.activateWindow()  # the dialog was; without a screen nothing follows it
            await until(shell.window.isActiveWindow)
            shell.gallery.setFocus()
            QTest.keyClick(shell.window, Qt.Key.Key_R, keys)
            assert view.isHidden()
            QTest.keyClick(shell.window, Qt.Key.Key_R, keys)
            assert shell.window.focusWidget() is view.findChild(QTableView)
            shell.window.actions_of_desk.show_runs.setChecked(False)

        run(qapp, folder, make_a_run)

        async def come_back(desk: Desk, shell: Shell) -> None:
            await shown(desk, "span 1.png")
            shell.window.activateWindow()
            shell.window.actions_of_desk.show_runs.trigger()
            await until(lambda: isinstance(shell.window.focusWidget(), QTableView))

        run(qapp, folder, come_back)


def test_runs_go_on_where_they_were_after_a_restart(qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.", after_s=0.3)
        use(server, tmp_path)

        async def close_in_the_middle(desk: Desk, shell: Shell) -> None:
            await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: len(server.chats) > 2)

        run(qapp, folder, close_in_the_middle)
        asked = len(server.chats)
        assert asked < COUNT * 2

        async def go_on(desk: Desk, shell: Shell) -> None:
            await until(lambda: (found := shell.window.findChild(RunsView)) is not None and found.isVisible())
            view = shell.window.findChild(RunsView)
            assert view is not None
            await until(
                lambda: any(
                    one.isVisible() and one.text().startswith(("Ask the other", "Begin"))
                    for one in view.findChildren(QPushButton)
                )
            )
            view.header.resume_requested.emit()
            await until(lambda: marks(shell) == COUNT)

        run(qapp, folder, go_on)


def test_closing_over_a_run_asks_first(qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.", after_s=0.2)
        use(server, tmp_path)

        async def answer(desk: Desk, shell: Shell, button: str) -> bool:
            leaving = asyncio.ensure_future(desk.may_close())
            await until(lambda: any(box.isVisible() for box in shell.window.findChildren(QMessageBox)))
            box = next(box for box in shell.window.findChildren(QMessageBox) if box.isVisible())
            press(box, button)
            return await leaving

        async def play(desk: Desk, shell: Shell) -> None:
            assert await desk.may_close()
            await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: desk.runs.working)
            assert not await answer(desk, shell, "Keep the window open")
            assert await answer(desk, shell, "Go on in the background")
            assert not shell.window.isVisible()
            assert desk.runs.working == 0
            assert len(server.chats) == COUNT

        run(qapp, folder, play)


def test_a_run_marks_pictures_that_were_never_talked_about(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.")
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: marks(shell) == COUNT)
            await desk.presenter.open(resource("samples"))
            await until(lambda: marks(shell) == 0)
            await desk.presenter.open(folder)
            await until(lambda: marks(shell) == COUNT)

        run(qapp, folder, play)


def test_the_marks_of_a_deleted_run_go_with_it(qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    with FakeServer() as server:
        server.default = whole("Rust.")
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: marks(shell) == COUNT)
            await until(lambda: desk.runs.working == 0)
            view.header.delete_requested.emit()
            await until(lambda: any(box.isVisible() for box in view.findChildren(QMessageBox)))
            press(next(box for box in view.findChildren(QMessageBox) if box.isVisible()), "Delete")
            await until(lambda: marks(shell) == 0)

        run(qapp, folder, play)


def test_a_server_that_wants_a_key_keeps_no_run_with_others_from_being_made(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server, FakeServer(key="secret") as keyed:
        server.default = whole("Rust.", after_s=0.3)
        use(server, tmp_path)
        settings = tmp_path / "lightdesk-home" / "config" / "settings.toml"
        more = f'[[servers]]\nname = "Keyed"\nbase_url = "{keyed.base_url}"\n'
        settings.write_text(settings.read_text() + more)

        async def play(desk: Desk, shell: Shell) -> None:
            await shown(desk, "span 1.png")
            await desk.runs.new_run()
            dialog = shell.window.findChild(NewRunDialog)
            assert dialog is not None
            for box in dialog.servers.boxes:
                box.setChecked(True)
            QTest.keyClicks(dialog.question.prompt, "Is there rust?")
            press(dialog, f"Ask about all {COUNT}")
            await until(lambda: (found := shell.window.findChild(RunsView)) is not None and found.isVisible())
            view = shell.window.findChild(RunsView)
            assert view is not None
            await until(lambda: "Without “Keyed” for now" in view.notice.report.sentence)
            assert "wants a key" in view.notice.report.sentence
            await until(lambda: marks(shell) == COUNT)
            await until(lambda: desk.runs.working == 0 and view.notice.isHidden())

        run(qapp, folder, play)


def test_a_run_whose_only_server_is_away_waits_for_it(
    qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.fleet.REST_S", 0.1)
    server = FakeServer()
    port = closed_port()
    settings = tmp_path / "lightdesk-home" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    address = f"http://127.0.0.1:{port}/v1"
    settings.write_text(f'version = 1\n\n[[servers]]\nname = "Box"\nbase_url = "{address}"\n')

    async def play(desk: Desk, shell: Shell) -> None:
        view = await begin(desk, shell, f"Ask about all {COUNT}")
        await until(lambda: view.notice.isVisible())
        assert "does not answer" in view.notice.report.sentence
        assert "goes on by itself as soon as the server answers" in view.notice.report.advice
        server.port = port
        server.default = whole("Rust.")
        server.start()
        await until(lambda: marks(shell) == COUNT)
        await until(lambda: view.notice.isHidden())

    try:
        run(qapp, folder, play, limit_s=60)
    finally:
        server.stop()


def test_a_picture_whose_asking_was_given_up_is_not_marked_as_being_asked(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with FakeServer() as server:
        server.default = status(503, {"error": {"message": "loading"}})
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: marks(shell, AnswerState.STREAMING) > 0)
            view.header.pause_requested.emit()
            await until(lambda: desk.runs.working == 0)
            await until(lambda: marks(shell, AnswerState.STREAMING) == 0)

        run(qapp, folder, play)


def test_the_failed_pictures_of_one_reason_are_shown_alone_and_asked_again(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    refusal = status(400, {"error": {"message": "Failed to load image: broken"}})
    with FakeServer() as server:
        server.default = whole("Rust.")
        server.answer_with(refusal, refusal)
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            view = await begin(desk, shell, f"Ask about all {COUNT}")
            await until(lambda: desk.runs.working == 0 and view.failures.isVisible())
            table = view.findChild(QTableView)
            assert table is not None
            press(view.failures, "Show")
            await until(lambda: table.model().rowCount() == 2)
            press(view.failures, "Ask again")
            await until(lambda: marks(shell) == COUNT)
            await until(lambda: view.failures.isHidden())

        run(qapp, folder, play)


def test_boxes_of_an_answer_are_marked_on_the_picture(
    qapp: QApplication, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marked: list[tuple[int, Evidence]] = []
    show = PictureView.set_evidence

    def mark(view: PictureView, marks: Sequence[tuple[int, Evidence]]) -> None:
        marked[:] = marks
        show(view, marks)

    monkeypatch.setattr(PictureView, "set_evidence", mark)
    boxes = {"hazard": True, "places": [[0, 0, 500, 500]]}
    with FakeServer() as server:
        server.default = whole(json.dumps(boxes))
        use(server, tmp_path)

        async def play(desk: Desk, shell: Shell) -> None:
            await shown(desk, "span 1.png")
            await desk.runs.new_run()
            dialog = shell.window.findChild(NewRunDialog)
            assert dialog is not None
            dialog.question.what.setCurrentIndex(dialog.question.what.findText("Safety check"))
            press(dialog, f"Ask about all {COUNT}")
            await until(lambda: desk.runs.working > 0)
            await until(lambda: desk.runs.working == 0)
            table = shell.window.findChild(RunsView).findChild(QTableView)
            assert table is not None
            await until(lambda: "answered" in words_of_row(table, 2))
            table.setFocus()
            table.setCurrentIndex(table.model().index(2, 0))
            await shown(desk, "span 3.png")
            await until(lambda: len(marked) == 1)
            assert marked[0][1].box == Box(0, 0, 60, 40)

        run(qapp, folder, play)
