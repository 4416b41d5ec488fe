"""Settings with their defaults; the settings file holds only what differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.runs.export_format import LINES_PER_SHARD, ExportFormat, PictureSize
from desktop_app.domain.servers import ServerProfile
from desktop_app.domain.theme_choice import ThemeChoice

SETTINGS_VERSION = 1


class SortOrder(StrEnum):
    """Order of pictures in the gallery."""

    NAME = "name"
    NEWEST = "newest"
    OLDEST = "oldest"
    LARGEST = "largest"
    SMALLEST = "smallest"


@dataclass(frozen=True, slots=True)
class GallerySettings:
    """How folders are listed."""

    recursive: bool = False
    sort: SortOrder = SortOrder.NAME
    tile_px: int = 144
    recent_folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """Limits for opening pictures.

    Attributes:
        max_megapixels: pictures above this are refused as likely decompression bombs.
        thumbnail_cache_mb: size cap of the thumbnail cache on disk.
        fetch_limit_mb: largest picture fetched from a web address.
        fetch_timeout_s: longest time for fetching one picture.
    """

    max_megapixels: int = 400
    thumbnail_cache_mb: int = 512
    fetch_limit_mb: int = 50
    fetch_timeout_s: int = 30


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """What may leave this computer.

    Attributes:
        never_outside: refuse every host outside the local network, whatever a profile says; for
            administrators.
    """

    never_outside: bool = False


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """Look of the window. `language` is a code such as "zh_CN", or "" for the system's."""

    theme: ThemeChoice = ThemeChoice.SYSTEM
    language: str = ""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """How a run was handed over last, to begin with the next time.

    Attributes:
        folder: where to, "" for nowhere yet.
        beside: caption texts went beside their pictures.
        batch_lines: most requests in one file for a batch service.
    """

    format: ExportFormat = ExportFormat.XLSX
    folder: str = ""
    for_excel: bool = True
    pictures: PictureSize = PictureSize.SMALL
    copy_pictures: bool = False
    beside: bool = True
    batch_lines: int = LINES_PER_SHARD


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the user can choose."""

    version: int = SETTINGS_VERSION
    servers: tuple[ServerProfile, ...] = ()
    server: str = ""
    """Name of the server in use; "" for the first one, or the built-in reader when there is none."""
    use_reader: bool = False
    """Ask the built-in reader although servers are set up."""
    asking: AskOptions = field(default_factory=AskOptions)
    gallery: GallerySettings = field(default_factory=GallerySettings)
    pictures: PictureSettings = field(default_factory=PictureSettings)
    privacy: PrivacySettings = field(default_factory=PrivacySettings)
    exporting: ExportSettings = field(default_factory=ExportSettings)
    window: WindowSettings = field(default_factory=WindowSettings)

    def current_server(self) -> ServerProfile | None:
        """The profile in use, or None for the built-in reader."""
        if self.use_reader or not self.servers:
            return None
        return next((profile for profile in self.servers if profile.name == self.server), self.servers[0])
