"""Joins the runs area's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.runs.grid.view import AnswerGridView
from desktop_app.ui.runs.handover.presenter import HandoverPresenter
from desktop_app.ui.runs.presenter import RunsPresenter
from desktop_app.ui.runs.view import RunsView


def join_runs(
    view: RunsView,
    grid: AnswerGridView,
    presenter: RunsPresenter,
    handover: HandoverPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent but those for a new run and for servers; `start` runs a coroutine on the loop."""
    header, failures = view.header, view.failures
    view.run_selected.connect(lambda run_id: start(presenter.select(run_id)))
    header.resume_requested.connect(lambda: start(presenter.resume()))
    header.pause_requested.connect(lambda: start(presenter.pause()))
    header.stop_requested.connect(lambda: start(presenter.stop()))
    header.retry_requested.connect(lambda: start(presenter.retry()))
    header.export_requested.connect(lambda: start(handover.export()))
    header.batch_requested.connect(lambda: start(handover.write_batch()))
    header.results_requested.connect(lambda: start(handover.read_batch()))
    view.handover.stop_requested.connect(handover.stop)
    header.details_requested.connect(presenter.details)
    header.delete_requested.connect(lambda: start(presenter.delete()))
    failures.retry_requested.connect(lambda item_ids: start(presenter.retry(item_ids)))
    grid.row_actions.reask_requested.connect(lambda item_ids: start(presenter.retry(item_ids)))
    grid.row_actions.skip_requested.connect(lambda item_ids: start(presenter.skip(item_ids)))
