"""The small picture that cameras store in a JPEG's metadata: far cheaper than the picture itself."""

from __future__ import annotations

import io

from PIL import ExifTags, Image, ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.domain.geometry import Size

_SHAPE_TOLERANCE = 0.01
"""Relative. Some cameras put black bars around a preview of fixed shape; those must not be shown."""

_EXIF_HEADER = b"Exif\0\0"


def embedded_preview(picture: OpenPicture, least: Size) -> ImageFile.ImageFile | None:
    """The preview undecoded, turned like the picture as stored, or None when there is no usable one.

    It must cover `least` (as stored) and have the picture's shape; its colours are described by the
    picture's own profile, which is passed on.
    """
    if picture.file_format.name != "JPEG":
        return None
    try:
        preview = _read(picture.image)
    except Exception:  # damaged metadata: the picture itself is still there
        return None
    if preview is None or not _fits(preview, picture.image, least):
        return None
    if "icc_profile" in picture.image.info:
        preview.info.setdefault("icc_profile", picture.image.info["icc_profile"])
    return preview


def _read(image: ImageFile.ImageFile) -> ImageFile.ImageFile | None:
    block = image.info.get("exif")
    if not isinstance(block, bytes) or not block.startswith(_EXIF_HEADER):
        return None
    tags = Image.Image.getexif(image).get_ifd(ExifTags.IFD.IFD1)
    start, length = tags.get(ExifTags.Base.JpegIFOffset), tags.get(ExifTags.Base.JpegIFByteCount)
    if not isinstance(start, int) or not isinstance(length, int):
        return None
    start += len(_EXIF_HEADER)
    return JpegImageFile(io.BytesIO(block[start : start + length]))


def _fits(preview: Image.Image, image: Image.Image, least: Size) -> bool:
    if not least.width <= preview.width <= image.width or not least.height <= preview.height <= image.height:
        return False
    return abs(preview.width * image.height / (preview.height * image.width) - 1) <= _SHAPE_TOLERANCE
