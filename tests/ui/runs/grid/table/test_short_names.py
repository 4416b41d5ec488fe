"""Names of pictures that are too long for their column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop_app.ui.runs.grid.table.short_names import short_name

NAMES = st.text("ab/ \\é空", min_size=1, max_size=40)


@pytest.fixture(scope="module")
def metrics(qapp: QApplication) -> QFontMetrics:
    return QFontMetrics(QFont())


def test_folders_go_first_and_the_nearest_one_last(metrics: QFontMetrics) -> None:
    name = "a long way/to the pictures/span 4/IMG_0412.jpg"
    width = metrics.horizontalAdvance("…/span 4/IMG_0412.jpg")
    assert short_name(metrics, name, width).endswith("span 4/IMG_0412.jpg")
    assert short_name(metrics, name, metrics.horizontalAdvance(name)) == name
    assert short_name(metrics, name.replace("/", "\\"), width).endswith("span 4\\IMG_0412.jpg")


def test_a_file_that_is_too_long_by_itself_keeps_its_beginning_and_end(metrics: QFontMetrics) -> None:
    name = "folder/IMG_0412 after the repair of the lower flange.jpg"
    short = short_name(metrics, name, metrics.horizontalAdvance("IMG_0412 aft…ge.jpg"))
    assert short.startswith("IMG_")
    assert "…" in short
    assert short.endswith(".jpg")


@given(NAMES, st.integers(30, 400))
def test_it_never_takes_more_room_than_there_is(metrics: QFontMetrics, name: str, width: int) -> None:
    assert metrics.horizontalAdvance(short_name(metrics, name, width)) <= width + 1
