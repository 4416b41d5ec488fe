"""Columns are as wide as suits them, and as a person made them."""

from __future__ import annotations

from desktop_app.domain.runs.rows import RunRows, columns_of
from tests.fakes.made_runs import plan
from tests.ui.runs.grid.conftest import Scene


def widths(scene: Scene) -> list[int]:
    table = scene.view.table
    return [table.columnWidth(number) for number in range(table.model().columnCount())]


async def test_columns_use_the_room_there_is(scene: Scene) -> None:
    table, totals = scene.view.table, []
    for width in (2100, 2400):
        scene.view.resize(width, 560)
        await scene.settled()
        totals.append(sum(widths(scene)))
        assert width - len(widths(scene)) <= totals[-1] <= table.viewport().width()
        assert not table.horizontalScrollBar().isVisible()
    assert totals[0] < totals[1]


async def test_widths_that_a_person_chose_stay(scene: Scene) -> None:
    scene.view.table.setColumnWidth(2, 333)
    chosen = widths(scene)
    scene.view.resize(2300, 560)
    await scene.settled()
    assert widths(scene) == chosen


async def test_the_columns_of_another_form_have_widths_of_their_own(scene: Scene) -> None:
    table = scene.view.table
    scene.view.resize(900, 560)
    table.setColumnWidth(0, 333)
    table.horizontalScrollBar().setValue(200)
    scene.view.show_rows(RunRows(), columns_of(plan().form))
    await scene.settled()
    assert widths(scene)[0] != 333
    assert table.horizontalScrollBar().value() == 0
