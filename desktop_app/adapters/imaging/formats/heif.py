"""HEIC and other HEIF pictures, as phones take them."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile

from desktop_app.adapters.imaging.formats.iso_media import brands
from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard

_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}
)


def _matches(head: bytes) -> bool:
    return not brands(head).isdisjoint(_BRANDS)


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    # A large library that most folders never need. It applies the orientation itself.
    from pillow_heif.as_plugin import HeifImageFile

    opened: ImageFile = HeifImageFile(file)  # type: ignore[no-untyped-call]
    return opened


FORMAT = PictureFormat(
    "HEIC",
    (".heic", ".heif", ".hif", ".heics", ".heifs"),
    _matches,
    _open,
    opens_upright=True,
    has_own_thumbnails=True,
    several_means_frames=False,
)
