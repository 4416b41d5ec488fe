"""Plays runs on the whole desk, as a person begins them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QTableView, QWidget

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.conversations import AnswerState
from desktop_app.ui.conversation.run_card import RunCard
from desktop_app.ui.gallery.item_model import GalleryRole
from desktop_app.ui.runs.new_run.view import NewRunDialog
from desktop_app.ui.runs.view import RunsView
from tests.assembly.desk_play import shown, until

COUNT = 12
"""Pictures of the folder."""

SAFE = {"place": "A bridge", "people": 3, "risk": "low", "places": [[0, 0, 500, 500]]}
"""A server's answer to the safety check."""


def press(parent: QWidget, text: str) -> None:
    button = next(one for one in parent.findChildren(QPushButton) if one.text() == text and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def marks(shell: Shell, state: AnswerState = AnswerState.DONE) -> int:
    """How many pictures of the gallery are marked like this."""
    grid = shell.gallery.findChild(QAbstractItemView)
    assert grid is not None
    model = grid.model()
    states = [model.index(row, 0).data(GalleryRole.STATE) for row in range(model.rowCount())]
    return states.count(state)


async def begin(desk: Desk, shell: Shell, button: str) -> RunsView:
    """Ask for a run as a person does, with the keyboard and the dialog; the runs area it opens."""
    await shown(desk, "span 1.png")
    QTest.keyClick(shell.window, Qt.Key.Key_G)
    await until(lambda: (found := shell.window.findChild(NewRunDialog)) is not None and found.isVisible())
    dialog = shell.window.findChild(NewRunDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    press(dialog, button)
    await until(lambda: (found := shell.window.findChild(RunsView)) is not None and found.isVisible())
    view = shell.window.findChild(RunsView)
    assert view is not None
    return view


async def finished(desk: Desk, shell: Shell) -> tuple[QTableView, RunCard]:
    """The safety check of all pictures is done; its table and the card beside the picture."""
    await shown(desk, "span 1.png")
    await desk.runs.new_run()
    dialog = shell.window.findChild(NewRunDialog)
    assert dialog is not None
    dialog.question.what.setCurrentIndex(dialog.question.what.findText("Safety check"))
    press(dialog, f"Ask about all {COUNT}")
    # A busy machine may begin and end the run between two looks: what it brought is waited for.
    await until(lambda: shell.window.findChild(RunsView) is not None)
    table = shell.window.findChild(RunsView).findChild(QTableView)
    assert table is not None
    await until(lambda: table.model().index(2, 2).data() == "3" and desk.runs.working == 0)
    table.setFocus()
    return table, shell.conversation.run_card
