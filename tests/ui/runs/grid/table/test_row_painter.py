"""Which rows of the grid are drawn, and how wide they want their columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop_app.domain.runs.row_filters import OneOf
from desktop_app.ui.runs.grid.table.row_painter import Row, RowPainter
from tests.ui.runs.grid.conftest import Scene

Columns = Sequence[tuple[int, int, int]]


@pytest.fixture
async def drawn(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the rows that are drawn from now on; a thumbnail that came is not counted."""
    numbers: list[int] = []
    draw: Callable[..., None] = RowPainter.draw

    def noted(self: RowPainter, painter: object, row: Row, columns: Columns) -> None:
        if len(columns) > 1:
            numbers.append(row.number)
        draw(self, painter, row, columns)

    await scene.settled()
    monkeypatch.setattr(RowPainter, "draw", noted)
    return numbers


async def test_a_row_that_changed_is_drawn_and_not_the_whole_screen(scene: Scene, drawn: list[int]) -> None:
    scene.view.model.announce([3])
    await scene.settled()
    assert {3} <= set(drawn) <= {3, 4}  # Qt adds a pixel at the bottom


async def test_a_run_is_not_drawn_again_and_again(scene: Scene, drawn: list[int]) -> None:
    view = scene.view
    await scene.presenter.show(None)
    await scene.settled()
    drawn.clear()
    await scene.presenter.show(scene.run)
    await scene.settled()
    opened = drawn.count(0)
    assert opened in (1, 2)  # the first rows, and all of them when they take longer
    scene.presenter.filter_column("rust", OneOf(frozenset((True,))))
    await scene.until(lambda: view.model.rowCount() == 3)
    await scene.settled()
    assert drawn.count(0) == opened + 1


async def test_two_rows_far_apart_are_drawn_without_those_between(scene: Scene, drawn: list[int]) -> None:
    scene.view.table.select_ids([scene.view.model.item_id(1), scene.view.model.item_id(6)], None)
    await scene.settled()
    assert {1, 6} <= set(drawn) <= {1, 2, 6, 7}


async def test_a_double_click_on_an_edge_shows_the_longest_text_on_screen(scene: Scene) -> None:
    table = scene.view.table
    words = next(n for n, column in enumerate(scene.view.model.columns) if column.key == "words")
    items = await scene.items()
    await scene.presenter.editing.set_values(
        [items[2].id], "words", "the paint has come off the lower flange"
    )
    table.setColumnWidth(words, 60)
    table.header.sectionHandleDoubleClicked.emit(words)
    QApplication.processEvents()
    text = table.fontMetrics().horizontalAdvance("the paint has come off the lower flange")
    assert text < table.columnWidth(words) < 2 * text


async def test_a_failure_is_one_sentence_across_the_columns_of_the_form(scene: Scene) -> None:
    """Parts of it in cells would move with the edges of the cells."""
    table = scene.view.table
    left, top = table.columnViewportPosition(1), table.rowViewportPosition(9)
    width = table.columnWidth(1)
    edge = table.viewport().grab().toImage().copy(left + width - 20, top + 2, 40, table.rowHeight(9) - 4)
    table.setColumnWidth(1, width + 14)
    table.setColumnWidth(2, table.columnWidth(2) - 14)
    QApplication.processEvents()
    place = QPoint(left + width - 20, top + 2)
    again = table.viewport().grab().toImage().copy(place.x(), place.y(), 40, table.rowHeight(9) - 4)
    assert again == edge
    colours = {edge.pixel(x, y) for x in range(edge.width()) for y in range(edge.height())}
    assert len(colours) > 2  # there are words
