"""How wide the columns of the answer grid are until a person chooses otherwise."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from desktop_app.domain.forms.form import Choice, Choices, Date, FieldKind, Items, Text
from desktop_app.domain.runs.rows import RowFact
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme


def column_widths(model: GridItemModel, words: GridWords, theme: Theme, room: int) -> list[int]:
    """Widths that suit the kinds of the columns; what is left of the room goes to texts and names."""
    unit = theme.sizes.margin
    metrics = QFontMetrics(theme.font(theme.sizes.secondary, bold=True))
    widths, weights = [], []
    for column in model.columns:
        if column.field is not None:
            width, weight = _field_width(column.field.kind)
        else:
            width, weight = _WIDTHS[column.fact or RowFact.NAME]
        head = f"{words.heading(column)} {words.unit(column)}"
        needed = metrics.horizontalAdvance(head) + 2 * theme.sizes.gap + theme.sizes.icon
        widths.append(max(width * unit, min(needed, _WIDEST_HEAD * unit)))
        weights.append(weight)
    left = room - sum(widths)
    if left <= 0 or not sum(weights):
        return widths
    share = left / sum(weights)
    return [width + int(share * weight) for width, weight in zip(widths, weights, strict=True)]


_WIDTHS = {
    RowFact.NAME: (17, 2),
    RowFact.STATE: (18, 0),
    RowFact.CONFIDENCE: (9, 0),
    RowFact.NOTE: (12, 2),
}
"""In margins, and how much of the room that is left."""

_WIDEST_HEAD = 16


def _field_width(kind: FieldKind) -> tuple[int, int]:
    match kind:
        case Text():
            return 20, 4
        case Choices(options=options) | Choice(options=options):
            return max(11, min(24, 8 * -(-(len(options) + 1) // 3))), int(isinstance(kind, Choices))
        case Items():
            return 16, 2
        case Date():
            return 13, 0
        case _:
            return 10, 0
