"""The program's log and the log of connections, both plain text in the user's log folder.

The log of connections is for a security officer: one line per request, before it leaves, with the host, where
that host is, and whether the request was allowed. It never holds a question, an answer, a picture or a key.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop_app.domain.servers import NetworkScope

PROGRAM = "lightdesk"
CONNECTIONS = "lightdesk.connections"
_BYTES = 2_000_000
_KEPT = 3


class _LogFile(RotatingFileHandler):
    """What cannot be written, onto a full disk for example, is left out without a word."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging calls it so
        return

    def close(self) -> None:
        with suppress(OSError):
            super().close()


class LogFiles:
    """Opens the logs; a folder that cannot be written costs the logs, never the program."""

    def __init__(self, program_log: Path) -> None:
        self._handlers: list[tuple[logging.Logger, logging.Handler]] = []
        self.problem: OSError | None = None
        self._open(PROGRAM, program_log)
        self._open(CONNECTIONS, program_log.with_name("connections.log"))

    def connection(self, host: str, scope: NetworkScope, allowed: bool) -> None:
        """Enter a request that is about to leave or was refused."""
        verdict = "allowed" if allowed else "refused"
        logging.getLogger(CONNECTIONS).info("%s %s %s", verdict, scope.value, host)

    def close(self) -> None:
        for logger, handler in self._handlers:
            logger.removeHandler(handler)
            handler.close()
        self._handlers.clear()

    def _open(self, name: str, path: Path) -> None:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.propagate = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handler = _LogFile(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
        except OSError as problem:
            self.problem = problem
            return
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        self._handlers.append((logger, handler))
