"""How to ask: a small panel above its button."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.ui.theme.theme import Theme

SMALL, NORMAL, LARGE = 320, 1280, 4096
_SETTLE_MS = 400


class OptionsPanel(QFrame):
    """Edits `AskOptions`.

    Signals:
        changed: the options as they are now, a moment after the last edit.
    """

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._told = AskOptions()
        self.setProperty("area", "popover")
        self.setAccessibleName(self.tr("How to ask"))
        self._system = QPlainTextEdit(self)
        self._temperature = QDoubleSpinBox(self)
        self._longest = QSpinBox(self)
        self._size = QComboBox(self)
        self._tokens = QSpinBox(self)
        self._size_words = QLabel(self)
        self._reset = QPushButton(self.tr("Reset"), self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._tell)
        self._build_fields()
        self._lay_out()
        self.set_options(AskOptions())

    @property
    def options(self) -> AskOptions:
        """As the fields say now."""
        return AskOptions(
            system=self._system.toPlainText().strip(),
            temperature=round(self._temperature.value(), 2),
            max_tokens=self._longest.value(),
            image_tokens=self._tokens.value(),
        )

    def set_options(self, options: AskOptions) -> None:
        """Show options without telling anybody."""
        if options == self.options and options == self._told:
            return
        self._told = options
        for field in (self._system, self._temperature, self._longest, self._size, self._tokens):
            field.blockSignals(True)
        self._system.setPlainText(options.system)
        self._temperature.setValue(options.temperature)
        self._longest.setValue(options.max_tokens)
        self._tokens.setValue(options.image_tokens)
        known = self._size.findData(options.image_tokens)
        self._size.setCurrentIndex(known if known >= 0 else self._size.count() - 1)
        for field in (self._system, self._temperature, self._longest, self._size, self._tokens):
            field.blockSignals(False)
        self._show_size()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tell()

    def _build_fields(self) -> None:
        self._system.setPlaceholderText(self.tr("For example: You inspect steel bridges. Answer briefly."))
        self._system.setAccessibleName(self.tr("Instructions for every question"))
        self._system.setTabChangesFocus(True)
        self._system.setFixedHeight(self._theme.sizes.control_height * 3)
        self._system.textChanged.connect(self._settle.start)
        self._temperature.setRange(0.0, 2.0)
        self._temperature.setSingleStep(0.1)
        self._temperature.setDecimals(2)
        self._temperature.setAccessibleName(self.tr("Temperature"))
        self._temperature.setToolTip(self.tr("0 gives the most likely words each time, 1 gives more variety"))
        self._temperature.valueChanged.connect(self._settle.start)
        self._longest.setRange(16, 32768)
        self._longest.setSingleStep(256)
        self._longest.setSuffix(" " + self.tr("tokens"))
        self._longest.setAccessibleName(self.tr("Longest answer"))
        self._longest.setToolTip(self.tr("A token is about three quarters of a word"))
        self._longest.valueChanged.connect(self._settle.start)
        for text, tokens in (
            (self.tr("Small"), SMALL),
            (self.tr("Normal"), NORMAL),
            (self.tr("Large"), LARGE),
            (self.tr("Own size"), 0),
        ):
            self._size.addItem(text, tokens)
        self._size.setAccessibleName(self.tr("Picture size"))
        self._size.currentIndexChanged.connect(self._size_chosen)
        self._tokens.setRange(4, 16384)
        self._tokens.setSingleStep(64)
        self._tokens.setSuffix(" " + self.tr("tokens"))
        self._tokens.setAccessibleName(self.tr("Image tokens for one picture"))
        self._tokens.valueChanged.connect(self._tokens_changed)
        self._reset.setAccessibleName(self.tr("Reset to the usual values"))
        self._reset.setToolTip(self.tr("Back to the usual values"))
        self._reset.clicked.connect(self._back_to_usual)

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        for role, label in (("caption", self._size_words),):
            label.setProperty("role", role)
            label.setWordWrap(True)
        form = QFormLayout()
        form.setSpacing(sizes.gap)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        size = QHBoxLayout()
        size.setSpacing(sizes.unit)
        size.addWidget(self._size, 1)
        size.addWidget(self._tokens, 1)
        heading = QLabel(self.tr("Instructions for every question"), self)
        form.addRow(heading)
        form.addRow(self._system)
        form.addRow(self.tr("Longest answer"), self._longest)
        form.addRow(self.tr("Temperature"), self._temperature)
        form.addRow(self.tr("Picture size"), size)
        form.addRow(self._size_words)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.margin, sizes.margin, sizes.margin, sizes.margin)
        column.addLayout(form)
        column.addLayout(foot)
        order = (self._system, self._longest, self._temperature, self._size, self._tokens, self._reset)
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.setFocusProxy(self._system)
        self.setFixedWidth(sizes.control_height * 12)

    def _size_chosen(self) -> None:
        tokens = int(self._size.currentData())
        if tokens:
            self._tokens.setValue(tokens)
        self._show_size()
        self._settle.start()

    def _tokens_changed(self) -> None:
        known = self._size.findData(self._tokens.value())
        self._size.blockSignals(True)
        self._size.setCurrentIndex(known if known >= 0 else self._size.count() - 1)
        self._size.blockSignals(False)
        self._show_size()
        self._settle.start()

    def _show_size(self) -> None:
        """Tokens in the words of a photographer."""
        self._tokens.setVisible(int(self._size.currentData()) == 0)
        tokens = self._tokens.value()
        # A photograph of shape 4:3 that just fits into the budget.
        height = int((tokens * QWEN2_VL.factor**2 * 3 / 4) ** 0.5)
        width = int(height * 4 / 3)
        words = self.tr(
            "Up to {tokens} image tokens for each picture, about {width} × {height} pixels. Larger pictures "
            "show smaller details and take longer."
        )
        self._size_words.setText(words.format(tokens=tokens, width=width, height=height))

    def _back_to_usual(self) -> None:
        usual = AskOptions()
        self.set_options(replace(usual))
        self._settle.stop()
        self.changed.emit(usual)

    def _tell(self) -> None:
        self._settle.stop()
        options = self.options
        if options != self._told:
            self._told = options
            self.changed.emit(options)
