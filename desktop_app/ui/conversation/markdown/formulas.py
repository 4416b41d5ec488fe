"""LaTeX formulas drawn as pictures by ziamath, in a worker thread, and kept."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_KEPT = 500
_LONGEST = 2000
_LARGEST_SIDE = 8000
# The formula font has no glyph for these; boxes with question marks would be worse than the source.
_NOT_IN_FONT = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class FormulaKey:
    """What decides how a formula looks.

    Attributes:
        latex: the source without its dollar signs.
        display: on its own line rather than within text.
        pixels: size of the text around it, device independent.
        colour: "#rrggbb".
        ratio: device pixels per pixel.
    """

    latex: str
    display: bool
    pixels: int
    colour: str
    ratio: float

    @property
    def name(self) -> str:
        """A short name for the text document's image resource."""
        return "formula:" + hashlib.sha1(repr(self).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawn formula; lengths in device-independent pixels, `depth` reaches below the baseline."""

    image: QImage
    width: float
    height: float
    depth: float


class Formulas(QObject):
    """Keeps drawn formulas and makes missing ones one after the other in a thread of its own."""

    ready = Signal(object)
    """The `FormulaKey` of a formula that was asked for; it may have turned out to be broken."""

    _made = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[FormulaKey, Formula | None] = OrderedDict()
        self._asked: set[FormulaKey] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._made.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def get(self, key: FormulaKey) -> tuple[bool, Formula | None]:
        """(known, formula); an unknown one is begun and announced by `ready`; None is a broken formula."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return True, self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            self._pool.start(partial(self._work, key))
        return False, None

    def prepare(self, call: Callable[[], object]) -> None:
        """Run something in the worker thread, such as a slow import that will be needed soon."""
        self._pool.start(partial(call))

    def close(self) -> None:
        """Wait for the formula in work and forget the others."""
        self._pool.clear()
        self._pool.waitForDone()

    def _work(self, key: FormulaKey) -> None:
        formula = draw_formula(key)
        self._made.emit(key, formula)

    def _keep(self, key: FormulaKey, formula: Formula | None) -> None:
        self._asked.discard(key)
        self._kept[key] = formula
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(key)


def draw_formula(key: FormulaKey) -> Formula | None:
    """Typeset and paint; None when the source is no valid LaTeX or needs what the font lacks.

    Call it outside the GUI thread: the first call imports ziamath (a quarter of a second).
    """
    if len(key.latex) > _LONGEST or _NOT_IN_FONT.search(key.latex):
        return None
    try:
        svg, depth = _typeset(key)
    except Exception:  # ziamath and latex2mathml raise assertions, index errors and types of their own
        return None
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    area = renderer.viewBoxF()
    if not renderer.isValid() or area.isEmpty() or max(area.width(), area.height()) > _LARGEST_SIDE:
        return None
    image = QImage(
        max(1, round(area.width() * key.ratio)),
        max(1, round(area.height() * key.ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, image.width(), image.height()))
    painter.end()
    image.setDevicePixelRatio(key.ratio)
    return Formula(image, area.width(), area.height(), depth)


def _typeset(key: FormulaKey) -> tuple[str, float]:
    """SVG and the length below the baseline."""
    from latex2mathml.converter import convert
    from ziamath.config import config
    from ziamath.zmath import Latex

    if "\\" in re.sub(r"<[^>]*>", "", convert(key.latex)):
        raise ValueError("a command was not understood")
    # QtSvg does not draw the <use> elements of SVG 2.
    config.svg2 = False
    formula = Latex(key.latex, size=key.pixels * 1.1, color=key.colour, inline=not key.display)
    svg = str(formula.svg())
    margin = 1.0
    return svg, margin - float(formula.getyofst())
