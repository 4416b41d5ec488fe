"""Formats of answer text, made from the theme."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
)

from desktop_app.ui.theme.contrast import readable_on
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.theme.tokens import EVIDENCE

EVIDENCE_SCHEME = "evidence"
MARK_PROPERTY = int(QTextFormat.Property.UserProperty) + 1
CHIP_PROPERTY = int(QTextFormat.Property.UserProperty) + 2
"""Character property: number of the marked place, counted from 0."""
CODE_PROPERTY = "lightdesk-code"
"""Property of a frame object (not of its format): the code's source, for the copy button."""


class Styles:
    """Character and block formats for one palette; made anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        sizes = theme.sizes
        self.body_px = sizes.body
        self.gap = sizes.gap
        self.unit = sizes.unit
        self.hairline = sizes.hairline
        self.is_dark = theme.is_dark
        self.font = theme.font(sizes.body)
        self.text = theme.colour("text")
        self.soft = theme.colour("text_soft")
        self.accent = theme.colour("accent")
        self.line = theme.colour("line")
        self.raised = theme.colour("raised")
        self.code_ground = theme.colour("code")
        self.code_font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.code_font.setPixelSize(sizes.secondary)
        self.headings = (sizes.heading, sizes.heading - 1, sizes.heading - 2)

    @cached_property
    def _descent(self) -> float:
        """Of the text font, per pixel of its size."""
        probe = QFont(self.font)
        probe.setPixelSize(100)
        return QFontMetricsF(probe).descent() / 100

    def font_of_descent(self, descent: float) -> QFont:
        """The text font in the size in which it reaches so many pixels below the baseline."""
        font = QFont(self.font)
        font.setPixelSize(max(1, round(descent / self._descent)))
        return font

    def plain(self) -> QTextCharFormat:
        fmt = QTextCharFormat()
        fmt.setForeground(self.text)
        return fmt

    def heading(self, level: int) -> QTextCharFormat:
        fmt = self.plain()
        font = QFont(self.font)
        font.setPixelSize(self.headings[level - 1] if level <= len(self.headings) else self.body_px)
        font.setWeight(QFont.Weight.DemiBold)
        fmt.setFont(font)
        return fmt

    def code(self, base: QTextCharFormat | None = None) -> QTextCharFormat:
        """Inline code and formulas shown as source."""
        fmt = QTextCharFormat(base) if base is not None else self.plain()
        fmt.merge(self._code)
        return fmt

    @cached_property
    def _code(self) -> QTextCharFormat:
        fmt = QTextCharFormat()
        fmt.setFontFamilies(self.code_font.families())
        fmt.setFontFixedPitch(True)
        fmt.setProperty(QTextFormat.Property.FontPixelSize, self.code_font.pixelSize())
        fmt.setBackground(self.raised if self.is_dark else self.code_ground)
        return fmt

    def code_line(self) -> QTextCharFormat:
        fmt = self.plain()
        fmt.setFont(self.code_font)
        return fmt

    def link(self, base: QTextCharFormat, address: str) -> QTextCharFormat:
        fmt = QTextCharFormat(base)
        fmt.setAnchor(True)
        fmt.setAnchorHref(address)
        fmt.setForeground(self.accent)
        fmt.setFontUnderline(True)
        return fmt

    def mark(self, base: QTextCharFormat, index: int) -> QTextCharFormat:
        """Words that belong to a marked place: underlined in the colour of its box."""
        fmt = QTextCharFormat(base)
        fmt.setAnchor(True)
        fmt.setAnchorHref(f"{EVIDENCE_SCHEME}:{index}")
        fmt.setProperty(MARK_PROPERTY, index)
        fmt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        fmt.setUnderlineColor(evidence_colour(index))
        return fmt

    def chip(self, base: QTextCharFormat, index: int) -> QTextCharFormat:
        """The number behind those words."""
        fmt = self.mark(base, index)
        fmt.setProperty(CHIP_PROPERTY, True)
        fmt.setUnderlineStyle(QTextCharFormat.UnderlineStyle.NoUnderline)
        colour = evidence_colour(index)
        fmt.setBackground(colour)
        fmt.setForeground(readable_on(colour))
        font = QFont(self.font)
        font.setPixelSize(self.body_px - 2)
        font.setWeight(QFont.Weight.DemiBold)
        fmt.setFont(font)
        return fmt

    def block(self, *, above: int | None = None) -> QTextBlockFormat:
        fmt = QTextBlockFormat()
        fmt.setTopMargin(self.gap if above is None else above)
        fmt.setLineHeight(118, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
        return fmt

    def sliver(self) -> QTextBlockFormat:
        """The empty block Qt needs before or behind a frame, made as good as invisible."""
        fmt = QTextBlockFormat()
        fmt.setLineHeight(1, int(QTextBlockFormat.LineHeightTypes.FixedHeight.value))
        return fmt


def evidence_colour(index: int) -> QColor:
    return QColor(EVIDENCE[index % len(EVIDENCE)])
