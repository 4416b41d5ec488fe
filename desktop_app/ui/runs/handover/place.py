"""Where a file or a folder is to go: a name, and the folder it is put into."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

_NAME = QRegularExpression(r'[^<>:"/\\|?*\x00-\x1f]*')
"""What every file system takes."""


class Place(QObject):
    """Two rows of a form. A folder is chosen, never entered by accident: what goes into it has a name of its
    own.

    Signals:
        changed: the name or the folder is another one.
    """

    changed = Signal()

    def __init__(self, theme: Theme, form: QFormLayout) -> None:
        """
        Args:
            form: the rows are added to it.
        """
        super().__init__(form)
        self._form = form
        self.folder = Path()
        self.name = QLineEdit()
        self.name.setValidator(QRegularExpressionValidator(_NAME, self))
        self.name.textChanged.connect(self.changed)
        self._called = QLabel()
        self._called.setBuddy(self.name)
        self._ending = QLabel()
        self._ending.setProperty("role", "secondary")
        self._shown = ElidedLabel()
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAccessibleName(self.tr("Choose the folder"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask)
        self._rows = (_row(theme, self.name, self._ending), _row(theme, self._shown, self.choose))
        form.addRow(self._called, self._rows[0])
        form.addRow(self.tr("In the folder"), self._rows[1])

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
        self._ending.setVisible(bool(ending))
        self.name.setAccessibleName(words)

    def set_visible(self, is_visible: bool) -> None:
        """Whether a place is asked for at all."""
        for row in self._rows:
            self._form.setRowVisible(row, is_visible)

    def go_to(self, folder: Path) -> None:
        self.folder = folder
        self._shown.set_text(str(folder))
        self.changed.emit()

    def _ask(self) -> None:
        dialog = QFileDialog(self.choose.window(), self.tr("Choose the folder"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.go_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _row(theme: Theme, wide: QWidget, beside: QWidget) -> QWidget:
    row = QWidget()
    parts = QHBoxLayout(row)
    parts.setContentsMargins(0, 0, 0, 0)
    parts.setSpacing(theme.sizes.gap)
    parts.addWidget(wide, 1)
    parts.addWidget(beside)
    return row
