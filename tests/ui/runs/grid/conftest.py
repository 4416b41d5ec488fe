"""The whole answer grid on a real library: store, presenter and widgets, as in the window."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.conversations import AnswerFailure, AskOptions
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    Form,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
)
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import Run, RunPlan, RunScope, RunServer
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.runs.grid.editing.cell_editor import ChoiceEditor, ChoicesEditor, LineEditor, TextEditor
from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
from desktop_app.ui.runs.grid.view import AnswerGridView
from desktop_app.ui.runs.grid.wiring import join_grid
from desktop_app.ui.theme.theme import Theme
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer
from tests.ui.event_loop import LoopTasks, settled, until

FORM = Form(
    "Bridge",
    (
        FormField("rust", "Rust", YesNo()),
        FormField("bolts", "Bolts", Number("pcs", 0, 40, whole=True)),
        FormField("condition", "Condition", Choice(("good", "fair", "poor"))),
        FormField("day", "Day", Date(), required=False),
        FormField("marks", "Marks", Choices(("a", "b"))),
        FormField("words", "Words", Text(60)),
        FormField("names", "Names", Items(3, 20)),
        FormField("where", "Where", Places(2)),
    ),
)
CONDITIONS = ("good", "fair", "poor")


Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


@dataclass
class Scene:
    """The grid in a window of its own, and what it told."""

    view: AnswerGridView
    presenter: AnswerGridPresenter
    store: LibraryRuns
    run: Run
    chosen: list[tuple[str, bool]] = field(default_factory=list)
    asked_again: list[tuple[int, ...]] = field(default_factory=list)
    left_out: list[tuple[int, ...]] = field(default_factory=list)

    def column(self, key: str) -> list[str]:
        """What a column shows, from the top."""
        number = [column.key for column in self.view.model.columns].index(key)
        return [str(self.view.model.index(row, number).data()) for row in range(self.view.model.rowCount())]

    def cell(self, row: int, key: str) -> QModelIndex:
        number = [column.key for column in self.view.model.columns].index(key)
        return self.view.model.index(row, number)

    async def until(self, condition: Callable[[], bool]) -> None:
        await until(condition)

    async def settled(self) -> None:
        await settled(15)

    async def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
        """In the table."""
        QTest.keyClick(self.view.table, key, held)
        await self.settled()

    async def go_to(self, row: int, key: str) -> None:
        """The keyboard goes to a cell."""
        self.view.table.setFocus()
        self.view.table.setCurrentIndex(self.cell(row, key))
        await self.settled()

    async def edit(self, row: int, key: str) -> Any:
        """The editor of the cell, whatever its kind."""
        await self.go_to(row, key)
        await self.press(Key.Key_F2)
        kinds = (LineEditor, TextEditor, ChoiceEditor, ChoicesEditor)
        found = [editor for kind in kinds for editor in self.view.findChildren(kind) if editor.isVisible()]
        assert len(found) == 1
        return found[0]

    async def items(self) -> list[RunItem]:
        return await self.store.items(self.run.id)

    async def go_on(self, *changed: int) -> None:
        """The run tells that these items changed."""
        self.presenter.progress(RunProgress(await self.store.load(self.run.id), changed=changed))


async def made_run(store: LibraryRuns, folder: Path) -> Run:
    """Twelve pictures: nine answered, one of them incomplete, one failed, two still to be asked."""
    server = RunServer("box", "http://box:8000/v1", "qwen")
    plan = RunPlan("Survey", FORM, AskOptions(), (server,), RunScope(folder), "0")
    run = await store.create(plan, [(str(folder / f"{n}.jpg"), f"IMG {n}.jpg") for n in range(1, 13)])
    items = await store.items(run.id)
    await store.take(run.id)
    for number, item in enumerate(items[:10]):
        await store.begin_item(item.id)
        if number == 9:
            await store.fail_item(item.id, AnswerFailure(ErrorCode.PICTURE_BROKEN, (("name", "10.jpg"),)))
            continue
        values: dict[str, CellValue] = {
            "rust": number % 3 == 0,
            "bolts": number * 4,
            "condition": CONDITIONS[number % 3],
            "day": f"2024-0{number + 1}-15",
            "marks": ["a", "b"][: number % 3],
            "words": f"word {number}",
            "names": ["n"],
            "where": [[1, 2, 30, 40]],
        }
        problems = (FieldProblem("bolts", ProblemKind.OUT_OF_RANGE),) if number == 5 else ()
        if problems:
            del values["bolts"]
        told = answer(values=values, problems=problems, raw=f"raw {number}")
        sure = {"rust": 0.5 if number == 2 else 0.99, "condition": 0.9}
        await store.answer_item(item.id, replace(told, confidence=sure))
    await store.release(run.id)
    return await store.load(run.id)


@pytest.fixture
async def scene(theme: Theme, qtbot: QtBot, tmp_path: Path) -> AsyncIterator[Scene]:
    library = Library(tmp_path / "library.sqlite")
    store = LibraryRuns(library)
    tasks, view = LoopTasks(), AnswerGridView(theme)
    chosen: list[tuple[str, bool]] = []

    async def red(path: Path) -> Raster:
        return Raster(Size(8, 8), bytes((200, 0, 0)) * 64)

    presenter = AnswerGridPresenter(
        view, store, tasks.start, red, lambda item, in_full: chosen.append((Path(item.path).name, in_full))
    )
    join_grid(view, presenter, tasks.start)
    made = Scene(view, presenter, store, await made_run(store, tmp_path), chosen)
    view.row_actions.reask_requested.connect(made.asked_again.append)
    view.row_actions.skip_requested.connect(made.left_out.append)
    qtbot.addWidget(view)
    view.resize(1900, 560)
    view.show()
    view.activateWindow()
    QApplication.processEvents()
    await presenter.show(made.run)
    await made.until(lambda: not view.strip.is_empty)
    yield made
    view.hide()
    await tasks.close()
    await library.close()
    assert tasks.problems == []


def ids(items: Sequence[RunItem]) -> list[int]:
    return [item.id for item in items]
