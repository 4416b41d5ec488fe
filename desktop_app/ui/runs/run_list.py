"""The list of runs: name, what is going on, how far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.domain.runs.run import RunState
from desktop_app.ui.runs.run_status import RunStatus
from desktop_app.ui.runs.run_words import RunWords
from desktop_app.ui.theme.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
_STATUS = Qt.ItemDataRole.UserRole

_SIGNS = {
    RunState.READY: ("clock", "text_soft"),
    RunState.RUNNING: ("loader-circle", "accent"),
    RunState.WAITING: ("unplug", "warn"),
    RunState.PAUSED: ("circle-pause", "warn"),
    RunState.STOPPED: ("square", "text_soft"),
    RunState.DONE: ("circle-check", "good"),
}


class RunListModel(QAbstractListModel):
    """Runs, newest first."""

    def __init__(self, words: RunWords) -> None:
        super().__init__()
        self._words = words
        self._runs: list[RunStatus] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        status = self._runs[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return status.run.plan.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                state, counts = self._words.state(status), self._words.count(status)
                return f"{status.run.plan.name}: {state}, {counts}"
            case _ if role == _STATUS:
                return status
        return None

    def set_runs(self, runs: Sequence[RunStatus]) -> None:
        self.beginResetModel()
        self._runs = list(runs)
        self.endResetModel()

    def update_run(self, status: RunStatus) -> bool:
        """Replace one run; False when it is not in the list."""
        row = self.row_of(status.run.id)
        if row is None:
            return False
        self._runs[row] = status
        index = self.index(row)
        self.dataChanged.emit(index, index)
        return True

    def row_of(self, run_id: int) -> int | None:
        return next((row for row, status in enumerate(self._runs) if status.run.id == run_id), None)

    def status_at(self, row: int) -> RunStatus | None:
        return self._runs[row] if 0 <= row < len(self._runs) else None


class RunList(QListView):
    """Signals:
    run_selected: id of the selected run.
    """

    run_selected = Signal(int)

    def __init__(self, theme: Theme, words: RunWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = RunListModel(words)
        self.setModel(self._runs)
        self.setItemDelegate(_RunDelegate(theme, words, self))
        self.setProperty("look", "side")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Runs"))
        self.selectionModel().currentChanged.connect(self._tell)
        theme.changed.connect(self.viewport().update)

    def show_runs(self, runs: Sequence[RunStatus], selected: int | None) -> None:
        """Fill the list anew, with this run selected; nothing is told."""
        self.selectionModel().blockSignals(True)
        self._runs.set_runs(runs)
        self.selectionModel().blockSignals(False)
        if selected is not None:
            self.select(selected)
        self.viewport().update()

    def select(self, run_id: int) -> None:
        """Mark the run that is shown; nothing is told."""
        row = self._runs.row_of(run_id)
        if row is None or row == self.currentIndex().row():
            return
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._runs.index(row))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def update_run(self, status: RunStatus) -> bool:
        """Show how far one run is; False when it is not in the list."""
        return self._runs.update_run(status)

    def _tell(self, current: QModelIndex) -> None:
        status = self._runs.status_at(current.row())
        if status is not None:
            self.run_selected.emit(status.run.id)


class _RunDelegate(QStyledItemDelegate):
    """Two lines and a bar."""

    def __init__(self, theme: Theme, words: RunWords, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        sizes = self._theme.sizes
        return QSize(sizes.margin * 16, sizes.margin * 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        status = index.data(_STATUS)
        if not isinstance(status, RunStatus):
            return
        style = option.widget.style()
        option.text = ""
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        sizes = self._theme.sizes
        area: QRect = option.rect.adjusted(sizes.gap, sizes.unit, -sizes.gap, -sizes.unit)
        name, role = _SIGNS[status.run.state]
        icon = QRect(area.left(), area.top() + 1, sizes.icon, sizes.icon)
        self._theme.icon(name, role).paint(painter, icon)
        left = icon.right() + sizes.gap
        self._line(painter, QRect(left, area.top(), area.right() - left, sizes.icon + 2), status)
        second = QRect(area.left(), icon.bottom() + sizes.unit, area.width(), sizes.icon)
        self._small(painter, second, status)
        self._bar(painter, QRect(area.left(), area.bottom() - 2, area.width(), 3), status)

    def _line(self, painter: QPainter, place: QRect, status: RunStatus) -> None:
        painter.setFont(self._theme.font(self._theme.sizes.body, bold=True))
        painter.setPen(self._theme.colour("text"))
        name = painter.fontMetrics().elidedText(
            status.run.plan.name, Qt.TextElideMode.ElideMiddle, place.width()
        )
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), name)

    def _small(self, painter: QPainter, place: QRect, status: RunStatus) -> None:
        painter.setFont(self._theme.font(self._theme.sizes.caption))
        painter.setPen(self._theme.colour("text_soft"))
        words = f"{self._words.state(status)} · {self._words.count(status)}"
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _bar(self, painter: QPainter, place: QRect, status: RunStatus) -> None:
        """What is answered, then what has failed, of the whole."""
        counts = status.run.counts
        painter.fillRect(place, self._theme.colour("line"))
        total = max(counts.total, 1)
        good = round(place.width() * (counts.answered + counts.skipped) / total)
        bad = round(place.width() * counts.failed / total)
        done = status.run.state is RunState.DONE
        painter.fillRect(
            QRect(place.left(), place.top(), good, place.height()),
            self._theme.colour("good" if done else "accent"),
        )
        painter.fillRect(
            QRect(place.left() + good, place.top(), bad, place.height()), self._theme.colour("bad")
        )
