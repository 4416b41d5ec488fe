"""Process-wide settings of Pillow, made in this one place before the first picture is opened."""

from __future__ import annotations

import re
import warnings

from PIL import Image, PngImagePlugin

_LONGEST_PNG_TEXT = 16 * 1024 * 1024
"""Bytes. Drawing programs keep a whole document in a PNG's text; Pillow's own limit is 1 MB."""

_LIBRARIES = re.compile(r"(PIL|pillow_heif)\b")


def set_up_pillow() -> None:
    """Make the limits ours, and keep remarks about odd metadata off the user's terminal; cheap to repeat.

    Pillow's own limit on pixels is switched off because it is one number for the whole process, warns
    instead of refusing up to twice that number, and also counts crops. `opening` compares each file's size
    with the user's limit before anything is decoded.
    """
    Image.MAX_IMAGE_PIXELS = None
    PngImagePlugin.MAX_TEXT_CHUNK = _LONGEST_PNG_TEXT
    # Asked again each time because whoever resets the filters (a test runner does) would bring them back.
    rule = ("ignore", None, Warning, _LIBRARIES, 0)
    if rule not in warnings.filters:
        warnings.filterwarnings("ignore", module=_LIBRARIES.pattern)
