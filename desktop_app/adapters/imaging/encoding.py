"""Pixels to the bytes that are sent: JPEG for photographs, PNG for what JPEG would smear, and no metadata.

How the format is chosen, on the pixels as they will be sent:

1. A drawing, screenshot, chart or clean scan has few colours (at most 256, and at most 32 where all are
   greys: a grey photograph never has more than 256) or large even areas: at least 60 % of all pixels have
   exactly the colour of the pixel to their left. In the sample pictures, tables, charts and notices have 83
   to 92 %, photographs 9 to 36 %.
2. Such a picture is encoded as PNG, unless that takes more than three times the bytes of the JPEG and more
   than 256 kB: then it is a photograph after all (washed out to white, or enlarged).

JPEG is quality 90 with full colour resolution (4:4:4); halved colour resolution makes red text illegible.
"""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageChops

from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture

_JPEG_QUALITY = 90
_FEW_COLOURS = 256
_FEW_GREYS = 32
_EVEN_SHARE = 0.6
_PNG_MAY_BE_TIMES_JPEG = 3
_PNG_MAY_ALWAYS_BE = 256 * 1024


def encode(image: Image.Image) -> EncodedPicture:
    """Encode an RGB picture as it is; its size is not changed."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)  # a new picture holds pixels and nothing else
    jpeg = b""
    if looks_drawn(bare):
        png = _bytes(bare, "PNG", compress_level=6)
        if len(png) <= _PNG_MAY_ALWAYS_BE:
            return _encoded(png, "image/png", bare)
        jpeg = _jpeg(bare)
        if len(png) <= _PNG_MAY_BE_TIMES_JPEG * len(jpeg):
            return _encoded(png, "image/png", bare)
    return _encoded(jpeg or _jpeg(bare), "image/jpeg", bare)


def looks_drawn(image: Image.Image) -> bool:
    """Whether an RGB picture has few colours or large even areas."""
    if _has_few_colours(image):
        return True
    width, height = image.size
    if width < 2:
        return False
    left = image.crop((0, 0, width - 1, height))
    right = image.crop((1, 0, width, height))
    red, green, blue = ImageChops.difference(left, right).split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return largest.histogram()[0] >= _EVEN_SHARE * (width - 1) * height


def _has_few_colours(image: Image.Image) -> bool:
    colours = image.getcolors(_FEW_COLOURS)
    if colours is None:
        return False
    return len(colours) <= _FEW_GREYS or any(len({*rgb}) > 1 for _, rgb in colours if isinstance(rgb, tuple))


def _jpeg(image: Image.Image) -> bytes:
    return _bytes(image, "JPEG", quality=_JPEG_QUALITY, subsampling=0)


def _bytes(image: Image.Image, file_format: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def _encoded(data: bytes, mime: str, image: Image.Image) -> EncodedPicture:
    return EncodedPicture(data, mime, Size(*image.size), hashlib.sha256(data).hexdigest())
