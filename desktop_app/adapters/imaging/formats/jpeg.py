"""JPEG, including the files of cameras that put further pictures behind the first (MPO)."""

from __future__ import annotations

from typing import BinaryIO

from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from desktop_app.adapters.imaging.formats.picture_format import PictureFormat, SizeGuard, UnsupportedKindError


def _matches(head: bytes) -> bool:
    return head.startswith(b"\xff\xd8\xff")


def _open(file: BinaryIO, guard: SizeGuard) -> ImageFile:
    # Not Image.open: it would take a phone's picture with a depth map behind it for an animation (MPO).
    try:
        return JpegImageFile(file)
    except SyntaxError as problem:
        if "12-bit" in str(problem):  # sound, and in use in medicine
            raise UnsupportedKindError(f"JPEG: {problem}") from problem
        raise


FORMAT = PictureFormat(
    "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"), _matches, _open, scales_while_decoding=True
)
