"""Any pixel mode to 8-bit sRGB without transparency.

A picture that is sRGB already keeps its exact values: a profile that would change no colour by more than one
step of 255 is taken for sRGB and left alone.
"""

from __future__ import annotations

import io
import itertools

from PIL import Image, ImageChops, ImageCms

from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note

_SRGB_TOLERANCE = 1

_MODE_OF_SPACE = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""ICC colour spaces and the pixel mode each one needs."""


def to_srgb(image: Image.Image, notes: list[Note]) -> Image.Image:
    """Convert a decoded picture to mode RGB; what was done is added to `notes`.

    Transparent parts are laid on white. Broken or unfitting profiles are ignored with a note.
    """
    profile = image.info.get("icc_profile")
    if image.mode.startswith(("I", "F")):
        from desktop_app.adapters.imaging.deep import to_8_bit  # numpy: most folders never need it

        base, alpha = to_8_bit(image, notes)
    else:
        base, alpha = _without_alpha(image)
    rgb = _base_to_rgb(base, profile, notes)
    if alpha is None:
        return rgb
    notes.append(Note(NoteCode.TRANSPARENCY))
    white = Image.new("RGB", rgb.size, (255, 255, 255))
    white.paste(rgb, mask=alpha)
    return white


def _without_alpha(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Colours as if opaque, in a mode without alpha or palette, and the alpha unless all of it is opaque."""
    if not image.has_transparency_data:
        return _plain(image), None
    if image.mode == "La":
        image = image.convert("LA")
    elif image.mode != "LA":
        image = image.convert("RGBA")
    alpha = image.getchannel("A")
    base = image.getchannel("L") if image.mode == "LA" else image.convert("RGB")
    lowest = alpha.getextrema()[0]
    return base, (None if lowest == 255 else alpha)


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB", "CMYK", "LAB"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _base_to_rgb(base: Image.Image, profile: object, notes: list[Note]) -> Image.Image:
    if base.mode == "LAB":  # absolute colours, with or without a profile
        notes.append(Note(NoteCode.LAB_CONVERTED))
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        return _transform(lab, "LAB").apply(base)
    if isinstance(profile, bytes) and profile:
        converted = _by_profile(base, profile, notes)
        if converted is not None:
            return converted
        notes.append(Note(NoteCode.PROFILE_IGNORED))
    if base.mode == "CMYK":
        notes.append(Note(NoteCode.CMYK_WITHOUT_PROFILE))
    return base if base.mode == "RGB" else base.convert("RGB")


def _by_profile(base: Image.Image, data: bytes, notes: list[Note]) -> Image.Image | None:
    """Convert with the file's profile, or None when it is broken or made for other pixels."""
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        mode = _MODE_OF_SPACE.get(profile.profile.xcolor_space.strip())
        if mode == "RGB" and base.mode == "L":
            base = base.convert("RGB")  # cameras put their RGB profile into grey pictures too
        if mode != base.mode:
            return None
        transform = _transform(profile, mode)
        if mode in ("RGB", "L") and _changes_nothing(transform, mode):
            return base.convert("RGB")
        converted = transform.apply(base)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return None
    notes.append(Note(NoteCode.PROFILE_CONVERTED, (("profile", profile_name(data) or mode),)))
    return converted


def _transform(profile: ImageCms.ImageCmsProfile, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")


def _changes_nothing(transform: ImageCms.ImageCmsTransform, mode: str) -> bool:
    """Try the transform on an even spread of colours."""
    if mode == "L":
        sample = Image.frombytes("L", (256, 1), bytes(range(256)))
    else:
        steps = (0, 16, 32, 64, 96, 128, 160, 192, 224, 255)
        colours = bytes(itertools.chain.from_iterable(itertools.product(steps, repeat=3)))
        sample = Image.frombytes("RGB", (len(colours) // 3, 1), colours)
    difference = ImageChops.difference(transform.apply(sample), sample.convert("RGB"))
    return max(difference.tobytes()) <= _SRGB_TOLERANCE


def profile_name(data: bytes) -> str:
    """The description in an ICC profile, "" when it has none or cannot be read."""
    try:
        return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip("\0 \r\n")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError, AttributeError):
        return ""
