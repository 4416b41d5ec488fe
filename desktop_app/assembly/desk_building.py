"""Makes the desk of a window that is on screen already; importing this imports all that it takes."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.adapters.folders.disk_folders import DiskFolders
from desktop_app.adapters.imaging.thumbnails import ThumbnailCache
from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.assembly.desk import Desk, DeskAdapters
from desktop_app.assembly.reader_words import reader_words
from desktop_app.assembly.shell import Shell
from desktop_app.assembly.table_words import table_words
from desktop_app.composition.core import build_core
from desktop_app.domain.servers import NetworkScope
from desktop_app.domain.settings import Settings
from desktop_app.ui.tasks import Tasks


def build_desk(shell: Shell, tasks: Tasks, on_connection: Callable[[str, NetworkScope, bool], None]) -> Desk:
    """Join the window with everything below it; `Desk.begin` then brings it to life.

    Args:
        on_connection: the connection log.
    """
    core = build_core(
        shell.places,
        shell.settings,
        reader_words(),
        on_connection=on_connection,
        language=shell.frame.language,
        table_words=table_words,
    )
    thumbnails = ThumbnailCache(
        core.files, shell.places.cache / "thumbnails", _cache_bytes(shell.settings.current)
    )
    shell.settings.watch(lambda changed: thumbnails.limit_to(_cache_bytes(changed)))
    repository = SqliteConversations(core.library, core.workers)
    return Desk(shell, core, DeskAdapters(DiskFolders(), thumbnails, repository, thumbnails.clear), tasks)


def _cache_bytes(settings: Settings) -> int:
    return settings.pictures.thumbnail_cache_mb * 1024 * 1024
