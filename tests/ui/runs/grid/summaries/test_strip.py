"""How much room the summaries take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.runs.row_filters import Between, OneOf
from desktop_app.domain.runs.rows import columns_of
from desktop_app.domain.runs.summaries import Part, Summary
from desktop_app.ui.runs.grid.summaries.spots import height_of, spots_of
from tests.ui.runs.grid.conftest import Scene

UNIT = 4
COLUMN = columns_of(plain_form("What is it?"))[0]


def values(count: int) -> Summary:
    return Summary("condition", tuple(Part(OneOf(frozenset((f"{n}",))), 1, 1) for n in range(count)))


def histogram(count: int) -> Summary:
    return Summary("bolts", tuple(Part(Between(n, n + 1), 1, 1) for n in range(count)), is_histogram=True)


summaries = st.lists(
    st.builds(values, st.integers(1, 12)) | st.builds(histogram, st.integers(1, 12)), min_size=1, max_size=4
)


@given(summaries, st.integers(40, 600))
def test_every_bar_has_room_in_the_height_of_the_highest_summary(found: list[Summary], width: int) -> None:
    height = height_of(found, UNIT)
    room = QRect(0, 0, width, height - UNIT)
    spots = [spot for one in found for spot in spots_of(COLUMN, one, room, UNIT)]
    assert all(room.contains(spot.rect) for spot in spots)
    if not any(one.is_histogram for one in found):
        assert room.bottom() - max(spot.rect.bottom() for spot in spots) <= 1


async def test_the_rows_begin_right_below_the_highest_summary_there_is(scene: Scene) -> None:
    view, table = scene.view, scene.view.table
    full = table.header.height()
    assert table.viewport().y() == full
    heights = []
    for found in ([values(1)], [values(2)], [values(9)], [values(1), histogram(3)]):
        view.show_summaries(found, {})
        await scene.settled()
        assert view.strip.geometry().bottom() < table.header.height() == table.viewport().y()
        heights.append(full - table.header.height())
    assert heights[0] > heights[1] > heights[2] == heights[3] == 0


async def test_rows_do_not_jump_while_the_summaries_are_counted(scene: Scene) -> None:
    view, table = scene.view, scene.view.table
    view.show_summaries([values(1)], {})
    low = table.header.height()
    view.show_summaries([], {})
    assert table.header.height() == low
