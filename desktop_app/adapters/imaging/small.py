"""Small pictures for the gallery, by the shortest way there is."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from desktop_app.adapters.imaging.decoding import Wanted, decode
from desktop_app.adapters.imaging.metadata import orientation_of
from desktop_app.adapters.imaging.opening import OpenPicture
from desktop_app.adapters.imaging.preview import embedded_preview
from desktop_app.adapters.imaging.turning import upright_size
from desktop_app.domain.geometry import Size


def small_picture(picture: OpenPicture, edge: int) -> Image.Image:
    """Mode RGB, upright, at most `edge` x `edge`, not enlarged.

    Ways, in this order: the preview in a JPEG's metadata, a thumbnail stored in a HEIC file, decoding at a
    reduced size (JPEG), decoding.
    """
    stored = Size(*picture.image.size)
    target = stored.fitted(Size(edge, edge))
    preview = embedded_preview(picture, target)
    if preview is not None:
        turned = upright_size(target, orientation_of(picture))
        preview.info["exif"] = picture.image.info["exif"]  # turned like the picture itself
        try:
            return _sized(replace(picture, image=preview), turned)
        except Exception:  # a damaged preview: go on with the picture itself, which may be sound
            preview.close()
    if picture.file_format.has_own_thumbnails:
        picture.image.draft(None, (target.width, target.height))
    return _sized(picture, upright_size(target, orientation_of(picture)))


def _sized(picture: OpenPicture, target: Size) -> Image.Image:
    return decode(picture, lambda _size: Wanted(target, target, Image.Resampling.HAMMING)).image
