"""What the program needs to know about one file format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from PIL.ImageFile import ImageFile

HEAD_BYTES = 256
"""How much of a file's beginning `PictureFormat.matches` is given."""

NOTES = "notes"
"""Key in `info`: a tuple of `Note` about what a decoder of ours did to the values."""

SAMPLES = "samples"
"""Key in `info`: what one value of the file is, for example "16 bit", when a decoder of ours read it."""

SizeGuard: TypeAlias = Callable[[int, int], None]
"""Called with a width and height in pixels that decoding would need memory for; raises when that is too
much.
"""


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """One file format. To add a format, write a file like its neighbours and list it in `registry`.

    Attributes:
        name: as the user knows it.
        suffixes: lower case, with the dot; the usual one first.
        matches: whether a file beginning with these bytes is of this format.
        open: read the head and return the picture undecoded; must call the guard before anything of the size
            that the file claims is allocated.
        opens_upright: the orientation in the file is applied by the decoder itself.
        scales_while_decoding: `draft()` gives the true picture at a smaller size.
        has_own_thumbnails: `draft()` gives a small picture stored beside the true one.
        several_means_frames: several pictures in one file are frames or pages, of which the first is used;
            otherwise the file names a main one.
        verify: raises when the file's own checksums do not fit, where the decoder does not look at them; must
            leave the file's position as it was.
        late_exif: finds metadata that may follow the pixels (b"" when there is none) without decoding them;
            must leave the file's position as it was.
    """

    name: str
    suffixes: tuple[str, ...]
    matches: Callable[[bytes], bool]
    open: Callable[[BinaryIO, SizeGuard], ImageFile]
    opens_upright: bool = False
    scales_while_decoding: bool = False
    has_own_thumbnails: bool = False
    several_means_frames: bool = True
    verify: Callable[[BinaryIO], None] | None = None
    late_exif: Callable[[BinaryIO], bytes] | None = None


class UnsupportedKindError(Exception):
    """The file is sound, but holds a kind of picture that cannot be decoded."""
