"""What a run needs of its pictures: ready for a vision model, and the words that prompts may hold."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import cast

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.places import in_model_coordinates
from desktop_app.domain.forms.variables import (
    FILE,
    FOLDER,
    OF_PICTURE,
    SIZE,
    TAKEN,
    earlier_field,
    fill_variables,
    size_words,
    variables_in,
)
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import RunPlan
from desktop_app.domain.vision_tokens import VisionFamily
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles
from desktop_app.services.runs.ports import RunAnswers


class RunPictures:
    """Opens pictures in threads of their own, so that the window's are free; lives on one event loop."""

    def __init__(
        self,
        files: PictureFiles,
        workers: PictureWorkers,
        answers: RunAnswers,
    ) -> None:
        self._files = files
        self._workers = workers
        self._answers = answers

    @property
    def at_once(self) -> int:
        """How many pictures can be worked on at the same time."""
        return self._workers.threads

    async def prepare(self, plan: RunPlan, item: QueuedItem, family: VisionFamily) -> PreparedPicture:
        """
        Raises:
            AppError: that of the picture; FOLDER_MISSING when the run's folder is gone with it.
        """
        path = Path(item.path)
        work = partial(self._files.prepare, path, family, plan.options.image_tokens)
        try:
            return await self._workers.run(work, path.name)
        except AppError as problem:
            if problem.code is ErrorCode.PICTURE_MISSING and not await self._has_folder(plan):
                name = plan.scope.folder.name or str(plan.scope.folder)
                raise AppError(ErrorCode.FOLDER_MISSING, name=name) from problem
            raise

    async def instructions(
        self, plan: RunPlan, item: QueuedItem, picture: PreparedPicture, family: VisionFamily
    ) -> str:
        """The form's instructions with the variables of this picture filled in."""
        return await self.fill(plan.form.instructions, Path(item.path), picture, family)

    async def fill(self, prompt: str, path: Path, picture: PreparedPicture, family: VisionFamily) -> str:
        """A prompt with the variables of a picture filled in; places as the family would tell them."""
        named = variables_in(prompt)
        if not named:
            return prompt
        values = {FILE: path.name, FOLDER: path.parent.name}
        values[SIZE] = size_words(picture.original_size)
        if TAKEN in named:
            facts = await self._workers.run(partial(self._files.facts, path), path.name)
            values[TAKEN] = f"{facts.taken:%Y-%m-%d %H:%M}" if facts.taken else ""
        for variable in named:
            earlier = earlier_field(variable) if variable not in OF_PICTURE else None
            if earlier is not None:
                value = await self._answers.field_values(*earlier, picture.content_hash)
                values[variable] = _told(value, picture, family)
        return fill_variables(prompt, values)

    async def _has_folder(self, plan: RunPlan) -> bool:
        return await self._workers.run(plan.scope.folder.is_dir, plan.scope.folder.name)


def depends_on_file(plan: RunPlan) -> bool:
    """Whether identical bytes under another name are asked something else; answers are not shared then."""
    return any(variable in (FILE, FOLDER) for variable in variables_in(plan.form.instructions))


def _told(value: object, picture: PreparedPicture, family: VisionFamily) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case [[_, _, _, _], *_]:
            boxes = in_model_coordinates(cast("list[list[int]]", value), picture, family.name)
            return ", ".join(map(str, boxes))
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
