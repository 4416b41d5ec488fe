"""A run whose program is killed again and again."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.domain.forms.form import Form, FormField, Text
from desktop_app.domain.runs.run import ItemState, RunState
from tests.services.runs.run_lab import RunLab

ROOT = Path(__file__).parents[3]
PICTURES = 1000
KILLS = 20
FORM = Form("Words", (FormField("words", "Words", Text()),), "Read it.")


@contextlib.contextmanager
def program(name: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(Path(__file__).with_name(name)), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as running:
        yield running
        assert running.stdin is not None
        running.stdin.close()


def said(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


class Shelf:
    """The library as another program sees it."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *about: object) -> None:
        self._connection.close()

    def count(self) -> int:
        asked = "SELECT count(*) FROM run_items WHERE state = ?"
        return int(self._connection.execute(asked, (ItemState.ANSWERED,)).fetchone()[0])

    def names(self, state: ItemState) -> set[str]:
        rows = self._connection.execute("SELECT name FROM run_items WHERE state = ?", (state,))
        return {name for (name,) in rows}

    def answers(self) -> dict[str, str | None]:
        """By name; None for one that is there in part."""
        rows = self._connection.execute(
            "SELECT name, cells || details FROM run_items LEFT JOIN item_answers ON item_id = id"
            " WHERE cells IS NOT NULL OR details IS NOT NULL"
        )
        return dict(rows.fetchall())


def wait_for(shelf: Shelf, count: int) -> None:
    deadline = time.monotonic() + 30
    while shelf.count() < count:
        assert time.monotonic() < deadline, f"{shelf.count()} of {count}"
        time.sleep(0.002)


def kill(process: int, after_s: float) -> None:
    """Without a warning, and wait until it is gone."""
    time.sleep(after_s)
    os.kill(process, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(process, 0)
            time.sleep(0.001)


def asked_at(address: str) -> dict[str, int]:
    """How often a counting server was asked about each picture."""
    with urllib.request.urlopen(address.removesuffix("/v1") + "/asked") as answer:
        asked: dict[str, int] = json.load(answer)
        return asked


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
async def test_no_answer_is_lost_and_none_is_asked_for_twice(lab: RunLab, tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    print(f"moments of {seed}")
    dice = random.Random(seed)
    library = tmp_path / "library.sqlite"
    paths = lab.paint(PICTURES)
    digests = await lab.names(paths)
    in_flight: Counter[str] = Counter()
    with program("counting_server.py", 0.005) as server:
        address = said(server)
        run = await lab.make(paths, address, form=FORM)
        with program("working_program.py", lab.folder, library, run.id) as working, Shelf(library) as shelf:
            assert working.stdin is not None
            kept: dict[str, str | None] = {}
            for left in range(KILLS, 0, -1):
                print(file=working.stdin, flush=True)
                child = int(said(working))
                most = (PICTURES - len(kept)) // left
                wait_for(shelf, len(kept) + dice.randrange(most))
                kill(child, dice.uniform(0, 0.02))
                answers = shelf.answers()
                assert kept.items() <= answers.items()
                assert None not in answers.values()
                kept = answers
                in_flight.update(shelf.names(ItemState.ASKING))
            assert len(kept) < PICTURES
            print(file=working.stdin, flush=True)
            said(working)
            wait_for(shelf, PICTURES)
            assert kept.items() <= shelf.answers().items()
        asked = {digests[digest]: count for digest, count in asked_at(address).items()}
    assert set(asked) == {path.name for path in paths}
    assert {name: n for name, n in asked.items() if n > 1 + in_flight[name]} == {}
    words = {digests[digest]: digest[:12] for digest in digests}
    assert {item.name: item.value("words") for item in await lab.items(run)} == words
    assert (await lab.repository.load(run.id)).state is RunState.DONE
    assert 0 < in_flight.total() <= KILLS * 64
