"""Putting a question together: words, pictures, options, prompts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.pictures import Picture
from desktop_app.ui.conversation.composer import Composer
from desktop_app.ui.conversation.options_panel import SMALL, OptionsPanel
from desktop_app.ui.conversation.prompts import Prompt, load_prompts
from desktop_app.ui.conversation.question_box import QuestionBox
from desktop_app.ui.conversation.tray import Tray
from desktop_app.ui.conversation.tray_item import TrayItem
from desktop_app.ui.conversation.tray_mime import TRAY_MIME
from desktop_app.ui.resources import resource
from desktop_app.ui.theme.theme import Theme
from tests.ui.conversation.conftest import PICTURES
from tests.ui.finding import next_to_focus, part

THREE = PICTURES[:3]


@pytest.fixture
def composer(qtbot: QtBot, theme: Theme) -> Composer:
    widget = Composer(theme, (Prompt("One", "Describe it."), Prompt("Two", "Compare.", several=True)))
    qtbot.addWidget(widget)
    widget.resize(360, 200)
    widget.show()
    widget.tray.set_pictures(THREE[:1])
    widget.set_can_ask(True)
    return widget


def test_a_ready_made_question_does_not_cost_the_words_in_the_box(qtbot: QtBot, composer: Composer) -> None:
    box = part(composer, QuestionBox)
    composer.focus_box()
    QTest.keyClicks(box, "my own words")
    composer.offer("Describe it.")
    assert composer.draft == "Describe it."
    QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert composer.draft == "my own words"


@pytest.fixture
def tray(qtbot: QtBot, theme: Theme) -> Tray:
    widget = Tray(theme)
    qtbot.addWidget(widget)
    widget.resize(360, 60)
    widget.show()
    widget.set_pictures(THREE)
    return widget


def ask_button(composer: Composer) -> QPushButton:
    return next(one for one in composer.findChildren(QPushButton) if one.accessibleName() in ("Ask", "Stop"))


def test_ctrl_enter_asks_and_enter_begins_a_line(qtbot: QtBot, composer: Composer) -> None:
    QTest.keyClicks(composer._box, "What")
    QTest.keyClick(composer._box, Qt.Key.Key_Return)
    QTest.keyClicks(composer._box, "else?")
    with qtbot.waitSignal(composer.ask_requested) as asked:
        QTest.keyClick(composer._box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["What\nelse?"]


def test_nothing_is_asked_without_words_or_pictures(qtbot: QtBot, composer: Composer) -> None:
    assert not ask_button(composer).isEnabled()
    composer.set_draft("   ")
    assert not ask_button(composer).isEnabled()
    composer.set_draft("What?")
    assert ask_button(composer).isEnabled()
    composer.set_can_ask(False)
    assert not ask_button(composer).isEnabled()
    with qtbot.assertNotEmitted(composer.ask_requested, wait=50):
        QTest.keyClick(composer._box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_while_streaming_the_button_and_escape_stop(qtbot: QtBot, composer: Composer) -> None:
    composer.set_draft("next question")
    composer.set_streaming(True)
    assert ask_button(composer).text() == "Stop"
    with qtbot.waitSignal(composer.stop_requested):
        ask_button(composer).click()
    with qtbot.waitSignal(composer.stop_requested):
        QTest.keyClick(composer._box, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(composer.ask_requested, wait=50):
        QTest.keyClick(composer._box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    composer.set_streaming(False)
    assert (ask_button(composer).text(), composer.draft) == ("Ask", "next question")


def test_escape_gives_up_an_edit(qtbot: QtBot, composer: Composer) -> None:
    composer.set_editing(True)
    with qtbot.waitSignal(composer.cancel_edit_requested):
        QTest.keyClick(composer._box, Qt.Key.Key_Escape)


def test_the_box_grows_up_to_eight_lines(composer: Composer) -> None:
    heights = []
    for lines in (1, 2, 8, 30):
        composer.set_draft("\n".join(["words"] * lines))
        heights.append(composer._box.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_pasted_pictures_and_files_join_the_question(
    qtbot: QtBot, composer: Composer, tmp_path: Path
) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QApplication.clipboard().setImage(image)
    with qtbot.waitSignal(composer.incoming) as found:
        composer._box.paste()
    assert found.args is not None
    assert found.args[0].image.startswith(b"\x89PNG")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.jpg"))])
    QApplication.clipboard().setMimeData(files)
    with qtbot.waitSignal(composer.incoming) as found:
        composer._box.paste()
    assert found.args is not None
    assert found.args[0].paths == (tmp_path / "a.jpg",)
    assert composer.draft == ""


def test_pasted_words_are_typed_without_their_look(composer: Composer) -> None:
    rich = QMimeData()
    rich.setText("plain words")
    rich.setHtml("<b>plain words</b>")
    QApplication.clipboard().setMimeData(rich)
    composer._box.paste()
    assert composer.draft == "plain words"


def order(tray: Tray) -> list[int]:
    return [THREE.index(picture) for picture in tray.pictures]


def items(tray: Tray) -> list[TrayItem]:
    return list(tray._items)


def test_pictures_are_ordered_by_keyboard_and_keep_the_focus(qtbot: QtBot, tray: Tray) -> None:
    items(tray)[0].setFocus()
    with qtbot.waitSignal(tray.pictures_changed) as changed:
        QTest.keyClick(items(tray)[0], Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert changed.args == [(THREE[1], THREE[0], THREE[2])]
    assert order(tray) == [1, 0, 2]
    assert items(tray)[1].accessibleName() == "Picture 2: girder 1.jpg"
    with qtbot.assertNotEmitted(tray.pictures_changed, wait=20):
        QTest.keyClick(items(tray)[0], Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)


def test_delete_takes_a_picture_out(qtbot: QtBot, tray: Tray) -> None:
    with qtbot.waitSignal(tray.pictures_changed) as changed:
        QTest.keyClick(items(tray)[1], Qt.Key.Key_Delete)
    assert changed.args == [(THREE[0], THREE[2])]


@pytest.mark.parametrize(
    ("origin", "before", "expected"), [(0, 2, [1, 2, 0]), (2, 0, [2, 0, 1]), (1, 1, [0, 1, 2])]
)
def test_pictures_are_ordered_by_dragging(tray: Tray, origin: int, before: int, expected: list[int]) -> None:
    data = QMimeData()
    data.setData(TRAY_MIME, str(origin).encode())
    at = items(tray)[before].geometry().center() + QPoint(1 if before > origin else -1, 0)
    tray.dropEvent(
        QDropEvent(
            QPointF(at),
            Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert order(tray) == expected


def test_thumbnails_reach_their_item_and_survive_a_new_order(tray: Tray) -> None:
    red = QPixmap(8, 8)
    red.fill(QColor("#ff0000"))
    tray.set_thumbnail(THREE[2].path, red)
    tray.set_pictures((THREE[2], THREE[0]))
    image = items(tray)[0].grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2 + 6) == QColor("#ff0000")


def test_the_pin_tells_and_is_told_silently(qtbot: QtBot, tray: Tray) -> None:
    with qtbot.assertNotEmitted(tray.pin_toggled, wait=20):
        tray.set_pinned(True)
    with qtbot.waitSignal(tray.pin_toggled) as told:
        tray._pin.click()
    assert told.args == [False]


@pytest.fixture
def options(qtbot: QtBot, theme: Theme) -> OptionsPanel:
    panel = OptionsPanel(theme)
    qtbot.addWidget(panel)
    return panel


def test_options_are_shown_and_told_after_an_edit(qtbot: QtBot, options: OptionsPanel) -> None:
    with qtbot.assertNotEmitted(options.changed, wait=20):
        options.set_options(AskOptions("Be brief.", 0.5, 256, 777))
    assert options.options == AskOptions("Be brief.", 0.5, 256, 777)
    with qtbot.waitSignal(options.changed) as told:
        options._size.setCurrentIndex(options._size.findData(SMALL))
    assert told.args == [AskOptions("Be brief.", 0.5, 256, SMALL)]
    with qtbot.waitSignal(options.changed) as told:
        options._reset.click()
    assert told.args == [AskOptions()]


def test_the_picture_size_is_told_in_pixels(options: OptionsPanel) -> None:
    options.set_options(AskOptions(image_tokens=1280))
    assert "1156 × 867 pixels" in options._size_words.text()


def test_the_keyboard_goes_through_the_fields_as_they_stand(options: OptionsPanel) -> None:
    passed: list[str] = []
    field = options.focusProxy()
    assert field is not None
    while field.accessibleName() not in passed:
        passed.append(field.accessibleName())
        field = next_to_focus(field)
        while not (field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.accessibleName()):
            field = next_to_focus(field)
    assert passed == [
        "Instructions for every question",
        "Longest answer",
        "Temperature",
        "Picture size",
        "Image tokens for one picture",
        "Reset to the usual values",
    ]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_closing_the_panel_loses_no_edit(qtbot: QtBot, options: OptionsPanel) -> None:
    options.show()
    options._longest.setValue(512)
    with qtbot.waitSignal(options.changed) as told:
        options.hide()
    assert told.args == [AskOptions(max_tokens=512)]


@pytest.mark.parametrize("language", ["en", "zh_CN", "de_DE"])
def test_the_shipped_prompts_are_whole(language: str) -> None:
    prompts = load_prompts(resource("prompts.toml"), language)
    assert len(prompts) >= 5
    assert all(prompt.title and prompt.text for prompt in prompts)
    chinese = any("\u4e00" <= letter <= "\u9fff" for prompt in prompts for letter in prompt.title)
    assert chinese == (language == "zh_CN")


@pytest.mark.parametrize(
    "text", ["[[prompt]]\n", "[[prompt]]\ntitle = 1\ntext = 2\n", "x = [", "[[prompt]]\ntitle = {}\n"]
)
def test_a_broken_prompts_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"mine\.toml"):
        load_prompts(path, "en")


def test_many_pictures_leave_the_buttons_in_view_and_are_not_cut(tray: Tray) -> None:
    few = tray.height()
    tray.set_pictures(tuple(Picture(Path(f"/pictures/{number}.jpg")) for number in range(16)))
    QApplication.processEvents()
    bar = tray.horizontalScrollBar()
    assert bar.isVisible()
    assert tray.viewport().height() >= few
    for button in (tray._add, tray._pin):
        place = button.mapTo(tray, QPoint(0, 0))
        assert tray.rect().contains(place)
        assert tray.rect().contains(place + QPoint(button.width() - 1, button.height() - 1))
        assert place.x() >= tray.viewport().geometry().right()


def test_a_moved_picture_stays_in_view(qtbot: QtBot, tray: Tray) -> None:
    tray.set_pictures(tuple(Picture(Path(f"/pictures/{number}.jpg")) for number in range(16)))
    QApplication.processEvents()
    items(tray)[0].setFocus()
    for place in (1, 2, 3):
        QTest.keyClick(items(tray)[place - 1], Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
        QApplication.processEvents()
        QApplication.processEvents()
        moved = items(tray)[place]
        shown = tray.viewport().rect()
        assert shown.contains(moved.mapTo(tray.viewport(), moved.rect().center()))
