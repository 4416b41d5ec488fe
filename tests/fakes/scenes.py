"""Draws the scenes that the tiny test model knows, with the words it says about them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

GROUND = (238, 232, 230)
COLOURS = {
    "red": (220, 40, 40),
    "green": (40, 170, 60),
    "blue": (40, 70, 220),
    "yellow": (235, 210, 40),
    "black": (20, 20, 20),
    "orange": (245, 140, 20),
    "purple": (140, 50, 180),
}
KINDS = ("circle", "square", "triangle")
ROWS = ("top", "middle", "bottom")
COLUMNS = ("left", "center", "right")
TURNS = {"up": 0, "right": -90, "down": 180, "left": 90}
"""Degrees counter-clockwise that turn an arrow pointing up."""

DIGIT_FONT = "DejaVuSans-Bold.ttf"
"""The font of the training; digits in others are not recognised."""


@dataclass(frozen=True)
class Scene:
    """A picture, how the model names it, and for shapes the box of what is drawn, in its pixels."""

    image: Image.Image
    words: str
    box: tuple[float, float, float, float] | None = None


def shape(
    colour: str,
    kind: str,
    row: str = "middle",
    column: str = "center",
    size: tuple[int, int] = (140, 140),
    radius: float = 0.17,
) -> Scene:
    """One filled shape; `radius` is a part of the shorter side, 0.14 to 0.19 in training."""
    image = Image.new("RGB", size, GROUND)
    draw, (width, height) = ImageDraw.Draw(image), size
    r = min(size) * radius
    x = min(max(width * (2 * COLUMNS.index(column) + 1) / 6, r + 1), width - r - 1)
    y = min(max(height * (2 * ROWS.index(row) + 1) / 6, r + 1), height - r - 1)
    fill = COLOURS[colour]
    if kind == "circle":
        draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)
    elif kind == "square":
        draw.rectangle((x - 0.9 * r, y - 0.9 * r, x + 0.9 * r, y + 0.9 * r), fill=fill)
    else:
        draw.polygon([(x, y - r), (x - r, y + 0.85 * r), (x + r, y + 0.85 * r)], fill=fill)
    return Scene(image, f"a {colour} {kind} at the {row} {column}", (x - r, y - r, x + r, y + r))


def arrow(direction: str, colour: str = "blue", size: tuple[int, int] = (140, 140)) -> Scene:
    """One thick arrow in the middle."""
    image, side = Image.new("RGB", size, GROUND), int(min(size) * 0.75)
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    draw.polygon([(side / 2, 0), (side * 0.95, side / 2), (side * 0.05, side / 2)], fill=255)
    draw.rectangle((side * 0.38, side * 0.45, side * 0.62, side), fill=255)
    corner = ((size[0] - side) // 2, (size[1] - side) // 2)
    image.paste(COLOURS[colour], corner, mask.rotate(TURNS[direction]))
    return Scene(image, f"an arrow pointing {direction}")


def digit(value: int, colour: str = "black", size: tuple[int, int] = (140, 140)) -> Scene:
    """One large digit in the middle.

    Raises:
        OSError: when `DIGIT_FONT` is not installed.
    """
    image = Image.new("RGB", size, GROUND)
    middle = (size[0] / 2, size[1] / 2)
    font = ImageFont.truetype(DIGIT_FONT, int(min(size) * 0.75))
    draw = ImageDraw.Draw(image)
    draw.text(middle, str(value), fill=COLOURS[colour], font=font, anchor="mm")
    return Scene(image, f"the digit {value}")


def some_scene(dice: random.Random, size: tuple[int, int] = (140, 140)) -> Scene:
    """Any scene of the kinds above."""
    kind = dice.choices(("shape", "arrow", "digit"), (0.55, 0.2, 0.25))[0]
    if kind == "arrow":
        return arrow(dice.choice(list(TURNS)), dice.choice(list(COLOURS)), size)
    if kind == "digit":
        return digit(dice.randrange(10), dice.choice(["black", "red", "blue", "green", "purple"]), size)
    place = (dice.choice(ROWS), dice.choice(COLUMNS))
    return shape(dice.choice(list(COLOURS)), dice.choice(KINDS), *place, size, dice.uniform(0.14, 0.19))
