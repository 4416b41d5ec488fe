"""`TextReader` by a process of its own that is started when the first picture is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Raster
from desktop_app.domain.reading import TextLine

CHILD_OPTION = "--text-reader"
"""Makes the program run `child.serve` instead of anything else."""

_PACKAGE_ROOT = Path(__file__).resolve().parents[3]


class RapidReader:
    """Reads one picture at a time; `close` ends its process, which a later `read` starts again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._changing = threading.Lock()
        self._closes = 0

    def read(self, raster: Raster) -> Iterator[TextLine]:
        """Lines in reading order. Ending the iteration early ends the process with its work.

        Raises:
            AppError: READER_FAILED, with the process's own words as detail.
        """
        with self._turn:
            finished = False
            process = self._ask(raster)
            try:
                yield from _replies(process)
                finished = True
            finally:
                if not finished:
                    self._end_process()

    def close(self) -> None:
        """End the process and what it reads at once; safe from any thread."""
        with self._changing:
            self._closes += 1
        self._end_process()

    def _ask(self, raster: Raster) -> subprocess.Popen[bytes]:
        """Send the picture; a process that ended because it was idle is replaced once, a closed one never."""
        closes = self._closes
        header = json.dumps({"width": raster.size.width, "height": raster.size.height}).encode("ascii")
        for is_last_try in (False, True):
            process = self._running(closes)
            stdin = process.stdin
            assert stdin is not None
            try:
                # Apart: joining them would copy tens of megabytes while every other thread waits.
                stdin.write(header + b"\n")
                stdin.write(raster.rgb)
                stdin.flush()
            except (OSError, ValueError) as problem:
                self._end_process()
                if is_last_try:
                    raise AppError(ErrorCode.READER_FAILED, detail=str(problem)) from problem
            else:
                return process
        raise AssertionError("unreachable")

    def _running(self, closes: int) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end_process()
        with self._changing:
            if self._closes != closes:
                raise AppError(ErrorCode.READER_FAILED, detail="the reader was closed")
            if self._process is None:
                try:
                    self._process = _start()
                except OSError as problem:
                    raise AppError(ErrorCode.READER_FAILED, detail=str(problem)) from problem
            return self._process

    def _end_process(self) -> None:
        with self._changing:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            _close_pipes(process)


def _start() -> subprocess.Popen[bytes]:
    frozen = bool(getattr(sys, "frozen", False))
    command = (
        [sys.executable, CHILD_OPTION] if frozen else [sys.executable, "-m", "desktop_app", CHILD_OPTION]
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    if not frozen:
        paths = [str(_PACKAGE_ROOT), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    )


def _replies(process: subprocess.Popen[bytes]) -> Iterator[TextLine]:
    stdout = process.stdout
    assert stdout is not None
    while True:
        try:
            reply = json.loads(stdout.readline())
        except (ValueError, OSError) as problem:
            detail = "the reader's process ended"
            raise AppError(ErrorCode.READER_FAILED, detail=detail) from problem
        if "error" in reply:
            raise AppError(ErrorCode.READER_FAILED, detail=str(reply["error"]))
        if "done" in reply:
            return
        yield TextLine(reply["text"], Box(*reply["box"]), reply["confidence"])


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is None:
            continue
        try:
            pipe.close()
        except OSError:  # what could not be written any more
            continue
