"""Pixels for drawing: right colours at every size, also where bands meet."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.ui.picture import pixels
from desktop_app.ui.picture.pixels import combined, develop


def sloped(width: int, height: int) -> Raster:
    """Red grows to the right, green downwards."""
    row_of = [bytes((x * 255 // width, y * 255 // height, 7)) for y in range(height) for x in range(width)]
    return Raster(Size(width, height), b"".join(row_of))


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bands of a few rows and halves down to a few pixels, so that small pictures go the whole way."""
    monkeypatch.setattr(pixels, "_BAND_PIXELS", 200)
    monkeypatch.setattr(pixels, "_SMALLEST_HALVED", 100)


@pytest.mark.usefixtures("small_steps")
@given(st.integers(1, 90), st.integers(1, 90))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_level_shows_the_same_picture(width: int, height: int) -> None:
    made = develop(sloped(width, height))
    assert made.size == Size(width, height)
    assert made.levels[0].width() == width
    for larger, smaller in zip(made.levels, made.levels[1:], strict=False):
        assert smaller.width() == (larger.width() + 1) // 2
        assert smaller.height() == (larger.height() + 1) // 2
    for level in made.levels:
        steps_x, steps_y = 255 / level.width(), 255 / level.height()
        for x in {0, level.width() // 2, level.width() - 1}:
            for y in {0, level.height() // 2, level.height() - 1}:
                colour = level.pixelColor(x, y)
                assert abs(colour.red() - (x + 0.5) * steps_x) <= 1.5 * steps_x + 3
                assert abs(colour.green() - (y + 0.5) * steps_y) <= 1.5 * steps_y + 3
                assert colour.blue() == 7


def test_the_first_level_has_the_exact_pixels() -> None:
    made = develop(Raster(Size(2, 2), bytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])))
    level = made.levels[0]
    colours = [level.pixelColor(x, y).name() for y in (0, 1) for x in (0, 1)]
    assert colours == ["#010203", "#040506", "#070809", "#0a0b0c"]


@pytest.mark.usefixtures("small_steps")
def test_a_very_large_picture_is_not_copied_but_has_smaller_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "_LARGEST_CONVERTED", 1000)
    raster = sloped(64, 48)
    made = develop(raster)
    assert made.buffer is raster.rgb
    assert made.levels[0].depth() == 24
    assert [level.depth() for level in made.levels[1:]] == [32] * (len(made.levels) - 1)
    assert made.levels[0].pixelColor(32, 24) == QColor(127, 127, 7)


@pytest.mark.usefixtures("small_steps")
def test_the_smallest_sufficient_version_is_drawn() -> None:
    full, quick = develop(sloped(80, 60)), develop(sloped(33, 25))
    both = combined(quick, full)
    assert both.size == Size(80, 60)
    assert both.level_for(80).width() == 80
    assert both.level_for(42).width() == 80
    assert both.level_for(40).width() == 40
    assert both.level_for(33).width() == 33
    assert both.level_for(500).width() == 80
    assert both.held_bytes == sum(level.sizeInBytes() for level in both.levels)
