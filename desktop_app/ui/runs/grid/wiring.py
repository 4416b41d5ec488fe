"""Joins the answer grid's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.runs.grid.presenter import AnswerGridPresenter
from desktop_app.ui.runs.grid.view import AnswerGridView


def join_grid(
    view: AnswerGridView,
    presenter: AnswerGridPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent but asking rows again, leaving them out and drawing boxes.

    `start` runs a coroutine.
    """
    editing, table = presenter.editing, view.table
    view.bar.searched.connect(presenter.search)
    view.bar.attention_chosen.connect(presenter.show_attention)
    view.bar.all_wanted.connect(presenter.show_all)
    view.bar.undo_requested.connect(lambda: start(editing.undo()))
    view.bar.stop_requested.connect(editing.stop)
    view.column_filter.changed.connect(presenter.filter_column)
    view.strip.chosen.connect(presenter.choose_part)
    table.header.sort_wanted.connect(presenter.sort_next)
    table.on_screen.changed.connect(lambda visible, nearby: start(presenter.show_visible(visible, nearby)))
    table.moved.connect(lambda item_id: start(presenter.choose(item_id)))
    table.opened.connect(lambda item_id: start(presenter.choose(item_id, in_full=True)))
    table.undo_requested.connect(lambda: start(editing.undo()))
    table.redo_requested.connect(lambda: start(editing.redo()))
    actions, changes = view.row_actions, view.changes
    actions.sort_wanted.connect(presenter.sort)
    actions.item_opened.connect(lambda item_id: start(presenter.choose(item_id, in_full=True)))
    actions.details_requested.connect(lambda item_id: start(presenter.show_details(item_id)))
    changes.values_set.connect(lambda item_ids, key, value: start(editing.set_values(item_ids, key, value)))
    changes.notes_written.connect(lambda item_ids, note: start(editing.write_notes(item_ids, note)))
    changes.revert_requested.connect(lambda item_ids, key: start(editing.revert(item_ids, key)))
