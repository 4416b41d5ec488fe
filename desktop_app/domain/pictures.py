"""Pictures as the program talks about them: where they are, what they are, and their pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.domain.geometry import Box, Size


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture file. Pasted and fetched pictures are files too; `origin` then says where they came from.

    Attributes:
        path: absolute path of the file.
        origin: web address the bytes were fetched from, or None for a file of the user's.
    """

    path: Path
    origin: str | None = None

    @property
    def name(self) -> str:
        return self.path.name


class FolderEntry(NamedTuple):
    """A picture file as a folder listing shows it, without opening it.

    A named tuple, because a folder may hold 100,000 of them and a frozen dataclass takes six times as long
    to make.

    Attributes:
        path: absolute path as text (100,000 `Path` objects would cost memory for nothing).
        name: path below the opened folder, with forward slashes.
        size_bytes: file size.
        modified_ns: modification time in nanoseconds since the epoch.
    """

    path: str
    name: str
    size_bytes: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels ready to be shown: upright, sRGB, no transparency.

    Attributes:
        size: width and height in pixels.
        rgb: `3 * width * height` bytes, rows from the top, no padding.
    """

    size: Size
    rgb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoadedPicture:
    """Pixels of a picture at some scale together with what had to be done to them.

    Attributes:
        raster: the pixels, possibly smaller than the original.
        original_size: full size with orientation applied.
        notes: what was changed on the way, for the user to read ("first frame of 12", "16 bit scaled to 8").
    """

    raster: Raster
    original_size: Size
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """One conversion the user should know of: a code for translation and the numbers in it."""

    code: str
    values: tuple[tuple[str, str | int], ...] = ()

    def worded(self, texts: Mapping[Any, str], translate: Callable[[str], str] = str) -> str:
        """Its sentence, values filled in; the bare code for one that is not known here.

        Args:
            texts: English sentences by code.
        """
        try:
            return translate(texts[self.code]).format_map(dict(self.values))
        except KeyError:
            return self.code


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the file says about itself; shown on demand, never sent.

    Attributes:
        size: full size as seen, in pixels.
        file_format: for example "JPEG".
        colour: for example "CMYK, 8 bit, profile: Coated FOGRA39".
        size_bytes: file size.
        modified: last change of the file, local time.
        taken: when the camera says the picture was taken, without time zone.
        camera: maker and model.
        has_location: whether the file holds GPS coordinates.
        frames: number of frames or pages.
    """

    size: Size
    file_format: str
    colour: str
    size_bytes: int
    modified: datetime
    taken: datetime | None = None
    camera: str | None = None
    has_location: bool = False
    frames: int = 1


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """Bytes as they are sent to a vision model.

    Attributes:
        data: the encoded file.
        mime: "image/jpeg" or "image/png".
        size: size in pixels of the encoded picture, equal to the size the model sees.
        digest: hexadecimal SHA-256 of `data`; used as the request's `uuid`.
    """

    data: bytes = field(repr=False)
    mime: str
    size: Size
    digest: str


@dataclass(frozen=True, slots=True)
class PreparedPicture:
    """A picture made ready for a vision model, with the truth about what was done to it.

    Attributes:
        encoded: what is sent.
        original_size: full size as seen, in pixels, before cropping and resizing.
        region: the part of the original that is sent, in its pixels; None for all of it.
        predicted_tokens: image tokens this will cost, without the two markers around them.
        content_hash: hexadecimal SHA-256 of the original file's bytes; identifies the picture after a rename.
        notes: conversions the user should know of.
    """

    encoded: EncodedPicture
    original_size: Size
    region: Box | None
    predicted_tokens: int
    content_hash: str
    notes: tuple[Note, ...] = ()
