"""The gallery under a person's hands, on real folders."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.intake import Incoming
from desktop_app.domain.settings import SortOrder
from desktop_app.ui.gallery.item_model import GalleryItemModel, GalleryRole, mime_of
from desktop_app.ui.resources import resource
from tests.ui.finding import part
from tests.ui.gallery.conftest import Scene

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NOTHING_HELD = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


async def press(scene: Scene, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
    scene.grid.setFocus()
    QTest.keyClick(scene.grid, key, held)
    await scene.settled()


async def click(scene: Scene, row: int, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
    place = scene.grid.visualRect(scene.grid.model().index(row, 0)).center()
    QTest.mouseClick(scene.grid.viewport(), LEFT, held, place)
    await scene.settled()


def words(scene: Scene) -> list[str]:
    """Everything written outside the tiles."""
    labels = [label.text() for label in scene.view.findChildren(QLabel) if label.isVisibleTo(scene.view)]
    buttons = [b.text() for b in scene.view.findChildren(QPushButton) if b.isVisibleTo(scene.view)]
    return [text for text in (*labels, *buttons) if text]


async def test_a_folder_opens_with_its_first_picture_selected(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    assert scene.names == [f"IMG {n}.png" for n in range(1, 13)]
    assert scene.current == "IMG 1.png"
    assert (scene.selections[-1].position, scene.selections[-1].total) == (1, 12)
    assert "12 pictures" in words(scene)
    assert scene.folders == [pictures]


async def test_thumbnails_are_painted(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    model = scene.grid.model()
    rect = scene.grid.visualRect(model.index(2, 0))
    centre = QPoint(rect.center().x(), rect.top() + rect.height() // 2 - 10)

    def is_painted() -> bool:
        colour = scene.grid.viewport().grab().toImage().pixelColor(centre)
        return abs(colour.red() - 60) < 6 and abs(colour.blue() - 195) < 6

    await scene.until(is_painted)


async def test_a_broken_picture_says_so_and_the_others_appear(scene: Scene, pictures: Path) -> None:
    (pictures / "IMG 3.png").write_bytes(b"")
    await scene.open(pictures)
    index = scene.grid.model().index(2, 0)
    await scene.until(lambda: bool(index.data(GalleryRole.ERROR)))
    assert index.data(GalleryRole.ERROR) == "The file IMG 3.png is empty."
    assert "IMG 3.png" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not scene.grid.model().index(3, 0).data(GalleryRole.ERROR)


async def test_arrows_walk_and_stop_at_the_ends(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    columns = scene.grid.geometry_now().columns
    assert columns > 1
    await press(scene, Key.Key_Left)
    assert scene.current == "IMG 1.png"
    await press(scene, Key.Key_Right)
    assert scene.current == "IMG 2.png"
    await press(scene, Key.Key_Down)
    assert scene.current == f"IMG {2 + columns}.png"
    await press(scene, Key.Key_End)
    assert scene.current == "IMG 12.png"
    assert scene.grid.visualRect(scene.grid.currentIndex()).bottom() <= scene.grid.viewport().height()
    await press(scene, Key.Key_Right)
    assert scene.current == "IMG 12.png"
    await press(scene, Key.Key_Home)
    assert scene.current == "IMG 1.png"


async def test_step_moves_on_from_outside(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    scene.presenter.step(3)
    await scene.settled()
    assert scene.current == "IMG 4.png"
    scene.presenter.step(-10)
    await scene.settled()
    assert scene.current == "IMG 1.png"


async def test_shift_and_control_select_several(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    await press(scene, Key.Key_Right, SHIFT)
    await press(scene, Key.Key_Right, SHIFT)
    assert scene.selected == ["IMG 1.png", "IMG 2.png", "IMG 3.png"]
    await click(scene, 4)
    await click(scene, 6, SHIFT)
    assert scene.selected == ["IMG 5.png", "IMG 6.png", "IMG 7.png"]
    await click(scene, 0, CONTROL)
    assert scene.selected == ["IMG 1.png", "IMG 5.png", "IMG 6.png", "IMG 7.png"]
    await click(scene, 5, CONTROL)
    assert scene.selected == ["IMG 1.png", "IMG 5.png", "IMG 7.png"]
    assert scene.current == "IMG 1.png"
    await press(scene, Key.Key_A, CONTROL)
    assert len(scene.selected) == 12
    assert len(scene.selections[-1].pictures(5)) == 5


async def test_enter_and_double_click_open_the_picture(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    await press(scene, Key.Key_Return)
    place = scene.grid.visualRect(scene.grid.model().index(1, 0)).center()
    QTest.mouseClick(scene.grid.viewport(), LEFT, NOTHING_HELD, place)
    QTest.mouseDClick(scene.grid.viewport(), LEFT, NOTHING_HELD, place)
    await scene.settled()
    assert [picture.name for picture in scene.activated] == ["IMG 1.png", "IMG 2.png"]


async def test_letters_are_left_to_shortcuts(scene: Scene, pictures: Path) -> None:
    """No jumping to names: digits and letters mark, ask and search elsewhere."""
    await scene.open(pictures)
    before = len(scene.selections)
    await press(scene, Key.Key_I)
    await press(scene, Key.Key_4)
    assert len(scene.selections) == before


async def test_the_filter_narrows_the_list_and_keeps_the_selection(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    await press(scene, Key.Key_Right)
    told = len(scene.selections)
    scene.view.focus_filter()
    box = part(scene.view, QLineEdit)
    QTest.keyClicks(box, "1")
    await scene.until(lambda: scene.names == ["IMG 1.png", "IMG 10.png", "IMG 11.png", "IMG 12.png"])
    assert "4 of 12 pictures" in words(scene)
    QTest.keyClicks(box, "1")
    await scene.until(lambda: scene.names == ["IMG 11.png"])
    assert len(scene.selections) == told  # the picture on the desk stays until another is chosen
    QTest.keyClick(box, Key.Key_Escape)
    await scene.until(lambda: len(scene.names) == 12)
    assert box.text() == ""
    assert scene.grid.hasFocus()
    assert scene.grid.currentIndex().row() == 1
    assert scene.grid.selected_rows() == [range(1, 2)]
    assert len(scene.selections) == told


async def test_a_filter_without_result_offers_to_clear_it(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    box = part(scene.view, QLineEdit)
    QTest.keyClicks(box, "zebra")
    await scene.until(lambda: "No name matches “zebra”" in words(scene))
    button = next(b for b in scene.view.findChildren(QPushButton) if b.text() == "Clear the filter")
    QTest.mouseClick(button, LEFT)
    await scene.until(lambda: len(scene.names) == 12)
    assert scene.grid.isVisible()


async def test_another_folder_starts_without_the_filter(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    box = part(scene.view, QLineEdit)
    box.setFocus()
    QTest.keyClicks(box, "11")
    await scene.until(lambda: scene.names == ["IMG 11.png"])
    await scene.open(pictures, recursive=True)
    assert scene.names == ["IMG 11.png"]
    other = pictures.parent / "other"
    other.mkdir()
    Image.new("RGB", (10, 10)).save(other / "a.png")
    await scene.open(other)
    assert scene.names == ["a.png"]
    assert box.text() == ""


async def test_an_opened_folder_gets_the_keyboard(scene: Scene, pictures: Path) -> None:
    button = next(b for b in scene.view.findChildren(QPushButton) if b.text() == "Open folder…")
    button.setFocus()
    await scene.until(lambda: QApplication.focusWidget() is button)
    await scene.open(pictures)
    assert scene.grid.hasFocus()


async def test_order_is_chosen_and_remembered(scene: Scene, pictures: Path) -> None:
    Image.effect_noise((300, 300), 90).save(pictures / "IMG 7.png")
    await scene.open(pictures)
    scene.view.order_chosen.emit(SortOrder.LARGEST)
    await scene.until(lambda: scene.names[0] == "IMG 7.png")
    assert scene.settings.current.gallery.sort is SortOrder.LARGEST
    assert scene.current == "IMG 1.png"


async def test_new_and_deleted_files_appear_without_losing_the_selection(
    scene: Scene, pictures: Path
) -> None:
    await scene.open(pictures)
    await press(scene, Key.Key_Right)
    Image.new("RGB", (10, 10)).save(pictures / "A first one.png")
    await scene.until(lambda: len(scene.names) == 13)
    await scene.settled()
    assert scene.names[0] == "A first one.png"
    assert scene.grid.currentIndex().data() == "IMG 2.png"
    (pictures / "IMG 2.png").unlink()
    await scene.until(lambda: scene.current == "IMG 3.png")


async def test_scrolled_place_stays_when_files_come_before_it(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        (folder / f"b{number}.png").write_bytes(b"x")
    await scene.open(folder)
    bar = scene.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = scene.grid.visible_entries()[0].name
    columns = scene.grid.geometry_now().columns
    for number in range(columns * 3):
        (folder / f"a{number}.png").write_bytes(b"x")
    await scene.until(lambda: len(scene.names) == 200 + columns * 3)
    assert scene.grid.visible_entries()[0].name == top


async def test_a_wanted_picture_is_selected_when_it_is_listed(scene: Scene, pictures: Path) -> None:
    scene.presenter.select_path(pictures / "IMG 9.png")
    await scene.open(pictures)
    assert scene.current == "IMG 9.png"
    scene.presenter.select_path(pictures / "IMG 4.png")
    await scene.settled()
    assert scene.current == "IMG 4.png"


async def test_several_wanted_pictures_are_selected_together(scene: Scene, pictures: Path) -> None:
    wanted = [pictures / f"IMG {number}.png" for number in (9, 3, 10)]
    scene.presenter.select_path(*wanted, pictures / "gone.png")
    await scene.open(pictures)
    assert (scene.current, scene.selected) == ("IMG 9.png", ["IMG 3.png", "IMG 9.png", "IMG 10.png"])
    scene.presenter.select_path(*wanted[:2])
    await scene.settled()
    assert (scene.current, scene.selected) == ("IMG 9.png", ["IMG 3.png", "IMG 9.png"])


async def test_a_filter_does_not_hide_a_wanted_picture(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    QTest.keyClicks(part(scene.view, QLineEdit), "12")
    await scene.until(lambda: scene.names == ["IMG 12.png"])
    scene.presenter.select_path(pictures / "IMG 4.png")
    await scene.until(lambda: scene.current == "IMG 4.png")
    assert part(scene.view, QLineEdit).text() == ""
    assert len(scene.names) == 12


async def test_marks_come_from_the_answers_and_change_as_they_arrive(scene: Scene, pictures: Path) -> None:
    path = str(pictures / "IMG 2.png")
    scene.answers[path] = AnswerState.DONE
    await scene.open(pictures)
    model = scene.grid.model()
    await scene.until(lambda: model.index(1, 0).data(GalleryRole.STATE) == AnswerState.DONE)
    assert model.index(0, 0).data(GalleryRole.STATE) is None
    scene.presenter.set_marks({path: AnswerState.FAILED})
    assert model.index(1, 0).data(GalleryRole.STATE) == AnswerState.FAILED
    assert "error" in str(model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole))


async def test_nothing_open_teaches_what_belongs_here(scene: Scene) -> None:
    assert "Your pictures appear here" in words(scene)
    assert "Open folder…" in words(scene)


async def test_an_empty_folder_offers_the_folders_below(scene: Scene, pictures: Path) -> None:
    outer = pictures.parent / "outer"
    (outer / "inner").mkdir(parents=True)
    Image.new("RGB", (10, 10)).save(outer / "inner" / "a.png")
    await scene.open(pictures)
    await scene.open(outer)
    assert "No pictures in “outer”" in words(scene)
    assert scene.current is None  # nothing of the folder before stays on the desk
    button = next(b for b in scene.view.findChildren(QPushButton) if b.text() == "Include folders below")
    QTest.mouseClick(button, LEFT)
    await scene.until(lambda: scene.names == ["inner/a.png"])
    assert scene.settings.current.gallery.recursive
    toggles = [b for b in scene.view.findChildren(QAbstractButton) if b.isCheckable()]
    assert [button.isChecked() for button in toggles] == [True]


async def test_a_missing_folder_is_said_and_can_be_tried_again(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "usb stick"
    await scene.open(folder)
    assert "The folder usb stick is not there." in words(scene)
    folder.mkdir()
    Image.new("RGB", (10, 10)).save(folder / "a.png")
    button = next(b for b in scene.view.findChildren(QPushButton) if b.text() == "Try again")
    QTest.mouseClick(button, LEFT)
    await scene.until(lambda: scene.names == ["a.png"])


async def test_recent_folders_are_remembered_once_newest_first(scene: Scene, pictures: Path) -> None:
    other = pictures.parent / "other"
    other.mkdir()
    for folder in (pictures, other, pictures):
        await scene.open(folder)
    assert scene.settings.current.gallery.recent_folders == (str(pictures), str(other))


def _drop(scene: Scene, mime: QMimeData) -> bool:
    place, action = scene.view.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, action, mime, LEFT, NOTHING_HELD)
    QApplication.sendEvent(scene.view, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(place), action, mime, LEFT, NOTHING_HELD)
    QApplication.sendEvent(scene.view, drop)
    return True


async def test_dropped_files_are_told(scene: Scene, pictures: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pictures))])
    assert _drop(scene, mime)
    assert [incoming.paths for incoming in scene.incoming] == [(pictures,)]


async def test_plain_text_is_not_taken(scene: Scene) -> None:
    mime = QMimeData()
    mime.setText("just words")
    assert not _drop(scene, mime)
    assert scene.incoming == []


async def test_paste_takes_a_path(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    QGuiApplication.clipboard().setText(str(pictures / "IMG 1.png"))
    await press(scene, Key.Key_V, CONTROL)
    assert [incoming.paths for incoming in scene.incoming] == [(pictures / "IMG 1.png",)]


async def test_a_paste_of_words_is_told_as_nothing(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    QGuiApplication.clipboard().setText("just words")
    await press(scene, Key.Key_V, CONTROL)
    assert scene.incoming == [Incoming()]


async def test_copy_takes_the_files(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    await press(scene, Key.Key_Right, SHIFT)
    await press(scene, Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in copied] == [str(pictures / f"IMG {n}.png") for n in (1, 2)]


async def test_pictures_are_dragged_out_as_files(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    model = scene.grid.model()
    mime = model.mimeData([model.index(0, 0), model.index(2, 0)])
    assert [url.toLocalFile() for url in mime.urls()] == [
        str(pictures / "IMG 1.png"),
        str(pictures / "IMG 3.png"),
    ]


async def test_names_that_are_no_text_are_shown_and_kept_out_of_drags(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "old disk"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.png")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes text alone")
    await scene.open(folder)
    assert scene.names == ["caf\ufffd.png"]
    listing = scene.gallery.listing
    assert listing is not None
    assert mime_of(listing.shown.entries).urls() == []
    scene.grid.viewport().grab()


async def test_scrolling_loads_what_is_in_view(scene: Scene, tmp_path: Path) -> None:
    """A long folder: only what was looked at (and a screen around it) is ever opened."""
    folder = tmp_path / "long"
    folder.mkdir()
    for number in range(600):
        Image.new("RGB", (8, 8), (number % 256, 0, 0)).save(folder / f"{number}.png")
    await scene.open(folder)
    await press(scene, Key.Key_End)
    model = scene.grid.model()
    assert isinstance(model, GalleryItemModel)
    await scene.until(lambda: not model.lacks_thumbnail(model.entries[599]))
    await asyncio.sleep(0.3)
    loaded = [row for row in range(600) if not model.lacks_thumbnail(model.entries[row])]
    assert not [row for row in loaded if 150 < row < 450]


async def test_every_control_can_be_named_and_reached(scene: Scene) -> None:
    for control in scene.view.findChildren(QAbstractButton):
        if control.isVisibleTo(scene.view) and not isinstance(control.parent(), QLineEdit):
            assert control.accessibleName()
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert scene.grid.accessibleName()
    assert scene.grid.focusPolicy() & Qt.FocusPolicy.TabFocus


async def test_the_folder_dialog_begins_where_the_person_is(scene: Scene, pictures: Path) -> None:
    await scene.open(pictures)
    scene.view.choose_folder()
    dialog = scene.view.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert Path(dialog.directory().absolutePath()) == pictures
    dialog.reject()
    await scene.open(resource("samples"))
    scene.view.choose_folder()
    assert Path(dialog.directory().absolutePath()) != resource("samples")
    dialog.reject()


async def test_arrows_work_at_once_though_a_button_had_the_keyboard(
    scene: Scene, pictures: Path, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    button = QPushButton("Open", window)
    column.addWidget(button)
    column.addWidget(scene.view)
    window.show()
    window.activateWindow()
    button.setFocus()
    await scene.until(lambda: QApplication.focusWidget() is button)
    await scene.open(pictures)
    assert QApplication.focusWidget() is scene.grid
    scene.view.setParent(None)


async def test_words_being_typed_keep_the_keyboard(scene: Scene, pictures: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field = QLineEdit(window)
    column.addWidget(field)
    column.addWidget(scene.view)
    window.show()
    window.activateWindow()
    field.setFocus()
    await scene.until(lambda: QApplication.focusWidget() is field)
    await scene.open(pictures)
    assert QApplication.focusWidget() is field
    scene.view.setParent(None)
