"""How much drawing a streamed answer costs, compared with drawing it once.

Run: python -m tests.bench.drawing

Time counted is all processor time that the GUI thread spends on the answer: parsing, changing the document,
laying it out, and fitting the widget's height; painting is counted apart. Pieces are gathered for as long as
the window's own timer gathers them, at 280 characters a second (70 tokens) and for a fast server. Of several
tries the fastest counts, for both: other programs on the machine only ever make one slower.

The ratio is one of time. Counted in instructions it is lower: what painting pushed out of the processor's
caches since the last redraw has to be fetched again, where drawing all at once finds everything at hand.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.conversation.answer_text import AnswerText
from desktop_app.ui.conversation.fitted_text import FittedText
from desktop_app.ui.conversation.markdown.document import AnswerDocument
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.markdown.styles import Styles
from desktop_app.ui.theme.theme import Theme

LENGTH = 20_000
GOAL = 3.0
TRIES = 3

PROSE = (
    "The lower flange shows **heavy rust** over about a third of its length, and two bolts are missing near "
    "the second stiffener, which `sheet 4` of the drawings calls out as a repair of 2019. The paint has come "
    "off in flakes, so that water stands behind it; the area is about $A = \\frac{1}{2} b h$ here.\n\n"
)
LIST = "1. A bolt is missing at the left end\n2. Rust on the *lower* flange\n3. 桥面板下缘锈蚀严重\n\n"
TABLE = "| Part | State | Rust |\n|---|:-:|--:|\n| Flange | bad | 42 |\n| Bolts | missing | 0 |\n\n"
CODE = "```python\ndef area(b, h):\n    return 0.5 * b * h  # half\n```\n\n"
MIXED = "## Span 4\n\n" + PROSE * 3 + LIST + PROSE + TABLE + PROSE * 2 + CODE

SAMPLES = {
    "mixed": MIXED,
    "prose": PROSE,
    "one long list": "- Rust on the *lower* flange, about 40 percent of it, repair needed soon\n",
    "one long table": "| Flange 12 north side | bad | 42.0 |\n",
    "one long paragraph": "The lower flange shows heavy rust, and two bolts are missing near the stiffener. ",
    "one long code block": "def area(b, h):\n    value = compute(b, h, 42)  # code\n    return value\n\n",
}
HEADS = {"one long table": "| Part | State | Rust |\n|---|---|--:|\n", "one long code block": "```python\n"}


def text_of(kind: str) -> str:
    sample, head = SAMPLES[kind], HEADS.get(kind, "")
    return (head + sample * (LENGTH // len(sample) + 1))[:LENGTH]


@dataclass(frozen=True)
class Cost:
    """Seconds of one redraw: all of it, its longest turn of the event loop, painting what is visible."""

    total: float
    longest: float
    painting: float


class Stage(QScrollArea):
    """An answer in a scroll area of the conversation's usual size, kept at its end."""

    def __init__(self, theme: Theme, formulas: Formulas) -> None:
        super().__init__()
        inner = QWidget()
        # As in the conversation's thread.
        inner.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.answer = AnswerText(theme, MarkdownParser(), formulas, inner)
        column = QVBoxLayout(inner)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        column.addWidget(self.answer)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.resize(420, 600)
        self.show()
        self.answer.show_answer("warm up $x$ `code`", (), complete=True)
        QApplication.processEvents()

    def draw(self, text: str, complete: bool) -> Cost:
        """One redraw with all layout, in as many turns of the event loop as the widget takes for it."""
        started = time.thread_time()
        self.answer.show_answer(text, (), complete)
        self.answer.draw_more()
        turns = [self._laid_out(started)]
        while self.answer.is_behind:
            started = time.thread_time()
            self.answer.draw_more()
            turns.append(self._laid_out(started))
        drawn = time.thread_time()
        QApplication.processEvents()
        return Cost(sum(turns), max(turns), time.thread_time() - drawn)

    def _laid_out(self, started: float) -> float:
        for kind in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            QApplication.sendPostedEvents(None, kind.value)
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
        return time.thread_time() - started


@dataclass
class Figures:
    """Seconds in the GUI thread."""

    total: float = 0.0
    longest: float = 0.0
    painting: float = 0.0
    redraws: int = 0

    def add(self, cost: Cost) -> None:
        self.total += cost.total
        self.longest = max(self.longest, cost.longest)
        self.painting += cost.painting
        self.redraws += 1


def once(theme: Theme, formulas: Formulas, text: str) -> float:
    """Seconds for one drawing without a break, fitted height included."""
    best = float("inf")
    for _ in range(TRIES):
        plain = FittedText()
        plain.resize(400, 50)
        plain.show()
        document = AnswerDocument(plain.document(), MarkdownParser(), formulas)
        document.set_look(Styles(theme), 1.0, plain.viewport().width())
        document.draw("warm up $x$ `code`")
        started = time.thread_time()
        document.draw(text)
        best = min(best, time.thread_time() - started)
        plain.deleteLater()
    return best


def in_turns(theme: Theme, formulas: Formulas, text: str) -> Cost:
    """A finished answer as the window draws it."""
    stage = Stage(theme, formulas)
    cost = stage.draw(text, complete=True)
    stage.deleteLater()
    return cost


def streamed(theme: Theme, formulas: Formulas, text: str, characters_per_s: float) -> Figures:
    tries = [stream(theme, formulas, text, characters_per_s) for _ in range(TRIES)]
    return min(tries, key=lambda figures: figures.total)


def stream(theme: Theme, formulas: Formulas, text: str, characters_per_s: float) -> Figures:
    stage, figures, clock = Stage(theme, formulas), Figures(), 0.0
    while (arrived := int(clock * characters_per_s)) < len(text):
        if arrived:
            figures.add(stage.draw(text[:arrived], complete=False))
        clock += stage.answer.redraw_pause_s
    figures.add(stage.draw(text, complete=True))
    stage.deleteLater()
    return figures


def main() -> int:
    application = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(application, QApplication)
    theme, formulas = Theme(application), Formulas()
    print(f"{LENGTH} characters; seconds in the GUI thread; goal for the ratio of a mixed answer: {GOAL}")
    print(
        f"{'text':22}{'chars/s':>8}{'once':>8}{'streamed':>10}{'ratio':>7}{'redraws':>9}{'longest ms':>12}"
        f"{'painting':>10}{'once, longest ms':>18}",
    )
    worst = 0.0
    for kind in SAMPLES:
        text = text_of(kind)
        single, turns = once(theme, formulas, text), in_turns(theme, formulas, text)
        for speed in (280, 1500):
            many = streamed(theme, formulas, text, speed)
            ratio = many.total / single
            print(f"{kind:22}{speed:8}{single:8.3f}{many.total:10.3f}{ratio:7.2f}{many.redraws:9}", end="")
            print(f"{many.longest * 1000:12.1f}{many.painting:10.3f}{turns.longest * 1000:18.1f}", flush=True)
            worst = max(worst, ratio) if kind == "mixed" else worst
    formulas.close()
    print(f"mixed answer: {worst:.2f} times drawing it once")
    return 0 if worst <= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
