"""The grid's item model: what it says of cells, and that Qt finds no fault with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.runs.rows import RunRows, columns_of
from desktop_app.domain.runs.run import ItemState
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords
from tests.ui.runs.grid.conftest import Scene

Role = Qt.ItemDataRole


def tip(scene: Scene, row: int, key: str) -> str:
    return str(scene.cell(row, key).data(Role.ToolTipRole))


async def test_qt_finds_no_fault_while_rows_come_and_go(scene: Scene) -> None:
    tester = QAbstractItemModelTester(
        scene.view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, scene.view
    )
    scene.presenter.search("2024-08")
    await scene.until(lambda: scene.view.model.rowCount() == 1)
    scene.presenter.show_all()
    scene.presenter.sort("bolts", True)
    await scene.until(lambda: scene.column("bolts")[0] == "32")
    await scene.presenter.show(None)
    assert tester.model() is scene.view.model


async def test_cells_read_as_people_write(scene: Scene) -> None:
    row = {key: scene.column(key)[2] for key in ("rust", "bolts", "condition", "day", "marks", "where")}
    assert row == {
        "rust": "no",
        "bolts": "8",
        "condition": "poor",
        "day": "2024-03-15",
        "marks": "a · b",
        "where": "1 box",
    }
    assert scene.column(":state")[2] == "answered"
    assert scene.column(":confidence")[2] == "50 %"
    assert scene.cell(2, "bolts").data(Role.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)


async def test_a_field_with_a_problem_tells_the_reason_and_the_raw_answer(scene: Scene) -> None:
    await scene.until(lambda: "raw 5" in tip(scene, 5, "bolts"))
    assert "The number is outside the range of the form." in tip(scene, 5, "bolts")
    cell = scene.view.model.cell(5, scene.view.model.columns[2])
    assert cell.text == "out of range"
    spoken = str(scene.cell(5, "bolts").data(Role.AccessibleTextRole))
    assert "The number is outside the range of the form." in spoken


async def test_a_failed_row_says_why(scene: Scene) -> None:
    assert scene.view.model.cell(9, scene.view.model.columns[1]).failure == "The picture 10.jpg is damaged."
    assert "Copy it again from where it came from." in tip(scene, 9, ":state")


async def test_only_fields_of_asked_pictures_and_notes_can_be_edited(scene: Scene) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert scene.cell(0, "rust").flags() & editable
    assert scene.cell(9, "rust").flags() & editable  # a person may answer where the vision model failed
    assert not scene.cell(11, "rust").flags() & editable
    assert scene.cell(11, ":note").flags() & editable
    assert not scene.cell(0, ":state").flags() & editable


def test_an_answer_that_breaks_off_shows_as_far_as_it_goes_with_a_mark(qapp: QApplication) -> None:
    columns, words = columns_of(plain_form("What is it?")), GridWords()
    model = GridItemModel(words)
    rows = RunRows([1], ["1.jpg"], [ItemState.ANSWERED], {"answer": ["A bridge with"]})
    rows.problems[0] = {"answer": ProblemKind.CUT_OFF}
    model.replace(rows, columns)
    cell = model.cell(0, columns[1])
    assert (cell.text, cell.problem) == ("A bridge with", ProblemKind.CUT_OFF)
    assert "cut off" in str(model.index(0, 1).data(Role.ToolTipRole))
