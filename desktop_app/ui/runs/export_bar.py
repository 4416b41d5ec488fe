"""An export that goes on, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop_app.ui.theme.theme import Theme


class ExportBar(QFrame):
    """Signals:
    stop_requested: give up writing.
    """

    stop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folder: Path | None = None
        self.setProperty("area", "question")
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.setAccessibleName(self.tr("Stop writing"))
        self._stop.clicked.connect(self.stop_requested)
        self._show = QPushButton(self.tr("Show in its folder"), self)
        self._show.setAccessibleName(self._show.text())
        self._show.clicked.connect(self._open_folder)
        self._close = QToolButton(self)
        self._close.setProperty("look", "quiet")
        self._close.setToolTip(self.tr("Close this note"))
        self._close.setAccessibleName(self.tr("Close this note"))
        self._close.clicked.connect(self.hide)
        sizes = theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.margin, sizes.unit, sizes.unit, sizes.unit)
        row.setSpacing(sizes.gap)
        row.addWidget(self._words, 1)
        for button in (self._stop, self._show, self._close):
            row.addWidget(button)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    def show_progress(self, name: str, written: int, total: int) -> None:
        """So many rows of so many are written."""
        words = self.tr("Writing {name}: {written} of {total}")
        self._words.setText(words.format(name=name, written=f"{written:,}", total=f"{total:,}"))
        self._stop.show()
        self._show.hide()
        self._close.hide()
        self.show()

    def show_done(self, path: Path, notes: Sequence[str]) -> None:
        """It is written; `notes` are sentences about what is not as one might expect."""
        self._folder = path if path.is_dir() else path.parent
        self._words.setText(" ".join((self.tr("Written to {path}.").format(path=path), *notes)))
        self._stop.hide()
        self._show.show()
        self._close.show()
        self.show()

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _tint(self) -> None:
        self._close.setIcon(self._theme.icon("x"))
