"""EXIF metadata of an opened picture, damaged or not."""

from __future__ import annotations

from PIL import ExifTags, Image

from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.adapters.imaging.turning import TURNS


def exif_of(picture: OpenPicture) -> Image.Exif:
    """The tags that can be read; none when the metadata is damaged. Does not decode the pixels."""
    image, find_late = picture.image, picture.file_format.late_exif
    if find_late is not None and "exif" not in image.info and (block := find_late(picture.file)):
        image.info["exif"] = block
    try:
        # Not the PNG decoder's own method, which decodes the whole picture first.
        return Image.Image.getexif(image)
    except Exception:  # damaged metadata must not cost the picture; Pillow raises almost anything here
        return Image.Exif()


def sub_directory(exif: Image.Exif, which: ExifTags.IFD) -> dict[int, object]:
    """A directory within, for example the position; empty when there is none or it is damaged."""
    try:
        return dict(exif.get_ifd(which))
    except Exception:  # as above
        return {}


def orientation_of(picture: OpenPicture) -> int:
    """1 to 8, see `turning`; 1 when the decoder turns the picture itself, and for impossible values."""
    if picture.file_format.opens_upright:
        return 1
    value = exif_of(picture).get(ExifTags.Base.Orientation, 1)
    return value if value in TURNS else 1
