"""Small painting helpers shared by the drawn sample pictures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QRadialGradient

SANS = "DejaVu Sans"
SERIF = "DejaVu Serif"
MONO = "DejaVu Sans Mono"
CHINESE = "Noto Sans CJK SC"
CHINESE_SERIF = "Noto Serif CJK SC"


def font(family: str, pixels: int, *, bold: bool = False) -> QFont:
    made = QFont(family)
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@contextmanager
def painting(image: QImage) -> Iterator[QPainter]:
    """An anti-aliasing painter on `image`, ended whatever happens."""
    painter = QPainter(image)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.TextAntialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
    )
    try:
        yield painter
    finally:
        painter.end()


def canvas(width: int, height: int, colour: str = "#ffffff") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    style: QFont,
    colour: str = "#1d1d1d",
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of text, vertically centred in `rect`."""
    painter.setFont(style)
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), text)


def soft_shadow(painter: QPainter, rect: QRectF, reach: int = 26, strength: int = 5) -> None:
    """A shadow around `rect`, from many thin layers."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, strength))
    for step in range(reach, 0, -1):
        painter.drawRoundedRect(rect.adjusted(-step, -step, step, step), step, step)


def wood(painter: QPainter, width: int, height: int, seed: int) -> None:
    """A table top: brown with grain along the width."""
    chance = random.Random(seed)
    painter.fillRect(0, 0, width, height, QColor("#8a6242"))
    for _ in range(900):
        y = chance.uniform(0, height)
        start = chance.uniform(-200, width)
        tone = chance.choice(("#6f4b30", "#9a7050", "#7b5538", "#a87d5a"))
        colour = QColor(tone)
        colour.setAlpha(chance.randint(20, 70))
        painter.setPen(QPen(colour, chance.uniform(0.6, 3)))
        bend = chance.uniform(-6, 6)
        painter.drawLine(QPointF(start, y), QPointF(start + chance.uniform(120, 700), y + bend))
    for plank in range(0, height, height // 4):
        painter.setPen(QPen(QColor(40, 25, 15, 150), 2.5))
        painter.drawLine(0, plank, width, plank)


def vignette(painter: QPainter, width: int, height: int, strength: int = 90) -> None:
    """Darker corners, as through a lens."""
    middle = QPointF(width / 2, height / 2)
    shade = QRadialGradient(middle, max(width, height) * 0.75)
    shade.setColorAt(0.45, QColor(0, 0, 0, 0))
    shade.setColorAt(1.0, QColor(0, 0, 0, strength))
    painter.fillRect(0, 0, width, height, shade)


def grain(painter: QPainter, width: int, height: int, seed: int, strength: int = 10) -> None:
    """Sensor noise: a sparse field of faint points."""
    chance = random.Random(seed)
    for _ in range(width * height // 14):
        light = 255 if chance.random() < 0.5 else 0
        painter.setPen(QColor(light, light, light, chance.randint(2, strength)))
        painter.drawPoint(chance.randrange(width), chance.randrange(height))
