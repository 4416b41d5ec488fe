"""Formulas are drawn off the GUI thread; broken ones are known as broken."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.conversation.markdown.formulas import Formula, FormulaKey, Formulas, draw_formula


def key(latex: str, **said: Any) -> FormulaKey:
    return replace(FormulaKey(latex, display=False, pixels=13, colour="#204060", ratio=1.0), **said)


@pytest.mark.parametrize(
    "latex", [r"\frac{1}{2} b h", r"\sqrt{x_i^2}", r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", r"\sum_{i=0}^n i"]
)
def test_formulas_leave_ink_in_the_colour_asked_for(qapp: object, latex: str) -> None:
    formula = draw_formula(key(latex, display=True))
    assert formula is not None
    image = formula.image
    inks = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#204060"}


@pytest.mark.parametrize("latex", [r"\frac{a", "}{", r"\nosuchcommand{x}", r"\text{面积}", "", "x" * 3000])
def test_what_cannot_be_drawn_is_told(qapp: object, latex: str) -> None:
    assert draw_formula(key(latex)) is None


def test_a_fine_screen_gets_more_pixels_at_the_same_size(qapp: object) -> None:
    coarse, fine = draw_formula(key("x^2")), draw_formula(key("x^2", ratio=2.0))
    assert coarse is not None
    assert fine is not None
    assert (fine.width, fine.height) == (coarse.width, coarse.height)
    assert fine.image.width() == pytest.approx(2 * coarse.image.width(), abs=2)
    assert fine.image.devicePixelRatio() == 2.0


def test_a_fraction_reaches_below_the_line_and_a_letter_hardly(qapp: object) -> None:
    letter, fraction = draw_formula(key("x")), draw_formula(key(r"\frac{1}{2}"))
    assert letter is not None
    assert fraction is not None
    assert fraction.depth > letter.depth + 2


def test_it_is_asked_for_once_and_announced(qtbot: QtBot, formulas: Formulas) -> None:
    wanted = key("a+b")
    assert formulas.get(wanted) == (False, None)
    with qtbot.waitSignal(formulas.ready, timeout=10_000) as told:
        assert formulas.get(wanted) == (False, None)
    assert told.args == [wanted]
    known, formula = formulas.get(wanted)
    assert known
    assert isinstance(formula, Formula)
