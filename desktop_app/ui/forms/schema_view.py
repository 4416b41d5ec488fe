"""The prompt and the JSON schema as they will be sent."""

from __future__ import annotations

import json

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.ui.forms.protocols import Preview
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label


class SchemaView(QWidget):
    """Read-only; the words can be selected and copied."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sizes = theme.sizes
        self.left_out = plain_label("warn")
        self.prompt = self._text(self.tr("Prompt"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(sizes.secondary)
        self.schema = self._text(self.tr("JSON schema"))
        self.schema.setFont(fixed)
        self.schema.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.plain = plain_label("secondary", self.tr("A plain question: no schema is sent."))
        self.nothing = plain_label(
            "secondary", self.tr("What the vision model is told stands here as soon as there is a field.")
        )
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.unit)
        column.addWidget(self.left_out)
        column.addWidget(self._caption(self.tr("Prompt"), self.prompt))
        column.addWidget(self.prompt, 1)
        column.addSpacing(sizes.gap)
        column.addWidget(self._caption(self.tr("JSON schema"), self.schema))
        column.addWidget(self.schema, 1)
        column.addWidget(self.plain, 1)
        empty = QWidget()
        alone = QVBoxLayout(empty)
        alone.setContentsMargins(0, 0, 0, 0)
        alone.addWidget(self.nothing)
        alone.addStretch(1)
        self.pages = QStackedWidget()
        self.pages.addWidget(full)
        self.pages.addWidget(empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[sizes.margin] * 4)
        whole.addWidget(self.pages)

    def show_preview(self, preview: Preview | None) -> None:
        """None while there is no field that could be asked for."""
        self.pages.setCurrentIndex(0 if preview is not None else 1)
        if preview is None:
            return
        self.left_out.setText(
            self.tr("Without the fields that have mistakes: {count}.").format(count=preview.left_out)
        )
        self.left_out.setVisible(bool(preview.left_out))
        _keep_place(self.prompt, preview.prompt)
        has_schema = preview.schema is not None
        _keep_place(self.schema, json.dumps(preview.schema, indent=2, ensure_ascii=False))
        self.schema.setVisible(has_schema)
        self.plain.setVisible(not has_schema)

    def _text(self, name: str) -> QPlainTextEdit:
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName(name)
        return text

    def _caption(self, text: str, field: QWidget) -> QLabel:
        caption = QLabel(text)
        caption.setBuddy(field)
        return caption


def _keep_place(field: QPlainTextEdit, text: str) -> None:
    """Change the words without jumping back to their beginning."""
    if field.toPlainText() == text:
        return
    bar = field.verticalScrollBar()
    place = bar.value()
    field.setPlainText(text)
    bar.setValue(place)
