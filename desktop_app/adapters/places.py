"""Where the program keeps its files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

HOME_VARIABLE = "LIGHTDESK_HOME"
_APP = "lightdesk"


class Places(NamedTuple):
    """Files and folders of one user; none of them need exist yet.

    Attributes:
        library: database of conversations.
        settings: the user's settings file.
        defaults: machine-wide settings file of an administrator, below the user's own.
        cache: folder of files that may be deleted at any time.
        pasted: folder of pictures that were pasted, dragged in as pixels or fetched.
        log: log file.
        keys: file for API keys where there is no keyring.
        is_moved: whether `LIGHTDESK_HOME` moved everything away from the user's usual folders.
    """

    library: Path
    settings: Path
    defaults: Path
    cache: Path
    pasted: Path
    log: Path
    keys: Path
    is_moved: bool = False


def find_places(environment: Mapping[str, str]) -> Places:
    """Work out the places; creates nothing.

    `LIGHTDESK_HOME` moves every file the program writes, and the administrator's file with them, so that a
    copy on a stick or in a test depends on nothing of the machine. Without it the system's own folders count.
    """
    home = environment.get(HOME_VARIABLE, "").strip()
    if home:
        return _below(Path(home).expanduser().absolute())
    return _system_places()


def _below(home: Path) -> Places:
    return Places(
        library=home / "data" / "library.sqlite",
        settings=home / "config" / "settings.toml",
        defaults=home / "config" / "defaults.toml",
        cache=home / "cache",
        pasted=home / "data" / "pasted",
        log=home / "log" / "lightdesk.log",
        keys=home / "config" / "keys.json",
        is_moved=True,
    )


def _system_places() -> Places:
    import platformdirs  # 15 ms that a moved program need not pay

    dirs = platformdirs.PlatformDirs(_APP, appauthor=False)
    data, config = dirs.user_data_path, dirs.user_config_path
    return Places(
        library=data / "library.sqlite",
        settings=config / "settings.toml",
        defaults=dirs.site_config_path / "defaults.toml",
        cache=dirs.user_cache_path,
        pasted=data / "pasted",
        log=dirs.user_log_path / "lightdesk.log",
        keys=config / "keys.json",
    )
