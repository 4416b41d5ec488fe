from __future__ import annotations

import pytest

from desktop_app.ui.runs.grid.editing.cell_editor import boxes_in


@pytest.mark.parametrize(
    "line", ["1, 2, 30, 40", "1 2 30 40", "1;2;30;40", "1，2，30，40", "1、2、30、40", " 1； 2 30,40 "]
)
def test_a_box_is_read_as_people_write_numbers(line: str) -> None:
    assert boxes_in(f"{line}\n\n5, 6, 7, 8\n") == [[1.0, 2.0, 30.0, 40.0], [5.0, 6.0, 7.0, 8.0]]


def test_what_is_no_number_is_kept_for_the_field_to_refuse() -> None:
    assert boxes_in("1, 2, x, 4") == ["1, 2, x, 4"]
