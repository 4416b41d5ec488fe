"""Editors of the answer grid's cells, one for each kind of field."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from desktop_app.domain.forms.form import Choice, Choices, Date, Items, Number, Places, Text, YesNo
from desktop_app.domain.geometry import NUMBER_GAP
from desktop_app.domain.runs.rows import GridColumn
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class LineEditor(QLineEdit):
    """Numbers and days."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(text, parent)
        self.setFrame(False)
        self.selectAll()

    def typed(self) -> Any:
        """What was typed; None for nothing."""
        return self.text().strip() or None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        _keep_enter(event)


class TextEditor(QPlainTextEdit):
    """Text of any length. Enter ends, Shift+Enter begins a new line.

    Signals:
        done: Enter was pressed.
    """

    done = Signal()

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(text, parent)
        self.setTabChangesFocus(True)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def typed(self) -> Any:
        return self.toPlainText().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.done.emit()
            return
        super().keyPressEvent(event)


class ListEditor(TextEditor):
    """Several short texts, one a line."""

    def typed(self) -> Any:
        lines = [line.strip() for line in self.toPlainText().splitlines()]
        return [line for line in lines if line]


class BoxesEditor(TextEditor):
    """Boxes on the picture, one a line: left, top, right, bottom."""

    def typed(self) -> Any:
        return boxes_in(self.toPlainText())


class ChoiceEditor(QComboBox):
    """One of a few values.

    Signals:
        done: a value was chosen.
    """

    done = Signal()

    def __init__(self, parent: QWidget, options: list[tuple[str, Any]], value: Any) -> None:
        super().__init__(parent)
        self._values = [option for _, option in options]
        for text, _ in options:
            self.addItem(text)
        # Compared with their types, because True equals 1.
        self.setCurrentIndex(
            next((n for n, one in enumerate(self._values) if one is value or one == value), -1)
        )
        self.activated.connect(self.done)
        QTimer.singleShot(0, self._open)

    def typed(self) -> Any:
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        _keep_enter(event)

    def _open(self) -> None:
        if self.isVisible():
            self.showPopup()


class ChoicesEditor(QListWidget):
    """Several of a few values. Space ticks, Enter ends.

    Signals:
        done: Enter was pressed.
    """

    done = Signal()

    def __init__(self, parent: QWidget, options: tuple[str, ...], chosen: list[str]) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        for option in options:
            item = QListWidgetItem(option, self)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if option in chosen else Qt.CheckState.Unchecked)
        self.setCurrentRow(0)

    def typed(self) -> Any:
        items = [self.item(row) for row in range(self.count())]
        return [item.text() for item in items if item.checkState() is Qt.CheckState.Checked]

    def sizeHint(self) -> QSize:
        rows = min(self.count(), 8)
        return QSize(
            self.sizeHintForColumn(0) + 40, rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 4
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.done.emit()
            return
        super().keyPressEvent(event)


CellEditor: TypeAlias = LineEditor | TextEditor | ChoiceEditor | ChoicesEditor


def editor_for(theme: Theme, words: GridWords, column: GridColumn, value: Any, parent: QWidget) -> CellEditor:
    """The editor of a column, holding a value."""
    editor = _made(words, column, value, parent)
    editor.setFont(theme.font(theme.sizes.secondary))
    editor.setProperty("look", "cell")
    heading = words.heading(column)
    editor.setAccessibleName(heading)
    hint = words.how_to_write(column)
    editor.setToolTip(hint)
    editor.setAccessibleDescription(hint)
    if isinstance(editor, LineEditor):
        editor.setPlaceholderText(hint)
    return editor


def is_large(editor: QWidget) -> bool:
    """Whether it needs more room than a cell has."""
    return isinstance(editor, TextEditor | ChoicesEditor)


def _made(words: GridWords, column: GridColumn, value: Any, parent: QWidget) -> CellEditor:
    field = column.field
    if field is None:
        return TextEditor(parent, value or "")
    nothing = [] if field.required else [(words.option(column, None), None)]
    match field.kind:
        case YesNo():
            options = [(words.value(column, one), one) for one in (True, False)]
            return ChoiceEditor(parent, [*options, *nothing], value)
        case Choice(options=named):
            return ChoiceEditor(parent, [*((one, one) for one in named), *nothing], value)
        case Choices(options=named):
            return ChoicesEditor(parent, named, value or [])
        case Number():
            editor = LineEditor(parent, _written(value))
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
            return editor
        case Date():
            return LineEditor(parent, value or "")
        case Items():
            return ListEditor(parent, "\n".join(value or ()))
        case Places():
            return BoxesEditor(parent, "\n".join(", ".join(map(str, box)) for box in value or ()))
        case Text():
            return TextEditor(parent, value or "")


def _written(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:.15g}" if isinstance(number, float) else str(number)


def _keep_enter(event: QKeyEvent) -> None:
    """Enter ends the editor; the table, which would get it next, would open the picture."""
    if event.key() in _ENTER:
        event.accept()


def boxes_in(text: str) -> list[Any]:
    """Boxes of a text, one a line."""
    return [_numbers(line) for line in text.splitlines() if line.strip()]


def _numbers(line: str) -> Any:
    """Numbers of a line; the line itself when there is anything else, which the field then refuses."""
    parts = [part for part in re.split(NUMBER_GAP, line.strip()) if part]
    return [float(part) for part in parts] if all(_NUMBER.fullmatch(part) for part in parts) else line
