"""Which pictures a run is about: the folder's, those the filter shows, those selected, or those of a list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.errors import AppError
from desktop_app.ui.report import advised
from desktop_app.ui.runs.new_run.offers import NewRunOffer, OfferedList, ScopeChoice
from desktop_app.ui.runs.new_run.scope_words import ScopeWords
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.literal import literal
from desktop_app.ui.widgets.plain_label import plain_label

_IN_TOOLTIP = 30
"""Names that fit on a screen."""


class ScopeChoices(QWidget):
    """Signals:
    changed: other pictures are chosen now.
    list_chosen: path of a file that names pictures and is to be read.
    """

    changed = Signal()
    list_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ScopeWords()
        self._offer = NewRunOffer("", {}, (), ())
        self._list: OfferedList | None = None
        self._group = QButtonGroup(self)
        self.buttons = {scope: QRadioButton() for scope in ScopeChoice}
        for button in self.buttons.values():
            self._group.addButton(button)
            button.toggled.connect(self._toggled)
        self.choose_list = QPushButton(self.tr("Choose a list…"))
        self.choose_list.setToolTip(
            self.tr("A text file with the path of one picture in each line; it can also be dropped here")
        )
        self.choose_list.setAutoDefault(False)
        self.choose_list.clicked.connect(self._choose_list)
        self.about_list = plain_label()
        self.about_list.hide()
        self._lay_out(theme)

    @property
    def chosen(self) -> ScopeChoice:
        checked = self._group.checkedButton()
        return next((scope for scope, one in self.buttons.items() if one is checked), ScopeChoice.FOLDER)

    @property
    def count(self) -> int:
        """How many pictures that is."""
        if self.chosen is ScopeChoice.LIST:
            return self._list.found if self._list is not None else 0
        return self._offer.counts.get(self.chosen, 0)

    @property
    def name(self) -> str:
        """What the pictures come from, for the name of the run."""
        of_list = self._list if self.chosen is ScopeChoice.LIST else None
        if of_list is not None:
            return Path(of_list.name).stem
        return self._offer.place or self._offer.folder

    def show_offer(self, offer: NewRunOffer, is_new: bool) -> None:
        """`is_new`: begin with the fewest pictures; otherwise what is chosen stays."""
        self._offer = offer
        if is_new:
            self._list = None
            self.about_list.hide()
        for scope, button in self.buttons.items():
            button.setVisible(scope in offer.counts)
            self._word(scope)
        self.buttons[ScopeChoice.LIST].setVisible(offer.takes_list)
        self.choose_list.setVisible(offer.takes_list)
        narrowest = next((scope for scope in reversed(ScopeChoice) if scope in offer.counts), None)
        checked = self._group.checkedButton()
        if narrowest is not None and (is_new or checked is None or checked.isHidden()):
            self.buttons[narrowest].setChecked(True)

    def show_reading(self, name: str) -> None:
        """A list is being read."""
        self._list = None
        self._say(self.tr("Looking for the pictures of “{name}”…").format(name=name))
        self._choose(ScopeChoice.LIST)

    def show_list(self, read: OfferedList) -> None:
        """What a list led to."""
        self._list = read
        self._say(self._words.of_list(read), is_bad=bool(read.missing) or not read.found)
        self.about_list.setToolTip("\n".join(read.missing[:_IN_TOOLTIP]))
        self._choose(ScopeChoice.LIST)

    def show_problem(self, problem: AppError) -> None:
        """A list could not be read."""
        self._list = None
        self._say(advised(problem), is_bad=True)
        self._choose(ScopeChoice.LIST)

    def takes(self, mime: QMimeData) -> bool:
        """Whether this may be a list: a single file."""
        return self._offer.takes_list and dropped_file(mime) is not None

    def drop(self, mime: QMimeData) -> None:
        path = dropped_file(mime)
        if path is not None:
            self.list_chosen.emit(path)

    def _choose(self, scope: ScopeChoice) -> None:
        self._word(scope)
        self.buttons[scope].setChecked(True)
        self.changed.emit()

    def _word(self, scope: ScopeChoice) -> None:
        told = self._words.of_scope(scope, self._offer, self._list)
        self.buttons[scope].setText(literal(told))
        self.buttons[scope].setAccessibleName(told)

    def _say(self, text: str, is_bad: bool = False) -> None:
        self.about_list.setProperty("role", "bad" if is_bad else "secondary")
        self.about_list.style().polish(self.about_list)
        self.about_list.setText(text)
        self.about_list.setToolTip("")
        self.about_list.show()
        self._fit_about_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_about_list()

    def _fit_about_list(self) -> None:
        """Layouts reckon with one line of words that wrap, and would cut the others off in a small dialog."""
        needed = self.about_list.heightForWidth(self.about_list.width())
        self.about_list.setMinimumHeight(max(0, needed))

    def _toggled(self) -> None:
        self.about_list.setVisible(self.chosen is ScopeChoice.LIST and bool(self.about_list.text()))
        self.changed.emit()

    def _choose_list(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a list of pictures"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Lists (*.txt *.lst *.list)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.list_chosen.emit(Path(path)))
        dialog.open()

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.unit, 0, 0)  # the first line is level with the row's name
        column.setSpacing(sizes.unit)
        for scope, button in self.buttons.items():
            if scope is not ScopeChoice.LIST:
                column.addWidget(button)
                continue
            row = QHBoxLayout()
            row.setSpacing(sizes.gap)
            row.addWidget(button)
            row.addWidget(self.choose_list)
            row.addStretch(1)
            column.addLayout(row)
            column.addWidget(self.about_list)


def dropped_file(mime: QMimeData) -> Path | None:
    """The one file that is dropped; nothing is looked up."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]
    return paths[0] if len(paths) == 1 else None
