"""`lightdesk runs pause` as a process, and the process that it has paused."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import MakeFolder
from tests.fakes.fake_server import FakeServer, hang, whole
from tests.fakes.gate import Gate
from tests.fakes.lightdesk_command import lightdesk, posix, start_lightdesk, stderr_until
from tests.fakes.waiting import happens


def begin(folder: Path, server: FakeServer) -> subprocess.Popen[bytes]:
    """A run of which three pictures are being asked about."""
    asked = ("-p", "x", "--server", server.base_url, "--name", "my run", "--concurrency", "3")
    process = start_lightdesk("run", folder, *asked, "--out", folder.parent / "table.csv")
    happens(lambda: len(server.chats) >= 3)
    return process


def test_a_run_is_paused_where_it_works_when_what_is_asked_is_finished(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    gate = server.default = Gate(whole("Blue."))
    with begin(folder_of(30), server) as process, start_lightdesk("runs", "pause", "my run") as pausing:
        stderr_until(pausing, "It finishes what it is asking: 3 pictures.")
        gate.open()
        _, paused = pausing.communicate(timeout=30)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    said = err.decode()
    assert "Paused from another window or command. " in said
    assert "So far: 3 answered;" in said
    assert "27 pictures are left. Go on with: lightdesk runs resume 'my run'" in said
    assert not (tmp_path / "table.csv").exists(), "a script that goes on with it would take it for the whole"
    assert pausing.returncode == 0
    assert b"Paused: 3 answered.\n27 pictures are left. Go on with: lightdesk runs resume 'my run'" in paused
    assert lightdesk("runs", "resume", "my run").returncode == 0
    assert max(server.asked.values()) == 1


@posix
def test_who_does_not_want_to_wait_for_what_is_being_asked_interrupts_it(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.default = hang
    with begin(folder_of(5), server) as process, start_lightdesk("runs", "pause", "my run") as pausing:
        stderr_until(pausing, "It finishes what it is asking: 3 pictures.")
        shown = lightdesk("runs", "show", "my run").stdout
        assert "State:        coming to rest in another window or command\n" in shown
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        _, told = pausing.communicate(timeout=30)
    assert process.returncode == 130
    assert b"3 pictures are still being asked about; Ctrl+C gives that up." in err
    assert b"5 pictures are left." in err
    assert (pausing.returncode, b"Paused: 0 answered." in told) == (0, True)


def is_wished() -> bool:
    """Whether the library holds a wish to pause; a command that looks may take longer than that lasts."""
    library = Path(os.environ["LIGHTDESK_HOME"], "data", "library.sqlite")
    with closing(sqlite3.connect(library)) as connection:
        return bool(connection.execute("SELECT count(*) FROM runs WHERE wish IS NOT NULL").fetchone()[0])


def test_a_run_that_nobody_works_on_is_told_as_it_is(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Blue.")
    asked = ("-p", "x", "--server", server.base_url, "--name", "my run")
    lightdesk("run", folder_of(3), *asked, "--sample", "1")
    nothing = lightdesk("runs", "pause", "my run")
    assert nothing.returncode == 0
    assert "Nothing works on it now.\nSample done: 1 answered.\n" in nothing.stderr
    assert "2 pictures are left." in nothing.stderr


@posix
def test_a_program_that_hangs_is_told_of_and_one_that_is_gone_has_paused(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.default = hang
    with begin(folder_of(5), server) as process:
        process.send_signal(signal.SIGSTOP)
        deaf = lightdesk("runs", "pause", "my run")
        assert deaf.returncode == 1
        assert "The window or command that works on the run my run does not react." in deaf.stderr
        with start_lightdesk("runs", "pause", "my run") as pausing:
            happens(is_wished)
            process.kill()
            _, told = pausing.communicate(timeout=30)
    assert pausing.returncode == 0
    assert b"Paused: 0 answered.\n5 pictures are left. Go on with: " in told
    assert lightdesk("runs", "list").stdout.split("\t")[1] == "paused"
