"""All formats that are opened, in the order in which their marks are looked for."""

from __future__ import annotations

from desktop_app.adapters.imaging.formats import avif, bmp, gif, heif, jpeg, png, tiff, webp
from desktop_app.adapters.imaging.formats.picture_format import PictureFormat

FORMATS: tuple[PictureFormat, ...] = (
    jpeg.FORMAT,
    png.FORMAT,
    webp.FORMAT,
    gif.FORMAT,
    tiff.FORMAT,
    avif.FORMAT,
    heif.FORMAT,
    bmp.FORMAT,
)


def format_of(head: bytes) -> PictureFormat | None:
    """The format of a file that begins with `head`; its name plays no part."""
    return next((one for one in FORMATS if one.matches(head)), None)


def suffixes_of(head: bytes) -> tuple[str, ...]:
    """Suffixes that fit a file beginning with `head`, the usual one first; none when it is no picture."""
    found = format_of(head)
    return found.suffixes if found is not None else ()


def all_suffixes() -> frozenset[str]:
    return frozenset().union(*(one.suffixes for one in FORMATS))
