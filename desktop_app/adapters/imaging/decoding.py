"""The one road from an opened file to upright sRGB pixels; the viewer, the thumbnails and what is sent to a
vision model all take it.

Damaged files are errors: a picture of which a part is missing is never passed on as if it were whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from desktop_app.adapters.imaging.colour import to_srgb
from desktop_app.adapters.imaging.formats.picture_format import NOTES
from desktop_app.adapters.imaging.metadata import orientation_of
from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.adapters.imaging.raw_modes import halves_16_bits
from desktop_app.adapters.imaging.turning import upright, upright_size
from desktop_app.domain.geometry import Size
from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note

_SHRINKABLE = frozenset({"L", "RGB", "CMYK", "LAB", "LA", "RGBA", "YCbCr"})
"""Modes whose values may be averaged before colours are converted."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Pixels of the whole picture, mode RGB, upright, at the size asked for or larger.

    Attributes:
        image: for use while the file is open; without metadata.
        original_size: full size as seen.
        notes: what was changed on the way.
    """

    image: Image.Image
    original_size: Size
    notes: tuple[Note, ...]


def decode(picture: OpenPicture, needed: Callable[[Size], Size | None]) -> Decoded:
    """Decode a picture, at a smaller size where that is cheaper.

    Args:
        picture: freshly opened.
        needed: given the full size as seen, the least size at which all of the picture is needed, or None for
            full size. Decoding may shrink by whole numbers as long as neither side falls below it.
    """
    if picture.file_format.verify is not None:
        picture.file_format.verify(picture.file)
    notes = [*picture.notes, *_frame_notes(picture)]  # counting frames after decoding would undo it
    image: Image.Image = picture.image
    if halves_16_bits(image):
        notes.append(Note(NoteCode.DEEP_SCALED, (("bits", 16),)))
    orientation = orientation_of(picture)
    original = upright_size(Size(*image.size), orientation)
    least = needed(original)
    stored_least = None if least is None else upright_size(least, orientation)
    if stored_least is not None and picture.file_format.scales_while_decoding:
        picture.image.draft(None, (stored_least.width, stored_least.height))
    image.load()
    notes.extend(image.info.get(NOTES, ()))
    if stored_least is not None:
        image = _shrunk(image, stored_least)
    image = upright(to_srgb(image, notes), orientation)
    image.info = {}
    return Decoded(image, original, tuple(notes))


def _shrunk(image: Image.Image, least: Size) -> Image.Image:
    factor = min(image.width // max(least.width, 1), image.height // max(least.height, 1))
    if factor < 2 or image.mode not in _SHRINKABLE or "transparency" in image.info:
        return image
    small = image.reduce(factor)
    small.info = dict(image.info)
    return small


def _frame_notes(picture: OpenPicture) -> list[Note]:
    count = frame_count(picture)
    if count < 2:
        return []
    code = NoteCode.FIRST_FRAME if picture.file_format.several_means_frames else NoteCode.MAIN_PICTURE
    return [Note(code, (("count", count),))]


def frame_count(picture: OpenPicture) -> int:
    """Frames or pages in the file; 1 when those after the first cannot be counted."""
    try:
        count = getattr(picture.image, "n_frames", 1)
    except Exception:  # a damaged later frame does not concern the first
        picture.image.seek(0)
        return 1
    return count if isinstance(count, int) else 1
