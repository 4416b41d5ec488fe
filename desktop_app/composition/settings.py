"""Loads the settings, which the window needs before the rest of the program."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

from desktop_app.adapters.places import Places
from desktop_app.adapters.settings_file import SettingsFile
from desktop_app.domain.errors import AppError
from desktop_app.domain.settings import WindowSettings
from desktop_app.services.settings import SettingsService


def load_settings(
    places: Places, saving: Executor | None = None, report: Callable[[AppError], None] | None = None
) -> SettingsService:
    """The settings; `problem` tells when their file was broken.

    Args:
        saving: saves in the background, one thread; without it `change` saves before it returns.
        report: told on that thread when saving failed.
    """
    return SettingsService(SettingsFile(places.settings, places.defaults), saving, report)


def window_settings(places: Places) -> WindowSettings:
    """How the window is to look, by the settings files as they are; they are left as they are."""
    return SettingsFile(places.settings, places.defaults).peek().window
