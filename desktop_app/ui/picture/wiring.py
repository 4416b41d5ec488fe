"""Joins the picture area's signals to its presenter."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from desktop_app.ui.picture.pixels import PicturePixels
from desktop_app.ui.picture.presenter import PicturePresenter
from desktop_app.ui.picture.view import PictureView


def join_picture(
    view: PictureView,
    presenter: PicturePresenter[PicturePixels],
    start: Callable[[Coroutine[Any, Any, Any]], object],
) -> None:
    """Connect every intent of the area but `open_requested`; `start` runs a coroutine on the loop."""
    view.step_requested.connect(presenter.step)
    view.detail_wanted.connect(lambda: start(presenter.load_detail()))
    view.facts_toggled.connect(lambda wanted: start(presenter.want_facts(wanted)))
    view.evidence_hovered.connect(presenter.evidence_hovered)
    view.boxes_taken.connect(presenter.drawing.take)
    view.boxes_left.connect(presenter.drawing.leave)
