"""A window whose process is told to end, by a real signal or because the session ends."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.app import open_desk
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from tests.assembly.desk_play import use
from tests.assembly.run_play import COUNT
from tests.fakes.fake_server import FakeServer, hang, whole
from tests.fakes.lightdesk_command import lightdesk, posix
from tests.fakes.waiting import happens


def start(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_window_that_is_told_to_end_pauses_its_run_and_goes(
    folder: Path, tmp_path: Path, name: str
) -> None:
    number = getattr(signal, name)
    with FakeServer() as server:
        server.answer_with(whole("Rust."), whole("Rust."))
        server.default = hang
        use(server, tmp_path)
        with start("tests.assembly.working_window", folder) as window:
            assert window.stdout is not None
            assert window.stdout.readline() == b"working\n"
            happens(lambda: len(server.chats) == 10)  # two of them were answered, and that was kept
            window.send_signal(number)
            _, err = window.communicate(timeout=30)
        assert (window.returncode, b"Traceback" in err) == (128 + number, False)
        listed = lightdesk("runs", "list").stdout.split("\t")
        assert listed[1:5] == ["paused", "2", str(COUNT), "0"]
        server.default = whole("Rust.")
        assert lightdesk("runs", "resume", listed[0]).returncode == 0
        assert len(server.chats) - server.left == COUNT


@posix
def test_a_window_where_nothing_happens_ends_at_once(folder: Path) -> None:
    with start("desktop_app", folder) as window:
        home = Path(os.environ["LIGHTDESK_HOME"])
        happens(lambda: any(home.rglob("*.sqlite")))
        time.sleep(1)  # nothing wakes Python up then
        window.send_signal(signal.SIGTERM)
        _, err = window.communicate(timeout=30)
    assert (window.returncode, b"Traceback" in err) == (143, False)


def test_the_end_of_the_session_closes_the_window_in_order(qapp: QApplication, folder: Path) -> None:
    given_up: list[bool] = []

    async def play(desk: Desk, shell: Shell) -> None:
        qapp.commitDataRequest.emit(None)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            given_up.append(True)
            raise

    assert open_desk(folder, play, qapp) == 0
    assert given_up == [True]
