"""Opens, decodes and prepares picture files with Pillow."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from desktop_app.adapters.imaging.decoding import Decoded, Wanted, decode
from desktop_app.adapters.imaging.encoding import encode
from desktop_app.adapters.imaging.facts import facts_of
from desktop_app.adapters.imaging.formats.registry import all_suffixes
from desktop_app.adapters.imaging.opening import opened, opened_file
from desktop_app.adapters.imaging.regions import whole_region
from desktop_app.adapters.imaging.small import small_picture
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import LoadedPicture, PictureFacts, PreparedPicture, Raster
from desktop_app.domain.vision_tokens import SAFE_ASPECT_RATIO, SizePlan, VisionFamily, plan_size

_DETAIL_KEPT = 2
"""Decoding for a vision model may shrink to this many times the sent size; the rest is left to a filter that
uses every pixel.

At twice the size, this changes less than JPEG of quality 90 does when the picture is sent. Compared with
filtering the full picture it was, in dB and largest difference of 255 levels, and for that JPEG: photographs
49 / 10 and 37 / 38, scans of fine print 43 / 11 and 37 / 19, print with edges as no lens makes them 39 / 21
and 38 / 21, charts with lines of 1 to 4 pixels 34 / 39 and 34 / 46. At 1.74 times the size, which would have
pictures of 12 megapixels decoded at half size in half the time, such print (36 / 38) and charts (33 / 49)
lose more than by the JPEG.
"""

_HASH_BLOCK = 1 << 20


class PillowPictureFiles:
    """Picture files by content; usable from any number of threads at once."""

    def __init__(self, max_megapixels: int) -> None:
        """`max_megapixels`: pictures above this are refused before they are decoded."""
        self._max_megapixels = max_megapixels
        self._suffixes = all_suffixes()

    def limit_to(self, max_megapixels: int) -> None:
        """Refuse pictures above another size from now on."""
        self._max_megapixels = max_megapixels

    @property
    def suffixes(self) -> frozenset[str]:
        return self._suffixes

    def load(self, path: Path, within: Size | None = None) -> LoadedPicture:
        """Decode to upright sRGB pixels: full size, or fitted into `within` (never enlarged).

        Raises:
            AppError: one of the PICTURE_... codes.
        """
        with opened(path, self._max_megapixels) as picture:
            decoded = decode(picture, lambda size: None if within is None else _fitted(size, within))
            image = decoded.image
            return LoadedPicture(
                Raster(Size(*image.size), image.tobytes()), decoded.original_size, decoded.notes
            )

    def prepare(
        self, path: Path, family: VisionFamily, budget_tokens: int, region: Box | None = None
    ) -> PreparedPicture:
        """Make ready for a vision model of `family` within `budget_tokens` image tokens (0: no limit).

        The region is clamped to the picture and widened to whole pixels. Shapes longer than
        `SAFE_ASPECT_RATIO` are refused rather than padded: what the model receives is what the user sees.

        Raises:
            AppError: one of the PICTURE_... codes; WRONG_USE when the region lies outside the picture.
        """
        with opened(path, self._max_megapixels) as picture:
            decoded = decode(
                picture,
                lambda size: _wanted(
                    size, *_part_and_plan(path, size, region, family, budget_tokens), region is None
                ),
            )
            part, plan = _part_and_plan(path, decoded.original_size, region, family, budget_tokens)
            return PreparedPicture(
                encode(decoded.image if region is None else _cut(decoded, part, plan.sent)),
                decoded.original_size,
                None if region is None else part,
                plan.tokens,
                _hash_of(picture.file),
                decoded.notes,
            )

    def facts(self, path: Path) -> PictureFacts:
        """Read what the file says about itself.

        Raises:
            AppError: one of the PICTURE_... codes.
        """
        with opened(path, self._max_megapixels) as picture:
            return facts_of(picture, path.stat())

    def content_hash(self, path: Path) -> str:
        """Hexadecimal SHA-256 of the file's bytes.

        Raises:
            AppError: PICTURE_MISSING, PICTURE_UNREADABLE or PICTURE_EMPTY.
        """
        with opened_file(path) as file:
            return _hash_of(file)

    def check(self, path: Path) -> None:
        """Raise unless the file is a picture that can be opened; its pixels are not decoded.

        Raises:
            AppError: one of the PICTURE_... codes.
        """
        with opened(path, self._max_megapixels):
            pass

    def small(self, path: Path, edge: int) -> Image.Image:
        """A picture of at most `edge` x `edge` for the gallery, as fast as the format allows.

        A preview or thumbnail stored in the file is used when it is large enough.

        Raises:
            AppError: one of the PICTURE_... codes.
        """
        with opened(path, self._max_megapixels) as picture:
            return small_picture(picture, edge)


def _hash_of(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_HASH_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _part_and_plan(
    path: Path, size: Size, region: Box | None, family: VisionFamily, budget_tokens: int
) -> tuple[Box, SizePlan]:
    """The part of a picture of `size` that is sent, in whole pixels, and the size it is sent at."""
    part = whole_region(Box(0, 0, size.width, size.height) if region is None else region, size)
    if part is None:
        raise AppError(ErrorCode.WRONG_USE, reason=f"The marked region lies outside {path.name}.")
    part_size = Size(int(part.width), int(part.height))
    if part_size.aspect_ratio > SAFE_ASPECT_RATIO:
        raise AppError(
            ErrorCode.PICTURE_TOO_LONG, name=path.name, detail=f"{part_size.width} x {part_size.height}"
        )
    return part, plan_size(part_size, family, budget_tokens)


def _fitted(size: Size, within: Size) -> Wanted:
    fitted = size.fitted(within)
    return Wanted(fitted, fitted, Image.Resampling.HAMMING)


def _wanted(size: Size, part: Box, plan: SizePlan, is_whole: bool) -> Wanted:
    """With a least size at which the part still has `_DETAIL_KEPT` times the sent size."""
    across = plan.sent.width * _DETAIL_KEPT / part.width
    down = plan.sent.height * _DETAIL_KEPT / part.height
    least = Size(
        max(1, min(size.width, round(size.width * across))),
        max(1, min(size.height, round(size.height * down))),
    )
    return Wanted(least, plan.sent if is_whole else None, Image.Resampling.LANCZOS)


def _cut(decoded: Decoded, part: Box, size: Size) -> Image.Image:
    """The part, which is in pixels of the original; the decoded picture may be smaller."""
    image, original = decoded.image, decoded.original_size
    across, down = image.width / original.width, image.height / original.height
    box = (part.left * across, part.top * down, part.right * across, part.bottom * down)
    return image.resize((size.width, size.height), Image.Resampling.LANCZOS, box)
