"""The design's numbers: colours by role, sizes in device-independent pixels, type sizes.

Named tuples, as everything the first paint waits for: importing `dataclasses` costs 20 ms.
"""

from __future__ import annotations

from typing import NamedTuple


class Colours(NamedTuple):
    """Colours by what they are for, as "#rrggbb". Greys are hueless so that nothing tints a picture.

    Attributes:
        ground: behind pictures and between panes.
        surface: panes and bubbles.
        raised: fields, buttons, hovered rows.
        line: hairlines between areas.
        text, text_soft, text_faint: words in descending weight; all at least 4.5:1 on `surface`.
        accent: what can be acted on, and focus.
        on_accent: words on an accent surface.
        selection: ground of selected rows.
        good, warn, bad: status marks; always shown with a shape or word as well.
        code: ground of code in answers.
    """

    ground: str
    surface: str
    raised: str
    line: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    on_accent: str
    selection: str
    good: str
    warn: str
    bad: str
    code: str


DARK = Colours(
    ground="#1b1b1b",
    surface="#242424",
    raised="#2e2e2e",
    line="#3a3a3a",
    text="#e8e8e8",
    text_soft="#b8b8b8",
    text_faint="#969696",
    accent="#5aa9f0",
    on_accent="#0c1a26",
    selection="#35465a",
    good="#4fc58a",
    warn="#e6b03c",
    bad="#f0716a",
    code="#1f1f1f",
)

LIGHT = Colours(
    ground="#ececec",
    surface="#ffffff",
    raised="#f6f6f6",
    line="#d6d6d6",
    text="#1d1d1d",
    text_soft="#4a4a4a",
    text_faint="#6a6a6a",
    accent="#0a66c2",
    on_accent="#ffffff",
    selection="#cfe3f8",
    good="#17743f",
    warn="#8a5a00",
    bad="#b3261e",
    code="#f3f3f3",
)

EVIDENCE = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")
"""Okabe and Ito's colours, which colour-blind people can tell apart; used in turn for marks on pictures."""

EVIDENCE_OUTLINES = ("#000000", "#ffffff")
"""Around marks and in their number tags: the one that stands out more against the mark's colour."""


class Sizes(NamedTuple):
    """Lengths in device-independent pixels on a 4 px grid, and type sizes in pixels."""

    unit: int = 4
    gap: int = 8
    margin: int = 12
    corner: int = 6
    hairline: int = 1
    icon: int = 16
    icon_large: int = 20
    body: int = 13
    secondary: int = 12
    caption: int = 11
    heading: int = 16
    control_height: int = 28


SIZES = Sizes()
