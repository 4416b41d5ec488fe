"""The eight ways a camera may have been held (EXIF 2.32, tag 274)."""

from __future__ import annotations

from PIL import ExifTags, Image

from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.domain.geometry import Size

_TURNS: dict[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def orientation_of(picture: OpenPicture) -> int:
    """1 to 8; 1 when the decoder turns the picture itself, and when the file's metadata cannot be read.

    A PNG is decoded by this when no metadata precedes its pixels: it may follow them.
    """
    if picture.file_format.opens_upright:
        return 1
    image = picture.image
    if picture.file_format.name == "PNG" and "exif" not in image.info:
        image.load()
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # damaged metadata must not cost the picture; Pillow raises almost anything here
        return 1
    return value if value in _TURNS else 1


def swaps_sides(orientation: int) -> bool:
    return orientation >= 5


def upright_size(stored: Size, orientation: int) -> Size:
    """Size as seen; the same function turns a size as seen back into one as stored."""
    return Size(stored.height, stored.width) if swaps_sides(orientation) else stored


def upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)
