"""Tab leads into the grid, through it and out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.runs.grid.view import AnswerGridView
from desktop_app.ui.theme.theme import Theme
from tests.ui.finding import next_to_focus


def stops_from(first: QWidget) -> list[QWidget]:
    """Where Tab stops until it comes back."""
    stops, widget = [], next_to_focus(first)
    while widget is not first:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and widget.focusProxy() is None and widget.isVisible():
            stops.append(widget)
        widget = next_to_focus(widget)
    return stops


def test_the_grid_has_its_place_in_the_order_of_its_window(theme: Theme, qtbot: QtBot) -> None:
    window, before, view, after = QWidget(), QPushButton(), AnswerGridView(theme), QPushButton()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for part in (before, view, after):
        column.addWidget(part)
    window.resize(900, 700)
    window.show()
    assert stops_from(before) == [view.bar.search, view.table, after], "there is nothing to sum up"
    view.setFocus()
    assert window.focusWidget() is view.table
