"""Drawn samples with much to read: a receipt, a table, a chart and a page in Chinese."""

from __future__ import annotations

import random

from brushes import (
    CHINESE,
    CHINESE_SERIF,
    MONO,
    SANS,
    canvas,
    font,
    grain,
    painting,
    soft_shadow,
    vignette,
    wood,
    write,
)
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPen, QPolygonF

LEFT, CENTRE, RIGHT = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignRight,
)

BASKET = (
    ("Work gloves, pair", 2, 6.90),
    ("Torch, rechargeable", 1, 24.50),
    ("Chalk, yellow, 12", 1, 3.20),
    ("Batteries AA, 8", 3, 5.40),
    ("Measuring tape 8 m", 1, 11.80),
    ("Label tape 12 mm", 2, 7.25),
)


def receipt() -> QImage:
    """A till receipt on a table, photographed a little askew."""
    width, height = 760, 1000
    image = canvas(width, height)
    with painting(image) as painter:
        wood(painter, width, height, seed=3)
        painter.translate(width / 2, height / 2)
        painter.rotate(-2.2)
        paper = QRectF(-225, -445, 450, 880)
        soft_shadow(painter, paper.adjusted(6, 10, 6, 10), strength=6)
        _torn_paper(painter, paper)
        _receipt_text(painter, paper.adjusted(34, 30, -34, -30))
        painter.resetTransform()
        vignette(painter, width, height)
        grain(painter, width, height, seed=5)
    return image


def _torn_paper(painter: QPainter, paper: QRectF) -> None:
    edge = QPolygonF([paper.topLeft(), paper.topRight(), paper.bottomRight()])
    teeth = 30
    for tooth in range(1, teeth * 2):
        x = paper.right() - paper.width() * tooth / (teeth * 2)
        edge.append(QPointF(x, paper.bottom() + (7 if tooth % 2 else 0)))
    edge.append(paper.bottomLeft())
    shade = QLinearGradient(paper.topLeft(), paper.bottomRight())
    for at, colour in ((0, "#fbfaf6"), (0.48, "#f2f0ea"), (0.52, "#e9e6df"), (1, "#f6f4ee")):
        shade.setColorAt(at, QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawPolygon(edge)


def _receipt_text(painter: QPainter, area: QRectF) -> None:
    plain = font(MONO, 20)
    ink = "#2b2b33"
    y = area.top()

    def line(left: str, right: str = "", style: QFont = plain, gap: int = 32) -> None:
        nonlocal y
        row = QRectF(area.left(), y, area.width(), 30)
        write(painter, row, left, style, ink, LEFT if right else CENTRE)
        if right:
            write(painter, row, right, style, ink, RIGHT)
        y += gap

    def rule() -> None:
        nonlocal y
        painter.setPen(QPen(QColor(ink), 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y + 6), QPointF(area.right(), y + 6))
        y += 18

    line("HARBOUR HARDWARE", style=font(MONO, 27, bold=True), gap=38)
    line("14 Quay Street, Northport")
    line("VAT no. 417 2280 06", gap=36)
    rule()
    line("14.03.2026  16:42", "No. 00853", gap=36)
    rule()
    for name, count, price in BASKET:
        line(name, f"{count * price:.2f}", gap=26 if count > 1 else 34)
        if count > 1:
            row = QRectF(area.left() + 24, y, area.width(), 26)
            write(painter, row, f"{count} x {price:.2f}", font(MONO, 17), "#55555e")
            y += 32
    rule()
    net = sum(count * price for _, count, price in BASKET)
    line("Subtotal", f"{net:.2f}")
    line("VAT 20 %", f"{net * 0.2:.2f}", gap=38)
    line("TOTAL EUR", f"{net * 1.2:.2f}", style=font(MONO, 27, bold=True), gap=42)
    line("Card ****4417", f"{net * 1.2:.2f}", gap=40)
    rule()
    line("Thank you. Returns within 30 days.", style=font(MONO, 17), gap=44)
    _bars(painter, QRectF(area.left() + 50, y, area.width() - 100, 62))


def _bars(painter: QPainter, area: QRectF) -> None:
    chance = random.Random(11)
    x = area.left()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#2b2b33"))
    while x < area.right():
        bar = chance.choice((2, 2, 3, 5))
        painter.drawRect(QRectF(x, area.top(), bar, area.height()))
        x += bar + chance.choice((2, 3, 4))


FINDINGS = (
    ("S1", "Deck, north edge", "Crack", "0.3 × 420", "2"),
    ("S1", "Bearing 2", "None", "–", "1"),
    ("S2", "Lower flange", "Corrosion", "180 × 95", "4"),
    ("S2", "Bolt row B", "2 bolts missing", "–", "5"),
    ("S3", "Railing post 7", "Dent", "60 × 40", "2"),
    ("S3", "Drain 3", "Blocked", "–", "3"),
    ("S4", "Deck, joint 4", "Seal torn", "1,150", "3"),
    ("S4", "Pier 4, foot", "Spalling", "310 × 220", "4"),
)


def table() -> QImage:
    """A table of findings as an office would print it."""
    image = canvas(1100, 720)
    columns = (("Span", 60, LEFT), ("Part", 170, LEFT), ("Finding", 460, LEFT))
    numbers = (("Size (mm)", 880, RIGHT), ("Grade", 1040, RIGHT))
    with painting(image) as painter:
        write(painter, QRectF(60, 44, 900, 44), "Bridge inspection, findings", font(SANS, 32, bold=True))
        under = "Mill River footbridge · 12 May 2026 · inspector: R. Okafor"
        write(painter, QRectF(60, 92, 900, 30), under, font(SANS, 20), "#555555")
        for row, cells in enumerate((None, *FINDINGS)):
            y = 150 + row * 56
            if row % 2 == 0 and cells:
                painter.fillRect(QRectF(48, y, 1004, 56), QColor("#f3f5f7"))
            style = font(SANS, 22, bold=cells is None)
            for index, (title, x, align) in enumerate((*columns, *numbers)):
                rect = QRectF(x, y, 400, 56) if align == LEFT else QRectF(x - 200, y, 200, 56)
                write(painter, rect, cells[index] if cells else title, style, align=align)
            painter.setPen(QPen(QColor("#1d1d1d" if cells is None else "#c9ced3"), 2 if cells is None else 1))
            painter.drawLine(QPointF(48, y + 56), QPointF(1052, y + 56))
        foot = "Grade: 1 no defect · 2 minor · 3 moderate · 4 severe · 5 urgent"
        write(painter, QRectF(60, 668, 900, 30), foot, font(SANS, 18), "#555555")
    return image


MONTHS = (("Jan", 412), ("Feb", 365), ("Mar", 538), ("Apr", 621), ("May", 704), ("Jun", 655))
DEFECTS = (31, 24, 47, 52, 80, 58)


def chart() -> QImage:
    """Bars and a line over six months, with axes and a legend."""
    image = canvas(1000, 640)
    area = QRectF(90, 120, 830, 430)
    with painting(image) as painter:
        title = "Pictures checked and defects found, 2026"
        write(painter, QRectF(60, 24, 900, 44), title, font(SANS, 28, bold=True))
        _axes(painter, area)
        step = area.width() / len(MONTHS)
        points: list[QPointF] = []
        for index, (month, count) in enumerate(MONTHS):
            middle = area.left() + step * (index + 0.5)
            top = area.bottom() - area.height() * count / 800
            painter.fillRect(QRectF(middle - 38, top, 76, area.bottom() - top), QColor("#56b4e9"))
            write(painter, QRectF(middle - 60, top - 30, 120, 28), str(count), font(SANS, 18), align=CENTRE)
            write(
                painter, QRectF(middle - 60, area.bottom() + 8, 120, 30), month, font(SANS, 20), align=CENTRE
            )
            points.append(QPointF(middle, area.bottom() - area.height() * DEFECTS[index] / 200))
        painter.setPen(QPen(QColor("#d55e00"), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor("#d55e00"))
        for point, count in zip(points, DEFECTS, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(point, 7, 7)
            rect = QRectF(point.x() - 30, point.y() + 8, 60, 26)
            write(painter, rect, str(count), font(SANS, 17, bold=True), "#7a3300", CENTRE)
        painter.fillRect(QRectF(90, 84, 22, 16), QColor("#56b4e9"))
        write(painter, QRectF(120, 78, 220, 28), "Pictures checked", font(SANS, 18))
        painter.setPen(QPen(QColor("#d55e00"), 4))
        painter.drawLine(QPointF(330, 92), QPointF(362, 92))
        write(painter, QRectF(372, 78, 300, 28), "Defects found (right scale)", font(SANS, 18))
    return image


def _axes(painter: QPainter, area: QRectF) -> None:
    for tick in range(5):
        y = area.bottom() - area.height() * tick / 4
        painter.setPen(QPen(QColor("#333333" if tick == 0 else "#dddddd"), 1.5))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        small = font(SANS, 17)
        write(painter, QRectF(area.left() - 80, y - 14, 70, 28), str(tick * 200), small, "#555555", RIGHT)
        write(painter, QRectF(area.right() + 10, y - 14, 60, 28), str(tick * 50), small, "#a04a00", LEFT)


NOTICE = (
    "为保证生产安全，我厂定于2026年5月18日（星期一）对一号车间",
    "全部压力设备进行年度检查。检查时间为上午8:30至下午5:00，",
    "期间一号生产线停止运行，请各班组提前做好安排。",
)
ITEMS = (
    "一、压力表：读数是否在0.4至0.8兆帕之间，表盘有无破损；",
    "二、阀门与管道：有无锈蚀、渗漏，螺栓是否齐全；",
    "三、警示标志：是否清晰、完整，位置是否正确；",
    "四、检查结果须拍照存档，发现问题立即上报。",
)


def notice() -> QImage:
    """A notice in Chinese with a seal."""
    image = canvas(900, 1000, "#fdfdfb")
    with painting(image) as painter:
        title = font(CHINESE_SERIF, 46, bold=True)
        write(painter, QRectF(0, 70, 900, 70), "设备安全检查通知", title, "#b3261e", CENTRE)
        painter.setPen(QPen(QColor("#b3261e"), 3))
        painter.drawLine(QPointF(80, 160), QPointF(820, 160))
        write(painter, QRectF(80, 172, 740, 36), "编号：安检〔2026〕第037号", font(CHINESE, 21), align=RIGHT)
        body = font(CHINESE_SERIF, 25)
        write(painter, QRectF(80, 232, 740, 40), "各车间、班组：", font(CHINESE_SERIF, 25, bold=True))
        y = 290
        for number, text in enumerate(NOTICE):
            write(painter, QRectF(80 + (50 if number == 0 else 0), y, 780, 40), text, body)
            y += 52
        y += 16
        for text in ITEMS:
            write(painter, QRectF(130, y, 740, 40), text, body)
            y += 56
        y += 20
        write(painter, QRectF(130, y, 700, 40), "联系人：王建国    电话：0512-6688 2307", body)
        write(painter, QRectF(80, 800, 720, 40), "江南机械厂安全管理部", body, align=RIGHT)
        write(painter, QRectF(80, 850, 720, 40), "2026年5月6日", body, align=RIGHT)
        _seal(painter, QPointF(640, 835))
    return image


def _seal(painter: QPainter, middle: QPointF) -> None:
    red = QColor(200, 30, 30, 150)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(red, 6))
    painter.drawEllipse(middle, 92, 92)
    painter.setFont(font(CHINESE, 22, bold=True))
    words = "江南机械厂安全管理部"
    for index, sign in enumerate(words):
        painter.save()
        painter.translate(middle)
        painter.rotate(-126 + 252 * index / (len(words) - 1))
        painter.drawText(QRectF(-20, -86, 40, 32), int(Qt.AlignmentFlag.AlignCenter), sign)
        painter.restore()
    painter.setFont(font(CHINESE, 60))
    painter.drawText(
        QRectF(middle.x() - 50, middle.y() - 50, 100, 100), int(Qt.AlignmentFlag.AlignCenter), "★"
    )
