"""Takes the results of a batch service into the run they were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.domain.completions import Completion
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import EncodedPicture, PreparedPicture
from desktop_app.domain.runs.batch import BATCH, BatchName, BatchResult, name_in
from desktop_app.domain.runs.export_notes import ExportNoteCode, NoteCounter
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run
from desktop_app.services.runs.answer_reading import Asked, item_answer, read_completion
from desktop_app.services.runs.pictures import depends_on_file
from desktop_app.services.runs.ports import RunQueue, RunTwins


@dataclass(slots=True)
class Seen:
    """What kinds of lines one file holds.

    Attributes:
        known: results of this run.
        others: results of other runs.
        questions: requests that nobody has answered.
    """

    known: int = 0
    others: int = 0
    questions: int = 0

    def refusal(self, file: str) -> AppError | None:
        """Why the file is of no use; None where it is of some."""
        if self.known:
            return None
        if self.others:
            return AppError(ErrorCode.IMPORT_OTHER_RUN, name=file)
        return AppError(
            ErrorCode.IMPORT_QUESTIONS if self.questions else ErrorCode.IMPORT_NO_RESULTS, name=file
        )


@dataclass(eq=False)
class BatchResults:
    """Takes results into a run.

    Attributes:
        items: the run's pictures by id.
        replace: answers that are there are replaced.
        known: results that belong to the run, so far.
        seen: what the file that is being read holds.
    """

    queue: RunQueue
    twins: RunTwins
    run: Run
    items: dict[int, RunItem]
    replace: bool
    answered: int = 0
    failed: int = 0
    known: int = 0
    seen: Seen = field(default_factory=Seen)
    changed: list[int] = field(default_factory=list)
    notes: NoteCounter = field(default_factory=NoteCounter)
    _done: set[int] = field(default_factory=set)

    async def take(self, result: BatchResult, file: str) -> None:
        if result.custom_id is None:
            self.notes.add(ExportNoteCode.LINES_BROKEN, file)
            return
        if result.is_question:
            self.seen.questions += 1
            return
        name = name_in(result.custom_id)
        item = self.items.get(name.item_id) if name is not None and name.run_id == self.run.id else None
        if name is None or item is None:
            self.seen.others += name is not None and name.run_id != self.run.id
            self.notes.add(ExportNoteCode.RESULTS_UNKNOWN, result.custom_id[:80])
            return
        self.known += 1
        self.seen.known += 1
        if not self._may_take(item, result):
            self.notes.add(ExportNoteCode.RESULTS_LEFT, item.name)
            return
        self._done.add(item.id)
        await self._queue(item)
        await self.queue.begin_item(item.id)
        if isinstance(result.outcome, AppError):
            await self.queue.fail_item(item.id, AnswerFailure.of(result.outcome))
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
            await self.queue.requeue(self.run.id, [item.id])

    async def _answer(self, item: RunItem, name: BatchName, completion: Completion) -> None:
        form, usage = self.run.plan.form, completion.usage
        # Where the picture is may be out of reach by now, and nothing but its sizes is needed.
        sent = EncodedPicture(b"", "image/jpeg", name.sent_size, "")
        picture = PreparedPicture(sent, name.original_size, None, 0, name.content_hash)
        asked = Asked(form, "", picture, name.family, BATCH, self.run.plan.servers[0].model)
        answer = item_answer(asked, completion, read_completion(form, completion), usage, 0.0)
        # Nobody has tried to repair it: it counts as failed, so that it is asked again with the others.
        await self.queue.answer_item(item.id, answer, must_fit=True)
        if answer.lacks_values:
            self.failed += 1
            self.notes.add(ExportNoteCode.ANSWERS_UNFIT, item.name)
            return
        self.answered += 1
        if not depends_on_file(self.run.plan):
            await self._share(item, name.content_hash)

    async def _share(self, item: RunItem, content: str) -> None:
        """Pictures with the same bytes were left out of the files."""
        for item_id in await self.twins.waiting_with(self.run.id, content):
            if item_id in self._done:
                continue
            self._done.add(item_id)
            await self.queue.requeue(self.run.id, [item_id])
            await self.twins.share_answer(item_id, item.id)
            self.notes.add(ExportNoteCode.SHARED_WITH_TWIN, self.items[item_id].name)
            self.answered += 1
            self.changed.append(item_id)
