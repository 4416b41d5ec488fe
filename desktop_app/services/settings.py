"""The settings in use: one place to read them, to change them, and to hear of changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, Future

from desktop_app.domain.errors import AppError
from desktop_app.domain.settings import Settings
from desktop_app.services.listeners import Listeners
from desktop_app.services.ports import SettingsRepository


class SettingsService:
    """Holds the current settings; lives on one thread.

    Attributes:
        problem: what was wrong with the settings file when it was loaded, to be told once.
    """

    def __init__(
        self,
        repository: SettingsRepository,
        saving: Executor | None = None,
        report: Callable[[AppError], None] | None = None,
    ) -> None:
        """Load the settings (blocking, a few milliseconds).

        Args:
            saving: runs the saving, so that a slow disk does not stall the window; one thread only. Without
                it `change` saves before it returns.
            report: told, on the saving thread, when saving in `saving` failed.
        """
        self._repository = repository
        self._saving = saving
        self._report = report
        self._listeners: Listeners[Settings] = Listeners()
        self._pending: Future[None] | None = None
        self._current, self.problem = repository.load()
        self._saved = self._current

    @property
    def current(self) -> Settings:
        return self._current

    def change(self, edit: Callable[[Settings], Settings]) -> Settings:
        """Replace the settings by `edit(current)`, save them and tell the listeners; returns the new ones.

        Raises:
            AppError: DISK_FULL or SETTINGS_UNWRITABLE when saving here failed; the change still holds until
                the program ends.
        """
        changed = edit(self._current)
        if changed == self._current:
            return changed
        self._current = changed
        self._listeners.tell(changed)
        if self._saving is None:
            self._save()
        else:
            self._pending = self._saving.submit(self._save_and_report)
        return changed

    def watch(self, listener: Callable[[Settings], None]) -> Callable[[], None]:
        """Call `listener` with the new settings after each change; returns the way to stop."""
        return self._listeners.add(listener)

    async def close(self) -> None:
        """Wait until the last change is on disk (or was reported as not saved)."""
        if self._pending is not None:
            await asyncio.wrap_future(self._pending)

    def _save(self) -> None:
        """Save the newest settings; of several changes in a row only the last is written."""
        wanted = self._current
        if wanted != self._saved:
            self._repository.save(wanted)
            self._saved = wanted

    def _save_and_report(self) -> None:
        try:
            self._save()
        except AppError as problem:
            if self._report is None:
                raise
            self._report(problem)
