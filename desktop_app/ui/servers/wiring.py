"""Joins the servers dialog's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.servers.presenter import ServersPresenter
from desktop_app.ui.servers.view import ServersDialog


def join_servers(
    dialog: ServersDialog,
    presenter: ServersPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the dialog; `start` runs a coroutine on the loop."""

    async def save_and_leave() -> None:
        if await presenter.save_all():
            dialog.leave()

    def leave() -> None:
        if presenter.has_unsaved:
            dialog.ask_about_unsaved()
        else:
            dialog.leave()

    dialog.selected.connect(presenter.select)
    dialog.edited.connect(presenter.edit)
    dialog.test_requested.connect(presenter.test)
    dialog.stop_requested.connect(presenter.stop_test)
    dialog.models_requested.connect(presenter.refresh_models)
    dialog.save_requested.connect(lambda: start(presenter.save()))
    dialog.use_requested.connect(lambda: start(presenter.use()))
    dialog.remove_confirmed.connect(lambda: start(presenter.remove()))
    dialog.save_all_requested.connect(lambda: start(save_and_leave()))
    dialog.leave_requested.connect(leave)
    dialog.left.connect(presenter.close)
