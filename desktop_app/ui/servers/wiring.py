"""Joins the servers dialog's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.servers.presenter import ServersPresenter
from desktop_app.ui.servers.view import ServersDialog
from desktop_app.ui.widgets.keeping_dialog import join_leaving


def join_servers(
    dialog: ServersDialog,
    presenter: ServersPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the dialog; `start` runs a coroutine on the loop."""

    dialog.selected.connect(presenter.select)
    dialog.edited.connect(presenter.edit)
    dialog.test_requested.connect(presenter.test)
    dialog.stop_requested.connect(presenter.stop_test)
    dialog.models_requested.connect(presenter.refresh_models)
    dialog.save_requested.connect(lambda: start(presenter.save()))
    dialog.use_requested.connect(lambda: start(presenter.use()))
    dialog.remove_confirmed.connect(lambda: start(presenter.remove()))
    join_leaving(dialog, presenter, start)
