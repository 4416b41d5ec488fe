"""Values typed and chosen in the cells of the grid, on a real library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.ui.runs.grid.editing.cell_editor import ChoiceEditor
from tests.ui.runs.grid.conftest import CONTROL, SHIFT, Key, Scene

# Said of popups and tips by the platform without a screen.
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton


async def test_a_number_is_edited_kept_marked_and_taken_back(scene: Scene) -> None:
    editor = await scene.edit(1, "bolts")
    editor.setText("7")
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: scene.column("bolts")[1] == "7")
    item = (await scene.items())[1]
    assert item.edited == {"bolts": 7}
    tip = str(scene.cell(1, "bolts").data(Qt.ItemDataRole.ToolTipRole))
    assert "Set by hand. The vision model answered: 4" in tip
    await scene.press(Key.Key_Z, CONTROL)
    await scene.until(lambda: scene.column("bolts")[1] == "4")
    assert (await scene.items())[1].edited == {}
    await scene.press(Key.Key_Z, CONTROL | SHIFT)
    await scene.until(lambda: scene.column("bolts")[1] == "7")
    await scene.press(Key.Key_Delete)
    await scene.until(lambda: scene.column("bolts")[1] == "4")


async def test_an_invalid_value_is_refused_with_a_sentence(scene: Scene) -> None:
    editor = await scene.edit(1, "bolts")
    editor.setText("99")
    QTest.keyClick(editor, Key.Key_Return)
    await scene.settled()
    assert editor.isVisible()
    assert scene.view.bar.note == "Write a whole number from 0 to 40."
    QTest.keyClick(editor, Key.Key_Escape)
    await scene.settled()
    assert (await scene.items())[1].edited == {}


@pytest.mark.parametrize(
    ("key", "act", "value"),
    [
        ("words", lambda e: e.setPlainText("new words"), "new words"),
        ("names", lambda e: e.setPlainText("one\n\n two "), ["one", "two"]),
        ("day", lambda e: e.setText("2023/1/2"), "2023-01-02"),
    ],
)
async def test_each_kind_has_its_editor(
    scene: Scene, key: str, act: Callable[[Any], None], value: object
) -> None:
    editor = await scene.edit(0, key)
    act(editor)
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: scene.view.model.rows.is_edited(0, key))
    assert (await scene.items())[0].edited == {key: value}


async def test_choices_are_ticked(scene: Scene) -> None:
    editor = await scene.edit(0, "marks")
    QTest.keyClick(editor, Key.Key_Space)
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: scene.column("marks")[0] == "a")
    assert (await scene.items())[0].edited == {"marks": ["a"]}


async def test_yes_or_no_is_chosen(scene: Scene) -> None:
    editor = await scene.edit(0, "rust")
    assert isinstance(editor, ChoiceEditor)
    editor.setCurrentIndex(1)
    editor.activated.emit(1)
    await scene.until(lambda: scene.column("rust")[0] == "no")


async def test_a_note_is_written_and_undone(scene: Scene) -> None:
    editor = await scene.edit(3, ":note")
    QTest.keyClicks(editor, "look again")
    QTest.keyClick(editor, Key.Key_Return)
    await scene.until(lambda: scene.column(":note")[3] == "look again")
    assert (await scene.items())[3].note == "look again"
    await scene.press(Key.Key_Z, CONTROL)
    await scene.until(lambda: scene.column(":note")[3] == "")


async def test_rows_keep_their_height_under_an_open_editor(scene: Scene) -> None:
    high = scene.view.table.rowHeight(0)
    editor = await scene.edit(0, "words")
    scene.view.resize(1900, 160)
    await scene.settled()
    assert scene.view.table.rowHeight(0) == high
    QTest.keyClick(editor, Key.Key_Escape)
    await scene.until(lambda: scene.view.table.rowHeight(0) < high)


async def test_rows_do_not_move_under_an_open_editor(scene: Scene) -> None:
    editor = await scene.edit(1, "words")
    scene.presenter.sort("bolts", True)
    await scene.settled()
    assert scene.column("bolts")[0] == "0"
    QTest.keyClick(editor, Key.Key_Escape)
    await scene.until(lambda: scene.column("bolts")[0] == "32")
