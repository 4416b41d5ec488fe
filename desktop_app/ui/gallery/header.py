"""The gallery's head: how many pictures, open, folders below, order, and the filter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.domain.settings import SortOrder
from desktop_app.ui.gallery.gallery_status import FolderState, GalleryStatus
from desktop_app.ui.theme.theme import Theme

TYPING_PAUSE_MS = 120
"""The list follows the filter text this long after the last key."""


class GalleryHeader(QWidget):
    """Signals:
    recursive_changed: whether folders below are to be listed.
    order_chosen: a `SortOrder`.
    filter_changed: the filter's text, a moment after typing ended.
    left_filter: the grid should have the keyboard again.
    """

    recursive_changed = Signal(bool)
    order_chosen = Signal(object)
    filter_changed = Signal(str)
    left_filter = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = QLabel(self)
        self._recursive = self._button(self.tr("Include folders below"))
        self._sort = self._button(self.tr("Order of the pictures"))
        self._filter = QLineEdit(self)
        self._search = QAction(self)
        self._typing = QTimer(self)
        self._orders: dict[SortOrder, QAction] = {}
        self._build_buttons()
        self._build_filter()
        self._lay_out()
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def filter_text(self) -> str:
        return self._filter.text()

    def show_status(self, status: GalleryStatus) -> None:
        """Say how many pictures there are."""
        text = self._count_text(status)
        self._count.setText(text)
        self._count.setToolTip("\n".join(line for line in (text, status.folder_path) if line))
        has_folder = status.state is not FolderState.NONE
        self._filter.setEnabled(has_folder)
        self._sort.setEnabled(has_folder)

    def show_choices(self, recursive: bool, order: SortOrder) -> None:
        """Show what is set; nothing is signalled."""
        self._recursive.blockSignals(True)
        self._recursive.setChecked(recursive)
        self._recursive.blockSignals(False)
        self._orders[order].setChecked(True)

    def focus_filter(self) -> None:
        """Put the cursor into the filter, its text selected."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def clear_filter(self) -> None:
        self._filter.clear()
        self._type_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the filter, Escape clears it and goes back to the pictures; Enter and Down go there at once."""
        if watched is self._filter and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.clear_filter()
                self.left_filter.emit()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self._type_now()
                self.left_filter.emit()
                return True
        return super().eventFilter(watched, event)

    def _count_text(self, status: GalleryStatus) -> str:
        total, shown = f"{status.total:,}", f"{status.shown:,}"
        match status.state:
            case FolderState.NONE | FolderState.FAILED:
                return ""
            case FolderState.SILENT:
                return self.tr("{total}, waiting for the drive…").format(total=total)
            case FolderState.LISTING:
                return self.tr("{total}, still listing…").format(total=total)
            case FolderState.COMPLETE if status.filter_text:
                return self.tr("{shown} of {total} pictures").format(shown=shown, total=total)
            case FolderState.COMPLETE if status.total == 1:
                return self.tr("1 picture")
            case FolderState.COMPLETE:
                return self.tr("{total} pictures").format(total=total)

    def _button(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("look", "quiet")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setIconSize(QSize(self._theme.sizes.icon, self._theme.sizes.icon))
        return button

    def _build_buttons(self) -> None:
        self._recursive.setCheckable(True)
        self._recursive.toggled.connect(self.recursive_changed)
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._sort)
        group = QActionGroup(menu)
        for order, words in (
            (SortOrder.NAME, self.tr("By name")),
            (SortOrder.NEWEST, self.tr("Newest first")),
            (SortOrder.OLDEST, self.tr("Oldest first")),
            (SortOrder.LARGEST, self.tr("Largest file first")),
            (SortOrder.SMALLEST, self.tr("Smallest file first")),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setData(order)
            group.addAction(action)
            self._orders[order] = action
        group.triggered.connect(lambda action: self.order_chosen.emit(SortOrder(action.data())))
        self._sort.setMenu(menu)

    def _build_filter(self) -> None:
        self._filter.setPlaceholderText(self.tr("Filter by name"))
        self._filter.setAccessibleName(self.tr("Filter pictures by name"))
        self._filter.setToolTip(self.tr("Filter by name (/); Esc clears"))
        self._filter.setClearButtonEnabled(True)
        self._filter.addAction(self._search, QLineEdit.ActionPosition.LeadingPosition)
        self._filter.installEventFilter(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.filter_changed.emit(self._filter.text()))
        self._filter.textChanged.connect(lambda _text: self._typing.start())

    def _type_now(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.filter_changed.emit(self._filter.text())

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        self._count.setProperty("role", "secondary")
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout()
        row.setSpacing(sizes.unit // 2)
        row.addWidget(self._count, 1)
        for button in (self._recursive, self._sort):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.gap, sizes.unit, sizes.gap, sizes.gap)
        column.setSpacing(sizes.unit)
        column.addLayout(row)
        column.addWidget(self._filter)
        self.setTabOrder(self._recursive, self._sort)
        self.setTabOrder(self._sort, self._filter)

    def _tint(self) -> None:
        self._recursive.setIcon(self._theme.icon("folder-tree"))
        self._sort.setIcon(self._theme.icon("arrow-up-down"))
        self._search.setIcon(self._theme.icon("search", "text_faint"))
