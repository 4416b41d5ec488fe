"""The whole desk as a person uses it: real window, loop, files and library, a server that streams."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTextEdit

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.ui.conversation.question_box import QuestionBox
from tests.assembly.desk_play import OnDesk, shown, use_servers
from tests.fakes.fake_server import FakeServer, closed_port, streamed
from tests.fakes.waiting import until
from tests.ui.finding import part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures and a file that is none."""
    place = tmp_path / "bridge"
    place.mkdir()
    for number, colour in enumerate(("firebrick", "seagreen", "royalblue"), 1):
        Image.new("RGB", (320, 200), colour).save(place / f"span {number}.png")
    (place / "notes.txt").write_text("no picture")
    return place


def type_and_ask(shell: Shell, question: str) -> None:
    box = part(shell.conversation, QuestionBox)
    box.setFocus()
    QTest.keyClicks(box, question)
    QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def words(shell: Shell) -> str:
    """Everything that can be read in the conversation."""
    texts = [edit.toPlainText() for edit in shell.conversation.findChildren(QTextEdit) if edit.isVisible()]
    labels = [label.text() for label in shell.conversation.findChildren(QLabel) if label.isVisible()]
    return "\n".join([*texts, *labels])


async def last_answer(desk: Desk) -> Answer:
    """When it has ended."""
    while True:
        thread = await desk.conversations.thread(desk.conversation.pictures)
        answer = thread.turns[-1].answer
        assert answer is not None
        if answer.state is not AnswerState.STREAMING:
            return answer
        await asyncio.sleep(0.01)


def test_the_first_start_shows_the_samples_with_an_answer_possible(on_desk: OnDesk) -> None:
    async def look(desk: Desk, shell: Shell) -> None:
        await shown(desk, "1-receipt.jpg")
        assert len(desk.listed()) == 9
        assert "Sample pictures" in shell.window.windowTitle()
        box = part(shell.conversation, QuestionBox)
        assert box.isEnabled()

    on_desk(look, start_at=None)


def test_ask_watch_the_text_grow_and_find_it_again_after_a_restart(
    on_desk: OnDesk, server: FakeServer
) -> None:
    server.answer_with(streamed("Heavy rust on the lower flange.", per_second=20))

    async def ask(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        type_and_ask(shell, "Is there corrosion?")
        await until(lambda: "Heavy rust" in words(shell))
        await until(lambda: "flange." in words(shell))
        answer = await last_answer(desk)
        assert answer.state is AnswerState.DONE

    on_desk(ask)

    async def look_again(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        await until(lambda: "Is there corrosion?" in words(shell))
        assert "Heavy rust on the lower flange." in words(shell)

    on_desk(look_again, start_at=None)


def test_stop_keeps_the_text_and_says_so(on_desk: OnDesk, server: FakeServer) -> None:
    server.answer_with(streamed("word " * 400, per_second=40))

    async def stop(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        type_and_ask(shell, "Tell me everything.")
        await until(lambda: "word word" in words(shell))
        button = next(
            button for button in shell.conversation.findChildren(QPushButton) if button.text() == "Stop"
        )
        button.click()
        answer = await last_answer(desk)
        assert answer.state is AnswerState.STOPPED
        assert answer.text.startswith("word word")
        await until(lambda: "topped" in words(shell))

    on_desk(stop)


def test_two_threads_stream_while_a_person_browses(on_desk: OnDesk, server: FakeServer) -> None:
    server.answer_with(streamed("alpha " * 60, per_second=40), streamed("omega " * 60, per_second=40))

    async def browse(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        type_and_ask(shell, "One?")
        await until(lambda: "alpha alpha" in words(shell))
        desk.presenter.step(1)
        await shown(desk, "span 2.png")
        type_and_ask(shell, "Two?")
        await until(lambda: "omega omega" in words(shell))
        assert "alpha alpha" not in words(shell)
        desk.presenter.step(-1)
        await shown(desk, "span 1.png")
        await until(lambda: words(shell).count("alpha") == 60)

    on_desk(browse)


def test_closing_while_an_answer_streams_keeps_what_arrived(on_desk: OnDesk, server: FakeServer) -> None:
    server.answer_with(streamed("kept " * 1000, per_second=40))

    async def leave(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        type_and_ask(shell, "Long?")
        await until(lambda: "kept kept" in words(shell))

    on_desk(leave)

    async def look_again(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        await until(lambda: "kept kept" in words(shell))
        answer = await last_answer(desk)
        assert answer.state is AnswerState.INTERRUPTED

    on_desk(look_again, start_at=None)


def test_what_is_no_picture_is_refused_with_a_sentence(on_desk: OnDesk, folder: Path) -> None:
    async def drop(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(folder / "notes.txt"))])
        event = QDropEvent(
            QPoint(50, 200),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        shell.gallery.dropEvent(event)
        await until(lambda: "notes.txt" in shell.window.notice_text())

    on_desk(drop)


def test_a_server_that_is_gone_is_one_sentence_and_costs_no_words(on_desk: OnDesk, tmp_path: Path) -> None:
    use_servers(tmp_path, {"Box": f"http://127.0.0.1:{closed_port()}/v1"})

    async def ask(desk: Desk, shell: Shell) -> None:
        await shown(desk, "span 1.png")
        type_and_ask(shell, "Anyone there?")
        await until(lambda: "does not answer" in words(shell))
        assert "Anyone there?" in words(shell)
        assert "Traceback" not in words(shell)

    on_desk(ask)


def test_close_request_ends_the_program(on_desk: OnDesk) -> None:
    async def close(desk: Desk, shell: Shell) -> None:
        asked = asyncio.Event()
        shell.window.close_requested.connect(asked.set)
        await shown(desk, "span 1.png")
        shell.window.close()
        await asked.wait()
        assert shell.window.isVisible()

    on_desk(close)
