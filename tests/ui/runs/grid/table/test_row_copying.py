"""Rows on the clipboard, on their way to a spreadsheet."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.domain.forms.form import Form, FormField, Number, Text
from desktop_app.domain.runs.rows import RunRows, columns_of
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.table.row_copying import RowCopying
from desktop_app.ui.runs.grid.words import GridWords
from tests.ui.runs.grid.conftest import CONTROL, SHIFT, Key, Scene


@pytest.mark.parametrize(
    ("words", "depth", "copied"),
    [
        ("=cmd|calc", -5, ["'@SUM(A1).png", "'=cmd|calc", "-5"]),
        ("+49 170", 5, ["'@SUM(A1).png", "'+49 170", "5"]),
        ("a = b", 5, ["'@SUM(A1).png", "a = b", "5"]),
    ],
)
def test_copied_text_does_not_run_in_a_spreadsheet(
    qapp: QApplication, words: str, depth: int, copied: list[str]
) -> None:
    form = Form("Bridge", (FormField("words", "=Words", Text(60)), FormField("depth", "Depth", Number())))
    model = GridItemModel(GridWords())
    rows = RunRows([1], ["@SUM(A1).png"], [ItemState.ANSWERED], {"words": [words], "depth": [depth]})
    model.replace(rows, columns_of(form))
    RowCopying(model, GridWords()).begin([range(1)])
    lines = [line.split("\t")[:3] for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines == [["Picture", "'=Words", "Depth"], copied]


async def test_rows_are_copied_as_a_table(scene: Scene) -> None:
    await scene.go_to(0, "condition")
    await scene.press(Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "good"
    await scene.press(Key.Key_Down, SHIFT)
    await scene.press(Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[:3] for line in lines] == [
        ["Picture", "Rust", "Bolts"],
        ["IMG 1.jpg", "yes", "0"],
        ["IMG 2.jpg", "no", "4"],
    ]


async def test_a_copy_that_is_cut_short_says_so(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.ui.runs.grid.table.row_copying.MOST", 3)
    await scene.go_to(0, "rust")
    await scene.press(Key.Key_A, CONTROL)
    await scene.press(Key.Key_C, CONTROL)
    assert len(QGuiApplication.clipboard().text().split("\n")) == 4
    assert scene.view.bar.note == "The first 3 rows were copied. Export gives all of them."


async def test_many_rows_are_copied_in_their_order(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.ui.runs.grid.table.row_copying._AT_ONCE", 5)
    scene.presenter.sort(":name", True)
    await scene.until(lambda: scene.column(":name")[0] == "IMG 12.jpg")
    await scene.go_to(0, "rust")
    await scene.press(Key.Key_A, CONTROL)
    await scene.press(Key.Key_C, CONTROL)
    await scene.until(lambda: QGuiApplication.clipboard().text().count("\n") == 12)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines] == ["Picture", *(f"IMG {n}.jpg" for n in range(12, 0, -1))]
