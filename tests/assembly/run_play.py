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
from tests.assembly.desk_play import opened, shown
from tests.fakes.waiting import until
from tests.ui.finding import part

COUNT = 12
"""Pictures of the folder."""

ALL = f"Ask about all {COUNT}"
"""The dialog's button for all of them."""

SAFE = {"place": "A bridge", "people": 3, "risk": "low", "places": [[0, 0, 500, 500]]}
"""A server's answer to the safety check."""


def press(parent: QWidget, text: str) -> None:
    button = next(one for one in parent.findChildren(QPushButton) if one.text() == text and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def button_texts(parent: QWidget) -> list[str]:
    """Of the buttons that can be pressed."""
    buttons = parent.findChildren(QPushButton)
    return [one.text() for one in buttons if one.isVisible() and one.isEnabled()]


def marks(shell: Shell, state: AnswerState = AnswerState.DONE) -> int:
    """How many pictures of the gallery are marked like this."""
    model = part(shell.gallery, QAbstractItemView).model()
    states = [model.index(row, 0).data(GalleryRole.STATE) for row in range(model.rowCount())]
    return states.count(state)


async def all_answered(desk: Desk, shell: Shell) -> None:
    """Every picture is marked as answered, and nothing works any more."""
    await until(lambda: marks(shell) == COUNT and desk.runs.working == 0)


async def new_run(desk: Desk, shell: Shell) -> NewRunDialog:
    """The dialog for a new run about what the gallery shows."""
    await shown(desk, "span 1.png")
    await desk.runs.new_run()
    return part(shell.window, NewRunDialog)


async def begin(desk: Desk, shell: Shell, button: str = ALL) -> RunsView:
    """Ask for a run as a person does, with the keyboard and the dialog; the runs area it opens."""
    await shown(desk, "span 1.png")
    QTest.keyClick(shell.window, Qt.Key.Key_G)
    dialog = await opened(shell.window, NewRunDialog)
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    press(dialog, button)
    return await opened(shell.window, RunsView)


async def asked_about_five(desk: Desk, shell: Shell) -> RunsView:
    """A sample is answered, and the rest has not been asked about; the runs area."""
    view = await begin(desk, shell, "Try 5 first")
    await until(lambda: f"Ask the other {COUNT - 5}" in button_texts(view))
    return view


async def finished(desk: Desk, shell: Shell) -> tuple[QTableView, RunCard]:
    """The safety check of all pictures is done; its table and the card beside the picture."""
    dialog = await new_run(desk, shell)
    dialog.question.what.setCurrentIndex(dialog.question.what.findText("Safety check"))
    press(dialog, ALL)
    table = part(await opened(shell.window, RunsView), QTableView)
    await all_answered(desk, shell)
    await until(lambda: table.model().index(2, 2).data() == "3")
    table.setFocus()
    return table, shell.conversation.run_card
