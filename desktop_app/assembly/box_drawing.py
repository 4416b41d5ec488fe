"""Boxes of a cell of the answer grid are drawn on the picture: from the grid to the picture area and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Places
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture
from desktop_app.domain.runs.run import Run
from desktop_app.services.runs.ports import RunAnswers
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.runs.grid.editing.grid_editing import GridEditing
from desktop_app.ui.runs.grid.view import AnswerGridView


class GridBoxes:
    """Asks for the boxes of one cell at a time."""

    def __init__(
        self,
        answers: RunAnswers,
        shown: Callable[[], Run | None],
        desk: DeskPresenter,
        view: AnswerGridView,
        editing: GridEditing,
    ) -> None:
        """`shown`: the run whose rows the grid shows."""
        self._answers = answers
        self._shown = shown
        self._desk = desk
        self._view = view
        self._editing = editing

    async def draw(self, item_id: int, key: str) -> None:
        """Let the boxes of a cell be drawn, and keep them; in numbers where the picture cannot be shown."""
        run = self._shown()
        field = run.plan.form.field_named(key) if run is not None else None
        if run is None or field is None or not isinstance(field.kind, Places):
            return
        for item in await self._answers.items(run.id, (item_id,)):
            value = cast("list[list[int]]", item.value(key) or [])
            boxes = [Box(*map(float, sides)) for sides in value]
            picture = Picture(Path(item.path))
            try:
                drawn = await self._desk.draw_boxes(picture, field.label, boxes, field.kind.most)
            except AppError:
                self._view.edit_in_cell(item_id, key)  # the picture area says what is wrong
                return
            if drawn is not None:
                await self._keep(run.id, item_id, key, drawn)
            if self._is_shown(run.id):
                self._view.table.setFocus()

    def _is_shown(self, run_id: int) -> bool:
        shown = self._shown()
        return shown is not None and shown.id == run_id

    async def _keep(self, run_id: int, item_id: int, key: str, drawn: list[list[int]]) -> None:
        """Also when another run is shown by now: what was drawn must not be lost."""
        if self._is_shown(run_id):
            await self._editing.set_values((item_id,), key, drawn)
            return
        for item in await self._answers.items(run_id, (item_id,)):
            await self._answers.edit({item_id: {**item.edited, key: drawn}})
