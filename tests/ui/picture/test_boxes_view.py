"""Boxes are drawn with the mouse, with keys and in numbers, in the real widgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.pictures import Raster
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.picture.boxes_bar import BoxesBar
from desktop_app.ui.picture.canvas import Canvas
from desktop_app.ui.picture.pixels import develop
from desktop_app.ui.picture.view import PictureView
from desktop_app.ui.theme.theme import Theme

SIZE = Size(400, 300)
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key


class Scene:
    """A picture with one box on it, at 100 %."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, most: int = 3) -> None:
        self.view = PictureView(Theme(qapp, ThemeChoice.DARK))
        qtbot.addWidget(self.view)
        self.view.resize(700, 600)
        self.view.show()
        self.view.activateWindow()
        raster = Raster(SIZE, bytes((90, 90, 90)) * SIZE.pixels)
        self.view.show_picture("a.png", develop(raster), SIZE, (), keep_view=False)
        canvas, bar = self.view.findChild(Canvas), self.view.findChild(BoxesBar)
        assert canvas is not None
        assert bar is not None
        self.canvas, self.bar = canvas, bar
        self.done: list[str] = []
        self.view.boxes_taken.connect(lambda: self.done.append("taken"))
        self.view.boxes_left.connect(lambda: self.done.append("left"))
        self.begin((Box(100, 100, 200, 180),), most)

    def begin(self, boxes: tuple[Box, ...], most: int = 3) -> None:
        self.view.begin_boxes("Where", boxes, most)
        QApplication.processEvents()

    def at(self, x: float, y: float) -> QPoint:
        place = self.canvas.viewport.to_screen(Point(x, y))
        return QPointF(place.x, place.y).toPoint()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        QTest.mousePress(self.canvas, LEFT, pos=self.at(*start))
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        QTest.mouseMove(self.canvas, self.at(*middle))
        QTest.mouseMove(self.canvas, self.at(*end))
        QTest.mouseRelease(self.canvas, LEFT, pos=self.at(*end))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas, key, held)


@pytest.fixture
def scene(qapp: QApplication, qtbot: QtBot) -> Iterator[Scene]:
    yield Scene(qapp, qtbot)
    qapp.setStyleSheet("")


def near(found: list[list[int]] | None, wanted: list[list[int]]) -> bool:
    assert found is not None
    pairs = [
        (a, b) for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True)
    ]
    return all(abs(a - b) <= 2 for a, b in pairs)


def test_a_box_is_drawn_beside_the_others(scene: Scene) -> None:
    assert scene.view.boxes() is None
    scene.drag((250, 50), (350, 90))
    assert near(scene.view.boxes(), [[100, 100, 200, 180], [250, 50, 350, 90]])
    assert "2" in scene.bar.words.text()


def test_a_box_is_moved_and_stays_inside_the_picture(scene: Scene) -> None:
    scene.drag((150, 140), (170, 160))
    assert near(scene.view.boxes(), [[120, 120, 220, 200]])
    scene.drag((170, 160), (500, 400))
    assert near(scene.view.boxes(), [[300, 220, 400, 300]])


def test_a_box_is_pulled_at_a_corner_and_at_a_side(scene: Scene) -> None:
    scene.drag((200, 180), (260, 240))
    scene.drag((100, 170), (60, 170))
    assert near(scene.view.boxes(), [[60, 100, 260, 240]])


def test_the_picture_does_not_move_while_a_box_is_drawn_but_does_with_the_space_bar(scene: Scene) -> None:
    scene.canvas.zoom_by(4)
    before = scene.canvas.viewport.centre
    scene.drag((210, 200), (230, 190))
    assert scene.canvas.viewport.centre == before
    QTest.keyPress(scene.canvas, Key.Key_Space)
    scene.drag((210, 140), (190, 140))
    QTest.keyRelease(scene.canvas, Key.Key_Space)
    assert scene.canvas.viewport.centre != before
    assert len(scene.view.boxes() or []) == 2


def test_no_more_boxes_than_the_field_holds(qapp: QApplication, qtbot: QtBot) -> None:
    scene = Scene(qapp, qtbot, most=2)
    scene.drag((250, 50), (350, 90))
    scene.drag((20, 20), (60, 60))
    assert near(scene.view.boxes(), [[100, 100, 200, 180], [250, 50, 350, 90]])
    assert "no room" in scene.bar.hint.text()


def test_where_there_is_one_box_drawing_again_replaces_it(qapp: QApplication, qtbot: QtBot) -> None:
    scene = Scene(qapp, qtbot, most=1)
    scene.drag((250, 50), (350, 90))
    assert near(scene.view.boxes(), [[250, 50, 350, 90]])


def test_keys_move_resize_add_and_remove(scene: Scene) -> None:
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    scene.key(Key.Key_Right)
    scene.key(Key.Key_Down, control)
    assert scene.view.boxes() == [[101, 110, 201, 190]]
    scene.key(Key.Key_Left, shift)
    scene.key(Key.Key_Up, shift | control)
    assert scene.view.boxes() == [[101, 110, 200, 180]]
    scene.key(Key.Key_N)
    assert scene.view.boxes() == [[101, 110, 200, 180], [133, 100, 267, 200]]
    scene.key(Key.Key_Comma)
    scene.key(Key.Key_Delete)
    assert scene.view.boxes() == [[133, 100, 267, 200]]
    scene.key(Key.Key_Z, control)
    scene.key(Key.Key_Z, control)
    assert scene.view.boxes() == [[101, 110, 200, 180]]
    scene.key(Key.Key_Y, control)
    assert len(scene.view.boxes() or []) == 2


def test_enter_takes_and_escape_leaves(scene: Scene) -> None:
    scene.key(Key.Key_Return)
    scene.key(Key.Key_Escape)
    assert scene.done == ["taken", "left"]


def test_escape_in_the_middle_of_drawing_gives_up_only_that(scene: Scene) -> None:
    QTest.mousePress(scene.canvas, LEFT, pos=scene.at(250, 50))
    QTest.mouseMove(scene.canvas, scene.at(300, 90))
    QTest.mouseMove(scene.canvas, scene.at(350, 90))
    scene.key(Key.Key_Escape)
    assert scene.done == []
    assert scene.view.boxes() is None


def test_the_chosen_box_is_written_in_numbers(scene: Scene) -> None:
    numbers = scene.bar.numbers
    assert numbers.text() == "100, 100, 200, 180"
    numbers.setFocus()
    numbers.selectAll()
    QTest.keyClicks(numbers, "10 20 30 4")
    assert scene.bar.numbers.property("invalid")
    QTest.keyClick(numbers, Key.Key_Return)
    assert scene.done == [], "no box: the lower side is above the upper one"
    QTest.keyClicks(numbers, "0")
    assert scene.view.boxes() == [[10, 20, 30, 40]]
    assert numbers.text() == "10 20 30 40"
    QTest.keyClick(numbers, Key.Key_Return)
    assert scene.done == ["taken"]


@pytest.mark.parametrize("typed", ["10, 20, 30, 40", "10 20 30 40", "10，20，30，40", "10、20、30、40"])
def test_without_boxes_numbers_make_one(scene: Scene, typed: str) -> None:
    scene.begin(())
    scene.bar.numbers.insert(typed)  # as an input method does
    assert scene.view.boxes() == [[10, 20, 30, 40]]


def test_the_keys_of_the_window_are_the_boxes_own_meanwhile(scene: Scene) -> None:
    steps: list[int] = []
    scene.view.step_requested.connect(steps.append)
    scene.key(Key.Key_Left)
    scene.view.end_boxes()
    scene.key(Key.Key_Left)
    assert steps == [-1]
    assert not scene.bar.isVisible()
