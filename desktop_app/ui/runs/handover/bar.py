"""An export or an import that goes on, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label


class HandoverBar(QFrame):
    """Signals:
    stop_requested: give up.
    """

    stop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._file: Path | None = None
        self._folder: Path | None = None
        self.setProperty("area", "question")
        self._words = plain_label(parent=self, selectable=True)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(theme.sizes.unit)
        self._progress.setAccessibleName(self.tr("Progress"))
        self._stop = QPushButton(self.tr("Stop"), self)
        self._stop.setAccessibleName(self.tr("Stop this"))
        self._stop.clicked.connect(self.stop_requested)
        self._open = QPushButton(self.tr("Open"), self)
        self._open.setAccessibleName(self.tr("Open what was written"))
        self._open.clicked.connect(lambda: _open(self._file))
        self._show = QPushButton(self.tr("Show in its folder"), self)
        self._show.setAccessibleName(self._show.text())
        self._show.clicked.connect(lambda: _open(self._folder))
        self._close = QToolButton(self)
        self._close.setProperty("look", "quiet")
        self._close.setToolTip(self.tr("Close this note"))
        self._close.setAccessibleName(self.tr("Close this note"))
        self._close.clicked.connect(self.hide)
        sizes = theme.sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.margin, sizes.unit, sizes.unit, sizes.unit)
        row.setSpacing(sizes.gap)
        words = QVBoxLayout()
        words.setSpacing(sizes.unit)
        words.addWidget(self._words)
        words.addWidget(self._progress)
        row.addLayout(words, 1)
        for button in (self._stop, self._open, self._show, self._close):
            row.addWidget(button)
        theme.changed.connect(self._tint)
        self._tint()
        self.hide()

    def show_progress(self, words: str, done: int, total: int) -> None:
        """So much of it is done."""
        self._words.setText(words)
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._show_buttons(is_done=False)

    def show_done(self, words: str, file: Path | None = None, folder: Path | None = None) -> None:
        """It is done.

        Args:
            file: that can be opened with a program of the system.
            folder: where what was written lies.
        """
        self._file, self._folder = file, folder
        self._words.setText(words)
        self._show_buttons(is_done=True)

    @property
    def words(self) -> str:
        """What is told now."""
        return self._words.text()

    def _show_buttons(self, *, is_done: bool) -> None:
        self._progress.setVisible(not is_done)
        self._stop.setVisible(not is_done)
        self._open.setVisible(is_done and self._file is not None)
        self._show.setVisible(is_done and self._folder is not None)
        self._close.setVisible(is_done)
        self.show()

    def _tint(self) -> None:
        self._close.setIcon(self._theme.icon("x"))


def _open(path: Path | None) -> None:
    if path is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
