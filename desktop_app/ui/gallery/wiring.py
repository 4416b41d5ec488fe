"""Joins the gallery view's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.gallery.presenter import GalleryPresenter
from desktop_app.ui.gallery.view import GalleryView


def join_gallery(
    view: GalleryView,
    presenter: GalleryPresenter,
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the view but `incoming`; `start` runs a coroutine on the loop."""
    view.folder_chosen.connect(lambda path: start(presenter.open_folder(path)))
    view.recursive_changed.connect(lambda wanted: start(presenter.set_recursive(wanted)))
    view.refresh_requested.connect(lambda: start(presenter.refresh()))
    view.visible_changed.connect(lambda visible, wanted: start(presenter.show_visible(visible, wanted)))
    view.order_chosen.connect(presenter.set_order)
    view.filter_changed.connect(presenter.set_filter)
    view.selection_changed.connect(presenter.select)
    view.activated.connect(presenter.activate)
