"""Takes a run's questions to a batch service as files, and brings the answers back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.batch import (
    BatchExport,
    BatchImport,
    BatchItems,
    BatchOptions,
    BatchRequest,
    BatchResult,
    shard_paths,
)
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run, RunServer
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import likely_family
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.batch_requests import BatchRequests
from desktop_app.services.runs.batch_results import BatchResults, Seen
from desktop_app.services.runs.fleet import Reach
from desktop_app.services.runs.form_asking import FormAsking
from desktop_app.services.runs.handover_ports import BatchService
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.ports import RunAnswers, RunStores
from desktop_app.services.runs.runs import Runs

READ_AT_ONCE = 50
"""Results read from a file at a time."""

TELL_EVERY = 10
"""Requests between two reports of progress: a picture takes its time to be made ready."""

BatchProgress = Callable[[int, int], None]
"""Told how many pictures are through, and of how many."""

_WANTED = {
    BatchItems.QUEUED: (ItemState.QUEUED,),
    BatchItems.FAILED: (ItemState.FAILED,),
    BatchItems.LEFT: (ItemState.QUEUED, ItemState.FAILED),
    BatchItems.ALL: tuple(ItemState),
}

_OF_ONE_FILE = (
    ErrorCode.IMPORT_FAILED,
    ErrorCode.IMPORT_OTHER_RUN,
    ErrorCode.IMPORT_QUESTIONS,
    ErrorCode.IMPORT_NO_RESULTS,
)
"""What is wrong with one file and says nothing of the others."""


@dataclass(frozen=True, slots=True)
class BatchParts:
    """What batch files are made and read with."""

    runs: Runs
    at_work: RunsAtWork
    stores: RunStores
    answers: RunAnswers
    asking: FormAsking
    pictures: RunPictures
    reach: Reach
    service: BatchService


class BatchFiles:
    """Lives on one event loop.

    Attributes:
        parts: what it works with.
    """

    def __init__(self, parts: BatchParts) -> None:
        self.parts = parts
        self._service = parts.service

    async def export(
        self,
        run: Run,
        path: Path,
        options: BatchOptions | None = None,
        progress: BatchProgress = lambda done, of: None,
    ) -> BatchExport:
        """Write the requests of a run's pictures into files.

        Pictures with identical bytes are asked about once, as the engine does, and the run remembers which
        they are; nothing else of it is changed.

        Args:
            run: as `Runs.find` or `Runs.load` gave it.
            path: absolute; the file, for example "survey.jsonl"; more than one are named "survey-001.jsonl"
                and so on.
            progress: called on this loop.

        Raises:
            AppError: RUN_EMPTY when no picture is to be asked about; EXPORT_FAILED, EXPORT_DENIED,
                EXPORT_NO_ROOM; what reaching the server brings, unless it is not to be asked.
        """
        options, parts = options or BatchOptions(), self.parts
        items = await self._items(run, options.items)
        if not items:
            raise AppError(ErrorCode.RUN_EMPTY)
        target = await self._target(run.plan.servers[0], options)
        requests = BatchRequests(
            parts.asking, parts.pictures, self._service, run, target, options, path.parent
        )
        files, count = [], 0
        progress(0, len(items))
        async with aclosing(
            _counted(requests.of(items), lambda number: progress(number, len(items)))
        ) as coming:
            for file in shard_paths(path, len(items), options.lines):
                first = await anext(coming, None)
                if first is None:
                    break
                try:
                    async with aclosing(_together(first, coming, options.lines)) as some:
                        count += await self._service.write(file, target, some, options.ask_server)
                except BaseException:
                    await requests.take_back()
                    raise
                requests.are_written()
                files.append(file)
        await parts.stores.twins.note_content(requests.twins)
        progress(len(items), len(items))
        return BatchExport(tuple(files), count, requests.notes.notes)

    async def in_the_way(self, run: Run, path: Path, options: BatchOptions) -> int:
        """How many files that are there an export of these arguments would replace.

        Raises:
            AppError: FOLDER_MISSING, EXPORT_DENIED, EXPORT_NO_ROOM, RUN_EMPTY.
        """
        items = await self._items(run, options.items)
        if not items:
            raise AppError(ErrorCode.RUN_EMPTY)
        files = shard_paths(path, len(items), options.lines)
        return await asyncio.to_thread(self._service.in_the_way, files)

    async def import_results(
        self,
        run: Run,
        paths: Sequence[Path],
        replace: bool = False,
        progress: BatchProgress = lambda done, of: None,
    ) -> BatchImport:
        """Take the answers in result files into the run they were asked for.

        Their order does not matter, and a file may be imported again. What does not belong to the run, and
        answers for pictures that have one, change nothing and are told, as is a file that is of no use
        among others that are.

        Args:
            replace: put the new answers in place of those that are there.
            progress: called on this loop, with results out of the run's pictures.

        Raises:
            AppError: an IMPORT_ code when no file holds a result of this run; RUN_IN_USE.
        """
        async with self.parts.at_work.held(run.id):
            items = {item.id: item for item in await self.parts.answers.items(run.id)}
            stores = self.parts.stores
            reading = BatchResults(stores.queue, stores.twins, run, items, replace)
            refused: list[AppError] = []
            try:
                for path in paths:
                    try:
                        await self._read(reading, path, lambda: progress(reading.known, len(items)))
                    except AppError as problem:
                        if problem.code not in _OF_ONE_FILE:
                            raise
                        refused.append(problem)
            finally:
                await self.parts.runs.changed(run.id, tuple(reading.changed))
        if not reading.known and refused:
            raise refused[0]
        return BatchImport(reading.answered, reading.failed, reading.notes.notes, tuple(refused))

    async def _read(self, reading: BatchResults, path: Path, tell: Callable[[], None]) -> None:
        results = self._service.read(path)
        reading.seen = Seen()
        while some := await asyncio.to_thread(_some, results):
            for result in some:
                await reading.take(result, path.name)
            tell()
        problem = reading.seen.refusal(path.name)
        if problem is not None:
            raise problem

    async def _items(self, run: Run, wanted: BatchItems) -> list[RunItem]:
        states = _WANTED[wanted]
        return [item for item in await self.parts.answers.items(run.id) if item.state in states]

    async def _target(self, server: RunServer, options: BatchOptions) -> ServerTarget:
        if options.ask_server:
            return await self.parts.reach(server)
        profile = ServerProfile(
            server.name, server.base_url, server.model, server.allow_outside, server.family
        )
        return ServerTarget(profile, "", server.model, likely_family(server.family, server.model))


async def _counted(
    requests: AsyncGenerator[BatchRequest, None], tell: Callable[[int], None]
) -> AsyncGenerator[BatchRequest, None]:
    """The same; tells now and then how many there were."""
    number = 0
    async with aclosing(requests):
        async for request in requests:
            yield request
            number += 1
            if number % TELL_EVERY == 0:
                tell(number)


async def _together(
    first: BatchRequest, others: AsyncIterator[BatchRequest], most: int
) -> AsyncGenerator[BatchRequest, None]:
    """So many of them, for one file."""
    yield first
    for _ in range(most - 1):
        request = await anext(others, None)
        if request is None:
            return
        yield request


def _some(results: Iterator[BatchResult]) -> list[BatchResult]:
    return list(islice(results, READ_AT_ONCE))
