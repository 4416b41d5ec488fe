"""Small pictures to be put into documents."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

from PIL import Image

from desktop_app.adapters.imaging.thumbnails import SmallPictures
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture

_QUALITY = 80


class DocumentPictures:
    """Makes them anew each time; usable from several threads."""

    def __init__(self, files: SmallPictures) -> None:
        self._files = files

    def small_jpeg(self, path: Path, edge: int) -> EncodedPicture:
        """At most `edge` x `edge` pixels, upright, sRGB, without metadata.

        Raises:
            AppError: one of the PICTURE_... codes.
        """
        image = self._files.small(path, edge)
        bare = Image.new("RGB", image.size)
        bare.paste(image)  # a new picture holds pixels and nothing else
        buffer = io.BytesIO()
        bare.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
        data = buffer.getvalue()
        return EncodedPicture(data, "image/jpeg", Size(*bare.size), hashlib.sha256(data).hexdigest())
