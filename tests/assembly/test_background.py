"""A program without a window is brought back by the next start, and by nothing else."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.assembly import background
from desktop_app.assembly.background import Background, bring_back
from tests.fakes.waiting import LONG_S

HIDDEN = """
import sys, asyncio
from pathlib import Path
from desktop_app.assembly.background import Background
hidden = Background(Path(sys.argv[1]))
hidden.enter()
print("hidden", flush=True)
print(asyncio.run(hidden.wanted_back()), flush=True)
hidden.leave()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite-background"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "ANSWERS_WITHIN_S", 0.3)


def test_a_start_brings_back_a_process_without_a_window(folder: Path) -> None:
    command = [sys.executable, "-c", HIDDEN, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hidden:
        assert hidden.stdout is not None
        assert hidden.stdout.readline() == "hidden\n"
        assert bring_back(folder, Path("bridge"))
        assert hidden.stdout.readline().strip() == str(Path("bridge").absolute())
    assert list(folder.iterdir()) == []
    assert not bring_back(folder, None)


async def test_all_programs_without_a_window_come_back(folder: Path) -> None:
    programs = [Background(folder), Background(folder)]
    for program in programs:
        program.enter()
    back = [asyncio.ensure_future(program.wanted_back()) for program in programs]
    assert await asyncio.to_thread(bring_back, folder, None)
    async with asyncio.timeout(LONG_S):
        assert await asyncio.gather(*back) == [None, None]
    for program in programs:
        program.leave()
    assert not await asyncio.to_thread(bring_back, folder, None)


def test_without_such_a_program_nothing_is_made(folder: Path) -> None:
    assert not bring_back(folder, None)
    assert not folder.exists()


def test_a_program_that_was_killed_is_not_waited_for(folder: Path) -> None:
    command = [sys.executable, "-c", HIDDEN, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as hidden:
        assert hidden.stdout is not None
        hidden.stdout.readline()
        hidden.kill()
    assert not bring_back(folder, None)
    assert not any(path.suffix for path in folder.iterdir())


@pytest.mark.usefixtures("quick")
def test_a_program_that_takes_no_notice_leaves_no_note(folder: Path) -> None:
    stuck = Background(folder)
    stuck.enter()
    assert not bring_back(folder, None)
    assert not any(path.suffix for path in folder.iterdir())
    stuck.leave()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be written")
def test_a_folder_that_may_not_be_written_to_keeps_nobody_from_starting(folder: Path) -> None:
    folder.mkdir(mode=0o500)
    Background(folder).enter()
    assert not bring_back(folder, None)
