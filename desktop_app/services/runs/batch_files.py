"""Takes a run's questions to a batch service as files, and brings the answers back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import EncodedPicture, PreparedPicture
from desktop_app.domain.runs.batch import (
    BATCH,
    BatchExport,
    BatchImport,
    BatchItems,
    BatchName,
    BatchOptions,
    BatchPictures,
    BatchRequest,
    BatchResult,
    file_address,
    name_in,
)
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.item import QueuedItem, RunItem
from desktop_app.domain.runs.run import ItemState, Run, RunServer
from desktop_app.domain.servers import ModelCard, ServerProfile, ServerTarget
from desktop_app.services.ports import BatchService, RunRepository
from desktop_app.services.runs.answer_reading import Asked, item_answer, read_completion
from desktop_app.services.runs.fleet import Reach
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.runs import Runs
from desktop_app.services.runs.trouble import Trouble, failure_of, trouble_of
from desktop_app.services.servers import family_of

READ_AT_ONCE = 50
"""Results read from a file at a time."""

_WANTED = {
    BatchItems.QUEUED: (ItemState.QUEUED,),
    BatchItems.FAILED: (ItemState.FAILED,),
    BatchItems.LEFT: (ItemState.QUEUED, ItemState.FAILED),
    BatchItems.ALL: tuple(ItemState),
}


@dataclass(frozen=True, slots=True)
class BatchParts:
    """What batch files are made and read with."""

    runs: Runs
    repository: RunRepository
    asking: FormAsking
    pictures: RunPictures
    reach: Reach
    service: BatchService


class BatchFiles:
    """Lives on one event loop."""

    def __init__(self, parts: BatchParts) -> None:
        self._parts = parts
        self._service = parts.service

    async def export(self, run: Run, path: Path, options: BatchOptions | None = None) -> BatchExport:
        """Write the requests of a run's pictures into files; the run itself is not changed.

        Args:
            run: as `Runs.find` or `Runs.load` gave it.
            path: absolute; the file, for example "survey.jsonl"; more than one are named "survey-001.jsonl"
                and so on.

        Raises:
            AppError: RUN_EMPTY when no picture is to be asked about; EXPORT_FAILED, DISK_FULL; what reaching
                the server brings, unless it is not to be asked.
        """
        options = options or BatchOptions()
        items = await self._items(run, options.items)
        if not items:
            raise AppError(ErrorCode.RUN_EMPTY)
        target = await self._target(run.plan.servers[0], options)
        shards = [items[start : start + options.lines] for start in range(0, len(items), options.lines)]
        files, count, notes = [], 0, NoteCounter()
        for number, shard in enumerate(shards, start=1):
            file = path if len(shards) == 1 else path.with_name(f"{path.stem}-{number:03}{path.suffix}")
            writer = _Requests(self._parts, run, target, options, file.parent, notes)
            written = await self._service.write(file, target, writer.of(shard), options.ask_server)
            count += written
            files.append(file)
        return BatchExport(tuple(files), count, notes.notes)

    async def import_results(self, run: Run, paths: Sequence[Path], replace: bool = False) -> BatchImport:
        """Take the answers in result files into the run they were asked for.

        Their order does not matter, and a file may be imported again. What does not belong to the run, and
        answers for pictures that have one, change nothing and are told.

        Args:
            replace: put the new answers in place of those that are there.

        Raises:
            AppError: IMPORT_FAILED when a file cannot be read or holds no result of this run; RUN_IN_USE.
        """
        async with self._parts.runs.held(run.id):
            items = {item.id: item for item in await self._parts.repository.items(run.id)}
            reading = _Results(self._parts.repository, run, items, replace)
            try:
                for path in paths:
                    await self._read(reading, path)
            finally:
                await self._parts.runs.changed(run.id, tuple(reading.changed))
        return BatchImport(reading.answered, reading.failed, reading.notes.notes)

    async def _read(self, reading: _Results, path: Path) -> None:
        results = self._service.read(path)
        known = reading.known
        while some := await asyncio.to_thread(_some, results):
            for result in some:
                await reading.take(result, path.name)
        if reading.known == known:
            raise AppError(ErrorCode.IMPORT_FAILED, name=path.name)

    async def _items(self, run: Run, wanted: BatchItems) -> list[RunItem]:
        states = _WANTED[wanted]
        return [item for item in await self._parts.repository.items(run.id) if item.state in states]

    async def _target(self, server: RunServer, options: BatchOptions) -> ServerTarget:
        if options.ask_server:
            return await self._parts.reach(server)
        profile = ServerProfile(
            server.name, server.base_url, server.model, server.allow_outside, server.family
        )
        return ServerTarget(profile, "", server.model, family_of(profile, ModelCard(server.model)))


class _Requests:
    """Makes the lines of one file."""

    def __init__(
        self,
        parts: BatchParts,
        run: Run,
        target: ServerTarget,
        options: BatchOptions,
        folder: Path,
        notes: NoteCounter,
    ) -> None:
        self._parts = parts
        self._run = run
        self._target = target
        self._options = options
        self._folder = folder
        self._notes = notes

    async def of(self, items: Sequence[RunItem]) -> AsyncIterator[BatchRequest]:
        """A request for each picture that can be opened; the others are noted."""
        for item in items:
            try:
                yield await self._request(item)
            except AppError as problem:
                if trouble_of(problem) is Trouble.NEEDS_USER or problem.code is ErrorCode.EXPORT_FAILED:
                    raise
                self._notes.add(ExportNoteCode.NOT_IN_BATCH, item.name)

    async def _request(self, item: RunItem) -> BatchRequest:
        plan, target = self._run.plan, self._target
        queued = QueuedItem(item.id, item.position, item.path, item.attempts)
        picture = await self._parts.pictures.prepare(plan, queued, target.family)
        instructions = await self._parts.pictures.instructions(plan, queued, picture)
        question = FormQuestion(plan.form, instructions, plan.options, picture)
        name = BatchName(
            self._run.id,
            item.id,
            target.family.name,
            picture.original_size,
            picture.encoded.size,
            picture.content_hash,
        )
        addresses = await self._addresses(Path(item.path), picture)
        return BatchRequest(str(name), self._parts.asking.first_request(target, question), addresses)

    async def _addresses(self, path: Path, picture: PreparedPicture) -> dict[str, str]:
        encoded, options = picture.encoded, self._options
        match options.pictures:
            case BatchPictures.DATA:
                return {}
            case BatchPictures.COPIES:
                suffix = ".jpg" if encoded.mime == "image/jpeg" else ".png"
                path = self._folder / "pictures" / encoded.digest[:2] / f"{encoded.digest}{suffix}"
                await asyncio.to_thread(self._parts.service.save_picture, path, encoded)
            case BatchPictures.ORIGINALS:
                pass
        return {encoded.digest: file_address(path, options.local_prefix, options.server_prefix)}


@dataclass(eq=False)
class _Results:
    """Takes results into a run.

    Attributes:
        items: the run's pictures by id.
        replace: answers that are there are replaced.
        known: results that belong to the run, so far.
    """

    repository: RunRepository
    run: Run
    items: dict[int, RunItem]
    replace: bool
    answered: int = 0
    failed: int = 0
    known: int = 0
    changed: list[int] = field(default_factory=list)
    notes: NoteCounter = field(default_factory=NoteCounter)
    _done: set[int] = field(default_factory=set)

    async def take(self, result: BatchResult, file: str) -> None:
        if result.custom_id is None:
            self.notes.add(ExportNoteCode.LINES_BROKEN, file)
            return
        name = name_in(result.custom_id)
        item = self.items.get(name.item_id) if name is not None and name.run_id == self.run.id else None
        if name is None or item is None:
            self.notes.add(ExportNoteCode.RESULTS_UNKNOWN, result.custom_id[:80])
            return
        self.known += 1
        if not self._may_take(item, result):
            self.notes.add(ExportNoteCode.RESULTS_LEFT, item.name)
            return
        self._done.add(item.id)
        await self._queue(item)
        await self.repository.begin_item(item.id)
        if isinstance(result.outcome, AppError):
            await self.repository.fail_item(item.id, failure_of(result.outcome))
            self.failed += 1
        else:
            await self._answer(item, name, result.outcome)
        self.changed.append(item.id)

    def _may_take(self, item: RunItem, result: BatchResult) -> bool:
        """A failure never takes the place of an answer, and nothing that of what was left out."""
        if item.id in self._done:
            return False
        if item.state in (ItemState.QUEUED, ItemState.ASKING, ItemState.FAILED):
            return True
        return self.replace and not isinstance(result.outcome, AppError)

    async def _queue(self, item: RunItem) -> None:
        if item.state not in (ItemState.QUEUED, ItemState.ASKING):
            await self.repository.requeue(self.run.id, [item.id])

    async def _answer(self, item: RunItem, name: BatchName, completion: Completion) -> None:
        form, usage = self.run.plan.form, completion.usage
        # Where the picture is may be out of reach by now, and nothing but its sizes is needed.
        sent = EncodedPicture(b"", "image/jpeg", name.sent_size, "")
        picture = PreparedPicture(sent, name.original_size, None, 0, name.content_hash)
        asked = Asked(form, picture, name.family, BATCH, self.run.plan.servers[0].model)
        answer = item_answer(asked, completion, read_completion(form, completion), usage, 0.0)
        await self.repository.answer_item(item.id, answer)
        if answer.values or not answer.problems:
            self.answered += 1
        else:
            self.failed += 1


def _some(results: Iterator[BatchResult]) -> list[BatchResult]:
    return list(islice(results, READ_AT_ONCE))
