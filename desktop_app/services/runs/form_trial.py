"""A form asked of one picture outside of any run: on the command line, or to see what a new form brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desktop_app.domain.answers import SentPicture
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Form
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.servers import ServerTarget
from desktop_app.services.asking import sent_picture
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles
from desktop_app.services.runs.earlier_fields import check_prompt
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.ports import RunRepository
from desktop_app.services.runs.right_of_way import RightOfWay


@dataclass(frozen=True, slots=True)
class TrialAnswer:
    """What came back, and what was sent."""

    answer: ItemAnswer
    sent: SentPicture


class FormTrial:
    """Lives on one event loop. Somebody waits for the answer, so runs give way to it."""

    def __init__(
        self,
        files: PictureFiles,
        workers: PictureWorkers,
        pictures: RunPictures,
        asking: FormAsking,
        right_of_way: RightOfWay,
        repository: RunRepository,
    ) -> None:
        self._files = files
        self._workers = workers
        self._pictures = pictures
        self._asking = asking
        self._right_of_way = right_of_way
        self._repository = repository

    async def check(self, prompt: str) -> None:
        """Whether a form with this prompt could be asked.

        Raises:
            AppError: as `check_prompt`.
        """
        await check_prompt(prompt, self._repository)

    async def ask(
        self, target: ServerTarget, form: Form, options: AskOptions, asked: AskedPicture
    ) -> TrialAnswer:
        """
        Args:
            target: who is asked.
            form: what is asked.
            options: how.
            asked: the picture, or a part of it.

        Raises:
            AppError: as `check_prompt`, the picture's, or the server's; an answer that does not fit is none.
        """
        await self.check(form.instructions)
        path = asked.picture.path
        prepare = partial(self._files.prepare, path, target.family, options.image_tokens, asked.region)
        picture = await self._workers.run(prepare, path.name)
        instructions = await self._pictures.fill(form.instructions, path, picture, target.family)
        person = self._right_of_way.person()
        person.take()
        try:
            answer = await self._asking.ask(target, FormQuestion(form, instructions, options, picture))
        finally:
            person.leave()
        return TrialAnswer(answer, sent_picture(asked, picture))
