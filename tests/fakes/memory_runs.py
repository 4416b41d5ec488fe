"""Runs in memory; held to the same contract as the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from desktop_app.domain.answers import Usage
from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.records import form_of, record_of
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem, RunItem
from desktop_app.domain.runs.rows import RunRows, rows_of
from desktop_app.domain.runs.run import (
    AskingMethod,
    ItemState,
    Run,
    RunCounts,
    RunPlan,
    RunServer,
    RunState,
    RunWish,
)
from tests.fakes.memory_program import MemoryProgram

FINISHED = (ItemState.ANSWERED, ItemState.FAILED, ItemState.SKIPPED)


class MemoryRuns:
    """Fulfils `RunRepository`."""

    def __init__(self, program: MemoryProgram) -> None:
        self._program = program
        self._shelf = program.shelf

    async def create(self, plan: RunPlan, pictures: Sequence[tuple[str, str]]) -> Run:
        if not pictures:
            raise AppError(ErrorCode.RUN_EMPTY)
        form_of(record_of(plan.form))
        if any(run.plan.name == plan.name for run in self._shelf.runs.values()):
            raise AppError(ErrorCode.RUN_NAME_TAKEN, name=plan.name)
        run = Run(max(self._shelf.runs, default=0) + 1, plan, RunState.READY, datetime.now(UTC))
        self._shelf.runs[run.id] = run
        first = max(self._shelf.items, default=0) + 1
        for position, (path, name) in enumerate(pictures):
            item = RunItem(first + position, position, path, name, ItemState.QUEUED)
            self._shelf.items[item.id] = run.id, item
        return await self.load(run.id)

    async def all(self) -> list[Run]:
        return [await self.load(run_id) for run_id in sorted(self._shelf.runs, reverse=True)]

    async def find(self, name: str) -> Run | None:
        return next((run for run in await self.all() if run.plan.name == name), None)

    async def load(self, run_id: int) -> Run:
        run = self._shelf.runs.get(run_id)
        if run is None:
            raise AppError(ErrorCode.RUN_UNKNOWN, name=str(run_id))
        paid = [usage for of_run, usage in self._shelf.paid if of_run == run_id]
        counts = _counts(self._program.of(run_id), paid)
        is_elsewhere = self._program.is_elsewhere(run_id)
        wish = self._shelf.wishes.get(run_id) if is_elsewhere else None
        return replace(run, counts=counts, is_elsewhere=is_elsewhere, wish=wish)

    async def delete(self, run_id: int) -> None:
        self._program.refuse_if_elsewhere(run_id)
        del self._shelf.runs[run_id]
        self._shelf.owners.pop(run_id, None)
        self._shelf.wishes.pop(run_id, None)
        self._shelf.paid = [one for one in self._shelf.paid if one[0] != run_id]
        for item in self._program.of(run_id):
            del self._shelf.items[item.id]


class MemoryRunHolding:
    """Fulfils `RunHolding`."""

    def __init__(self, program: MemoryProgram) -> None:
        self._program = program
        self._shelf = program.shelf

    async def take(self, run_id: int) -> None:
        self._program.refuse_if_elsewhere(run_id)
        self._program.queue_what_was_asked(run_id)
        self._shelf.owners[run_id] = self._program
        self._shelf.wishes.pop(run_id, None)

    async def release(self, run_id: int) -> None:
        if self._shelf.owners.get(run_id) is self._program:
            del self._shelf.owners[run_id]
            self._shelf.wishes.pop(run_id, None)

    async def recover(self) -> int:
        left = [run_id for run_id, owner in self._shelf.owners.items() if not owner.is_alive]
        for run_id in left:
            del self._shelf.owners[run_id]
            self._shelf.wishes.pop(run_id, None)
            self._program.queue_what_was_asked(run_id)
            run = self._shelf.runs[run_id]
            if run.state in (RunState.RUNNING, RunState.WAITING):
                self._shelf.runs[run_id] = replace(run, state=RunState.PAUSED, failure=None)
        return len(left)

    async def wish(self, run_id: int, wish: RunWish) -> bool:
        is_elsewhere = self._program.is_elsewhere(run_id)
        if is_elsewhere:
            self._shelf.wishes[run_id] = wish
        return is_elsewhere

    async def wished(self, run_id: int) -> RunWish | None:
        wish = self._shelf.wishes.get(run_id)
        is_mine = self._shelf.owners.get(run_id) is self._program
        return wish if is_mine and wish is not RunWish.HEARD else None

    async def hear(self, run_id: int, wish: RunWish) -> None:
        if self._shelf.wishes.get(run_id) is wish:
            self._shelf.wishes[run_id] = RunWish.HEARD

    async def set_state(self, run_id: int, state: RunState, failure: AnswerFailure | None = None) -> None:
        self._shelf.runs[run_id] = replace(self._shelf.runs[run_id], state=state, failure=failure)

    async def add_worked(self, run_id: int, seconds: float) -> None:
        run = self._shelf.runs[run_id]
        self._shelf.runs[run_id] = replace(run, worked_s=run.worked_s + seconds)

    async def set_method(self, run_id: int, method: AskingMethod) -> None:
        self._shelf.runs[run_id] = replace(self._shelf.runs[run_id], method=method)

    async def freeze_server(self, run_id: int, before: RunServer, now: RunServer) -> None:
        run = self._shelf.runs[run_id]
        servers = tuple(now if server == before else server for server in run.plan.servers)
        self._shelf.runs[run_id] = replace(run, plan=replace(run.plan, servers=servers))


class MemoryRunQueue:
    """Fulfils `RunQueue`."""

    def __init__(self, program: MemoryProgram) -> None:
        self._program = program
        self._shelf = program.shelf

    async def queued(
        self, run_id: int, after: int, most: int, among: Sequence[int] | None = None
    ) -> list[QueuedItem]:
        named = self._program.named(run_id, among)
        waiting = [one for one in named if one.state is ItemState.QUEUED and one.position > after]
        return [
            QueuedItem(one.id, one.position, one.path, one.attempts, one.answer is not None)
            for one in waiting[:most]
        ]

    async def begin_item(self, item_id: int) -> None:
        item = self._program.movable(item_id, ItemState.ASKING)
        self._program.keep(replace(item, state=ItemState.ASKING, attempts=item.attempts + 1))

    async def answer_item(self, item_id: int, answer: ItemAnswer, must_fit: bool = False) -> None:
        fails = bool(answer.problems) and (must_fit or not answer.values)
        state = ItemState.FAILED if fails else ItemState.ANSWERED
        failure = AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM) if fails else None
        self._shelf.contents[item_id] = answer.content_hash
        item = self._program.movable(item_id, state)
        self._program.keep(replace(item, state=state, answer=answer, shared_from=None, failure=failure))
        if answer.usage is not None:
            self._shelf.paid.append((self._shelf.items[item_id][0], answer.usage))

    async def fail_item(self, item_id: int, failure: AnswerFailure) -> None:
        item = self._program.movable(item_id, ItemState.FAILED)
        self._program.keep(replace(item, state=ItemState.FAILED, failure=failure))

    async def requeue_item(self, item_id: int) -> None:
        self._program.keep(replace(self._program.movable(item_id, ItemState.QUEUED), state=ItemState.QUEUED))

    async def requeue(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[int]:
        named = self._program.named(run_id, item_ids)
        if item_ids is None:
            named = [item for item in named if item.state is ItemState.FAILED]
        again = [item for item in named if item.state in FINISHED]
        for item in again:
            self._program.keep(replace(item, state=ItemState.QUEUED, failure=None))
        run = self._shelf.runs[run_id]
        if again and run.state is RunState.DONE:
            self._shelf.runs[run_id] = replace(run, state=RunState.PAUSED)
        return [item.id for item in named if item in again or item.state is ItemState.QUEUED]

    async def skip(self, item_ids: Sequence[int]) -> None:
        for item_id in set(item_ids) & set(self._shelf.items):
            item = self._shelf.items[item_id][1]
            if item.state in (ItemState.QUEUED, ItemState.FAILED):
                self._program.keep(replace(item, state=ItemState.SKIPPED))


class MemoryRunTwins:
    """Fulfils `RunTwins`."""

    def __init__(self, program: MemoryProgram) -> None:
        self._program = program
        self._shelf = program.shelf

    async def note_content(self, contents: Mapping[int, str]) -> None:
        for item_id, content in contents.items():
            if self._shelf.items[item_id][1].state is not ItemState.ANSWERED:
                self._shelf.contents[item_id] = content

    async def waiting_with(self, run_id: int, content_hash: str) -> list[int]:
        waiting = (ItemState.QUEUED, ItemState.FAILED)
        return [
            one.id
            for one in self._program.of(run_id)
            if one.state in waiting and self._program.holds(one, content_hash)
        ]

    async def answered_with(self, run_id: int, content_hash: str) -> int | None:
        return next((item.id for item in self._program.answered(run_id, content_hash)), None)

    async def share_answer(self, item_id: int, from_item: int) -> None:
        item = self._program.movable(item_id, ItemState.ANSWERED)
        source = self._shelf.items[from_item][1] if from_item in self._shelf.items else None
        if source is None or source.answer is None:
            raise AppError(ErrorCode.UNEXPECTED, detail=f"item {from_item} has no answer")
        state = ItemState.ANSWERED
        self._program.keep(
            replace(item, state=state, answer=source.answer, shared_from=from_item, failure=None)
        )


class MemoryRunAnswers:
    """Fulfils `RunAnswers`."""

    def __init__(self, program: MemoryProgram) -> None:
        self._program = program
        self._shelf = program.shelf

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]:
        return self._program.named(run_id, item_ids)

    async def first_rows(self, run_id: int, most: int) -> RunRows:
        return self._rows(run_id, self._program.of(run_id)[:most])

    async def rows(self, run_id: int, item_ids: Sequence[int] | None = None) -> RunRows:
        return self._rows(run_id, self._program.named(run_id, item_ids))

    async def failed(self, run_id: int) -> list[RunItem]:
        return [item for item in self._program.of(run_id) if item.state is ItemState.FAILED]

    async def item_about(self, run_id: int, path: str) -> RunItem | None:
        return next((item for item in self._program.of(run_id) if item.path == path), None)

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None:
        for item_id, values in edited.items():
            self._program.keep(replace(self._shelf.items[item_id][1], edited=dict(values)))

    async def annotate(self, notes: Mapping[int, str]) -> None:
        for item_id, note in notes.items():
            self._program.keep(replace(self._shelf.items[item_id][1], note=note))

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]:
        newest: dict[str, tuple[int, ItemState]] = {}
        for run_id, item in self._shelf.items.values():
            if item.path in paths and item.state is not ItemState.QUEUED:
                newest[item.path] = max(newest.get(item.path, (0, item.state)), (run_id, item.state))
        return {path: state for path, (_, state) in newest.items()}

    async def field_values(self, run_name: str, key: str, content_hash: str) -> CellValue:
        run_id = next((run.id for run in self._shelf.runs.values() if run.plan.name == run_name), 0)
        return next((item.value(key) for item in self._program.answered(run_id, content_hash)), None)

    def _rows(self, run_id: int, items: Sequence[RunItem]) -> RunRows:
        run = self._shelf.runs.get(run_id)
        return RunRows() if run is None else rows_of(run.plan.form, items)


def _counts(items: Sequence[RunItem], paid: Sequence[Usage]) -> RunCounts:
    states = [item.state for item in items]
    return RunCounts(
        **{state.value: states.count(state) for state in ItemState},
        shared=sum(item.shared_from is not None and item.state is ItemState.ANSWERED for item in items),
        prompt_tokens=sum(usage.prompt_tokens for usage in paid),
        completion_tokens=sum(usage.completion_tokens for usage in paid),
    )
