"""What the settings dialog does: every change is kept at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.settings import Settings
from desktop_app.domain.theme_choice import ThemeChoice


class SettingsBook(Protocol):
    """What the dialog needs from the settings service."""

    @property
    def current(self) -> Settings: ...

    def change(self, edit: Callable[[Settings], Settings]) -> object: ...

    def watch(self, listener: Callable[[Settings], None]) -> Callable[[], None]: ...


class View(Protocol):
    """The dialog as the presenter sees it."""

    def show_settings(self, settings: Settings) -> None: ...

    def show_restart_needed(self, needed: bool) -> None:
        """Whether the chosen language differs from the one the window runs in."""
        ...

    def show_clearing(self, running: bool) -> None: ...

    def show_cleared(self) -> None: ...

    def show_error(self, error: AppError) -> None: ...


class SettingsPresenter:
    """Joins the dialog to the settings service."""

    def __init__(
        self, view: View, settings: SettingsBook, clear_thumbnails: Callable[[], Awaitable[None]]
    ) -> None:
        """`clear_thumbnails` empties the thumbnail cache on disk; it may raise AppError."""
        self._view = view
        self._settings = settings
        self._clear_thumbnails = clear_thumbnails
        self._language_running = settings.current.window.language
        self._stop_watching = settings.watch(self._show)

    def open(self) -> None:
        self._show(self._settings.current)

    def close(self) -> None:
        """Stop following the settings; the presenter is of no use afterwards."""
        self._stop_watching()

    def choose_theme(self, choice: ThemeChoice) -> None:
        self._change(lambda s: replace(s, window=replace(s.window, theme=choice)))

    def choose_language(self, language: str) -> None:
        """A code such as "zh_CN", or "" for the system's; takes effect at the next start."""
        self._change(lambda s: replace(s, window=replace(s.window, language=language)))

    def set_recursive(self, recursive: bool) -> None:
        self._change(lambda s: replace(s, gallery=replace(s.gallery, recursive=recursive)))

    def set_cache_size(self, megabytes: int) -> None:
        self._change(lambda s: replace(s, pictures=replace(s.pictures, thumbnail_cache_mb=megabytes)))

    def set_max_megapixels(self, megapixels: int) -> None:
        self._change(lambda s: replace(s, pictures=replace(s.pictures, max_megapixels=megapixels)))

    def set_never_outside(self, never: bool) -> None:
        self._change(lambda s: replace(s, privacy=replace(s.privacy, never_outside=never)))

    async def clear_cache(self) -> None:
        """Empty the thumbnail cache; the view tells when it is done."""
        self._view.show_clearing(True)
        try:
            await self._clear_thumbnails()
        except AppError as error:
            self._view.show_error(error)
        else:
            self._view.show_cleared()
        finally:
            self._view.show_clearing(False)

    def _change(self, change: Callable[[Settings], Settings]) -> None:
        if change(self._settings.current) == self._settings.current:
            return
        try:
            self._settings.change(change)
        except AppError as error:
            self._view.show_error(error)
            self._show(self._settings.current)

    def _show(self, settings: Settings) -> None:
        self._view.show_settings(settings)
        self._view.show_restart_needed(settings.window.language != self._language_running)
