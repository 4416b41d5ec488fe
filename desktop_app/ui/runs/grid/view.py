"""The answer grid: a run's pictures and answers as a table that can be searched, filtered and corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.domain.forms.form import Form
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.row_filters import Attention
from desktop_app.domain.runs.rows import GridColumn, RunRows
from desktop_app.domain.runs.summaries import Summary
from desktop_app.ui.runs.grid.column_filter import ColumnFilterWindow
from desktop_app.ui.runs.grid.details_window import DetailsWindow
from desktop_app.ui.runs.grid.editing.changing import CellChanges
from desktop_app.ui.runs.grid.editing.delegate import GridDelegate
from desktop_app.ui.runs.grid.editing.grid_note import GridNote
from desktop_app.ui.runs.grid.editing.note_words import NoteWords
from desktop_app.ui.runs.grid.filter_bar import FilterBar
from desktop_app.ui.runs.grid.row_actions import RowActions
from desktop_app.ui.runs.grid.row_order import Order, Shown
from desktop_app.ui.runs.grid.summaries.strip import SummaryStrip
from desktop_app.ui.runs.grid.table.answer_table import AnswerTable
from desktop_app.ui.runs.grid.table.column_fitting import ColumnFitting
from desktop_app.ui.runs.grid.table.item_model import GridItemModel
from desktop_app.ui.runs.grid.table.row_painter import RowPainter
from desktop_app.ui.runs.grid.table.thumbnails import GridThumbnails
from desktop_app.ui.runs.grid.words import GridWords
from desktop_app.ui.theme.theme import Theme

_THUMBNAIL_IN_UNITS, _LOW_THUMBNAIL_IN_UNITS = 7, 5
_LOW_IN_MARGINS = 20
"""Lower than this the grid has low rows: else only three could be seen."""

_MOST_RAW = 4_000
"""Raw answers kept for tips."""


class AnswerGridView(QWidget):
    """Shows what the presenter says. What the person wants is signalled by its parts.

    Attributes:
        bar: search, filters, and what was done last.
        table, strip: the rows, and the summaries above them.
        column_filter: the window that filters a column.
        changes, row_actions: what is done to values, and to whole rows.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words, self._note_words = GridWords(), NoteWords()
        self._shown = Shown()
        self._summaries: Mapping[str, Summary] = {}
        self._raw: dict[int, str] = {}
        self._waiting: tuple[Order, bool] | None = None
        self._is_low = False
        self._thumbnails = GridThumbnails(theme.sizes.unit * _THUMBNAIL_IN_UNITS)
        self.model = GridItemModel(self._words)
        self.model.tip_of = lambda item_id: self._raw.get(item_id, "")
        self._delegate = GridDelegate(theme, self._words, self.model)
        rows = RowPainter(theme, self.model, self._thumbnails)
        self.table = AnswerTable(theme, self._words, self.model, self._delegate, rows)
        self.strip = SummaryStrip(theme, self._words, self._section, lambda: self.table.pinned_width)
        self.table.header.set_foot(self.strip)
        self._columns = ColumnFitting(theme, self._words, self.table, self.model)
        self.changes = CellChanges(self.table, self.model, self._delegate, self._words)
        self.row_actions = RowActions(self, self.table, self.model, self._words, self.changes)
        self.bar = FilterBar(theme)
        # Before it has windows of its own: once it has, Qt parts the grid from the window's order of Tab.
        self.setFocusProxy(self.table)
        self.column_filter = ColumnFilterWindow(theme, self._words, self)
        self._details = DetailsWindow(theme, self._words, self)
        self._nothing = QLabel(self.tr("No row passes the filters."), self.table.viewport())
        self._nothing.setProperty("role", "faint")
        self._nothing.hide()
        self.setAccessibleName(self.tr("Answer grid"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.table, 1)
        self._join()
        QWidget.setTabOrder(self.bar, self.strip)
        QWidget.setTabOrder(self.strip, self.table)

    # What the presenter says

    def show_rows(self, rows: RunRows, columns: Sequence[GridColumn]) -> None:
        """A run, all of its rows in its order, or the first of them; nothing jumps if it is the same run."""
        if self.model.is_same_run(rows, columns):
            self.model.renew(rows)
            return
        is_another = [column.key for column in columns] != [column.key for column in self.model.columns]
        self._waiting = None
        self._thumbnails.forget()
        self._raw.clear()
        self.strip.show_summaries(())
        self.bar.show_attention({})
        self.model.replace(rows, columns)
        if is_another:
            self._columns.begin()

    def arrange(self, order: Order, from_top: bool) -> None:
        """Show these rows in this order; what is selected stays selected. Waits while a cell is edited.

        Args:
            from_top: begin with the first row; otherwise what was on screen stays there if it can.
        """
        if self.table.is_editing:
            self._waiting = (order, from_top)
            return
        self._waiting = None
        table, sideways = self.table, self.table.horizontalScrollBar().value()
        current, selected, column = table.current_id(), table.selected_ids(), table.currentIndex().column()
        held = () if from_top else table.holding.held()
        self.model.arrange(order)
        if not table.select_ids(selected, current, column):
            self.bar.show_note(self.tr("The selected rows are too scattered in this order to stay selected."))
        table.doItemsLayout()  # at once, or the rows would be drawn twice
        table.verticalScrollBar().setValue(0)
        table.holding.hold(held)
        table.horizontalScrollBar().setValue(sideways)
        self._place_nothing()

    def announce(self, places: Sequence[int]) -> None:
        """These rows have changed."""
        self.model.announce(places)

    def show_shown(self, shown: Shown) -> None:
        """Filters, order and counts."""
        self._shown = shown
        self.bar.show_filters(shown.filters, shown.count, shown.total, shown.is_reading)
        self.table.header.show_order(shown.key, shown.descending)
        self.table.header.show_filtered(set(shown.filters.by_column))
        self.strip.show_filters(shown.filters.by_column)
        self._place_nothing()

    def show_summaries(self, found: Sequence[Summary], attention: Mapping[Attention, int]) -> None:
        """What the columns come to, and how many rows need attention."""
        self._summaries = {summary.key: summary for summary in found}
        self.strip.show_summaries(found)
        self.table.fit_summaries()
        self.bar.show_attention(attention)

    def show_thumbnail(self, item_id: int, raster: Raster | None) -> None:
        """A small picture; None where there can be none."""
        self._thumbnails.add(item_id, raster, self.devicePixelRatioF())
        row = self.model.row_of(item_id)
        if row is not None:
            self.table.viewport().update(self.table.visualRect(self.model.index(row, 0)))

    def lacks_thumbnail(self, item_id: int) -> bool:
        return not self._thumbnails.has(item_id)

    def show_item(self, item: RunItem) -> None:
        """An item is known in full."""
        if item.answer is not None and item.answer.problems:
            if len(self._raw) >= _MOST_RAW:
                self._raw.clear()
            self._raw[item.id] = item.answer.raw

    def show_details(self, item: RunItem, form: Form) -> None:
        """Open the window with the whole answer."""
        row = self.model.row_of(item.id)
        rect = self.table.visualRect(self.model.index(row, 0)) if row is not None else self.table.rect()
        rect.moveTo(self.table.viewport().mapToGlobal(rect.topLeft()))
        self._details.open_at(item, form, rect)

    def show_note(self, note: GridNote | None, can_undo: bool) -> None:
        """Tell what was done; None for nothing."""
        self.bar.show_note("" if note is None else self._noted(note), can_undo)

    def show_change(self, done: int, count: int) -> None:
        """So many of so many pictures are changed; until its note comes it can be stopped."""
        self.bar.show_note(self._note_words.under_way(done, count), can_stop=True)

    def selected_ids(self) -> tuple[int, ...]:
        """In the order shown."""
        return self.table.selected_ids()

    # What the person does

    def edit_in_cell(self, item_id: int, key: str) -> None:
        """Open the editor of a cell, boxes as numbers."""
        row = self.model.row_of(item_id)
        if row is not None:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            index = self.model.index(row, self._number(key))
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def focus_search(self) -> None:
        self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.search.selectAll()

    def event(self, event: QEvent) -> bool:
        # In the window Escape stops the answer in the conversation.
        if event.type() == QEvent.Type.ShortcutOverride and self._stops(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._stops(event):
            self.bar.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
        self._columns.fit()
        self._place_nothing()

    def _fit_height(self) -> None:
        is_low = self.height() < self._theme.sizes.margin * _LOW_IN_MARGINS
        if is_low == self._is_low or self.table.is_editing:
            return
        self._is_low = is_low
        self.bar.set_low(is_low)
        units = _LOW_THUMBNAIL_IN_UNITS if is_low else _THUMBNAIL_IN_UNITS
        self._thumbnails.resize(self._theme.sizes.unit * units)
        self.table.fit_rows()

    def _join(self) -> None:
        bar, table = self.bar, self.table
        bar.left.connect(self._enter_table)
        self.strip.reached.connect(lambda key: table.show_column(self._number(key)))
        self.strip.more_wanted.connect(lambda key: self.open_column_filter(self._number(key)))
        self.changes.told.connect(bar.show_note)
        self.row_actions.told.connect(bar.show_note)
        self.row_actions.filter_wanted.connect(self.open_column_filter)
        table.filter_wanted.connect(self.open_column_filter)
        table.edit_ended.connect(self._edit_ended)
        table.cut_short.connect(self._tell_cut_short)
        header = table.header
        header.filter_wanted.connect(self.open_column_filter)
        self._columns.moved.connect(self.strip.update)
        table.horizontalScrollBar().valueChanged.connect(self.strip.update)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.focus_search)

    def open_column_filter(self, number: int) -> None:
        """Open the window that filters a column."""
        column = self.model.columns[number]
        summary = self._summaries.get(column.key)
        now = self._shown.filters.by_column.get(column.key)
        parts = summary.parts if summary is not None else ()
        self.table.show_column(number)
        self.column_filter.open_at(column, now, parts, self.table.head_rect(number))

    def _stops(self, event: QEvent) -> bool:
        """Whether a key, which no part of the grid took, stops the change that goes on."""
        return self.bar.can_stop and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

    def _enter_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _edit_ended(self) -> None:
        QTimer.singleShot(0, self, self._fit_height)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            QTimer.singleShot(0, self, lambda: self.arrange(*waiting))

    def _tell_cut_short(self, count: int) -> None:
        words = self.tr("The first {count} rows were copied. Export gives all of them.")
        self.bar.show_note(words.format(count=f"{count:,}"))

    def _number(self, key: str) -> int:
        return [column.key for column in self.model.columns].index(key)

    def _section(self, key: str) -> tuple[GridColumn, int, int] | None:
        header = self.table.header
        for number, column in enumerate(self.model.columns):
            if column.key == key:
                return column, header.left_of(number), header.sectionSize(number)
        return None

    def _place_nothing(self) -> None:
        """A word where no row is left."""
        self._nothing.setVisible(bool(self._shown.total) and not self.model.rowCount())
        self._nothing.adjustSize()
        sizes = self._theme.sizes
        self._nothing.move(sizes.margin, sizes.margin)

    def _noted(self, note: GridNote) -> str:
        column = next((one for one in self.model.columns if one.key == note.key), None)
        heading = "" if column is None else self._words.heading(column)
        return self._note_words.done(note, heading)
