"""The menu of the answer grid's cells and heads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.widgets.literal import literal


@dataclass(frozen=True, slots=True)
class MenuFacts:
    """What the menu is about.

    Attributes:
        count: selected rows; 0 for a column's head.
        heading: of the column.
        can_edit, can_revert: what is possible.
        has_boxes: the cell holds boxes.
        together: selected rows that can be set at once, 0 for none.
        were_asked: all of the rows have been asked about.
    """

    count: int
    heading: str
    can_edit: bool = False
    can_revert: bool = False
    has_boxes: bool = False
    together: int = 0
    were_asked: bool = True


@dataclass(frozen=True, slots=True)
class MenuActions:
    """What the entries do; the bool of `sort` is whether it descends, None for the order of the run."""

    open: Callable[[], object]
    edit: Callable[[], object]
    edit_here: Callable[[], object]
    edit_together: Callable[[], object]
    fill_down: Callable[[], object]
    paste: Callable[[], object]
    revert: Callable[[], object]
    details: Callable[[], object]
    reask: Callable[[], object]
    skip: Callable[[], object]
    copy_cell: Callable[[], object]
    copy_rows: Callable[[], object]
    filter: Callable[[], object]
    sort: Callable[[bool | None], object]


class GridMenu(QObject):
    """Builds a menu; it goes away by itself."""

    def open_at(self, parent: QWidget, facts: MenuFacts, do: MenuActions, place: QPoint) -> QMenu:
        menu = QMenu(parent)
        menu.aboutToHide.connect(menu.deleteLater)
        if facts.count:
            self._add_rows(menu, facts, do)
        self._add_column(menu, facts, do)
        menu.popup(place)
        return menu

    def _add_rows(self, menu: QMenu, facts: MenuFacts, do: MenuActions) -> None:
        several = facts.count > 1
        self._add(menu, self.tr("Show picture in full"), "Enter", do.open)
        self._add(menu, self.tr("The whole answer…"), "Ctrl+I", do.details)
        menu.addSeparator()
        if facts.has_boxes:
            self._add(menu, self.tr("Draw the boxes on the picture…"), "F2", do.edit, facts.can_edit)
            self._add(menu, self.tr("Edit the boxes as numbers"), "", do.edit_here, facts.can_edit)
        else:
            self._add(menu, self.tr("Edit"), "F2", do.edit, facts.can_edit)
        if facts.together > 1:
            words = self.tr("Set “{name}” in {count} rows…")
            words = words.format(name=literal(facts.heading), count=f"{facts.together:,}")
            self._add(menu, words, "Ctrl+F2", do.edit_together)
            self._add(menu, self.tr("The first row's value in all of them"), "Ctrl+D", do.fill_down)
        self._add(menu, self.tr("Back to the vision model's answer"), "Del", do.revert, facts.can_revert)
        menu.addSeparator()
        if facts.were_asked:
            ask = self.tr("Ask again about {count} pictures") if several else self.tr("Ask again")
        else:
            ask = self.tr("Ask about {count} pictures now") if several else self.tr("Ask now")
        skip = self.tr("Leave out {count} pictures") if several else self.tr("Leave out")
        count = f"{facts.count:,}"
        self._add(menu, ask.format(count=count), "Ctrl+R", do.reask)
        self._add(menu, skip.format(count=count), "", do.skip)
        menu.addSeparator()
        self._add(menu, self.tr("Copy cell"), "" if several else "Ctrl+C", do.copy_cell)
        copy = self.tr("Copy {count} rows") if several else self.tr("Copy row")
        self._add(menu, copy.format(count=count), "Ctrl+C" if several else "Ctrl+Shift+C", do.copy_rows)
        paste = self.tr("Paste into {count} rows").format(count=f"{facts.together:,}")
        can_paste = facts.can_edit or facts.together > 0
        self._add(menu, paste if facts.together > 1 else self.tr("Paste"), "Ctrl+V", do.paste, can_paste)
        menu.addSeparator()

    def _add_column(self, menu: QMenu, facts: MenuFacts, do: MenuActions) -> None:
        heading = literal(facts.heading)
        words = self.tr("Filter “{name}”…").format(name=heading)
        self._add(menu, words, "Alt+Down", do.filter)
        self._add(menu, self.tr("Sort ascending"), "", lambda: do.sort(False))
        self._add(menu, self.tr("Sort descending"), "", lambda: do.sort(True))
        self._add(menu, self.tr("Order of the run"), "", lambda: do.sort(None))

    def _add(
        self, menu: QMenu, words: str, keys: str, do: Callable[[], object], enabled: bool = True
    ) -> None:
        # The keys are told, not bound: the table answers them itself while it has the keyboard.
        action = menu.addAction(f"{words}\t{keys}" if keys else words)
        action.setEnabled(enabled)
        action.triggered.connect(lambda checked: do())
