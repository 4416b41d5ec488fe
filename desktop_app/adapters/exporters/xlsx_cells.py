"""How cells of a workbook look, and how texts get into them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_app.domain.runs.table import ExportValue, is_formula

LONGEST_TEXT = 32_767
"""UTF-16 units of one cell, by Excel's limits: an emoji is two."""

LARGEST_NUMBER = 10**15
"""Excel keeps 15 digits; longer whole numbers are written as text rather than changed."""

_A4 = 9
_READABLE = 220
"""Characters of a line on the longer side of A4."""

FIRST_DATE = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before it would be off by one."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Formats of cells."""

    text: Any
    inert: Any
    number: Any
    figure: Any
    """A number among texts."""
    share: Any
    day: Any
    heading: Any

    @classmethod
    def of(cls, book: Any) -> Looks:
        top = {"valign": "top"}
        return cls(
            text=book.add_format({**top, "text_wrap": True}),
            # The mark that an apostrophe typed before a text leaves: the text is never taken for a formula.
            inert=book.add_format({**top, "text_wrap": True, "quote_prefix": True}),
            number=book.add_format(top),
            figure=book.add_format({**top, "align": "left"}),
            share=book.add_format({**top, "num_format": "0%"}),
            day=book.add_format({**top, "num_format": "yyyy-mm-dd", "align": "left"}),
            heading=book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True}),
        )


class Cells:
    """Writes values into the cells of one sheet."""

    def __init__(self, sheet: Any, looks: Looks) -> None:
        self.sheet = sheet
        self.looks = looks

    def write(self, row: int, place: int, value: ExportValue, number: Any = None) -> bool:
        """Numbers and days as such, everything else as text; whether a text had to be cut.

        Args:
            number: the look of a number, where it is not the usual one.
        """
        looks, sheet = self.looks, self.sheet
        match value:
            case None:
                return False
            case str():
                return self.text(row, place, value)
            case date() if value >= FIRST_DATE:
                sheet.write_datetime(row, place, value, looks.day)
            case date():
                return self.text(row, place, value.isoformat())
            case int() | float() if abs(value) < LARGEST_NUMBER or isinstance(value, float):
                sheet.write_number(row, place, value, number or looks.number)
            case _:
                return self.text(row, place, str(value))
        return False

    def text(self, row: int, place: int, text: str) -> bool:
        """Whether it had to be cut."""
        if not text:
            return False  # an empty string would look like an answer to a filter
        kept = shortened(text)
        look = self.looks.inert if is_formula(text) else self.looks.text
        self.sheet.write_string(row, place, kept, look)
        return len(kept) < len(text)

    def heading(self, row: int, place: int, text: str) -> None:
        self.sheet.write_string(row, place, shortened(text), self.looks.heading)


def on_paper(sheet: Any, width: float) -> None:
    """All columns on the width of one page, or of a few where they could not be read there; the headings on
    each page.

    Args:
        width: of all columns, in characters.
    """
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(max(1, round(width / _READABLE)), 0)
    sheet.repeat_rows(0)


def shortened(text: str) -> str:
    """As much of the text as a cell holds, no character halved."""
    if len(text) * 2 <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le", "replace")[: LONGEST_TEXT * 2]
    return units.decode("utf-16-le", "ignore")
