"""The column with the pictures' names stays in place while the others are scrolled sideways."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.ui.runs.grid.conftest import NOTHING_HELD, SHIFT, Key, Scene

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
async def scrolled(scene: Scene) -> Scene:
    """A narrow window, scrolled sideways by more than the first column's width."""
    scene.view.resize(760, 460)
    await scene.settled()
    bar = scene.view.table.horizontalScrollBar()
    bar.setValue(scene.view.table.columnWidth(0) + 90)
    await scene.settled()
    assert scene.view.table.pinned_width == scene.view.table.columnWidth(0)
    return scene


def seen(scene: Scene, rect: QRect) -> QImage:
    return scene.view.table.viewport().grab(rect).toImage()


async def click(scene: Scene, x: int, row: int, held: Qt.KeyboardModifier = NOTHING_HELD) -> None:
    table = scene.view.table
    y = table.rowViewportPosition(row) + table.rowHeight(row) // 2
    QTest.mouseClick(table.viewport(), LEFT, held, QPoint(x, y))
    await scene.settled()


async def test_names_are_drawn_where_they_were(scrolled: Scene) -> None:
    table = scrolled.view.table
    part = QRect(0, 0, table.pinned_width - 1, 5 * table.rowHeight(0))
    shown = seen(scrolled, part)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert seen(scrolled, part) == shown
    table.horizontalScrollBar().setValue(0)
    assert table.pinned_width == 0
    assert seen(scrolled, part) == shown


async def test_names_move_with_their_rows(scrolled: Scene) -> None:
    table = scrolled.view.table
    scrolled.view.resize(760, 300)
    await scrolled.settled()
    height = table.rowHeight(0)
    third = seen(scrolled, QRect(0, 2 * height, table.pinned_width, height))
    table.verticalScrollBar().setValue(2 * height)
    await scrolled.settled()
    assert seen(scrolled, QRect(0, 0, table.pinned_width, height)) == third


async def test_a_click_on_a_name_goes_to_it_and_not_to_what_it_covers(scrolled: Scene) -> None:
    table = scrolled.view.table
    await click(scrolled, 30, 2)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, 0)
    assert table.visualRect(table.currentIndex()).left() == 0
    await click(scrolled, table.pinned_width + 5, 2)
    assert table.currentIndex().column() == table.columnAt(table.pinned_width + 5) > 0


async def test_rows_are_selected_from_a_name_to_another_cell(scrolled: Scene) -> None:
    await click(scrolled, 30, 1)
    await click(scrolled, scrolled.view.table.pinned_width + 20, 4, SHIFT)
    assert list(scrolled.view.selected_ids()) == [item.id for item in (await scrolled.items())[1:5]]


async def test_the_keyboards_cell_is_never_below_the_names(scrolled: Scene) -> None:
    table = scrolled.view.table
    table.setFocus()
    table.setCurrentIndex(scrolled.cell(1, ":note"))
    await scrolled.settled()
    for _ in range(table.model().columnCount() - 2):
        await scrolled.press(Key.Key_Left)
        assert table.visualRect(table.currentIndex()).left() >= table.pinned_width
    await scrolled.press(Key.Key_Left)
    assert table.currentIndex().column() == 0


async def test_going_to_a_name_scrolls_nothing_sideways(scrolled: Scene) -> None:
    table = scrolled.view.table
    table.setFocus()
    await click(scrolled, table.pinned_width + 60, 1)
    before = table.horizontalScrollBar().value()
    await scrolled.press(Key.Key_Home)
    assert (table.currentIndex().column(), table.horizontalScrollBar().value()) == (0, before)


async def test_its_head_sorts_and_its_edge_resizes_it(scrolled: Scene) -> None:
    table, head = scrolled.view.table, scrolled.view.table.header.viewport()
    QTest.mouseClick(head, LEFT, NOTHING_HELD, QPoint(40, 10))
    QTest.mouseClick(head, LEFT, NOTHING_HELD, QPoint(40, 10))
    await scrolled.until(lambda: scrolled.column(":name")[0] == "IMG 12.jpg")
    widths = [table.columnWidth(n) for n in range(table.model().columnCount())]
    edge = QPoint(table.pinned_width - 1, 10)
    QTest.mouseMove(head, edge)
    QTest.mousePress(head, LEFT, NOTHING_HELD, edge)
    QTest.mouseMove(head, edge + QPoint(30, 0))
    QTest.mouseRelease(head, LEFT, NOTHING_HELD, edge + QPoint(30, 0))
    await scrolled.settled()
    assert table.columnWidth(0) == edge.x() + 30
    assert [table.columnWidth(n) for n in range(1, len(widths))] == widths[1:]


async def test_summaries_stand_below_their_columns_and_not_on_the_names(scrolled: Scene) -> None:
    view = scrolled.view
    bolts = next(n for n, column in enumerate(view.model.columns) if column.key == "bolts")
    rect = view.strip.part_rect("bolts", 0)
    assert rect.left() + view.strip.mapTo(view.table.header, QPoint()).x() == (
        view.table.header.sectionViewportPosition(bolts) + 8
    )
    covered = view.strip.part_rect("rust", 0)
    assert covered.left() < view.table.pinned_width
    QTest.mouseClick(view.strip, LEFT, NOTHING_HELD, QPoint(max(2, covered.left()), covered.center().y()))
    await scrolled.settled()
    assert view.model.rowCount() == 12


async def test_the_keyboard_takes_the_table_to_a_bar_that_is_out_of_sight(scrolled: Scene) -> None:
    view, header = scrolled.view, scrolled.view.table.header
    view.table.verticalScrollBar().setValue(20)
    before = view.table.verticalScrollBar().value()
    view.strip.setFocus()
    last = next(n for n, column in enumerate(view.model.columns) if column.key == ":confidence")
    QTest.keyClick(view.strip, Key.Key_End)
    await scrolled.settled()
    assert header.left_of(last) + header.sectionSize(last) <= header.viewport().width()
    QTest.keyClick(view.strip, Key.Key_Home)
    await scrolled.settled()
    assert header.left_of(1) >= view.table.pinned_width
    assert view.table.verticalScrollBar().value() == before


async def test_a_first_column_that_takes_most_of_the_table_scrolls_away(scrolled: Scene) -> None:
    table = scrolled.view.table
    table.setColumnWidth(0, 600)
    await scrolled.settled()
    assert table.pinned_width == 0
    assert table.visualRect(scrolled.cell(0, ":name")).left() < 0
