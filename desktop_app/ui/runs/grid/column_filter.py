"""The small window in which one column of the answer grid is filtered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.runs.row_filters import (
    Between,
    ColumnFilter,
    Contains,
    FilterKind,
    OneOf,
    kind_of,
)
from desktop_app.domain.runs.rows import GridColumn, RowFact
from desktop_app.domain.runs.summaries import Part
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.literal import literal
from desktop_app.ui.widgets.plain_label import plain_label

_MOST_ROWS = 9
"""Values shown without scrolling."""


class ColumnFilterWindow(QFrame):
    """Takes effect while it is open; Escape or a click elsewhere closes it.

    Signals:
        changed(key of the column, filter or None).
    """

    changed = Signal(str, object)

    def __init__(self, theme: Theme, words: GridWords, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._words = words
        self._column = GridColumn()
        self._boxes: list[tuple[QCheckBox, bool | str | None]] = []
        self._fields: list[QLineEdit] = []
        self._was: ColumnFilter | None = None
        self.setProperty("area", "popover")
        self._heading = QLabel(self)
        self._heading.setProperty("role", "strong")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = plain_label("bad", parent=self)
        self._hint.hide()
        self._body = QWidget(self)
        self._clear = QPushButton(self.tr("Show all"), self)
        self._clear.setAccessibleName(self.tr("Show all rows of this column"))
        self._clear.clicked.connect(self._clear_all)
        sizes = theme.sizes
        self._column_layout = QVBoxLayout(self)
        self._column_layout.setContentsMargins(*[sizes.margin] * 4)
        self._column_layout.setSpacing(sizes.gap)
        for widget in (self._heading, self._body, self._hint, self._clear):
            self._column_layout.addWidget(widget)

    def open_at(self, column: GridColumn, now: ColumnFilter | None, parts: Sequence[Part], at: QRect) -> None:
        """Show what a column can be filtered by.

        Args:
            now: the filter that is in use.
            parts: the values there are, with their counts.
            at: the column's head on the screen.
        """
        self._column, self._was = column, now
        self._heading.setText(self._words.heading(column))
        self.setAccessibleName(self.tr("Filter “{name}”").format(name=self._words.heading(column)))
        self._hint.hide()
        self._clear.setEnabled(now is not None)
        self._replace_body(now, parts)
        self.adjustSize()
        self._move_to(at)
        self.show()
        first = self._fields[0] if self._fields else self._boxes[0][0] if self._boxes else self._clear
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
            return
        super().keyPressEvent(event)

    def _replace_body(self, now: ColumnFilter | None, parts: Sequence[Part]) -> None:
        self._boxes, self._fields = [], []
        match kind_of(self._column):
            case FilterKind.VALUES:
                body = self._values(now, parts)
            case FilterKind.TEXT:
                body = self._text(now)
            case FilterKind.NUMBERS | FilterKind.DAYS:
                body = self._range(now)
        self._column_layout.replaceWidget(self._body, body)
        self._body.deleteLater()
        self._body = body
        before: QWidget = body
        for widget in (*self._fields, *(box for box, _ in self._boxes), self._clear):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _values(self, now: ColumnFilter | None, parts: Sequence[Part]) -> QWidget:
        chosen = now.values if isinstance(now, OneOf) else frozenset()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.sizes.unit)
        for part in parts:
            name = self._words.option(self._column, part.value)
            box = QCheckBox(literal(f"{name}  ({part.total:,})"), inside)
            box.setAccessibleName(f"{name}, {part.total:,}")
            box.setChecked(part.value in chosen)
            box.toggled.connect(self._changed)
            self._boxes.append((box, part.value))
            column.addWidget(box)
        if not parts:
            column.addWidget(QLabel(self.tr("There is no value yet."), inside))
        if len(parts) <= _MOST_ROWS:
            return inside
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(_MOST_ROWS * (inside.sizeHint().height() // len(parts)))
        return area

    def _text(self, now: ColumnFilter | None) -> QWidget:
        field = QLineEdit(now.text if isinstance(now, Contains) else "", self)
        field.setPlaceholderText(self.tr("contains…"))
        field.setAccessibleName(self.tr("Words it contains"))
        field.setClearButtonEnabled(True)
        field.setMinimumWidth(self._theme.sizes.margin * 18)
        field.textChanged.connect(self._changed)
        self._fields = [field]
        return field

    def _range(self, now: ColumnFilter | None) -> QWidget:
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.sizes.gap)
        low, high = (now.low, now.high) if isinstance(now, Between) else (None, None)
        for label, value in ((self.tr("from"), low), (self.tr("to"), high)):
            words = QLabel(label, body)
            field = QLineEdit(self._written(value), body)
            field.setAccessibleName(f"{self._words.heading(self._column)}: {label}")
            field.setPlaceholderText("2024-03-31" if kind_of(self._column) is FilterKind.DAYS else "")
            field.setFixedWidth(self._theme.sizes.margin * 8)
            field.textChanged.connect(self._changed)
            self._fields.append(field)
            row.addWidget(words)
            row.addWidget(field)
        unit = "%" if self._column.fact is RowFact.CONFIDENCE else self._words.unit(self._column)
        if unit:
            row.addWidget(QLabel(unit, body))
        return body

    def _changed(self) -> None:
        match kind_of(self._column):
            case FilterKind.VALUES:
                values = frozenset(value for box, value in self._boxes if box.isChecked())
                self._take(OneOf(values) if values else None)
            case FilterKind.TEXT:
                text = self._fields[0].text().strip()
                self._take(Contains(text) if text else None)
            case FilterKind.NUMBERS | FilterKind.DAYS:
                self._take_range()

    def _take_range(self) -> None:
        try:
            low, high = (self._read(field.text().strip()) for field in self._fields)
        except ValueError:
            is_days = kind_of(self._column) is FilterKind.DAYS
            self._hint.setText(
                self.tr("Write a day such as 2024-03-31.") if is_days else self.tr("Write a number.")
            )
            self._hint.show()
            self.adjustSize()
            return
        self._hint.hide()
        self.adjustSize()
        self._take(None if low is None and high is None else Between(low, high))

    def _read(self, text: str) -> float | str | None:
        if not text:
            return None
        if kind_of(self._column) is FilterKind.DAYS:
            return date.fromisoformat(text).isoformat()
        number = float(text.replace(",", "."))
        if not math.isfinite(number):
            raise ValueError(text)
        return number / 100 if self._column.fact is RowFact.CONFIDENCE else number

    def _written(self, value: float | str | None) -> str:
        match value:
            case None:
                return ""
            case str():
                return value
            case _:
                return f"{value * 100:.15g}" if self._column.fact is RowFact.CONFIDENCE else f"{value:.15g}"

    def _take(self, wanted: ColumnFilter | None) -> None:
        if wanted != self._was:
            self._was = wanted
            self._clear.setEnabled(wanted is not None)
            self.changed.emit(self._column.key, wanted)

    def _clear_all(self) -> None:
        self._take(None)
        self.close()

    def _move_to(self, at: QRect) -> None:
        """Below the head, or above where the screen ends."""
        size, screen = self.sizeHint(), self.screen().availableGeometry()
        left = max(screen.left(), min(at.left(), screen.right() - size.width()))
        below = at.bottom() + 1
        top = (
            below if below + size.height() <= screen.bottom() else max(screen.top(), at.top() - size.height())
        )
        self.move(QPoint(left, top))
