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
