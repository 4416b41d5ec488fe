"""Makes the requests of a run's pictures that a batch service is to answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.batch import (
    BatchName,
    BatchOptions,
    BatchPictures,
    BatchRequest,
    file_address,
)
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.item import QueuedItem, RunItem
from desktop_app.domain.runs.run import Run
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import smart_resize
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from desktop_app.services.runs.handover_ports import BatchService
from desktop_app.services.runs.lookahead import Lookahead, Ready
from desktop_app.services.runs.pictures import RunPictures, depends_on_file
from desktop_app.services.runs.trouble import Trouble, trouble_of

AHEAD = 3
"""Pictures made ready ahead of the file for each that is worked on; each takes some 100 kB to 1 MB."""

TIMEOUTS_UNTIL_GIVEN_UP = 3
"""Pictures in a row that take too long to open: their drive has stopped answering."""

_OF_THE_FILE = (ErrorCode.EXPORT_FAILED, ErrorCode.EXPORT_DENIED, ErrorCode.EXPORT_NO_ROOM)


class BatchRequests:
    """Lives on one event loop."""

    def __init__(
        self,
        asking: FormAsking,
        pictures: RunPictures,
        service: BatchService,
        run: Run,
        target: ServerTarget,
        options: BatchOptions,
        folder: Path,
    ) -> None:
        """`folder`: where the files go, and copies of pictures below it."""
        self._asking = asking
        self._pictures = pictures
        self._service = service
        self._run = run
        self._target = target
        self._options = options
        self._folder = folder
        self._timeouts = 0
        self._contents: set[str] | None = None if depends_on_file(run.plan) else set()
        self._copies: list[Path] = []
        """Of pictures of requests that are in no file yet."""
        self.notes = NoteCounter()
        self.twins: dict[int, str] = {}

    async def of(self, items: Sequence[RunItem]) -> AsyncGenerator[BatchRequest, None]:
        """A request for each picture that can be opened; the others are noted, as are those with the same
        bytes as an earlier one, which get its answer: `twins`, by item.

        Raises:
            AppError: what every other picture would bring as well.
        """
        at_once = self._pictures.at_once
        lookahead = Lookahead(_queued(items), self._prepare, lambda: AHEAD * at_once, at_once)
        names = {item.id: item.name for item in items}
        try:
            while (ready := await lookahead.next()) is not None:
                if self._is_twin(ready):
                    self.notes.add(ExportNoteCode.ASKED_WITH_TWIN, names[ready.item.id])
                    continue
                request = await self._request_or_trouble(ready)
                if isinstance(request, BatchRequest):
                    yield request
                else:
                    self._left_out(names[ready.item.id], request)
        finally:
            await lookahead.close()

    def are_written(self) -> None:
        """All that came so far are in a file."""
        self._copies.clear()

    async def take_back(self) -> None:
        """Those that are in no file will be in none: nobody needs the copies of their pictures."""
        await asyncio.to_thread(self._service.remove_pictures, self._copies)

    def _is_twin(self, ready: Ready) -> bool:
        if isinstance(ready.picture, AppError) or self._contents is None:
            return False
        content = ready.picture.content_hash
        if content in self._contents:
            self.twins[ready.item.id] = content
            return True
        self._contents.add(content)
        return False

    async def _prepare(self, item: QueuedItem) -> PreparedPicture:
        return await self._pictures.prepare(self._run.plan, item, self._target.family)

    async def _request_or_trouble(self, ready: Ready) -> BatchRequest | AppError:
        if isinstance(ready.picture, AppError):
            return ready.picture
        try:
            return await self._request(ready.item, ready.picture)
        except AppError as problem:
            return problem

    def _left_out(self, name: str, problem: AppError) -> None:
        if trouble_of(problem) is Trouble.NEEDS_USER or problem.code in _OF_THE_FILE:
            raise problem
        self._timeouts = self._timeouts + 1 if problem.code is ErrorCode.PICTURE_TIMEOUT else 0
        if self._timeouts >= TIMEOUTS_UNTIL_GIVEN_UP:
            raise problem
        self.notes.add(ExportNoteCode.NOT_IN_BATCH, name)

    async def _request(self, item: QueuedItem, picture: PreparedPicture) -> BatchRequest:
        plan, target = self._run.plan, self._target
        instructions = await self._pictures.instructions(plan, item, picture, target.family)
        question = FormQuestion(plan.form, instructions, plan.options, picture)
        name = BatchName(
            self._run.id,
            item.id,
            target.family.name,
            picture.original_size,
            self._seen_size(picture),
            picture.content_hash,
        )
        addresses = await self._addresses(Path(item.path), picture)
        return BatchRequest(str(name), self._asking.first_request(target, question), addresses)

    def _seen_size(self, picture: PreparedPicture) -> Size:
        """The size that coordinates in pixels will refer to: an original is resized by the server, which
        knows nothing of the run's limit.
        """
        if self._options.pictures is BatchPictures.ORIGINALS:
            return smart_resize(picture.original_size, self._target.family)
        return picture.encoded.size

    async def _addresses(self, path: Path, picture: PreparedPicture) -> dict[str, str]:
        encoded, options = picture.encoded, self._options
        match options.pictures:
            case BatchPictures.DATA:
                return {}
            case BatchPictures.COPIES:
                suffix = ".jpg" if encoded.mime == "image/jpeg" else ".png"
                path = self._folder / "pictures" / encoded.digest[:2] / f"{encoded.digest}{suffix}"
                if await asyncio.to_thread(self._service.save_picture, path, encoded):
                    self._copies.append(path)
            case BatchPictures.ORIGINALS:
                pass
        return {encoded.digest: file_address(path, options.local_prefix, options.server_prefix)}


async def _queued(items: Sequence[RunItem]) -> AsyncIterator[QueuedItem]:
    for item in items:
        yield QueuedItem(item.id, item.position, item.path, item.attempts)
