"""The picture area under a person's hands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note, Picture, Raster
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.services.viewer import ViewerPictures
from desktop_app.ui.picture.canvas import Canvas
from desktop_app.ui.picture.facts_panel import FactsPanel
from desktop_app.ui.picture.pixels import PicturePixels, develop
from desktop_app.ui.picture.presenter import PicturePresenter
from desktop_app.ui.picture.view import PictureView
from desktop_app.ui.theme.contrast import contrast
from desktop_app.ui.theme.theme import Theme
from tests.ui.finding import part
from tests.ui.picture.conftest import Started

Save = Callable[..., Picture]
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NOTHING_HELD = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, ThemeChoice.DARK)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> PictureView:
    widget = PictureView(theme)
    qtbot.addWidget(widget)
    widget.resize(640, 520)
    widget.show()
    QApplication.processEvents()
    return widget


@pytest.fixture
def canvas(view: PictureView) -> Canvas:
    found = view.findChild(Canvas)
    assert isinstance(found, Canvas)
    return found


def raster_of(image: Image.Image) -> Raster:
    return Raster(Size(*image.size), image.convert("RGB").tobytes())


def scene_picture(width: int, height: int) -> Image.Image:
    """Four different quarters with a fine grid."""
    image = Image.new("RGB", (width, height), "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2), fill="lime")
    draw.rectangle((0, height // 2, width // 2, height), fill="blue")
    draw.rectangle((width // 2, height // 2, width, height), fill="yellow")
    for x in range(0, width, 50):
        draw.line((x, 0, x, height), fill="black")
    return image


def put(view: PictureView, image: Image.Image, shown_at: tuple[int, int] | None = None) -> None:
    """Show an image, decoded at a smaller size when `shown_at` is given."""
    smaller = image.resize(shown_at, Image.Resampling.LANCZOS) if shown_at else image
    view.show_picture("a.png", develop(raster_of(smaller)), Size(*image.size), (), keep_view=False)


def wheel(canvas: Canvas, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        canvas.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        NOTHING_HELD,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def difference(first: QImage, second: QImage) -> float:
    """Mean difference of sampled pixels, 0 to 255."""
    assert first.size() == second.size()
    total, count = 0, 0
    for x in range(0, first.width(), 7):
        for y in range(0, first.height(), 7):
            one, other = first.pixelColor(x, y), second.pixelColor(x, y)
            total += abs(one.red() - other.red()) + abs(one.green() - other.green())
            total += abs(one.blue() - other.blue())
            count += 3
    return total / count


def test_a_fitted_picture_lies_in_the_middle_with_its_own_colours(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(1200, 1200))
    shot = canvas.grab().toImage()
    middle = QPoint(canvas.width() // 2, canvas.height() // 2)
    reach = canvas.height() // 4 + 3
    assert shot.pixelColor(middle + QPoint(-reach, -reach)) == QColor("red")
    assert shot.pixelColor(middle + QPoint(reach, -reach)) == QColor("lime")
    assert shot.pixelColor(middle + QPoint(-reach, reach)) == QColor("blue")
    assert shot.pixelColor(middle + QPoint(reach, reach)) == QColor("yellow")
    assert shot.pixelColor(2, middle.y()) == QColor("#1b1b1b")


def test_100_percent_shows_the_file_s_pixels_untouched(view: PictureView, canvas: Canvas) -> None:
    image = Image.effect_noise((1500, 1100), 90).convert("RGB")
    put(view, image)
    QTest.keyClick(canvas, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.viewport.zoom == 1.0
    QTest.keyClick(canvas, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    shot = canvas.grab().toImage()
    origin = canvas.viewport.to_picture(Point(0.0, 0.0))
    left, top = round(origin.x), round(origin.y)
    for x, y in ((0, 0), (10, 300), (333, 5), (canvas.width() - 1, canvas.height() - 1)):
        seen = shot.pixelColor(x, y)
        assert (seen.red(), seen.green(), seen.blue()) == image.getpixel((left + x, top + y))


def test_the_full_resolution_replaces_the_quick_one_without_moving_anything(
    view: PictureView, canvas: Canvas
) -> None:
    image = scene_picture(3000, 2001)
    put(view, image, shown_at=(640, 427))
    wheel(canvas, QPointF(400, 200), 8)
    before, place = canvas.grab().toImage(), canvas.viewport
    view.add_pixels(develop(raster_of(image)))
    assert canvas.viewport == place
    assert difference(before, canvas.grab().toImage()) < 12


def test_far_in_pixels_are_squares(view: PictureView, canvas: Canvas) -> None:
    put(view, Image.frombytes("RGB", (2, 1), bytes([255, 0, 0, 0, 0, 255])))
    canvas.zoom_by(100.0)
    shot = canvas.grab().toImage()
    row = [shot.pixelColor(x, canvas.height() // 2).name() for x in range(canvas.width())]
    assert set(row) <= {"#ff0000", "#0000ff", "#1b1b1b"}
    assert "#ff0000" in row
    assert "#0000ff" in row


def test_the_wheel_zooms_at_the_cursor(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(4000, 3000))
    canvas.show_actual_pixels()
    cursor = QPointF(123, 77)
    before = canvas.viewport.to_picture(Point(cursor.x(), cursor.y()))
    wheel(canvas, cursor, 3)
    after = canvas.viewport.to_screen(before)
    assert canvas.viewport.zoom == pytest.approx(1.2**3)
    assert (after.x, after.y) == pytest.approx((cursor.x(), cursor.y()), abs=0.01)


def test_zooming_beyond_the_pixels_at_hand_asks_for_more_once_they_matter(
    view: PictureView, canvas: Canvas, qtbot: QtBot
) -> None:
    image = scene_picture(4000, 3000)
    with qtbot.assertNotEmitted(view.detail_wanted):
        put(view, image, shown_at=(canvas.height() * 4 // 3, canvas.height()))
    with qtbot.waitSignal(view.detail_wanted):
        wheel(canvas, QPointF(100, 100), 2)
    view.add_pixels(develop(raster_of(image)))
    with qtbot.assertNotEmitted(view.detail_wanted):
        wheel(canvas, QPointF(100, 100), 12)


def test_dragging_moves_the_picture_and_double_click_changes_the_zoom(
    view: PictureView, canvas: Canvas
) -> None:
    put(view, scene_picture(4000, 3000))
    QTest.mouseDClick(canvas, LEFT, NOTHING_HELD, QPoint(300, 200))
    assert canvas.viewport.zoom == 1.0
    held = canvas.viewport.to_picture(Point(300, 200))
    QTest.mousePress(canvas, LEFT, NOTHING_HELD, QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(280, 190))
    QTest.mouseMove(canvas, QPoint(250, 160))
    QTest.mouseRelease(canvas, LEFT, NOTHING_HELD, QPoint(250, 160))
    now = canvas.viewport.to_screen(held)
    assert (now.x, now.y) == pytest.approx((250, 160))
    QTest.mouseDClick(canvas, LEFT, NOTHING_HELD, QPoint(10, 10))
    assert canvas.viewport.is_fitted


def test_keys_step_zoom_and_fit(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(4000, 3000))
    steps: list[int] = []
    view.step_requested.connect(steps.append)
    for key in (Key.Key_Right, Key.Key_PageDown, Key.Key_Left, Key.Key_PageUp):
        QTest.keyClick(canvas, key)
    assert steps == [1, 1, -1, -1]
    fitted = canvas.viewport.zoom
    QTest.keyClick(canvas, Key.Key_Plus)
    assert canvas.viewport.zoom == pytest.approx(fitted * 1.25)
    QTest.keyClick(canvas, Key.Key_Minus)
    assert canvas.viewport.is_fitted
    QTest.keyClick(canvas, Key.Key_1)
    assert canvas.viewport.is_fitted, "1 to 5 are for marks"
    QTest.keyClick(canvas, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.viewport.zoom == 1.0
    before = canvas.viewport.centre
    QTest.keyClick(canvas, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.viewport.centre.x > before.x
    QTest.keyClick(canvas, Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.viewport.is_fitted
    assert len(steps) == 4


MARKS = (
    (0, Evidence(1, "all of it", Box(100, 100, 900, 700))),
    (2, Evidence(1, "bolt", Box(400, 300, 500, 380))),
    (4, Evidence(1, "裂缝", point=Point(800, 200))),
)


def screen(canvas: Canvas, x: float, y: float) -> QPoint:
    at = canvas.viewport.to_screen(Point(x, y))
    return QPoint(round(at.x), round(at.y))


def test_hovering_names_the_innermost_mark_and_leaving_none(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(1000, 800))
    view.set_evidence(MARKS)
    canvas.grab()
    hovered: list[int] = []
    view.evidence_hovered.connect(hovered.append)
    for place in ((200, 650), (450, 340), (800, 200), (50, 50)):
        QTest.mouseMove(canvas, screen(canvas, *place))
    assert hovered == [0, 2, 4, -1]


def test_a_mark_of_another_picture_points_out_nothing_here(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(1000, 800))
    view.set_evidence(MARKS)
    plain = canvas.grab().toImage()
    view.highlight(1)
    assert difference(plain, canvas.grab().toImage()) == 0
    view.highlight(2)
    assert difference(plain, canvas.grab().toImage()) > 0.1
    view.highlight(None)
    assert difference(plain, canvas.grab().toImage()) == 0


def test_a_click_goes_to_the_mark(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(4000, 3200))
    view.set_evidence([(1, Evidence(1, "bolt", Box(3000, 2000, 3100, 2100)))])
    canvas.grab()
    QTest.mouseClick(canvas, LEFT, NOTHING_HELD, screen(canvas, 3050, 2050))
    middle = canvas.viewport.to_screen(Point(3050, 2050))
    assert canvas.viewport.zoom > 1.0
    assert (middle.x, middle.y) == pytest.approx((canvas.width() / 2, canvas.height() / 2))


def test_marks_can_be_walked_through_with_the_keyboard(view: PictureView, canvas: Canvas) -> None:
    put(view, scene_picture(1000, 800))
    view.set_evidence(MARKS)
    hovered: list[int] = []
    view.evidence_hovered.connect(hovered.append)
    for key in (Key.Key_Period, Key.Key_Period, Key.Key_Comma, Key.Key_Comma):
        QTest.keyClick(canvas, key)
    assert hovered == [0, 2, 0, 4]
    assert canvas.accessibleDescription() == "1 all of it; 3 bolt; 5 裂缝"


def test_e_hides_and_shows_the_marks(view: PictureView, canvas: Canvas) -> None:
    put(view, Image.new("RGB", (1000, 800), "gray"))
    bare = canvas.grab().toImage()
    view.set_evidence(MARKS)
    assert difference(bare, canvas.grab().toImage()) > 0.2
    QTest.keyClick(canvas, Key.Key_E)
    assert difference(bare, canvas.grab().toImage()) == 0
    hovered: list[int] = []
    view.evidence_hovered.connect(hovered.append)
    QTest.mouseMove(canvas, screen(canvas, 450, 340))
    assert hovered == []
    QTest.keyClick(canvas, Key.Key_E)
    assert difference(bare, canvas.grab().toImage()) > 0.2


@pytest.mark.parametrize("ground", ["black", "white", "#7f7f7f", "#e69f00", "#0072b2"])
def test_every_mark_stands_out_on_any_picture(view: PictureView, canvas: Canvas, ground: str) -> None:
    put(view, Image.new("RGB", (1000, 800), ground))
    for index in range(7):
        view.set_evidence([(index, Evidence(1, "", Box(400, 300, 700, 600)))])
        shot = canvas.grab().toImage()
        edge = screen(canvas, 550, 300)
        seen = [shot.pixelColor(edge.x(), edge.y() + offset) for offset in range(-3, 4)]
        best = max(contrast(colour, QColor(ground)) for colour in seen)
        assert best >= 4.5, f"mark {index + 1} on {ground}"


def test_full_screen_takes_the_picture_along_and_brings_it_back(
    view: PictureView, canvas: Canvas, qtbot: QtBot
) -> None:
    put(view, scene_picture(4000, 3000))
    view.set_evidence(MARKS)
    steps: list[int] = []
    view.step_requested.connect(steps.append)
    QTest.keyClick(canvas, Key.Key_F)
    window = canvas.window()
    assert window is not view.window()
    assert window.isFullScreen()
    qtbot.waitUntil(lambda: canvas.width() == window.width() and canvas.viewport.is_fitted)
    QTest.keyClick(canvas, Key.Key_Right)
    assert steps == [1]
    QTest.keyClick(canvas, Key.Key_E)
    assert not canvas.overlay.is_visible
    QTest.keyClick(canvas, Key.Key_Escape)
    assert canvas.window() is view.window()
    assert canvas.isVisible()
    assert canvas.has_picture
    QTest.keyClick(canvas, Key.Key_Escape)  # the desk's own now: must not be swallowed or do harm
    QTest.keyClick(canvas, Key.Key_F11)
    assert view.is_full_screen
    view.toggle_full_screen()
    assert not view.is_full_screen


def shown_words(view: PictureView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def test_the_empty_area_teaches_and_offers_the_next_step(view: PictureView, qtbot: QtBot) -> None:
    assert "Open a folder" in shown_words(view)
    button = next(b for b in view.findChildren(QPushButton) if b.isVisible())
    with qtbot.waitSignal(view.open_requested):
        QTest.mouseClick(button, LEFT)
    put(view, scene_picture(100, 100))
    assert "Open a folder" not in shown_words(view)
    assert not button.isVisible()


def test_opening_is_said_only_after_a_moment(view: PictureView, canvas: Canvas, qtbot: QtBot) -> None:
    put(view, scene_picture(100, 100))
    view.show_loading("slow.tif")
    assert "slow.tif" not in shown_words(view)
    had_picture = canvas.has_picture
    qtbot.waitUntil(lambda: "Opening slow.tif…" in shown_words(view))
    assert (had_picture, canvas.has_picture) == (True, False)
    put(view, scene_picture(100, 100))
    assert "slow.tif" not in shown_words(view)


def test_the_bar_tells_zoom_and_notes(view: PictureView, canvas: Canvas) -> None:
    image = scene_picture(400, 200)
    note = Note(NoteCode.FIRST_FRAME, (("count", 12),))
    view.show_picture("a.gif", develop(raster_of(image)), Size(400, 200), [note], keep_view=False)
    words = shown_words(view)
    assert "100 %" in words
    assert "Only the first of 12 frames or pages is used." in words
    wheel(canvas, QPointF(200, 200), 1)
    assert "120 %" in shown_words(view)


async def test_files_from_disk_to_the_screen_with_an_error_between(
    view: PictureView, canvas: Canvas, pictures: ViewerPictures[PicturePixels], save: Save, tmp_path: Path
) -> None:
    started = Started()
    presenter = PicturePresenter(
        view,
        pictures,
        started,
        sending=lambda: (QWEN2_VL, 1280),
        on_step=lambda delta: None,
        on_evidence_hovered=lambda index: None,
        idle_s=0.0,
    )
    good = save("good.png", (1200, 900), "#336699")
    broken = Picture(tmp_path / "broken.jpg")
    broken.path.write_bytes(b"\xff\xd8\xff\xe0 no jpeg")
    await presenter.show(good)
    assert canvas.grab().toImage().pixelColor(canvas.rect().center()) == QColor("#336699")
    assert "Will be sent: 1200 × 900 → 1148 × 840" in shown_words(view)
    await presenter.show(broken)
    assert "broken.jpg" in shown_words(view)
    assert "Will be sent" not in shown_words(view)
    assert not canvas.has_picture
    await presenter.want_facts(True)
    await presenter.show(good)
    await asyncio.gather(*started.tasks)
    assert "broken.jpg" not in shown_words(view)
    assert part(view, FactsPanel).isVisible()
    assert "1200 × 900 pixels" in shown_words(view)
    assert "None in the file" in shown_words(view)


def test_a_change_of_theme_recolours_the_ground(view: PictureView, canvas: Canvas, theme: Theme) -> None:
    put(view, scene_picture(100, 100))
    theme.choose(ThemeChoice.LIGHT)
    assert canvas.grab().toImage().pixelColor(2, 2) == QColor("#ececec")


def test_its_keys_work_wherever_the_keyboard_is_but_not_in_words_being_typed(
    theme: Theme, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    view, button, field = PictureView(theme), QPushButton("x"), QLineEdit()
    column = QVBoxLayout(window)
    for widget in (view, button, field):
        column.addWidget(widget)
    window.resize(400, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    put(view, scene_picture(1000, 800))
    canvas = part(view, Canvas)
    evidence = next(action for action in view.actions() if action.shortcut().toString() == "E")
    button.setFocus()
    QTest.keyClick(button, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert canvas.viewport.zoom == 1.0
    QTest.keyClick(button, Key.Key_Minus)
    assert canvas.viewport.zoom == pytest.approx(0.8)
    QTest.keyClick(button, Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert canvas.viewport.is_fitted
    QTest.keyClick(button, Key.Key_E)
    assert not canvas.overlay.is_visible
    assert not evidence.isChecked()
    field.setFocus()
    QTest.keyClicks(field, "e-")
    assert field.text() == "e-"
    assert canvas.viewport.is_fitted
    assert not canvas.overlay.is_visible


def test_zooming_is_offered_only_with_a_picture(view: PictureView) -> None:
    assert [action.isEnabled() for action in view.actions()] == [False] * 4 + [True] * 2
    put(view, scene_picture(100, 100))
    assert all(action.isEnabled() for action in view.actions())
    view.show_empty()
    assert [action.isEnabled() for action in view.actions()] == [False] * 4 + [True] * 2
