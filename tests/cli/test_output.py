"""Streams that are closed or full."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.fake_server import FakeServer, streamed
from tests.fakes.lightdesk_command import ROOT

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a POSIX shell and /dev/full")


def ask(folder: Path, streams: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Ask about a picture with the shell's redirections `streams`; the server answers "Blue."."""
    Image.new("RGB", (56, 56), "blue").save(folder / "a.png")
    with FakeServer() as server:
        server.default = streamed("Blue.")
        asked = ["ask", str(folder / "a.png"), "-p", "x", "--server", server.base_url, *more]
        return subprocess.run(
            ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "desktop_app", *asked],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_an_answer_that_fits_on_no_disk_is_an_error_in_words(tmp_path: Path, more: list[str]) -> None:
    done = ask(tmp_path, ">/dev/full", *more)
    assert done.returncode == 1
    assert "The answer cannot be written to where it was directed: No space left" in done.stderr
    assert "Exception" not in done.stderr


def test_a_closed_standard_output_is_an_error_in_words(tmp_path: Path) -> None:
    done = ask(tmp_path, ">&-")
    assert done.returncode == 1
    assert "standard output is closed" in done.stderr


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full"])
def test_what_cannot_be_told_never_gets_into_the_answer(tmp_path: Path, streams: str) -> None:
    done = ask(tmp_path, streams)
    assert (done.returncode, done.stdout) == (0, "Blue.\n")
