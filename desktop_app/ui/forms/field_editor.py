"""The editor of one field: what it asks and what counts as an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.forms.checks import Part, Problem
from desktop_app.ui.forms.draft import FieldDraft, Kind
from desktop_app.ui.forms.rows import ProblemLabel, Row
from desktop_app.ui.forms.words import FormWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.spoken import spoken

LARGEST = 100_000
"""Of the limits that are typed as whole numbers; a file may go beyond."""


class FieldEditor(QWidget):
    """Tells every change as a whole draft."""

    edited = Signal(FieldDraft)

    def __init__(self, theme: Theme, words: FormWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._draft = FieldDraft(0)
        self._filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.sizes.margin)
        self._make_question()
        self._make_number()
        self._make_others()
        self._make_rest()
        self._column.addStretch(1)
        self._of_kind: dict[QWidget, tuple[Kind, ...]] = {
            self.number_part: (Kind.NUMBER,),
            self.whole: (Kind.NUMBER,),
            self.length_row: (Kind.TEXT,),
            self.options_row: (Kind.CHOICE, Kind.CHOICES),
            self.list_part: (Kind.LIST,),
            self.boxes_row: (Kind.BOXES,),
        }

    def show_field(self, draft: FieldDraft) -> None:
        """Fill the editor without telling it as a change; the cursor stays where text is the same."""
        self._draft = draft
        self._filling = True
        try:
            self._fill_texts(draft)
            self.kind.setCurrentIndex(self.kind.findData(draft.kind))
            self.whole.setChecked(draft.whole)
            self.required.setChecked(draft.required)
            for box, number in (
                (self.max_length, draft.max_length),
                (self.most_items, draft.most_items),
                (self.item_length, draft.item_length),
                (self.most_boxes, draft.most_boxes),
            ):
                box.setMaximum(max(LARGEST, number))
                box.setValue(number)
        finally:
            self._filling = False
        self.kind_told.setText(self._words.kind_told(draft.kind))
        for part, kinds in self._of_kind.items():
            part.setVisible(draft.kind in kinds)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Those of the field that is shown."""
        texts = {problem.part: self._words.problem(problem) for problem in reversed(problems)}
        self.label_row.show_problem(texts.get(Part.LABEL, ""))
        self.key_row.show_problem(texts.get(Part.KEY, ""))
        self.options_row.show_problem(texts.get(Part.OPTIONS, ""))
        smallest, largest = texts.get(Part.MINIMUM, ""), texts.get(Part.MAXIMUM, "")
        self.minimum.setAccessibleDescription(smallest)
        self.maximum.setAccessibleDescription(largest)
        self.range_problem.show_problem(smallest or largest)

    def widget_of(self, part: Part) -> QWidget:
        """Where a problem of the field can be put right."""
        match part:
            case Part.KEY:
                return self.key
            case Part.OPTIONS:
                return self.options
            case Part.MINIMUM:
                return self.minimum
            case Part.MAXIMUM:
                return self.maximum
            case _:
                return self.label

    # Making

    def _make_question(self) -> None:
        self.label = self._line(self.tr("For example: Corrosion"))
        self.label.setToolTip(self.tr("The column's heading, and the question to the vision model"))
        self.label_row = self._row(self.tr("&Label"), self.label)
        self.kind = QComboBox()
        for kind in Kind:
            self.kind.addItem(self._words.kind(kind), kind)
        self.kind.setToolTip(self.tr("What counts as an answer"))
        self.kind.currentIndexChanged.connect(self._changed)
        row = self._row(self.tr("&Kind"), self.kind)
        self.kind_told = plain_label("secondary")
        layout = row.layout()
        if layout is not None:
            layout.addWidget(self.kind_told)

    def _make_number(self) -> None:
        self.unit = self._line(self.tr("none"))
        self.unit.setToolTip(self.tr("Shown beside the value and told to the vision model, such as mm"))
        self.minimum = self._line(self.tr("no limit"))
        self.minimum.setToolTip(self.tr("The smallest value that is allowed"))
        self.maximum = self._line(self.tr("no limit"))
        self.maximum.setToolTip(self.tr("The largest value that is allowed"))
        self.number_part = self._beside(
            Row(self._theme, self.tr("&Unit"), self.unit),
            Row(self._theme, self.tr("Smallest"), self.minimum),
            Row(self._theme, self.tr("Largest"), self.maximum),
        )
        # The three share one place for what is wrong: beneath one of them it would be a column of words.
        self.range_problem = ProblemLabel(self._theme)
        self._column.addWidget(self.range_problem)
        self.whole = self._check(self.tr("Only &whole numbers"), self.tr("Counts have no fractions"))
        self._column.addWidget(self.whole)

    def _make_others(self) -> None:
        self.max_length = self._spin(0, self.tr("The longest text, in characters"))
        self.max_length.setSpecialValueText(self.tr("no limit of its own"))
        self.length_row = self._row(self.tr("Longest te&xt, in characters"), self.max_length)
        self.options = self._text(5, self.tr("none\nlight\nheavy"))
        self.options.setToolTip(self.tr("What can be answered, one option on each line"))
        self.options_row = self._row(self.tr("&Options, one on each line"), self.options)
        self.most_items = self._spin(1, self.tr("The most entries the list can have"))
        self.item_length = self._spin(1, self.tr("The longest entry, in characters"))
        self.list_part = self._beside(
            Row(self._theme, self.tr("Most entries"), self.most_items),
            Row(self._theme, self.tr("Longest entry"), self.item_length),
        )
        self.most_boxes = self._spin(1, self.tr("The most boxes on one picture"))
        self.boxes_row = self._row(self.tr("Most boxes"), self.most_boxes)

    def _make_rest(self) -> None:
        self.hint = self._text(2, self.tr("What to look at, what counts and what does not"))
        self.hint.setToolTip(self.tr("More for the vision model about this field"))
        self._row(self.tr("&Hint for the vision model"), self.hint)
        self.required = self._check(
            self.tr("A value must be &given"),
            self.tr("Otherwise the vision model may say that it cannot be told"),
        )
        self._column.addWidget(self.required)
        self.key = self._line("")
        self.key.setToolTip(self.tr("The field's name in files and exports; it is made from the label"))
        self.key.editingFinished.connect(self._key_left)
        self.key_row = self._row(self.tr("Ke&y in files"), self.key)

    def _line(self, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(placeholder)
        line.textEdited.connect(self._changed)
        return line

    def _text(self, lines: int, placeholder: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setPlaceholderText(placeholder)
        text.setTabChangesFocus(True)
        text.setFixedHeight(lines * text.fontMetrics().lineSpacing() + self._theme.sizes.margin * 2)
        text.textChanged.connect(self._changed)
        return text

    def _spin(self, least: int, tip: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(least, LARGEST)
        box.setToolTip(tip)
        box.valueChanged.connect(self._changed)
        return box

    def _check(self, text: str, tip: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setAccessibleName(spoken(text))
        box.setToolTip(tip)
        box.toggled.connect(self._changed)
        return box

    def _row(self, text: str, field: QWidget) -> Row:
        row = Row(self._theme, text, field)
        self._column.addWidget(row)
        return row

    def _beside(self, *rows: Row) -> QWidget:
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.sizes.gap)
        for row in rows:
            line.addWidget(row, 1)
        self._column.addWidget(part)
        return part

    # Changes

    def _changed(self) -> None:
        if self._filling:
            return
        kind = self.kind.currentData()
        self.edited.emit(
            replace(
                self._draft,
                label=self.label.text(),
                key=self.key.text(),
                kind=kind if isinstance(kind, Kind) else Kind(kind),
                hint=self.hint.toPlainText(),
                required=self.required.isChecked(),
                unit=self.unit.text(),
                minimum=self.minimum.text(),
                maximum=self.maximum.text(),
                whole=self.whole.isChecked(),
                max_length=self.max_length.value(),
                options=self.options.toPlainText(),
                most_items=self.most_items.value(),
                item_length=self.item_length.value(),
                most_boxes=self.most_boxes.value(),
            )
        )

    def _key_left(self) -> None:
        """An emptied key is made from the label again."""
        if not self.key.text().strip():
            self._changed()

    def _fill_texts(self, draft: FieldDraft) -> None:
        for line, text in (
            (self.label, draft.label),
            (self.key, draft.key),
            (self.unit, draft.unit),
            (self.minimum, draft.minimum),
            (self.maximum, draft.maximum),
        ):
            if line.text() != text:
                line.setText(text)
        for several, text in ((self.hint, draft.hint), (self.options, draft.options)):
            if several.toPlainText() != text:
                several.setPlainText(text)
