"""AVIF, still and animated."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile

from desktop_app.adapters.imaging.formats.iso_media import brands
from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard


def _matches(head: bytes) -> bool:
    return not brands(head).isdisjoint({b"avif", b"avis"})


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    from PIL.AvifImagePlugin import AvifImageFile

    return AvifImageFile(file)


FORMAT = PictureFormat("AVIF", (".avif", ".avifs"), _matches, _open)
