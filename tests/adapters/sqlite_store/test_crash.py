"""What is left when a program dies in the middle of an answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.domain.conversations import AnswerState
from tests.adapters.sqlite_store.streaming_program import PICTURE

ROOT = Path(__file__).parents[3]


@pytest.fixture
def program(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another Lightdesk in the middle of an answer."""
    command = [sys.executable, str(Path(__file__).with_name("streaming_program.py")), str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "streaming\n"
        yield running
        running.kill()


async def test_after_a_kill_the_text_is_there_and_marked(
    program: subprocess.Popen[str], store: SqliteConversations
) -> None:
    program.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    program.wait()

    assert await store.mark_interrupted() == 1
    thread = await store.find([PICTURE])
    assert thread is not None
    answer = thread.turns[0].answer
    assert answer is not None
    assert answer.state is AnswerState.INTERRUPTED
    words = answer.text.split()
    assert len(words) > 50
    assert words == [f"word{number}" for number in range(len(words))]
    assert await store.mark_interrupted() == 0


async def test_an_answer_of_a_second_window_goes_on(
    program: subprocess.Popen[str], store: SqliteConversations
) -> None:
    assert await store.mark_interrupted() == 0
    thread = await store.find([PICTURE])
    assert thread is not None
    answer = thread.turns[0].answer
    assert answer is not None
    assert answer.state is AnswerState.STREAMING
    assert program.poll() is None


async def test_two_windows_write_one_library(
    program: subprocess.Popen[str], store: SqliteConversations
) -> None:
    thread = await store.find([PICTURE])
    assert thread is not None
    before = thread.turns[0].answer
    for number in range(50):
        turn = await store.add_turn(thread.id, f"question {number}", thread.turns[0].options)
        answer = await store.begin_answer(turn.id, "", "")
        await store.end_answer(answer.id, AnswerState.DONE, "done", "")

    thread = await store.load(thread.id)
    assert thread is not None
    assert len(thread.turns) == 51
    after = thread.turns[0].answer
    assert before is not None
    assert after is not None
    assert len(after.text) >= len(before.text)
    assert program.poll() is None
