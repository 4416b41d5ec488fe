"""What each format asks for, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QRadioButton, QVBoxLayout, QWidget

from desktop_app.domain.forms.form import FormField
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions, PictureSize
from desktop_app.domain.settings import ExportSettings
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label

_WITH_PICTURES = (ExportFormat.XLSX, ExportFormat.HTML)


class FormatOptions(QObject):
    """Rows of a form; those of the chosen format are shown.

    Signals:
        changed: something is chosen anew.
    """

    changed = Signal()

    def __init__(self, theme: Theme, form: QFormLayout) -> None:
        """
        Args:
            form: the rows are added to it.
        """
        super().__init__(form)
        self._theme = theme
        self._form = form
        self._format = ExportFormat.XLSX
        self.for_excel = QCheckBox(self.tr("Mark the file for Excel"))
        self.for_excel.setToolTip(
            self.tr("Excel then reads its letters right; some other programs want a file without the mark")
        )
        self.pictures = QComboBox()
        self.pictures.setAccessibleName(self.tr("Pictures in the table"))
        for size, words in self._sizes().items():
            self.pictures.addItem(words, size)
        self.pictures.currentIndexChanged.connect(self.changed)
        self.copies = QCheckBox(self.tr("Put copies of the pictures into the folder"))
        self.copies.setToolTip(self.tr("Trainers look for them there; without, pictures.txt names them"))
        self.caption = QComboBox()
        self.caption.setAccessibleName(self.tr("Text of a caption"))
        self.beside = QRadioButton(self.tr("Beside the pictures"))
        self.apart = QRadioButton(self.tr("Into a folder of their own"))
        self.beside.toggled.connect(self.changed)
        self.there = QComboBox()
        self.there.setAccessibleName(self.tr("Text files that are there already"))
        self.there.addItem(self.tr("are kept"), False)
        self.there.addItem(self.tr("are replaced"), True)
        self._note = plain_label("secondary")
        # Of less than this it asks for a second line, whatever the width it is given.
        self._note.setMinimumWidth(theme.sizes.margin * 25)
        where = self._radios(self.beside, self.apart)
        self._rows: dict[QWidget, Sequence[ExportFormat]] = {
            self.for_excel: (ExportFormat.CSV,),
            self.pictures: _WITH_PICTURES,
            self.copies: (ExportFormat.YOLO,),
            self._note: (ExportFormat.JSONL, ExportFormat.COCO),
            self.caption: (ExportFormat.CAPTIONS,),
            where: (ExportFormat.CAPTIONS,),
            self.there: (ExportFormat.CAPTIONS,),
        }
        names = {
            self.pictures: self.tr("Pictures"),
            self.caption: self.tr("Text"),
            where: self.tr("Where to"),
            self.there: self.tr("Texts that are there"),
        }
        for row in self._rows:
            form.addRow(names.get(row, ""), row)
        for one in (self.for_excel, self.copies, self._note):  # as high as the others: nothing moves for them
            one.setMinimumHeight(theme.sizes.control_height)

    def begin(self, last: ExportSettings, fields: Sequence[FormField]) -> None:
        """As it was left, but for replacing somebody's texts, which is chosen anew each time."""
        self.for_excel.setChecked(last.for_excel)
        self.pictures.setCurrentIndex(max(0, self.pictures.findData(last.pictures)))
        self.copies.setChecked(last.copy_pictures)
        (self.beside if last.beside else self.apart).setChecked(True)
        self.caption.clear()
        if len(fields) > 1:
            self.caption.addItem(self.tr("All fields, a line for each"), "")
        for one in fields:
            self.caption.addItem(one.label, one.key)
        self.there.setCurrentIndex(0)

    def show_format(self, wanted: ExportFormat) -> None:
        """Ask for what this format needs."""
        self._format = wanted
        notes = {
            ExportFormat.JSONL: self.tr(
                "One line for each picture with all that is known of it, for programs."
            ),
            ExportFormat.COCO: self.tr("One file with the boxes of all pictures, in pixels."),
        }
        self._note.setText(notes.get(wanted, ""))
        for row, formats in self._rows.items():
            self._form.setRowVisible(row, wanted in formats)

    @property
    def picture_size(self) -> PictureSize:
        """Of the pictures that will be in the document."""
        if self._format not in _WITH_PICTURES:
            return PictureSize.NONE
        return PictureSize(self.pictures.currentData())  # Qt makes plain text of it

    @property
    def lies_beside(self) -> bool:
        """Captions lie beside their pictures; no folder is to be named."""
        return self._format is ExportFormat.CAPTIONS and self.beside.isChecked()

    def options(self) -> ExportOptions:
        return ExportOptions(
            for_excel=self.for_excel.isChecked(),
            pictures=self.picture_size,
            overwrite=self._format is ExportFormat.CAPTIONS and bool(self.there.currentData()),
            caption=str(self.caption.currentData() or ""),
            copy_pictures=self.copies.isChecked(),
        )

    def _sizes(self) -> dict[PictureSize, str]:
        return {
            PictureSize.NONE: self.tr("None"),
            PictureSize.SMALL: self.tr("Small"),
            PictureSize.MEDIUM: self.tr("Medium"),
            PictureSize.LARGE: self.tr("Large"),
        }

    def _radios(self, *buttons: QRadioButton) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.sizes.unit)
        for button in buttons:
            column.addWidget(button)
        return group
