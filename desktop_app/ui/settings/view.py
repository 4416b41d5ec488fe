"""The settings dialog. Changes are kept at once; there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.domain.settings import Settings
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice
from desktop_app.ui.widgets.plain_label import plain_label
from desktop_app.ui.widgets.spoken import spoken

LANGUAGES = (("en", "English"), ("zh_CN", "简体中文"))
"""Codes with the names their speakers use; shown the same in every language."""


class SettingsDialog(QDialog):
    """Opened with `open()` or `show()`; emits one signal for each setting the user changes."""

    theme_chosen = Signal(ThemeChoice)
    language_chosen = Signal(str)
    recursive_changed = Signal(bool)
    cache_size_changed = Signal(int)
    """Megabytes."""
    clear_cache_requested = Signal()
    megapixels_changed = Signal(int)
    never_outside_changed = Signal(bool)
    left = Signal()
    """The dialog has closed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._filling = False
        self.setWindowTitle(self.tr("Settings"))
        sizes = theme.sizes
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*[sizes.margin * 2] * 4)
        self._column.setSpacing(sizes.gap)
        self._make_window_part()
        self._make_pictures_part()
        self._make_privacy_part()
        self.notice = ErrorNotice(theme)
        self.notice.hide()
        self._column.addWidget(self.notice)
        self._column.addStretch(1)
        self._make_foot()
        self.setMinimumWidth(sizes.margin * 44)

    # What the presenter shows

    def show_settings(self, settings: Settings) -> None:
        self._filling = True
        try:
            self.theme_box.setCurrentIndex(self.theme_box.findData(settings.window.theme))
            self.language.setCurrentIndex(max(0, self.language.findData(settings.window.language)))
            self.recursive.setChecked(settings.gallery.recursive)
            self.cache_size.setValue(settings.pictures.thumbnail_cache_mb)
            self.megapixels.setValue(settings.pictures.max_megapixels)
            self.never_outside.setChecked(settings.privacy.never_outside)
        finally:
            self._filling = False

    def show_restart_needed(self, needed: bool) -> None:
        self.restart.setVisible(needed)

    def show_clearing(self, running: bool) -> None:
        self.clear.setEnabled(not running)

    def show_cleared(self) -> None:
        self.clear.setText(self.tr("Cleared"))

    def show_error(self, error: AppError) -> None:
        self.notice.show_error(error)
        self.notice.show()

    def hideEvent(self, event: QHideEvent) -> None:
        self.notice.hide()
        self.clear.setText(self.tr("Clear"))
        super().hideEvent(event)
        if not event.spontaneous():
            self.left.emit()

    # Making

    def _make_window_part(self) -> None:
        form = self._part(self.tr("Window"))
        self.theme_box = QComboBox()
        for choice, text in (
            (ThemeChoice.SYSTEM, self.tr("Like the system")),
            (ThemeChoice.LIGHT, self.tr("Light")),
            (ThemeChoice.DARK, self.tr("Dark")),
        ):
            self.theme_box.addItem(text, choice)
        self.theme_box.currentIndexChanged.connect(self._theme_changed)
        self._row(form, self.tr("&Theme"), self.theme_box, self.tr("Light or dark window"))
        self.language = QComboBox()
        self.language.addItem(self.tr("Like the system"), "")
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        self.language.currentIndexChanged.connect(self._language_changed)
        self._row(form, self.tr("&Language"), self.language, self.tr("Language of the window"))
        self.restart = plain_label(
            "secondary", self.tr("The language changes when Lightdesk is started again.")
        )
        self.restart.hide()
        form.addRow("", self.restart)

    def _make_pictures_part(self) -> None:
        form = self._part(self.tr("Pictures"))
        self.recursive = QCheckBox(self.tr("List the pictures in &folders below too"))
        self.recursive.setAccessibleName(self.tr("List the pictures in folders below too"))
        self.recursive.setToolTip(self.tr("What a newly opened folder starts with"))
        self.recursive.toggled.connect(self._tell(self.recursive_changed))
        form.addRow("", self.recursive)
        self.cache_size = _number(64, 16_384, 64)
        self.cache_size.setSuffix(self.tr(" MB"))
        self.cache_size.valueChanged.connect(self._tell(self.cache_size_changed))
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the thumbnail cache"))
        self.clear.setToolTip(self.tr("Delete the kept thumbnails; they are made again when needed"))
        self.clear.setAutoDefault(False)
        self.clear.clicked.connect(self.clear_cache_requested)
        tip = self.tr("Most disk space that thumbnails may take")
        self._row(form, self.tr("Thumbnail &cache"), self.cache_size, tip, self.clear)
        self.megapixels = _number(10, 5_000, 50)
        self.megapixels.setSuffix(self.tr(" megapixels"))
        self.megapixels.valueChanged.connect(self._tell(self.megapixels_changed))
        tip = self.tr("Pictures above this are not opened; it protects against files made to fill the memory")
        self._row(form, self.tr("Largest &picture"), self.megapixels, tip)

    def _make_privacy_part(self) -> None:
        self._heading(self.tr("Privacy"))
        self.never_outside = QCheckBox(self.tr("&Never send pictures outside my network"))
        self.never_outside.setAccessibleName(self.tr("Never send pictures outside my network"))
        self.never_outside.toggled.connect(self._tell(self.never_outside_changed))
        text = self.tr(
            "Servers outside the local network are refused, even those that were allowed for themselves."
        )
        self.never_outside.setToolTip(text)
        self._column.addWidget(self.never_outside)
        self._column.addWidget(plain_label("secondary", text))

    def _make_foot(self) -> None:
        self.close_button = QPushButton(self.tr("&Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.close_button.setToolTip(self.tr("Close this window ({keys})").format(keys="Esc"))
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        self._column.addLayout(foot)

    def _part(self, title: str) -> QFormLayout:
        self._heading(title)
        form = QFormLayout()
        form.setHorizontalSpacing(self._theme.sizes.margin)
        form.setVerticalSpacing(self._theme.sizes.gap)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._column.addLayout(form)
        return form

    def _heading(self, title: str) -> None:
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        if self._column.count():
            self._column.addSpacing(self._theme.sizes.margin)
        self._column.addWidget(heading)

    def _row(
        self, form: QFormLayout, text: str, field: QWidget, tip: str, beside: QWidget | None = None
    ) -> None:
        label = QLabel(text)
        label.setMinimumWidth(self._theme.sizes.margin * 11)
        label.setBuddy(field)
        field.setAccessibleName(spoken(text))
        field.setToolTip(tip)
        line = QHBoxLayout()
        line.setSpacing(self._theme.sizes.gap)
        line.addWidget(field, 1)
        if beside is not None:
            line.addWidget(beside)
        form.addRow(label, line)

    # Changes

    def _tell(self, signal: SignalInstance) -> Callable[[object], None]:
        def tell(value: object) -> None:
            if not self._filling:
                signal.emit(value)

        return tell

    def _theme_changed(self) -> None:
        if not self._filling:
            # Qt keeps an enumeration of words as plain text.
            self.theme_chosen.emit(ThemeChoice(self.theme_box.currentData()))

    def _language_changed(self) -> None:
        if not self._filling:
            self.language_chosen.emit(self.language.currentData())


def _number(least: int, most: int, step: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setGroupSeparatorShown(True)
    # A half-typed number is no wish of the user's.
    box.setKeyboardTracking(False)
    return box
