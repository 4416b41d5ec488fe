"""What a picture file says about itself."""

from __future__ import annotations

import os
from datetime import datetime

from PIL import ExifTags, Image

from desktop_app.adapters.imaging.colour import profile_name
from desktop_app.adapters.imaging.decoding import frame_count
from desktop_app.adapters.imaging.formats.picture_format import SAMPLES
from desktop_app.adapters.imaging.metadata import exif_of, orientation_of, sub_directory
from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.adapters.imaging.raw_modes import halves_16_bits
from desktop_app.adapters.imaging.turning import upright_size
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import PictureFacts

_COLOURS = {
    "1": "black and white, 1 bit",
    "L": "grey, 8 bit",
    "LA": "grey, 8 bit, transparency",
    "La": "grey, 8 bit, transparency",
    "P": "palette",
    "PA": "palette, transparency",
    "RGB": "RGB, 8 bit",
    "RGBA": "RGB, 8 bit, transparency",
    "RGBa": "RGB, 8 bit, transparency",
    "CMYK": "CMYK, 8 bit",
    "YCbCr": "YCbCr, 8 bit",
    "LAB": "Lab, 8 bit",
    "I": "grey, 32 bit",
    "F": "grey, 32 bit floating point",
}

_EXIF_TIME = "%Y:%m:%d %H:%M:%S"


def facts_of(picture: OpenPicture, status: os.stat_result) -> PictureFacts:
    """Facts about an opened picture, without decoding it; damaged metadata counts as none."""
    colour = _colour(picture)
    frames = frame_count(picture)
    stored = Size(*picture.image.size)
    orientation = orientation_of(picture)
    exif = exif_of(picture)
    return PictureFacts(
        size=upright_size(stored, orientation),
        file_format=picture.file_format.name,
        colour=colour,
        size_bytes=status.st_size,
        modified=datetime.fromtimestamp(status.st_mtime),
        taken=_taken(exif),
        camera=_camera(exif),
        has_location=_has_location(exif),
        frames=frames,
    )


def _colour(picture: OpenPicture) -> str:
    image = picture.image
    words = _COLOURS.get(image.mode, "grey, 16 bit" if image.mode.startswith("I;16") else image.mode)
    if SAMPLES in image.info:
        words = words.replace("8 bit", image.info[SAMPLES])
    elif halves_16_bits(image):
        words = words.replace("8 bit", "16 bit")
    if "transparency" in image.info and "transparency" not in words:
        words += ", transparency"
    profile = image.info.get("icc_profile")
    name = profile_name(profile) if isinstance(profile, bytes) else ""
    return f"{words}, profile: {name}" if name else words


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value.strip("\0 \t\r\n") if isinstance(value, str) else ""


def _taken(exif: Image.Exif) -> datetime | None:
    details = sub_directory(exif, ExifTags.IFD.Exif)
    for tag in (ExifTags.Base.DateTimeOriginal, ExifTags.Base.DateTimeDigitized):
        try:
            return datetime.strptime(_text(details.get(tag)), _EXIF_TIME)
        except ValueError:
            continue
    return None


def _camera(exif: Image.Exif) -> str | None:
    maker, model = _text(exif.get(ExifTags.Base.Make)), _text(exif.get(ExifTags.Base.Model))
    if model.casefold().startswith(maker.casefold()):
        return model or None
    return f"{maker} {model}".strip() or None


def _has_location(exif: Image.Exif) -> bool:
    location = sub_directory(exif, ExifTags.IFD.GPSInfo)
    return ExifTags.GPS.GPSLatitude in location and ExifTags.GPS.GPSLongitude in location
