"""Runs in memory; held to the same contract as the library."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.records import form_of, record_of
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem, RunItem
from desktop_app.domain.runs.rows import RunRows, rows_of
from desktop_app.domain.runs.run import (
    ALLOWED_MOVES,
    AskingMethod,
    ItemState,
    Run,
    RunCounts,
    RunPlan,
    RunServer,
    RunState,
)

FINISHED = (ItemState.ANSWERED, ItemState.FAILED, ItemState.SKIPPED)


@dataclass(eq=False)
class _Shelf:
    """What several repositories share, as processes share a library file."""

    runs: dict[int, Run] = field(default_factory=dict)
    items: dict[int, tuple[int, RunItem]] = field(default_factory=dict)
    owners: dict[int, MemoryRuns] = field(default_factory=dict)
    contents: dict[int, str] = field(default_factory=dict)


class MemoryRuns:
    """Fulfils `RunRepository`.

    Attributes:
        trouble: when set, every change raises it, as a full disk would.
        calls: names of the changes asked for, in order.
    """

    def __init__(self, beside: MemoryRuns | None = None) -> None:
        """`beside`: use the same runs as that one, as another process would."""
        self.trouble: AppError | None = None
        self.calls: list[str] = []
        self._shelf: _Shelf = beside._shelf if beside is not None else _Shelf()
        self._is_alive = True

    def end(self) -> None:
        """As if the process ended without a word."""
        self._is_alive = False

    async def create(self, plan: RunPlan, pictures: Sequence[tuple[str, str]]) -> Run:
        self._change("create")
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
        return replace(run, counts=_counts(self._of(run_id)), is_elsewhere=self._is_elsewhere(run_id))

    async def delete(self, run_id: int) -> None:
        self._change("delete")
        self._refuse_if_elsewhere(run_id)
        del self._shelf.runs[run_id]
        self._shelf.owners.pop(run_id, None)
        for item in self._of(run_id):
            del self._shelf.items[item.id]

    async def recover(self) -> int:
        self._change("recover")
        left = [run_id for run_id, owner in self._shelf.owners.items() if not owner._is_alive]
        for run_id in left:
            del self._shelf.owners[run_id]
            self._queue_what_was_asked(run_id)
            run = self._shelf.runs[run_id]
            if run.state in (RunState.RUNNING, RunState.WAITING):
                self._shelf.runs[run_id] = replace(run, state=RunState.PAUSED, failure=None)
        return len(left)

    async def take(self, run_id: int) -> None:
        self._change("take")
        self._refuse_if_elsewhere(run_id)
        self._queue_what_was_asked(run_id)
        self._shelf.owners[run_id] = self

    async def release(self, run_id: int) -> None:
        self._change("release")
        if self._shelf.owners.get(run_id) is self:
            del self._shelf.owners[run_id]

    async def set_state(self, run_id: int, state: RunState, failure: AnswerFailure | None = None) -> None:
        self._change("set_state")
        self._shelf.runs[run_id] = replace(self._shelf.runs[run_id], state=state, failure=failure)

    async def add_worked(self, run_id: int, seconds: float) -> None:
        self._change("add_worked")
        run = self._shelf.runs[run_id]
        self._shelf.runs[run_id] = replace(run, worked_s=run.worked_s + seconds)

    async def failed(self, run_id: int) -> list[RunItem]:
        return [item for item in self._of(run_id) if item.state is ItemState.FAILED]

    async def set_method(self, run_id: int, method: AskingMethod) -> None:
        self._change("set_method")
        self._shelf.runs[run_id] = replace(self._shelf.runs[run_id], method=method)

    async def freeze_server(self, run_id: int, before: RunServer, now: RunServer) -> None:
        self._change("freeze_server")
        run = self._shelf.runs[run_id]
        servers = tuple(now if server == before else server for server in run.plan.servers)
        self._shelf.runs[run_id] = replace(run, plan=replace(run.plan, servers=servers))

    async def queued(
        self, run_id: int, after: int, most: int, among: Sequence[int] | None = None
    ) -> list[QueuedItem]:
        named = await self.items(run_id, among)
        waiting = [one for one in named if one.state is ItemState.QUEUED and one.position > after]
        return [
            QueuedItem(one.id, one.position, one.path, one.attempts, one.answer is not None)
            for one in waiting[:most]
        ]

    async def begin_item(self, item_id: int) -> None:
        self._change("begin_item")
        item = self._movable(item_id, ItemState.ASKING)
        self._keep(replace(item, state=ItemState.ASKING, attempts=item.attempts + 1))

    async def answered_with(self, run_id: int, content_hash: str) -> int | None:
        return next((item.id for item in self._answered(run_id, content_hash)), None)

    async def note_content(self, contents: Mapping[int, str]) -> None:
        self._change("note_content")
        for item_id, content in contents.items():
            if self._shelf.items[item_id][1].state is not ItemState.ANSWERED:
                self._shelf.contents[item_id] = content

    async def twins(self, run_id: int, content_hash: str) -> list[int]:
        waiting = (ItemState.QUEUED, ItemState.FAILED)
        return [one.id for one in self._of(run_id) if one.state in waiting and self._holds(one, content_hash)]

    async def answer_item(self, item_id: int, answer: ItemAnswer, must_fit: bool = False) -> None:
        self._change("answer_item")
        fails = bool(answer.problems) and (must_fit or not answer.values)
        state = ItemState.FAILED if fails else ItemState.ANSWERED
        failure = AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM) if fails else None
        self._shelf.contents[item_id] = answer.content_hash
        item = self._movable(item_id, state)
        self._keep(replace(item, state=state, answer=answer, shared_from=None, failure=failure))

    async def share_answer(self, item_id: int, from_item: int) -> None:
        self._change("share_answer")
        item = self._movable(item_id, ItemState.ANSWERED)
        source = self._shelf.items[from_item][1] if from_item in self._shelf.items else None
        if source is None or source.answer is None:
            raise AppError(ErrorCode.UNEXPECTED, detail=f"item {from_item} has no answer")
        state = ItemState.ANSWERED
        self._keep(replace(item, state=state, answer=source.answer, shared_from=from_item, failure=None))

    async def fail_item(self, item_id: int, failure: AnswerFailure) -> None:
        self._change("fail_item")
        item = self._movable(item_id, ItemState.FAILED)
        self._keep(replace(item, state=ItemState.FAILED, failure=failure))

    async def requeue_item(self, item_id: int) -> None:
        self._change("requeue_item")
        self._keep(replace(self._movable(item_id, ItemState.QUEUED), state=ItemState.QUEUED))

    async def requeue(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[int]:
        self._change("requeue")
        named = await self.failed(run_id) if item_ids is None else await self.items(run_id, item_ids)
        again = [item for item in named if item.state in FINISHED]
        for item in again:
            self._keep(replace(item, state=ItemState.QUEUED, failure=None))
        run = self._shelf.runs[run_id]
        if again and run.state is RunState.DONE:
            self._shelf.runs[run_id] = replace(run, state=RunState.PAUSED)
        return [item.id for item in named if item in again or item.state is ItemState.QUEUED]

    async def skip(self, item_ids: Sequence[int]) -> None:
        self._change("skip")
        for item_id in set(item_ids) & set(self._shelf.items):
            item = self._shelf.items[item_id][1]
            if item.state in (ItemState.QUEUED, ItemState.FAILED):
                self._keep(replace(item, state=ItemState.SKIPPED))

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]:
        wanted = None if item_ids is None else set(item_ids)
        return [item for item in self._of(run_id) if wanted is None or item.id in wanted]

    async def first_rows(self, run_id: int, most: int) -> RunRows:
        return rows_of((await self.load(run_id)).plan.form, self._of(run_id)[:most])

    async def rows(self, run_id: int, item_ids: Sequence[int] | None = None) -> RunRows:
        form = (await self.load(run_id)).plan.form
        return rows_of(form, await self.items(run_id, item_ids))

    async def item_about(self, run_id: int, path: str) -> RunItem | None:
        return next((item for item in self._of(run_id) if item.path == path), None)

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None:
        self._change("edit")
        for item_id, values in edited.items():
            self._keep(replace(self._shelf.items[item_id][1], edited=dict(values)))

    async def annotate(self, item_id: int, note: str) -> None:
        self._change("annotate")
        self._keep(replace(self._shelf.items[item_id][1], note=note))

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]:
        newest: dict[str, tuple[int, ItemState]] = {}
        for run_id, item in self._shelf.items.values():
            if item.path in paths and item.state is not ItemState.QUEUED:
                newest[item.path] = max(newest.get(item.path, (0, item.state)), (run_id, item.state))
        return {path: state for path, (_, state) in newest.items()}

    async def field_values(self, run_name: str, key: str, content_hash: str) -> CellValue:
        run = await self.find(run_name)
        found = self._answered(run.id, content_hash) if run is not None else ()
        return next((item.value(key) for item in found), None)

    def _change(self, name: str) -> None:
        self.calls.append(name)
        if self.trouble is not None:
            raise self.trouble

    def _of(self, run_id: int) -> list[RunItem]:
        return [item for owner, item in self._shelf.items.values() if owner == run_id]

    def _answered(self, run_id: int, content_hash: str) -> Iterable[RunItem]:
        return (
            item
            for item in self._of(run_id)
            if item.state is ItemState.ANSWERED and item.answer and item.answer.content_hash == content_hash
        )

    def _holds(self, item: RunItem, content_hash: str) -> bool:
        return self._shelf.contents.get(item.id) == content_hash

    def _movable(self, item_id: int, to: ItemState) -> RunItem:
        _, item = self._shelf.items.get(item_id, (0, None))
        if item is None or to not in ALLOWED_MOVES[item.state]:
            raise AppError(ErrorCode.UNEXPECTED, detail=f"item {item_id} to {to.value}")
        return item

    def _keep(self, item: RunItem) -> None:
        self._shelf.items[item.id] = self._shelf.items[item.id][0], item

    def _queue_what_was_asked(self, run_id: int) -> None:
        for item in self._of(run_id):
            if item.state is ItemState.ASKING:
                self._keep(replace(item, state=ItemState.QUEUED))

    def _is_elsewhere(self, run_id: int) -> bool:
        owner = self._shelf.owners.get(run_id)
        return owner is not None and owner is not self and owner._is_alive

    def _refuse_if_elsewhere(self, run_id: int) -> None:
        if run_id not in self._shelf.runs:
            raise AppError(ErrorCode.RUN_UNKNOWN, name=str(run_id))
        if self._is_elsewhere(run_id):
            raise AppError(ErrorCode.RUN_IN_USE, name=self._shelf.runs[run_id].plan.name)


def _counts(items: Sequence[RunItem]) -> RunCounts:
    states = [item.state for item in items]
    own = [item.answer.usage for item in items if item.answer and item.shared_from is None]
    usages = [usage for usage in own if usage is not None]
    return RunCounts(
        **{state.value: states.count(state) for state in ItemState},
        shared=sum(item.shared_from is not None and item.state is ItemState.ANSWERED for item in items),
        prompt_tokens=sum(usage.prompt_tokens for usage in usages),
        completion_tokens=sum(usage.completion_tokens for usage in usages),
    )
