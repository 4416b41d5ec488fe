"""What was learnt about servers, in the library."""

from __future__ import annotations

import sqlite3

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.servers import ServerLimits


class SqliteLimits:
    """Fulfils `LimitsRepository`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def limits(self, base_url: str, model: str) -> ServerLimits:
        """What is known; all None when nothing is."""

        def work(connection: sqlite3.Connection) -> ServerLimits:
            row = connection.execute(
                "SELECT max_pixels, picture_limit, context_tokens FROM server_limits"
                " WHERE base_url = ? AND model = ?",
                (base_url, model),
            ).fetchone()
            return ServerLimits() if row is None else ServerLimits(*row)

        return await self._library.read(work)

    async def save_limits(self, base_url: str, model: str, limits: ServerLimits) -> None:
        """Replace what is known."""
        await self._library.execute(
            "INSERT OR REPLACE INTO server_limits VALUES (?, ?, ?, ?, ?)",
            base_url,
            model,
            limits.max_pixels,
            limits.picture_limit,
            limits.context_tokens,
        )
