"""Contrast, and the letters that can be read on any colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtGui import QColor

from desktop_app.ui.theme.contrast import contrast, readable_on

PARTS = some.integers(0, 255)
COLOURS = some.builds(QColor, PARTS, PARTS, PARTS)

ENOUGH = 4.5
"""What the guidelines ask for words of usual size."""


def test_known_pairs() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@given(COLOURS, COLOURS)
def test_it_is_the_same_both_ways(first: QColor, second: QColor) -> None:
    assert contrast(first, second) == contrast(second, first) >= 1


@given(COLOURS)
def test_letters_can_be_read_on_any_colour(ground: QColor) -> None:
    assert contrast(ground, readable_on(ground)) > ENOUGH
