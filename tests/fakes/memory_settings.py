"""Settings for tests that keep none."""

from __future__ import annotations

from desktop_app.domain.errors import AppError
from desktop_app.domain.settings import Settings


class MemorySettings:
    """A settings file that is never written."""

    def load(self) -> tuple[Settings, AppError | None]:
        return Settings(), None

    def save(self, settings: Settings) -> None:
        self.saved = settings
