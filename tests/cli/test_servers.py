"""`lightdesk servers` as a process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.fake_server import FakeServer, closed_port
from tests.fakes.lightdesk_command import ROOT, lightdesk


def test_add_list_use_remove(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (56, 56), "white").save(tmp_path / "a.png")
    with FakeServer(key="the-secret") as server:
        added = lightdesk("servers", "add", "box", server.base_url, "--key-stdin", stdin="the-secret\n")
        assert added.returncode == 0
        assert "the-secret" not in added.stdout + added.stderr
        assert "no keyring" in added.stderr
        listed = lightdesk("servers", "list").stdout
        assert listed.split("\t")[:3] == ["*", "box", server.base_url]
        by_default = lightdesk("ask", tmp_path / "a.png", "-p", "x")
        by_name = lightdesk("ask", tmp_path / "a.png", "-p", "x", "--server", "box")
        by_address = lightdesk("ask", tmp_path / "a.png", "-p", "x", "--server", server.base_url)
        assert by_default.returncode == by_name.returncode == by_address.returncode == 0
        assert by_default.stdout == by_name.stdout == by_address.stdout != ""
        assert lightdesk("servers", "remove", "box").returncode == 0
        assert lightdesk("servers", "list").stdout == ""
        refused = lightdesk("ask", tmp_path / "a.png", "-p", "x", "--server", server.base_url)
        assert refused.returncode == 3
        assert "wants a key" in refused.stderr
        assert "lightdesk servers add NAME URL --key-stdin" in refused.stderr


@pytest.mark.parametrize("stdin", ["", "\n"])
def test_a_key_that_does_not_come_sets_up_nothing(stdin: str) -> None:
    added = lightdesk("servers", "add", "box", "http://127.0.0.1:1", "--key-stdin", stdin=stdin)
    assert added.returncode == 2
    assert "No key came" in added.stderr
    assert lightdesk("servers", "list").stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_a_key_typed_in_a_terminal_is_asked_for_and_not_shown() -> None:
    with in_terminal("servers", "add", "box", "http://127.0.0.1:1", "--key-stdin") as (process, terminal):
        shown = read_until(b"Key: ", terminal)
        os.write(terminal, b"the-secret\n")
        shown += read_until(b"Added box", terminal)
        assert process.wait(30) == 0
    assert b"the-secret" not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
def test_an_interrupt_while_a_key_is_asked_for_ends_it() -> None:
    with in_terminal("servers", "add", "box", "http://127.0.0.1:1", "--key-stdin") as (process, terminal):
        read_until(b"Key: ", terminal)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    assert lightdesk("servers", "list").stdout == ""


@contextlib.contextmanager
def in_terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command with a terminal as its three streams, and the other end of that terminal."""
    near, far = os.openpty()
    command = [sys.executable, "-m", "desktop_app", *arguments]
    try:
        with subprocess.Popen(
            command,
            stdin=far,
            stdout=far,
            stderr=far,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        ) as process:
            try:
                yield process, near
            finally:
                process.kill()
    finally:
        os.close(near)
        os.close(far)


def read_until(words: bytes, terminal: int) -> bytes:
    shown = b""
    while words not in shown:
        shown += os.read(terminal, 1000)
    return shown


def test_everything_written_is_below_the_home(tmp_path: Path) -> None:
    lightdesk("servers", "add", "box", "http://127.0.0.1:8000", "--key-stdin", stdin="k\n")
    home = Path(os.environ["LIGHTDESK_HOME"])
    assert (home / "config" / "settings.toml").is_file()
    assert (home / "config" / "keys.json").is_file()
    assert [entry.name for entry in tmp_path.iterdir()] == [home.name]


def test_a_server_outside_must_be_allowed() -> None:
    refused = lightdesk("servers", "add", "far", "https://192.88.99.1")
    assert refused.returncode == 4
    assert "may not send anything to 192.88.99.1" in refused.stderr
    assert "--allow-outside" in refused.stderr
    assert lightdesk("servers", "list").stdout == ""
    assert lightdesk("servers", "add", "far", "https://192.88.99.1", "--allow-outside").returncode == 0
    assert "outside the local network" in lightdesk("servers", "list").stdout


def test_an_administrator_can_forbid_everything_outside() -> None:
    defaults = Path(os.environ["LIGHTDESK_HOME"]) / "config" / "defaults.toml"
    defaults.parent.mkdir(parents=True)
    defaults.write_text("[privacy]\nnever_outside = true\n")
    assert lightdesk("servers", "add", "far", "https://192.88.99.1", "--allow-outside").returncode == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "box", "http://"],
        ["add", " ", "http://127.0.0.1:1"],
        ["remove", "nothing"],
        ["check", "nothing"],
        ["add", "box"],
        [],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    done = lightdesk("servers", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_a_name_is_used_once() -> None:
    assert lightdesk("servers", "add", "box", "http://127.0.0.1:1").returncode == 0
    assert lightdesk("servers", "add", "box", "http://127.0.0.1:2").returncode == 2


def test_check_reports_what_the_server_is() -> None:
    with FakeServer() as server:
        done = lightdesk("servers", "check", server.base_url)
    assert done.returncode == 0
    assert "fake-vl" in done.stdout
    assert "this computer" in done.stdout
    gone = lightdesk("servers", "check", f"127.0.0.1:{closed_port()}")
    assert (gone.returncode, gone.stdout) == (3, "")
