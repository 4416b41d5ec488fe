"""Joins the settings dialog's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.settings.presenter import SettingsPresenter
from desktop_app.ui.settings.view import SettingsDialog


def join_settings(
    dialog: SettingsDialog,
    presenter: SettingsPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the dialog; `start` runs a coroutine on the loop."""
    dialog.theme_chosen.connect(presenter.choose_theme)
    dialog.language_chosen.connect(presenter.choose_language)
    dialog.recursive_changed.connect(presenter.set_recursive)
    dialog.cache_size_changed.connect(presenter.set_cache_size)
    dialog.megapixels_changed.connect(presenter.set_max_megapixels)
    dialog.never_outside_changed.connect(presenter.set_never_outside)
    dialog.clear_cache_requested.connect(lambda: start(presenter.clear_cache()))
