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
    """Connect every intent but `reask_requested`, `skip_requested` and `boxes_wanted`.

    `start` runs a coroutine.
    """
    view.searched.connect(presenter.search)
    view.column_filtered.connect(presenter.filter_column)
    view.part_chosen.connect(presenter.choose_part)
    view.attention_chosen.connect(presenter.show_attention)
    view.all_wanted.connect(presenter.show_all)
    view.sort_wanted.connect(presenter.sort)
    view.sort_next_wanted.connect(presenter.sort_next)
    view.visible_changed.connect(lambda visible, nearby: start(presenter.show_visible(visible, nearby)))
    view.item_moved.connect(lambda item_id: start(presenter.choose(item_id)))
    view.item_opened.connect(lambda item_id: start(presenter.choose(item_id, in_full=True)))
    view.details_requested.connect(lambda item_id: start(presenter.show_details(item_id)))
    editing = presenter.editing
    view.values_set.connect(lambda item_ids, key, value: start(editing.set_values(item_ids, key, value)))
    view.notes_written.connect(lambda item_ids, note: start(editing.write_notes(item_ids, note)))
    view.revert_requested.connect(lambda item_ids, key: start(editing.revert(item_ids, key)))
    view.undo_requested.connect(lambda: start(editing.undo()))
    view.redo_requested.connect(lambda: start(editing.redo()))
