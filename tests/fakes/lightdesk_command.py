"""Runs the `lightdesk` command as a person does: a process with its own streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX's")


def start_lightdesk(
    *arguments: str | Path, extra: Mapping[str, str] | None = None, stdin: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start it with the test's own LIGHTDESK_HOME; `extra` are environment variables."""
    return subprocess.Popen(
        [sys.executable, "-m", "desktop_app", *map(str, arguments)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(extra or {})},
    )


def lightdesk(
    *arguments: str | Path, stdin: str = "", extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run it to its end; the streams come back as UTF-8."""
    with start_lightdesk(*arguments, extra=extra) as process:
        try:
            out, err = process.communicate(stdin.encode(), timeout=100)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return subprocess.CompletedProcess(
        process.args, process.returncode, out.decode("utf-8"), err.decode("utf-8")
    )


def stderr_until(process: subprocess.Popen[bytes], words: str) -> str:
    """What it has said on standard error up to these words."""
    assert process.stderr is not None
    said = b""
    while words.encode() not in said:
        piece = os.read(process.stderr.fileno(), 4096)
        assert piece, f"it ended without {words!r}: {said!r}"
        said += piece
    return said.decode()
