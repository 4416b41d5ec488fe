"""Boxes of an answer are put right on the picture, from the table and back to it, in the window."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.geometry import Point
from desktop_app.ui.picture.boxes_bar import BoxesBar
from desktop_app.ui.picture.canvas import Canvas
from desktop_app.ui.runs.grid.editing.cell_editor import BoxesEditor
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import OnDesk, opened
from tests.assembly.run_play import SAFE, finished
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.made_runs import asked_again
from tests.fakes.waiting import until
from tests.ui.finding import part

BOXES_COLUMN = 6
Key = Qt.Key


class Scene:
    """The table with the keyboard in the boxes of the third row, and the picture."""

    def __init__(self, desk: Desk, shell: Shell, table: QTableView) -> None:
        self.desk, self.shell, self.table = desk, shell, table
        self.canvas, self.bar = part(shell.picture, Canvas), part(shell.picture, BoxesBar)
        self.card = shell.conversation.run_card

    async def begin(self, row: int = 2) -> None:
        self.table.setCurrentIndex(self.table.model().index(row, BOXES_COLUMN))
        QTest.keyClick(self.table, Key.Key_F2)
        await until(lambda: self.bar.isVisible())
        assert self.desk.picture.picture is not None
        assert self.desk.picture.picture.name == f"span {row + 1}.png"

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        ends = [self.canvas.viewport.to_screen(Point(*place)) for place in (start, end)]
        first, last = (QPointF(place.x, place.y).toPoint() for place in ends)
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, pos=first)
        QTest.mouseMove(self.canvas, (first + last) / 2)
        QTest.mouseMove(self.canvas, last)
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, pos=last)


Story = Callable[[Scene], Coroutine[None, None, None]]
OnScene = Callable[[Story], None]


@pytest.fixture
def on_scene(on_desk: OnDesk, server: FakeServer) -> OnScene:
    server.default = whole(json.dumps(SAFE))

    def play(story: Story) -> None:
        async def begin(desk: Desk, shell: Shell) -> None:
            table, _ = await finished(desk, shell)
            await story(Scene(desk, shell, table))

        on_desk(begin)

    return play


def test_a_box_is_drawn_and_taken_with_enter(on_scene: OnScene) -> None:
    async def play(scene: Scene) -> None:
        await scene.begin()
        scene.drag((70, 50), (110, 75))
        QTest.keyClick(scene.canvas, Key.Key_Return)
        await until(lambda: len(scene.card.fields.marks) == 2)
        drawn = [int(number) for number in re.findall(r"\d+", scene.card.fields.rows[5][1])][-4:]
        # The mouse is on whole pixels of the screen, the picture may begin in the middle of one.
        assert drawn == pytest.approx([70, 50, 110, 75], abs=1)
        assert "Set by hand" in scene.card.fields.rows[5][2]
        assert scene.table.window().focusWidget() is scene.table
        assert not scene.bar.isVisible()
        await until(lambda: len(scene.canvas.overlay.marks) == 2)
        QTest.keyClick(scene.table, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: len(scene.card.fields.marks) == 1)

    on_scene(play)


def test_escape_leaves_the_boxes_and_goes_back_to_the_table(on_scene: OnScene) -> None:
    async def play(scene: Scene) -> None:
        await scene.begin()
        scene.drag((70, 50), (110, 75))
        QTest.keyClick(scene.canvas, Key.Key_Escape)
        await until(lambda: scene.table.window().focusWidget() is scene.table)
        assert len(scene.card.fields.marks) == 1
        assert scene.card.fields.rows[5][2] == ""

    on_scene(play)


def test_whoever_chooses_another_row_keeps_what_was_drawn(on_scene: OnScene) -> None:
    async def play(scene: Scene) -> None:
        await scene.begin()
        scene.drag((70, 50), (110, 75))
        scene.table.setCurrentIndex(scene.table.model().index(4, BOXES_COLUMN))
        await until(lambda: not scene.bar.isVisible())
        scene.table.setCurrentIndex(scene.table.model().index(2, BOXES_COLUMN))
        await until(lambda: len(scene.card.fields.marks) == 2)

    on_scene(play)


def test_boxes_of_a_picture_that_is_gone_are_changed_as_numbers(on_scene: OnScene, folder: Path) -> None:
    async def play(scene: Scene) -> None:
        (folder / "span 9.png").unlink()
        scene.table.setCurrentIndex(scene.table.model().index(8, BOXES_COLUMN))
        QTest.keyClick(scene.table, Key.Key_F2)
        editor = await opened(scene.table, BoxesEditor)
        assert editor.toPlainText() == "0, 0, 60, 40"

    on_scene(play)


def test_what_was_drawn_is_kept_when_another_run_is_shown_meanwhile(on_scene: OnScene) -> None:
    async def play(scene: Scene) -> None:
        await scene.begin()
        scene.drag((70, 50), (110, 75))
        runs = part(scene.shell.window, RunsView)
        told = scene.card.told
        assert told is not None
        core = scene.desk._core
        (first,) = await core.runs.all()
        again = await asked_again(core.runs, core.answers, first, "Another")
        runs.run_selected.emit(again.id)
        await until(lambda: scene.card.told is not None and scene.card.told.plan.name == "Another")
        QTest.keyClick(scene.canvas, Key.Key_Return)
        runs.run_selected.emit(first.id)
        await until(lambda: scene.card.told is not None and scene.card.told.plan.name == told.plan.name)
        await until(lambda: len(scene.card.fields.marks) == 2)

    on_scene(play)


def test_the_window_closes_while_boxes_are_drawn(on_scene: OnScene) -> None:
    async def play(scene: Scene) -> None:
        await scene.begin()
        scene.drag((70, 50), (110, 75))

    on_scene(play)
