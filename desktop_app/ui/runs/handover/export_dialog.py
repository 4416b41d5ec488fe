"""Asks as what a run is handed over, which rows, and where to."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QRadioButton, QVBoxLayout, QWidget

from desktop_app.domain.runs.export_format import ExportFormat, PictureSize
from desktop_app.ui.runs.handover.checked_dialog import CheckedDialog
from desktop_app.ui.runs.handover.format_options import FormatOptions
from desktop_app.ui.runs.handover.offers import Check, ExportChoice, ExportOffer, with_ending
from desktop_app.ui.runs.handover.place import Place
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel
from desktop_app.ui.widgets.plain_label import plain_label

_BOXES = (ExportFormat.COCO, ExportFormat.YOLO)
_ENDINGS = {
    ExportFormat.XLSX: ".xlsx",
    ExportFormat.CSV: ".csv",
    ExportFormat.HTML: ".html",
    ExportFormat.JSONL: ".jsonl",
    ExportFormat.COCO: ".json",
    ExportFormat.YOLO: "",
    ExportFormat.CAPTIONS: "",
}
_KB_OF_A_PICTURE = {PictureSize.SMALL: 4, PictureSize.MEDIUM: 10, PictureSize.LARGE: 25}
"""About; of photographs."""


class ExportDialog(CheckedDialog):
    """Asks only what the chosen format needs."""

    def __init__(self, theme: Theme, offer: ExportOffer, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._offer = offer
        self.setWindowTitle(self.tr("Export the table"))
        self.format = QComboBox()
        self.format.setAccessibleName(self.tr("Kind of file"))
        self.all_rows = QRadioButton(
            self.tr("All pictures of the run: {count}").format(count=f"{offer.total:,}")
        )
        self.shown_rows = QRadioButton(
            self.tr("Rows that the table shows now: {count}").format(count=f"{offer.shown:,}")
        )
        beside = self.tr("Beside the pictures in {folder}").format(folder=offer.pictures)
        self._beside = ElidedLabel()
        self._beside.set_text(beside)
        self.summary = plain_label("secondary")
        self.go.setText(self.tr("Export"))
        self._add_rows(theme)
        self._fill()
        self.lay_out(self.summary)
        self.resize(theme.sizes.margin * 42, 0)
        self.format.currentIndexChanged.connect(self._show_format)
        self.options.changed.connect(self._show_options)
        self.shown_rows.toggled.connect(self._show_state)
        self.place.changed.connect(self._show_state)
        self._show_format()

    async def ask(self, check: Check) -> ExportChoice | None:
        """The answer; None when the person changed their mind."""
        return await self.chosen(self.choice, check)

    def choice(self) -> ExportChoice | None:
        """What the dialog says now; None while nothing can be made of it."""
        wanted, folder = self._wanted(), self.place.folder
        path = self._offer.pictures if self.options.lies_beside else self.place.path
        if path is None:
            return None
        if not self.options.lies_beside:
            path = with_ending(path, _ENDINGS[wanted])
        return ExportChoice(path, wanted, self.options.options(), self.shown_rows.isChecked(), folder)

    def _fill(self) -> None:
        offer = self._offer
        names = {
            ExportFormat.XLSX: self.tr("Excel workbook"),
            ExportFormat.CSV: self.tr("CSV table"),
            ExportFormat.HTML: self.tr("Web page with the pictures"),
            ExportFormat.JSONL: self.tr("JSON lines"),
            ExportFormat.COCO: self.tr("Boxes as COCO JSON"),
            ExportFormat.YOLO: self.tr("Folder of YOLO boxes"),
            ExportFormat.CAPTIONS: self.tr("Caption texts"),
        }
        for one, words in names.items():
            if offer.has_boxes or one not in _BOXES:
                self.format.addItem(words, one)
        self.format.setCurrentIndex(max(0, self.format.findData(offer.last.format)))
        self.options.begin(offer.last, offer.fields)
        self.place.begin(offer.name, offer.folder)
        narrower = 0 < offer.shown < offer.total
        (self.shown_rows if narrower else self.all_rows).setChecked(True)
        self.shown_rows.setVisible(offer.shown != offer.total)
        self.shown_rows.setEnabled(offer.shown > 0)
        for button in (self.all_rows, self.shown_rows):
            button.setAccessibleName(button.text())

    def _wanted(self) -> ExportFormat:
        return ExportFormat(self.format.currentData())  # Qt makes plain text of it

    def _show_format(self) -> None:
        wanted = self._wanted()
        ending = _ENDINGS[wanted]
        with self.fitted():
            self.options.show_format(wanted)
            self.place.call(self.tr("Name") if ending else self.tr("Name of the folder"), ending)
            self.problem.hide()
            self._show_options()

    def _show_options(self) -> None:
        with self.fitted():
            self.place.set_visible(not self.options.lies_beside)
            self.form.setRowVisible(self._beside, self.options.lies_beside)
        self._show_state()

    def _show_state(self) -> None:
        rows = self._offer.shown if self.shown_rows.isChecked() else self._offer.total
        told = self.tr("Rows that will be written: {count}.").format(count=f"{rows:,}")
        kilobytes = rows * _KB_OF_A_PICTURE.get(self.options.picture_size, 0)
        if kilobytes >= 1000:
            told += " " + self.tr("The pictures take about {count} MB.").format(
                count=f"{round(kilobytes / 1000):,}"
            )
        with self.fitted():
            self.summary.setText(told)
        self.go.setEnabled(self.choice() is not None)

    def _add_rows(self, theme: Theme) -> None:
        rows = QVBoxLayout()
        rows.setSpacing(theme.sizes.unit)
        rows.addWidget(self.all_rows)
        rows.addWidget(self.shown_rows)
        self.form.addRow(self.tr("As"), self.format)
        self.form.addRow(self.tr("Rows"), rows)
        self.options = FormatOptions(theme, self.form)
        self.place = Place(theme, self.form)
        self.form.addRow("", self._beside)
        self.place.call(self.tr("Name of the folder"), "")  # the widest it can say
        self.keep_column()
