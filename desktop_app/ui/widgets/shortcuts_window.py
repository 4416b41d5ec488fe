"""An overview of all keyboard shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme.theme import Theme


class ShortcutsWindow(QDialog):
    """Lists what can be done with which keys; typing narrows the list. Opened with `show()`."""

    left = Signal()
    """The window has closed."""

    def __init__(
        self,
        theme: Theme,
        shortcuts: Sequence[tuple[str, QKeySequence | str]],
        parent: QWidget | None = None,
    ) -> None:
        """`shortcuts` are (text, keys) in the order to show them; keys as text are Qt's portable form.

        Keys that are empty make their text the heading of a group.
        """
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._headings: list[tuple[QLabel, int]] = []
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        sizes = theme.sizes
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.setToolTip(self.tr("Search by what it does or by key"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.nothing = QLabel(self.tr("No shortcut has these words."))
        self.nothing.setProperty("role", "secondary")
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(*[sizes.margin * 2] * 4)
        column.setSpacing(sizes.margin)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self._make_list(shortcuts), 1)
        self.resize(sizes.margin * 36, sizes.margin * 46)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    def visible_texts(self) -> list[str]:
        """What is listed now, from the top."""
        return [text.text() for text, _ in self._rows if not text.isHidden()]

    def _make_list(self, shortcuts: Sequence[tuple[str, QKeySequence | str]]) -> QScrollArea:
        sizes = self._theme.sizes
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, sizes.margin, 0)
        grid.setHorizontalSpacing(sizes.margin)
        grid.setVerticalSpacing(sizes.gap)
        grid.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(shortcuts):
            sequence = keys if isinstance(keys, QKeySequence) else QKeySequence(keys)
            words = QLabel(text)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            if sequence.isEmpty():
                words.setProperty("role", "secondary")
                self._headings.append((words, len(self._rows)))
                grid.addWidget(words, row, 0, 1, 2)
                continue
            label = QLabel(sequence.toString(QKeySequence.SequenceFormat.NativeText))
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "key")
            label.setAccessibleDescription(text)
            grid.addWidget(words, row, 0)
            grid.addWidget(label, row, 1, Qt.AlignmentFlag.AlignRight)
            self._rows.append((words, label))
        grid.setRowStretch(len(shortcuts), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Keyboard shortcuts"))
        area.setWidget(content)
        return area

    def _narrow(self, wanted: str) -> None:
        wanted = wanted.strip().casefold()
        for text, keys in self._rows:
            found = wanted in text.text().casefold() or wanted in keys.text().casefold()
            text.setVisible(found)
            keys.setVisible(found)
        ends = [start for _, start in self._headings[1:]] + [len(self._rows)]
        for (heading, start), end in zip(self._headings, ends, strict=True):
            heading.setVisible(any(not text.isHidden() for text, _ in self._rows[start:end]))
        self.nothing.setVisible(not self.visible_texts())
