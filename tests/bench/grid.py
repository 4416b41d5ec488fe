"""Prints how fast the answer grid opens, filters, sorts and scrolls, with 100,000 rows by default.

Run it from the repository: `python tests/bench/grid.py [COUNT ...]`. A real library in a temporary folder
with a run and a form of six fields, the real presenter and the real widgets. Goals: open and filter together
under 300 ms, no stall of the window over 50 ms. A timer on the window's thread tells the longest time it was
late; on a busy machine a part of it belongs to other programs, so the thread's own share is told as well.

Opening is told in three times from the same moment: until the first screen of rows is drawn, until all of
them are there, and until their summaries are. A filter chosen as soon as the first screen can be seen waits
for all rows; "open and filter" is the time until its rows are drawn. The reference reads the same rows with
sqlite3 and decodes the cells of each with the standard library's json, with no window at all. "Work" is what
all threads of this process did meanwhile: what is left of the time belongs to waiting and to other programs.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.sqlite_store.item_answers import put_answer
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Choice, Choices, Date, Form, FormField, Number, Text, YesNo
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.row_filters import Attention, Between, OneOf
from desktop_app.domain.runs.run import ItemState, Run, RunPlan, RunScope, RunServer
from desktop_app.ui.garbage import GuiThreadGarbage
from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
from desktop_app.ui.runs.grid.view import AnswerGridView
from desktop_app.ui.runs.grid.wiring import join_grid
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.theme.theme import Theme
from tests.bench.gallery import Heartbeat, rss_mb
from tests.fakes.library_runs import LibraryRuns

FORM = Form(
    "Bridge",
    (
        FormField("rust", "Rust", YesNo()),
        FormField("bolts", "Missing bolts", Number(whole=True, minimum=0, maximum=100)),
        FormField("condition", "Condition", Choice(("good", "fair", "poor", "critical"))),
        FormField("day", "Date on the sign", Date(), required=False),
        FormField("remarks", "Remarks", Text()),
        FormField("defects", "Defects", Choices(("rust", "spalling", "leak"))),
    ),
)
WORDS = (
    "heavy",
    "rust",
    "on",
    "the",
    "lower",
    "flange",
    "two",
    "missing",
    "bolts",
    "near",
    "bearing",
    "paint",
)


ROUNDS = 3


def made_up(dice: random.Random) -> ItemAnswer:
    values = {
        "rust": dice.random() < 0.3,
        "bolts": int(dice.expovariate(0.2)),
        "condition": dice.choice(("good", "fair", "poor", "critical")),
        "day": f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
        "remarks": " ".join(dice.choices(WORDS, k=12)),
        "defects": dice.sample(("rust", "spalling", "leak"), dice.randrange(4)),
    }
    sure = {"rust": 1 - dice.random() ** 4 / 2, "condition": 1 - dice.random() ** 4 / 2}
    return ItemAnswer(
        values=values,
        raw=json.dumps(values),
        problems=(),
        confidence=sure,
        content_hash=f"{dice.getrandbits(256):064x}",
        original_size=Size(4000, 3000),
        server="gpu-box",
        model="Qwen2-VL-7B-Instruct",
        usage=Usage(1204, 96),
        seconds=1.23,
    )


async def fill(library: Library, runs: LibraryRuns, count: int) -> Run:
    """A run whose pictures are all answered; written in one go."""
    server = RunServer("gpu-box", "http://gpu-box:8000/v1", "Qwen2-VL-7B-Instruct")
    plan = RunPlan("Survey", FORM, AskOptions(), (server,), RunScope(Path("/pictures")), "0")
    names = [f"span {n % 9}/IMG_{n:06}.jpg" for n in range(count)]
    run = await runs.create(plan, [(f"/data/pictures/{name}", name) for name in names])
    dice = random.Random(7)
    ids = (await runs.rows(run.id)).ids
    answers = [made_up(dice) for _ in ids]

    def write(connection: sqlite3.Connection) -> None:
        for item_id, answer in zip(ids, answers, strict=True):
            put_answer(connection, item_id, ItemState.ANSWERED, answer, None)

    await library.write(write)
    return await runs.load(run.id)


class Watch:
    """Tells the time since it was made."""

    def __init__(self) -> None:
        self._began, self._worked = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        took, worked = time.perf_counter() - self._began, time.process_time() - self._worked
        return f"{took * 1000:4.0f} ms (work {worked * 1000:3.0f})"


class Bench:
    """The grid in a window of its own."""

    def __init__(self, application: QApplication, runs: LibraryRuns) -> None:
        self.tasks = Tasks(lambda problem: sys.exit(f"{problem!r}"))
        self.view = AnswerGridView(Theme(application))
        self.presenter = AnswerGridPresenter(
            self.view, runs, self.tasks.start, self._grey, lambda path, in_full: None
        )
        join_grid(self.view, self.presenter, self.tasks.start)
        self.beat = Heartbeat()

    async def until(self, condition: Callable[[], bool]) -> None:
        while not condition():
            await asyncio.sleep(0.004)  # more often would be a load of its own

    async def shown(self, act: Callable[[], object]) -> float:
        """Seconds from the wish until the rows are on screen."""
        before, model = self.view.model.shown, self.view.model
        start = time.perf_counter()
        act()
        await self.until(lambda: model.shown is not before)
        self.view.table.viewport().repaint()
        return time.perf_counter() - start

    async def close_run(self) -> None:
        await self.presenter.show(None)
        await asyncio.sleep(0.3)

    async def _grey(self, _path: Path) -> Raster:
        return Raster(Size(64, 48), bytes(3 * 64 * 48))


async def measure(application: QApplication, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library_file = Path(folder) / "library.sqlite"
        library = Library(library_file)
        runs = LibraryRuns(library)
        run = await fill(library, runs, count)
        bench = Bench(application, runs)
        view, beat, presenter = bench.view, bench.beat, bench.presenter
        view.resize(1600, 900)
        view.show()
        await asyncio.sleep(0.3)
        gc.collect()
        before = rss_mb()
        for _ in range(ROUNDS):
            print(f"  reference: sqlite3 and json, no window {reference(library_file, run.id)}")
            await open_grid(bench, run)
            await open_and_filter(bench, run)
        print(f"  memory {rss_mb():.0f} MB, {rss_mb() - before:.0f} MB more than before opening")
        await asyncio.sleep(1)
        for name, act in wishes(presenter):
            beat.start()
            took = await bench.shown(act)
            await asyncio.sleep(1.2)
            print(f"  {name + ':':<26} {took * 1000:5.0f} ms; with the counting after it {beat.stop()}")
        await scroll(bench)
        await bench.tasks.close()
        await library.close()
        view.hide()


def reference(library_file: Path, run_id: int) -> str:
    """What the rows alone take, as one would read them without much thought."""
    with contextlib.closing(sqlite3.connect(library_file)) as connection:
        gc.collect()
        watch = Watch()
        rows = connection.execute(
            "SELECT id, name, state, cells FROM run_items WHERE run_id = ? ORDER BY position", (run_id,)
        )
        kept = [(one, name, state, json.loads(cells)["values"]) for one, name, state, cells in rows]
        return str(watch) if kept else ""


async def open_grid(bench: Bench, run: Run) -> None:
    view, model = bench.view, bench.view.model
    await bench.close_run()
    bench.beat.start()
    watch = Watch()
    bench.tasks.start(bench.presenter.show(run))
    await bench.until(lambda: model.rowCount() > 0)
    view.table.viewport().repaint()
    first = str(watch)
    await bench.until(lambda: model.rowCount() == run.counts.total)
    view.table.viewport().repaint()
    whole = str(watch)
    await bench.until(lambda: not view.strip.is_empty)
    view.strip.repaint()
    print(f"  open: first screen {first}, all rows {whole}, with summaries {watch}; {bench.beat.stop()}")


async def open_and_filter(bench: Bench, run: Run) -> None:
    view, model = bench.view, bench.view.model
    await bench.close_run()
    bench.beat.start()
    watch = Watch()
    bench.tasks.start(bench.presenter.show(run))
    await bench.until(lambda: model.rowCount() > 0)
    view.table.viewport().repaint()
    bench.presenter.filter_column("condition", OneOf(frozenset(("poor",))))
    await bench.until(lambda: not isinstance(model.shown, range))
    view.table.viewport().repaint()
    print(f"  open and filter: {watch}; {bench.beat.stop()}")
    await bench.until(lambda: not view.strip.is_empty)


def wishes(presenter: AnswerGridPresenter) -> Sequence[tuple[str, Callable[[], object]]]:
    return (
        ("all again", presenter.show_all),
        ("filter a range", lambda: presenter.filter_column("bolts", Between(5, 20))),
        ("only unsure", lambda: presenter.show_attention(frozenset((Attention.UNSURE,)))),
        ("all again", presenter.show_all),
        ("search, the first time", lambda: presenter.search("paint 77")),
        ("search", lambda: presenter.search("paint 778")),
        ("all again", presenter.show_all),
        ("sort by name", lambda: presenter.sort(":name", True)),
        ("sort by text", lambda: presenter.sort("remarks", False)),
        ("sort by confidence", lambda: presenter.sort(":confidence", False)),
        ("order of the run", lambda: presenter.sort("", None)),
    )


async def scroll(bench: Bench) -> None:
    table, beat = bench.view.table, bench.beat
    bar = table.verticalScrollBar()
    bar.setValue(0)
    await asyncio.sleep(0.5)
    for name, width, sideways in (("scroll by wheel", 1600, 0), ("the same, names pinned", 900, 500)):
        bench.view.resize(width, 900)
        table.horizontalScrollBar().setValue(sideways)
        await asyncio.sleep(0.5)
        beat.start()
        for _ in range(240):
            bar.setValue(bar.value() + 137)
            await asyncio.sleep(0.016)
        print(f"  {name + ':':<26} {beat.stop()}")
    bench.view.resize(1600, 900)
    beat.start()
    for step in range(120):
        bar.setValue(bar.maximum() * step // 120)
        await asyncio.sleep(0.016)
    print(f"  drag from top to bottom:   {beat.stop()}")
    table.setFocus()
    beat.start()
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Down] * 120, Qt.Key.Key_PageDown, Qt.Key.Key_End):
        QTest.keyClick(table, key, Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_End else NO_KEY)
        await asyncio.sleep(0.016)
    print(f"  keys:                      {beat.stop()}")
    beat.start()
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    await asyncio.sleep(0.2)
    print(f"  select all:                {beat.stop()}")


NO_KEY = Qt.KeyboardModifier.NoModifier


def main(counts: list[int]) -> None:
    application = QApplication(sys.argv[:1])
    for count in counts:
        print(f"{count:,} rows; load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        garbage = GuiThreadGarbage()  # as the program does it
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
            runner.run(measure(application, count))
        garbage.release()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [100_000])
