"""Joins the conversation pane's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.ui.conversation.presenter import ConversationPresenter
from desktop_app.ui.conversation.view import ConversationView


def join_conversation(
    view: ConversationView,
    presenter: ConversationPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the pane that is its own affair; `start` runs a coroutine on the loop.

    Left to the window: `incoming` and `add_requested` (pictures come through the intake, then
    `presenter.add`), `picture_chosen`, `connect_requested`.
    """
    questions, drafts = presenter.questions, presenter.drafts
    view.ask_requested.connect(lambda question: start(questions.ask(question)))
    view.stop_requested.connect(questions.stop)
    view.delete_requested.connect(lambda turn: start(questions.delete(turn)))
    view.ask_again_requested.connect(lambda turn: start(questions.ask_again(turn)))
    view.groups_requested.connect(lambda turn, limit: start(questions.ask_in_groups(turn, limit)))
    view.clear_requested.connect(lambda: start(questions.clear()))
    view.undo_requested.connect(lambda: start(questions.undo()))
    view.edit_requested.connect(drafts.edit)
    view.cancel_edit_requested.connect(drafts.cancel_edit)
    view.draft_changed.connect(drafts.keep)
    view.group_chosen.connect(lambda number: start(presenter.show_group(number)))
    view.tray_changed.connect(lambda pictures: start(presenter.set_tray(pictures)))
    view.pin_toggled.connect(lambda pinned: start(presenter.set_pinned(pinned)))
    view.options_changed.connect(presenter.set_options)
    view.evidence_hovered.connect(presenter.hover_evidence)
    view.evidence_clicked.connect(presenter.choose_evidence)
    view.answer_shown.connect(presenter.answer_shown)
    view.link_agreed.connect(lambda address: QDesktopServices.openUrl(QUrl(address)))
