"""A form asked of one picture outside of any run: on the command line, or to see what a new form brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.variables import check_variables
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.right_of_way import RightOfWay


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """What came back, and the picture as it was sent."""

    answer: ItemAnswer
    picture: PreparedPicture


class FormTrial:
    """Lives on one event loop. Somebody waits for the answer, so runs give way to it."""

    def __init__(
        self,
        files: PictureFiles,
        workers: PictureWorkers,
        pictures: RunPictures,
        asking: FormAsking,
        right_of_way: RightOfWay,
    ) -> None:
        self._files = files
        self._workers = workers
        self._pictures = pictures
        self._asking = asking
        self._right_of_way = right_of_way

    async def ask(
        self, target: ServerTarget, form: Form, options: AskOptions, path: Path, region: Box | None = None
    ) -> TrialAnswer:
        """
        Args:
            target: who is asked.
            form: what is asked.
            options: how.
            path: the picture.
            region: this part of it only, in pixels as it is seen.

        Raises:
            AppError: PROMPT_VARIABLE, the picture's, or the server's; an answer that does not fit is none.
        """
        check_variables(form.instructions)
        prepare = partial(self._files.prepare, path, target.family, options.image_tokens, region)
        picture = await self._workers.run(prepare, path.name)
        instructions = await self._pictures.fill(form.instructions, path, picture)
        person = self._right_of_way.person()
        person.take()
        try:
            answer = await self._asking.ask(target, FormQuestion(form, instructions, options, picture))
        finally:
            person.leave()
        return TrialAnswer(answer, picture)
