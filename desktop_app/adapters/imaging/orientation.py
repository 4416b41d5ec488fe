"""How the camera was held, as the file tells."""

from __future__ import annotations

from PIL import ExifTags

from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.adapters.imaging.turning import TURNS


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
    return value if value in TURNS else 1
