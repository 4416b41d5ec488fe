"""Asks how a run's questions go to a batch service: which, in what files, and how the pictures travel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from desktop_app.domain.runs.batch import BatchItems, BatchOptions, BatchPictures, shard_paths
from desktop_app.ui.runs.handover.checked_dialog import CheckedDialog
from desktop_app.ui.runs.handover.offers import BatchCheck, BatchChoice, BatchOffer
from desktop_app.ui.runs.handover.place import Place
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label

_MOST_LINES = 50_000
"""Batch services on the web take no more in one file."""

_ENDING = ".jsonl"


class BatchDialog(CheckedDialog):
    """Opened by `ask`."""

    def __init__(self, theme: Theme, offer: BatchOffer, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._offer = offer
        self.setWindowTitle(self.tr("Hand over to a batch service"))
        self.items = QComboBox()
        self.items.setAccessibleName(self.tr("Which pictures"))
        self.pictures = QComboBox()
        self.pictures.setAccessibleName(self.tr("How the pictures travel"))
        self._here = plain_label()
        self.there = QLineEdit()
        self.there.setPlaceholderText(self.tr("/mnt/pictures; empty where it has the same name"))
        self.there.setAccessibleName(self.tr("Name of the folder as the batch service sees it"))
        self.lines = QSpinBox()
        self.lines.setRange(1, _MOST_LINES)
        self.lines.setGroupSeparatorShown(True)
        self.lines.setValue(offer.lines)
        self.lines.setAccessibleName(self.tr("Most questions in one file"))
        self.ask_server = QCheckBox(self.tr("Ask the run's server first how it wants to be asked"))
        self.ask_server.setToolTip(self.tr("Switch it off when that server cannot be reached now"))
        self.ask_server.setChecked(True)
        self.summary = plain_label("secondary")
        self.go.setText(self.tr("Write the files"))
        self._fill()
        self._add_rows()
        self.place = Place(theme, self.form)
        self.place.call(self.tr("Name"), _ENDING)
        self.place.begin(offer.name, offer.folder)
        self.keep_column()
        self.lay_out(self.summary)
        self.resize(theme.sizes.margin * 44, 0)
        for combo in (self.items, self.pictures):
            combo.currentIndexChanged.connect(self._show_state)
        self.lines.valueChanged.connect(self._show_state)
        self.place.changed.connect(self._show_state)
        self._show_state()

    async def ask(self, check: BatchCheck) -> BatchChoice | None:
        """The answer; None when the person changed their mind."""
        return await self.chosen(self.choice, check)

    def choice(self) -> BatchChoice | None:
        """What the dialog says now; None while nothing can be made of it."""
        path = self.place.path
        if path is None:
            return None
        there = self.there.text().strip()
        is_named = self._pictures() is not BatchPictures.DATA and bool(there)
        options = BatchOptions(
            items=self._items(),
            pictures=self._pictures(),
            lines=self.lines.value(),
            local_prefix=self._folder() if is_named else None,
            server_prefix=there if is_named else "",
            ask_server=self.ask_server.isChecked(),
        )
        return BatchChoice(path if path.suffix == _ENDING else path.with_name(path.name + _ENDING), options)

    def _fill(self) -> None:
        words = {
            BatchItems.LEFT: self.tr("Not asked yet or failed: {count}"),
            BatchItems.QUEUED: self.tr("Not asked yet: {count}"),
            BatchItems.FAILED: self.tr("Failed: {count}"),
            BatchItems.ALL: self.tr("All: {count}"),
        }
        for wanted, count in self._offer.counts.items():
            self.items.addItem(words[wanted].format(count=f"{count:,}"), wanted)
        self.pictures.addItem(self.tr("Inside the files, for every service"), BatchPictures.DATA)
        self.pictures.addItem(self.tr("As copies in a folder beside the files"), BatchPictures.COPIES)
        self.pictures.addItem(self.tr("The pictures themselves, by their names"), BatchPictures.ORIGINALS)

    def _items(self) -> BatchItems:
        return BatchItems(self.items.currentData())  # Qt makes plain text of it

    def _pictures(self) -> BatchPictures:
        return BatchPictures(self.pictures.currentData())

    def _folder(self) -> Path:
        """The one whose name may be another where the service runs."""
        return self.place.folder if self._pictures() is BatchPictures.COPIES else self._offer.pictures

    def _show_state(self) -> None:
        by_name = self._pictures() is not BatchPictures.DATA
        self._here.setText(str(self._folder()))
        choice = self.choice()
        self.go.setEnabled(choice is not None)
        with self.fitted():
            self.form.setRowVisible(self._here, by_name)
            self.form.setRowVisible(self.there, by_name)
            self.summary.setText("" if choice is None else self._told(choice))

    def _told(self, choice: BatchChoice) -> str:
        count = self._offer.counts.get(self._items(), 0)
        files = shard_paths(choice.path, count, choice.options.lines)
        if len(files) == 1:
            words = self.tr("Questions: {count}, in the file {first}.")
        else:
            words = self.tr("Questions: {count}, in {files} files from {first} to {last}.")
        return words.format(
            count=f"{count:,}", files=f"{len(files):,}", first=files[0].name, last=files[-1].name
        )

    def _add_rows(self) -> None:
        self.form.addRow(self.tr("Pictures"), self.items)
        self.form.addRow(self.tr("They travel"), self.pictures)
        self.form.addRow(self.tr("The folder"), self._here)
        self.form.addRow(self.tr("is called there"), self.there)
        self.form.addRow(self.tr("In one file, at most"), self.lines)
        self.form.addRow("", self.ask_server)
