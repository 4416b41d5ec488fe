"""Find out before Qt does whether the system libraries it needs are there.

Qt ends the whole process when its platform plugin cannot be loaded, with a message meant for programmers.
Here the same libraries are tried first, so that a person is told which one is missing and how to get it.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode

DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""Debian's and Ubuntu's package for each library that PySide6's wheels take from the system."""

EVERYTHING_ON_DEBIAN = (
    "libegl1 libgl1 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
)
"""All that a bare machine lacks for X11 and headless use; the README names the same list."""

_MISSING = re.compile(r"(\S+\.so[.\d]*): cannot open shared object file")


def check_system_libraries(environment: Mapping[str, str], platform: str = sys.platform) -> None:
    """Raise when Qt could not start.

    Raises:
        AppError: SYSTEM_LIBRARY_MISSING for a library, NO_SCREEN when there is no display.
    """
    if platform != "linux":
        return
    _try(lambda: importlib.import_module("PySide6.QtWidgets"))
    plugin = _platform_plugin(environment)
    if plugin is not None:
        _try(lambda: ctypes.CDLL(str(plugin)))


def _platform_plugin(environment: Mapping[str, str]) -> Path | None:
    """The plugin Qt will choose, or None when the choice is an unusual one that Qt may judge itself."""
    wanted = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if not wanted:
        if environment.get("WAYLAND_DISPLAY"):
            return None  # Qt falls back to X11 by itself when Wayland does not work out
        if not environment.get("DISPLAY"):
            raise AppError(ErrorCode.NO_SCREEN)
        wanted = "xcb"
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        return None
    plugin = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{wanted}.so"
    return plugin if plugin.exists() else None


def _try(load: Callable[[], object]) -> None:
    try:
        load()
    except (ImportError, OSError) as problem:
        raise missing_library(str(problem)) from problem


def missing_library(loader_message: str) -> AppError:
    """The error for what the dynamic loader said, with the command that installs the library."""
    found = _MISSING.search(loader_message)
    if found is None:
        return AppError(ErrorCode.UNEXPECTED, detail=loader_message)
    library = found.group(1)
    return AppError(
        ErrorCode.SYSTEM_LIBRARY_MISSING,
        library=library,
        command=_install_command(library),
        detail=loader_message,
    )


def _is_there(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _is_needed(library: str) -> bool:
    return "wayland" not in library  # Qt falls back to X11 without them


def _install_command(library: str) -> str:
    if Path("/etc/debian_version").exists():
        return f"sudo apt-get install {' '.join(debian_packages(library))}"
    if Path("/etc/redhat-release").exists():
        return f"sudo dnf install '*/{library}'"
    return f"your system's package manager (search for {library})"


def debian_packages(library: str, is_there: Callable[[str], bool] = _is_there) -> list[str]:
    """What to install: the library's package, then those of all others that are missing.

    The loader names one library at a time, and a bare machine lacks a dozen.
    """
    missing = [
        package for name, package in DEBIAN_PACKAGES.items() if _is_needed(name) and not is_there(name)
    ]
    return list(dict.fromkeys([DEBIAN_PACKAGES.get(library, EVERYTHING_ON_DEBIAN), *missing]))


def print_problem(error: AppError) -> None:
    """Say it where a person who started the program from a terminal will see it."""
    from desktop_app.domain.error_texts import english

    text = english(error)
    sys.stderr.write(f"{text.sentence}\n{text.advice}\n")
    if os.environ.get("LIGHTDESK_VERBOSE"):
        sys.stderr.write(f"{error.detail}\n")
