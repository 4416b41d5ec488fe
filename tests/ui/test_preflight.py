"""What a person is told when Qt could not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.domain.error_texts import english
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui.preflight import (
    EVERYTHING_ON_DEBIAN,
    check_system_libraries,
    debian_packages,
    missing_library,
)

README = Path(__file__).parents[2] / "README.md"


def test_a_missing_library_is_named_with_the_way_to_get_it() -> None:
    error = missing_library("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")
    assert error.code is ErrorCode.SYSTEM_LIBRARY_MISSING
    assert "libxcb-cursor.so.0" in english(error).sentence
    assert "install" in english(error).advice


def test_everything_that_is_missing_is_installed_at_once() -> None:
    lacking = {
        "libEGL.so.1",
        "libxcb-cursor.so.0",
        "libglib-2.0.so.0",
        "libgthread-2.0.so.0",
        "libwayland-egl.so.1",
    }
    packages = debian_packages("libEGL.so.1", lambda library: library not in lacking)
    assert packages == ["libegl1", "libglib2.0-0", "libxcb-cursor0"]


def test_the_readme_names_the_same_packages() -> None:
    assert f"\nsudo apt-get install {EVERYTHING_ON_DEBIAN}\n" in README.read_text("utf-8")


def test_other_loader_trouble_keeps_the_loader_words() -> None:
    error = missing_library("undefined symbol: _ZN9QtPrivate")
    assert error.code is ErrorCode.UNEXPECTED
    assert "_ZN9QtPrivate" in error.detail


def test_no_display_is_said_before_qt_aborts() -> None:
    with pytest.raises(AppError) as caught:
        check_system_libraries({}, platform="linux")
    assert caught.value.code is ErrorCode.NO_SCREEN


@pytest.mark.parametrize("environment", [{"QT_QPA_PLATFORM": "offscreen"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_a_machine_that_can_start_qt_passes(environment: dict[str, str]) -> None:
    check_system_libraries(environment, platform="linux")


def test_other_systems_bring_their_libraries_with_them() -> None:
    check_system_libraries({}, platform="win32")
