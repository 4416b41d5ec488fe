"""Where a file or a folder is to go: a name, and the folder it is put into."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

_NAME = QRegularExpression(r'[^<>:"/\\|?*\x00-\x1f]*')
"""What every file system takes."""


class Place(QWidget):
    """A folder is chosen, never entered by accident: what goes into it has a name of its own.

    Signals:
        changed: the name or the folder is another one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Path()
        self.name = QLineEdit()
        self.name.setValidator(QRegularExpressionValidator(_NAME, self))
        self.name.textChanged.connect(self.changed)
        self._called = QLabel()
        self._called.setBuddy(self.name)
        self._ending = QLabel()
        self._ending.setProperty("role", "secondary")
        self._in = QLabel(self.tr("In the folder"))
        self._shown = ElidedLabel()
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAccessibleName(self.tr("Choose the folder"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask)
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(theme.sizes.gap)
        rows.setVerticalSpacing(theme.sizes.gap)
        rows.addWidget(self._called, 0, 0)
        rows.addWidget(self.name, 0, 1)
        rows.addWidget(self._ending, 0, 2)
        rows.addWidget(self._in, 1, 0)
        rows.addWidget(self._shown, 1, 1)
        rows.addWidget(self.choose, 1, 2)
        rows.setColumnStretch(1, 1)

    @property
    def path(self) -> Path | None:
        """What was named; None while it has no name."""
        name = self.name.text().strip(" .")
        return self.folder / name if name else None

    def begin(self, name: str, folder: Path) -> None:
        self.name.setText(name)
        self.go_to(folder)

    def call(self, words: str, ending: str) -> None:
        """What the name is that of, and what is put behind it."""
        self._called.setText(words)
        self._ending.setText(ending)
        self.name.setAccessibleName(words)

    def go_to(self, folder: Path) -> None:
        self.folder = folder
        self._shown.set_text(str(folder))
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Choose the folder"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.go_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
