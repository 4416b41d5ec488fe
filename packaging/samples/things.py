"""Drawn samples of things: a pressure gauge and a sign by a road."""

from __future__ import annotations

import math
import random

from brushes import SANS, canvas, font, grain, painting, vignette, write
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QConicalGradient,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRadialGradient,
)

CENTRE = Qt.AlignmentFlag.AlignHCenter
READING_BAR = 6.4
FULL_SCALE_BAR = 10.0


def gauge() -> QImage:
    """A pressure gauge on a painted wall; it reads 6.4 bar."""
    width, height = 900, 800
    image = canvas(width, height)
    middle = QPointF(450, 380)
    with painting(image) as painter:
        wall = QLinearGradient(0, 0, width, height)
        wall.setColorAt(0, QColor("#7f9096"))
        wall.setColorAt(1, QColor("#51626a"))
        painter.fillRect(0, 0, width, height, wall)
        _pipe(painter, width, height)
        _case(painter, middle)
        _dial(painter, middle)
        _needle(painter, middle)
        _glass(painter, middle)
        vignette(painter, width, height, 110)
        grain(painter, width, height, seed=7)
    return image


def _pipe(painter: QPainter, width: int, height: int) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    steel = QLinearGradient(0, 700, 0, 780)
    for at, colour in ((0, "#3b4448"), (0.3, "#c3cbce"), (0.6, "#848e92"), (1, "#2b3235")):
        steel.setColorAt(at, QColor(colour))
    painter.setBrush(steel)
    painter.drawRect(QRectF(0, 705, width, 72))
    brass = QLinearGradient(405, 0, 495, 0)
    for at, colour in ((0, "#5f4a1c"), (0.35, "#e2c777"), (0.7, "#a8863a"), (1, "#4d3b14")):
        brass.setColorAt(at, QColor(colour))
    painter.setBrush(brass)
    painter.drawRect(QRectF(422, 640, 56, 80))
    painter.drawRoundedRect(QRectF(396, 672, 108, 46), 4, 4)


def _case(painter: QPainter, middle: QPointF) -> None:
    for step in range(30, 0, -1):
        painter.setBrush(QColor(0, 0, 0, 6))
        painter.drawEllipse(middle + QPointF(10, 16), 300 + step, 300 + step)
    ring = QConicalGradient(middle, 40)
    for at, tone in (
        (0, 225),
        (0.12, 130),
        (0.25, 215),
        (0.4, 95),
        (0.5, 200),
        (0.65, 120),
        (0.8, 235),
        (1, 225),
    ):
        ring.setColorAt(at, QColor(tone, tone, tone))
    painter.setBrush(ring)
    painter.drawEllipse(middle, 305, 305)
    painter.setBrush(QColor("#3a3a3a"))
    painter.drawEllipse(middle, 272, 272)
    painter.setBrush(QColor("#f7f6f1"))
    painter.drawEllipse(middle, 266, 266)


def _angle(bar: float) -> float:
    """Degrees clockwise from straight up; the scale runs from 225 degrees on the left to the right."""
    return -135 + 270 * bar / FULL_SCALE_BAR


def _at(middle: QPointF, bar: float, radius: float) -> QPointF:
    angle = math.radians(_angle(bar))
    return middle + QPointF(math.sin(angle) * radius, -math.cos(angle) * radius)


def _dial(painter: QPainter, middle: QPointF) -> None:
    ring = QRectF(middle.x() - 236, middle.y() - 236, 472, 472)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for start, end, colour in ((4.0, 8.0, "#2f9e5f"), (8.0, 10.0, "#d03a30")):
        painter.setPen(QPen(QColor(colour), 16, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        first = 90 - _angle(start)
        painter.drawArc(ring, round(first * 16), round(-27 * (end - start) * 16))
    for tick in range(101):
        bar = tick / 10
        major, half = tick % 10 == 0, tick % 5 == 0
        painter.setPen(QPen(QColor("#1d1d1d"), 5 if major else 2.4 if half else 1.4))
        painter.drawLine(_at(middle, bar, 228), _at(middle, bar, 192 if major else 204 if half else 212))
        if major and tick % 20 == 0:
            spot = _at(middle, bar, 158)
            write(
                painter,
                QRectF(spot.x() - 40, spot.y() - 26, 80, 52),
                str(tick // 10),
                font(SANS, 42),
                align=CENTRE,
            )
    write(
        painter,
        QRectF(middle.x() - 80, middle.y() + 66, 160, 44),
        "bar",
        font(SANS, 34, bold=True),
        align=CENTRE,
    )
    write(
        painter,
        QRectF(middle.x() - 120, middle.y() + 128, 240, 30),
        "CL 1.6",
        font(SANS, 20),
        "#444444",
        CENTRE,
    )
    write(
        painter,
        QRectF(middle.x() - 120, middle.y() + 158, 240, 30),
        "No. P-2207",
        font(SANS, 20),
        "#444444",
        CENTRE,
    )


def _needle(painter: QPainter, middle: QPointF) -> None:
    for offset, colour in ((QPointF(6, 8), QColor(0, 0, 0, 60)), (QPointF(0, 0), QColor("#151515"))):
        painter.save()
        painter.translate(middle + offset)
        painter.rotate(_angle(READING_BAR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(-7, 60), QPointF(7, 60), QPointF(2, -214), QPointF(-2, -214)]))
        painter.restore()
    hub = QRadialGradient(middle - QPointF(6, 6), 26)
    hub.setColorAt(0, QColor("#f0f0f0"))
    hub.setColorAt(1, QColor("#6a6a6a"))
    painter.setBrush(hub)
    painter.drawEllipse(middle, 22, 22)


def _glass(painter: QPainter, middle: QPointF) -> None:
    painter.save()
    path = QPainterPath()
    path.addEllipse(middle, 266, 266)
    painter.setClipPath(path)
    shine = QLinearGradient(middle - QPointF(220, 240), middle + QPointF(60, 60))
    shine.setColorAt(0, QColor(255, 255, 255, 120))
    shine.setColorAt(0.55, QColor(255, 255, 255, 12))
    shine.setColorAt(0.56, QColor(255, 255, 255, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shine)
    painter.drawEllipse(middle - QPointF(40, 50), 290, 270)
    edge = QRadialGradient(middle, 266)
    edge.setColorAt(0.86, QColor(0, 0, 0, 0))
    edge.setColorAt(1.0, QColor(0, 0, 0, 80))
    painter.setBrush(edge)
    painter.drawEllipse(middle, 266, 266)
    painter.restore()


def sign() -> QImage:
    """A yellow warning sign by a road, weathered at the bolts."""
    width, height = 960, 720
    image = canvas(width, height)
    with painting(image) as painter:
        _landscape(painter, width, height)
        _posts(painter)
        _board(painter, QRectF(215, 110, 530, 350))
        vignette(painter, width, height, 80)
        grain(painter, width, height, seed=9)
    return image


def _landscape(painter: QPainter, width: int, height: int) -> None:
    sky = QLinearGradient(0, 0, 0, 470)
    for at, colour in ((0, "#6f9cc6"), (0.7, "#c9dcea"), (1, "#e9eef0")):
        sky.setColorAt(at, QColor(colour))
    painter.fillRect(0, 0, width, height, sky)
    chance = random.Random(2)
    painter.setPen(Qt.PenStyle.NoPen)
    for _ in range(70):
        puff = QRadialGradient(QPointF(0, 0), 1)
        puff.setColorAt(0, QColor(255, 255, 255, 46))
        puff.setColorAt(1, QColor(255, 255, 255, 0))
        painter.save()
        painter.translate(chance.uniform(-60, width + 60), chance.gauss(150, 55))
        painter.scale(chance.uniform(60, 170), chance.uniform(16, 44))
        painter.setBrush(puff)
        painter.drawEllipse(QPointF(0, 0), 1, 1)
        painter.restore()
    for base, rise, colour in ((455, 60, "#8aa3a8"), (485, 44, "#6d8a74"), (520, 30, "#58753f")):
        hill = QPainterPath(QPointF(0, height))
        phase = base * 0.37
        for across in range(0, width + 1, 8):
            wave = math.sin(across / 170 + phase) * 0.6 + math.sin(across / 63 + phase * 2) * 0.25
            hill.lineTo(across, base - rise * wave)
        hill.lineTo(width, height)
        painter.fillPath(hill, QColor(colour))
    road = QPolygonF(
        [QPointF(800, 552), QPointF(834, 552), QPointF(960, 640), QPointF(960, 720), QPointF(705, 720)]
    )
    painter.setBrush(QColor("#5c5f62"))
    painter.drawPolygon(road)
    for _ in range(2600):
        x, y = chance.uniform(0, width), chance.uniform(545, height)
        if road.containsPoint(QPointF(x, y), Qt.FillRule.WindingFill):
            continue
        blade = QColor(chance.choice(("#4c6b33", "#6b8b46", "#3f5a2b", "#85a05a")))
        painter.setPen(QPen(blade, 1.4))
        painter.drawLine(QPointF(x, y), QPointF(x + chance.uniform(-5, 5), y - chance.uniform(8, 22)))


def _posts(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for x in (300, 636):
        steel = QLinearGradient(x, 0, x + 24, 0)
        for at, colour in ((0, "#555b5e"), (0.4, "#c2c7c9"), (1, "#4a4f52")):
            steel.setColorAt(at, QColor(colour))
        painter.setBrush(steel)
        painter.drawRect(QRectF(x, 90, 24, 560))


def _board(painter: QPainter, board: QRectF) -> None:
    painter.setBrush(QColor(0, 0, 0, 60))
    painter.drawRoundedRect(board.translated(7, 9), 18, 18)
    face = QLinearGradient(board.topLeft(), board.bottomRight())
    face.setColorAt(0, QColor("#ffd23d"))
    face.setColorAt(1, QColor("#eeb41b"))
    painter.setBrush(face)
    painter.drawRoundedRect(board, 18, 18)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#171717"), 8))
    painter.drawRoundedRect(board.adjusted(14, 14, -14, -14), 12, 12)
    black = "#171717"
    for text, y, size, bold in (
        ("WEAK BRIDGE", 176, 58, True),
        ("Max. weight 7.5 t", 254, 44, True),
        ("Detour via Mill Lane", 322, 34, False),
        ("until 30 June 2026", 368, 34, False),
    ):
        write(
            painter,
            QRectF(board.left(), y - 20, board.width(), 70),
            text,
            font(SANS, size, bold=bold),
            black,
            CENTRE,
        )
    for x in (312, 648):
        for y in (147, 424):
            _bolt(painter, QPointF(x, y))


def _bolt(painter: QPainter, at: QPointF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    streak = QLinearGradient(at, at + QPointF(0, 44))
    streak.setColorAt(0, QColor(120, 60, 15, 150))
    streak.setColorAt(1, QColor(120, 60, 15, 0))
    painter.setBrush(streak)
    length = 44 if at.y() < 300 else 20
    painter.drawRoundedRect(QRectF(at.x() - 5, at.y(), 10, length), 5, 5)
    head = QRadialGradient(at - QPointF(2, 2), 10)
    head.setColorAt(0, QColor("#d8d2c8"))
    head.setColorAt(1, QColor("#6b5a48"))
    painter.setBrush(head)
    painter.drawEllipse(at, 9, 9)
