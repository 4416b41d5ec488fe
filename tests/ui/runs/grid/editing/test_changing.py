"""Values of one and of several rows are changed by hand: editors, clipboard, filling down, boxes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from desktop_app.ui.runs.grid.details_window import DetailsWindow
from desktop_app.ui.runs.grid.editing import grid_editing
from desktop_app.ui.runs.grid.editing.cell_editor import BoxesEditor, ChoiceEditor, LineEditor
from tests.ui.runs.grid.conftest import CONTROL, Key, Scene

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


async def select(scene: Scene, rows: range, key: str) -> None:
    """Select rows from the first to the last, as with Shift and arrows; the keyboard is in the last one."""
    await scene.go_to(rows[0], key)
    for _ in rows[1:]:
        await scene.press(Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


async def edited(scene: Scene, key: str) -> list[object]:
    """What was set by hand in a column, "-" where nothing was."""
    return [item.edited.get(key, "-") for item in await scene.items()]


async def changed(scene: Scene, key: Qt.Key) -> None:
    """Press Ctrl and a key, and wait until what it changes is done and told."""
    scene.view.bar.show_note("")
    QTest.keyClick(scene.view.table, key, CONTROL)
    QTest.keyRelease(scene.view.table, Key.Key_Control)  # else it counts as held for what is selected next
    await scene.until(lambda: bool(note(scene)))


def note(scene: Scene) -> str:
    return scene.view.bar.note


def hear_notes(scene: Scene, hear: Callable[[str], object]) -> None:
    """`hear` is told all that the bar says from now on."""
    show = scene.view.bar.show_note

    def show_note(words: str, can_undo: bool = False, can_stop: bool = False) -> None:
        show(words, can_undo, can_stop)
        hear(words)

    scene.view.bar.show_note = show_note  # type: ignore[method-assign]


def button(scene: Scene, text: str) -> QPushButton:
    return next(one for one in scene.view.bar.findChildren(QPushButton) if one.text() == text)


async def menu(scene: Scene) -> list[str]:
    """The entries that can be chosen."""
    scene.view.table.menu_wanted.emit(QPoint())
    await scene.settled()
    (shown,) = scene.view.findChildren(QMenu)
    found = [one.text().partition("\t")[0] for one in shown.actions() if one.isEnabled()]
    shown.close()
    await scene.settled()
    return found


async def test_one_editor_sets_all_selected_rows_in_one_step(scene: Scene) -> None:
    await select(scene, range(4), "bolts")
    await scene.press(Key.Key_F2, CONTROL)
    assert "4 pictures" in note(scene)
    editor = scene.view.table.findChild(LineEditor)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "7")
    scene.view.bar.show_note("")
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: bool(note(scene)))
    assert (await edited(scene, "bolts"))[:5] == [7, 7, 7, 7, "-"]
    assert scene.column("bolts")[:5] == ["7", "7", "7", "7", "16"]
    await changed(scene, Key.Key_Z)
    assert (await edited(scene, "bolts"))[:5] == ["-"] * 5
    assert len(scene.view.table.selected_ids()) == 4


async def test_the_value_of_the_row_with_the_editor_goes_into_the_others_too(scene: Scene) -> None:
    """It is no change there."""
    await select(scene, range(3), "condition")
    await scene.press(Key.Key_F2, CONTROL)
    editor = scene.view.table.findChild(ChoiceEditor)
    assert editor is not None
    scene.view.bar.show_note("")
    editor.activated.emit(editor.currentIndex())  # "poor", the third row's own
    await scene.until(lambda: bool(note(scene)))
    assert (await edited(scene, "condition"))[:3] == ["poor", "poor", "-"]


async def test_escape_leaves_all_of_them_and_the_next_edit_is_of_one_row(scene: Scene) -> None:
    await select(scene, range(3), "bolts")
    await scene.press(Key.Key_F2, CONTROL)
    editor = scene.view.table.findChild(LineEditor)
    assert editor is not None
    QTest.keyClicks(editor, "7")
    QTest.keyClick(editor, Key.Key_Escape)
    await scene.settled()
    assert await edited(scene, "bolts") == ["-"] * 12
    assert note(scene) == ""
    await scene.press(Key.Key_F2)
    editor = scene.view.table.findChildren(LineEditor)[-1]
    editor.selectAll()
    QTest.keyClicks(editor, "9")
    scene.view.bar.show_note("")
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: bool(note(scene)))
    assert (await edited(scene, "bolts"))[:3] == ["-", "-", 9]


async def test_pictures_that_were_not_asked_about_are_left_out(scene: Scene) -> None:
    await select(scene, range(8, 12), "bolts")
    QGuiApplication.clipboard().setText("7")
    await changed(scene, Key.Key_V)
    assert (await edited(scene, "bolts"))[8:] == [7, 7, "-", "-"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few rows take a while."""
    monkeypatch.setattr(grid_editing, "MANY", 3)
    monkeypatch.setattr(grid_editing, "AT_ONCE", 2)


@pytest.mark.usefixtures("slow")
async def test_a_change_of_very_many_rows_is_told_while_it_goes_on(scene: Scene) -> None:
    told: list[str] = []
    hear_notes(scene, told.append)
    await select(scene, range(4), "bolts")
    await scene.press(Key.Key_F2, CONTROL)
    QTest.keyRelease(scene.view.table, Key.Key_Control)
    editor = scene.view.table.findChild(LineEditor)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, "7")
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: "set by hand" in note(scene))
    assert told[-3:] == [
        "Changing pictures: 0 of 4…",
        "Changing pictures: 2 of 4…",
        "“Bolts” of 4 pictures set by hand.",
    ]
    assert not scene.view.bar.can_stop


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("by", ["key", "button"])
async def test_a_change_of_very_many_rows_is_stopped(scene: Scene, by: str) -> None:
    await select(scene, range(8), "bolts")
    QGuiApplication.clipboard().setText("7")

    def stop(words: str) -> None:
        if "2 of 8" not in words:
            return
        if by == "key":
            QTest.keyClick(scene.view.table, Key.Key_Escape)
        else:
            QTest.mouseClick(button(scene, "Stop"), Qt.MouseButton.LeftButton)

    hear_notes(scene, stop)
    await changed(scene, Key.Key_V)
    await scene.until(lambda: "Stopped before the other 6." in note(scene))
    assert await edited(scene, "bolts") == [7, 7] + ["-"] * 10
    QTest.mouseClick(button(scene, "Undo"), Qt.MouseButton.LeftButton)
    await scene.until(lambda: "Undone" in note(scene))
    assert await edited(scene, "bolts") == ["-"] * 12


async def test_the_keyboard_goes_back_to_the_rows_when_the_button_it_is_on_goes(scene: Scene) -> None:
    scene.view.show_change(0, 9)
    button(scene, "Stop").setFocus()
    scene.view.show_change(3, 9)
    assert button(scene, "Stop").hasFocus()
    scene.view.show_note(None, False)
    assert scene.view.table.hasFocus()


async def test_escape_is_the_windows_while_nothing_is_changed(scene: Scene) -> None:
    window_wide = QShortcut(QKeySequence("Esc"), scene.view.window())
    heard = QSignalSpy(window_wide.activated)
    await scene.go_to(0, "bolts")
    QTest.keyClick(scene.view.table, Key.Key_Escape)
    assert heard.count() == 1
    scene.view.show_change(0, 9)
    stopped = QSignalSpy(scene.view.bar.stop_requested)
    QTest.keyClick(scene.view.table, Key.Key_Escape)
    assert (heard.count(), stopped.count()) == (1, 1)


async def test_a_note_is_written_to_several_rows(scene: Scene) -> None:
    await select(scene, range(3), ":note")
    QGuiApplication.clipboard().setText("checked\n")
    await changed(scene, Key.Key_V)
    assert [item.note for item in await scene.items()][:4] == ["checked"] * 3 + [""]
    await changed(scene, Key.Key_Z)
    assert [item.note for item in await scene.items()][:3] == [""] * 3


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("rust", "no", False),
        ("bolts", " 12 pcs ", 12),
        ("bolts", "12.0", 12),
        ("condition", "FAIR", "fair"),
        ("day", "2024-05-06T10:00", "2024-05-06"),
        ("marks", "b, a", ["a", "b"]),
        ("words", "two\nlines", "two\nlines"),
        ("names", "one\ntwo", ["one", "two"]),
        ("where", "1 2 3 4\n5,6,7,8", [[1, 2, 3, 4], [5, 6, 7, 8]]),
    ],
)
async def test_text_from_elsewhere_is_taken_as_the_field_has_it(
    scene: Scene, key: str, text: str, value: object
) -> None:
    await scene.go_to(0, key)
    QGuiApplication.clipboard().setText(text)
    await changed(scene, Key.Key_V)
    assert (await edited(scene, key))[0] == value


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("bolts", "41", "from 0 to 40"),
        ("bolts", "some", "from 0 to 40"),
        ("bolts", "1\n2", "2 lines on the clipboard"),
        ("condition", "bad", "Choose one"),
        ("day", "soon", "a day such as"),
        ("marks", "a, c", "Space ticks"),
        ("words", "x" * 61, "at most 60"),
        ("where", "1 2 3", "one box a line"),
        ("rust", "", "no text on the clipboard"),
        (":state", "answered", "cannot be changed"),
    ],
)
async def test_what_does_not_fit_is_refused_with_a_sentence(
    scene: Scene, key: str, text: str, words: str
) -> None:
    await select(scene, range(1), key)
    QGuiApplication.clipboard().setText(text)
    await changed(scene, Key.Key_V)
    assert words in note(scene)
    assert all(not item.edited for item in await scene.items())


async def test_a_cell_is_copied_whole_and_exactly(scene: Scene) -> None:
    await scene.presenter.editing.set_values([(await scene.items())[0].id], "names", ["a", "b"])
    for key, text in (("names", "a\nb"), ("bolts", "0"), ("words", "word 0"), ("rust", "yes")):
        await scene.go_to(0, key)
        await scene.press(Key.Key_C, CONTROL)
        assert QGuiApplication.clipboard().text() == text
        await scene.go_to(1, key)
        await changed(scene, Key.Key_V)
        first, second = (await scene.items())[:2]
        assert second.value(key) == first.value(key)


async def test_a_long_text_is_not_cut_on_the_clipboard(scene: Scene) -> None:
    long = "long " * 100
    await scene.presenter.editing.set_values([(await scene.items())[0].id], "words", long)
    await scene.settled()
    await scene.go_to(0, "words")
    await scene.press(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == long


async def test_the_first_rows_value_fills_the_others(scene: Scene) -> None:
    await select(scene, range(1, 4), "bolts")
    await changed(scene, Key.Key_D)
    assert (await edited(scene, "bolts"))[:5] == ["-", "-", 4, 4, "-"]
    await select(scene, range(1, 2), "bolts")
    await changed(scene, Key.Key_D)
    assert "Select several rows" in note(scene)


async def test_a_row_without_a_value_fills_nothing_where_one_is_needed(scene: Scene) -> None:
    await select(scene, range(5, 8), "bolts")  # its number was out of range
    await changed(scene, Key.Key_D)
    assert "needs a value" in note(scene)
    assert await edited(scene, "bolts") == ["-"] * 12


async def test_boxes_are_not_set_in_several_rows(scene: Scene) -> None:
    await select(scene, range(3), "where")
    QGuiApplication.clipboard().setText("1 2 3 4")
    for key in (Key.Key_V, Key.Key_D, Key.Key_F2):
        await changed(scene, key)
        assert "Boxes belong to one picture" in note(scene)
    assert await edited(scene, "where") == ["-"] * 12


async def test_boxes_are_wanted_on_the_picture_and_stay_possible_as_numbers(scene: Scene) -> None:
    wanted = QSignalSpy(scene.view.changes.boxes_wanted)
    await scene.go_to(0, "where")
    await scene.press(Key.Key_F2)
    first = (await scene.items())[0]
    assert [wanted.at(n) for n in range(wanted.count())] == [[first.id, "where"]]
    place = scene.view.table.visualRect(scene.cell(0, "where")).center()
    QTest.mouseClick(scene.view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(scene.view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.count() == 2
    assert not scene.view.table.is_editing
    scene.view.edit_in_cell(first.id, "where")
    QApplication.processEvents()
    editor = scene.view.table.findChild(BoxesEditor)
    assert editor is not None
    assert editor.toPlainText() == "1, 2, 30, 40"


async def test_boxes_of_a_picture_that_was_not_asked_about_are_not_drawn(scene: Scene) -> None:
    wanted = QSignalSpy(scene.view.changes.boxes_wanted)
    await scene.go_to(11, "where")
    await scene.press(Key.Key_F2)
    assert wanted.count() == 0


async def test_the_menu_offers_what_is_possible(scene: Scene) -> None:
    await select(scene, range(3), "rust")
    entries = await menu(scene)
    assert "Set “Rust” in 3 rows…" in entries
    assert "Paste into 3 rows" in entries
    await scene.go_to(0, "where")
    entries = await menu(scene)
    assert "Draw the boxes on the picture…" in entries
    assert "Edit the boxes as numbers" in entries
    await scene.go_to(11, "rust")
    entries = await menu(scene)
    assert "Edit" not in entries
    assert "Paste" not in entries


async def test_a_key_that_cannot_change_anything_says_why(scene: Scene) -> None:
    for row, key, words in (
        (11, "rust", "Nothing was answered"),
        (11, "where", "Nothing was answered"),
        (0, ":state", "“State” cannot be changed"),
    ):
        await scene.go_to(row, key)
        scene.view.bar.show_note("")
        await scene.press(Key.Key_F2)
        assert words in note(scene)
        assert not scene.view.table.is_editing


async def test_going_back_where_nothing_was_changed_says_so(scene: Scene) -> None:
    items = await scene.items()
    await scene.presenter.editing.set_values([items[0].id], "bolts", 7)
    await select(scene, range(2), "words")
    scene.view.bar.show_note("")
    await scene.press(Key.Key_Delete)
    assert note(scene) == "“Words” was not changed by hand here."
    await select(scene, range(2), "bolts")
    await scene.press(Key.Key_Delete)
    await scene.until(lambda: scene.column("bolts")[0] == "0")
    assert await edited(scene, "bolts") == ["-"] * 12


async def test_asking_again_says_that_values_set_by_hand_stay(scene: Scene) -> None:
    items = await scene.items()
    await scene.presenter.editing.set_values([items[0].id], "bolts", 7)
    await select(scene, range(2), "bolts")
    await scene.press(Key.Key_R, CONTROL)
    QTest.keyRelease(scene.view.table, Key.Key_Control)
    assert scene.asked_again == [(items[0].id, items[1].id)]
    assert "1 of the pictures" in note(scene)


async def test_the_details_tell_what_was_changed_and_what_the_answer_was(scene: Scene) -> None:
    item = (await scene.items())[1]
    await scene.presenter.editing.set_values([item.id], "bolts", 7)
    await scene.presenter.show_details(item.id)
    (window,) = scene.view.findChildren(DetailsWindow)
    assert window.changes.text() == "Bolts: 7 pcs. Set by hand. The vision model answered: 4 pcs"
    window.close()


@pytest.mark.parametrize("key", ["bolts", "rust", "words", "marks"])
async def test_enter_ends_an_editor_and_opens_no_picture(scene: Scene, key: str) -> None:
    await scene.go_to(0, key)
    await scene.press(Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor is not scene.view.table
    if isinstance(editor, ChoiceEditor):
        editor.hidePopup()
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: not scene.view.table.is_editing)
    await scene.settled()
    assert scene.view.table.hasFocus()
    assert [in_full for _, in_full in scene.chosen] == [False]
