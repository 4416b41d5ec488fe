"""Turning pictures upright: the eight orientations of EXIF and TIFF (tag 274)."""

from __future__ import annotations

from PIL import Image

from desktop_app.domain.geometry import Size

TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What brings a picture stored in this orientation upright; 1 is upright."""


def upright_size(stored: Size, orientation: int) -> Size:
    """Size as seen; the same function turns a size as seen back into one as stored."""
    return Size(stored.height, stored.width) if orientation >= 5 else stored


def upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)
