"""How the values of an undecoded picture lie in its file."""

from __future__ import annotations

from PIL import Image


def halves_16_bits(image: Image.Image) -> bool:
    """Whether values of 16 bits come out of the decoder with 8: colour, and grey with transparency."""
    name = _raw_mode(image)
    return ";16" in name and not name.startswith("BGR") and not image.mode.startswith("I")


def _raw_mode(image: Image.Image) -> str:
    tiles = getattr(image, "tile", None)
    if not tiles:
        return ""
    args = tiles[0][3]
    first = args[0] if isinstance(args, tuple) and args else args
    return first if isinstance(first, str) else ""
