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
class Wanted:
    """How large a picture is wanted, upright.

    Attributes:
        least: decoding may shrink by whole numbers as long as neither side falls below this.
        whole: the size that all of the picture is to have; None where only a part of it is wanted.
        resampling: the filter for that.
    """

    least: Size
    whole: Size | None
    resampling: Image.Resampling


@dataclass(frozen=True, slots=True)
class Decoded:
    """Pixels of the whole picture, mode RGB, upright, at the size wanted or, for a part, larger.

    Attributes:
        image: for use while the file is open; without metadata.
        original_size: full size as seen.
        notes: what was changed on the way.
    """

    image: Image.Image
    original_size: Size
    notes: tuple[Note, ...]


def decode(picture: OpenPicture, wanted: Callable[[Size], Wanted | None]) -> Decoded:
    """Decode a picture, at a smaller size where that is cheaper.

    A picture is shrunk before its colours are converted and it is turned, where its values may be averaged:
    both take longer than decoding on the 12 megapixels of a telephone, whose pictures need both.

    Args:
        picture: freshly opened.
        wanted: given the full size as seen, the size wanted, or None for full size.
    """
    if picture.file_format.verify is not None:
        picture.file_format.verify(picture.file)
    notes = [*picture.notes, *_frame_notes(picture)]  # counting frames after decoding would undo it
    image: Image.Image = picture.image
    if halves_16_bits(image):
        notes.append(Note(NoteCode.DEEP_SCALED, (("bits", 16),)))
    orientation = orientation_of(picture)
    original = upright_size(Size(*image.size), orientation)
    size = wanted(original)
    if size is not None and picture.file_format.scales_while_decoding:
        stored_least = upright_size(size.least, orientation)
        picture.image.draft(None, (stored_least.width, stored_least.height))
    image.load()
    notes.extend(image.info.get(NOTES, ()))
    if size is not None and image.mode in _SHRINKABLE and "transparency" not in image.info:
        image = _shrunk(image, size, orientation)
    image = upright(to_srgb(image, notes), orientation)
    if size is not None and size.whole is not None:
        image = resized(image, size.whole, size.resampling)
    image.info = {}
    return Decoded(image, original, tuple(notes))


def resized(image: Image.Image, size: Size, resampling: Image.Resampling) -> Image.Image:
    """The picture at this size; itself when it has it."""
    if image.size == (size.width, size.height):
        return image
    return image.resize((size.width, size.height), resampling)


def _shrunk(image: Image.Image, wanted: Wanted, orientation: int) -> Image.Image:
    info, least = dict(image.info), upright_size(wanted.least, orientation)
    factor = min(image.width // max(least.width, 1), image.height // max(least.height, 1))
    if factor >= 2:
        image = image.reduce(factor)
    if wanted.whole is not None:
        whole = upright_size(wanted.whole, orientation)
        if whole.width <= image.width and whole.height <= image.height:
            image = resized(image, whole, wanted.resampling)
    image.info = info
    return image


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
