"""Where runs in memory stand, and the programs that use them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.domain.answers import Usage
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import (
    ALLOWED_MOVES,
    ItemState,
    Run,
    RunWish,
)


@dataclass(eq=False)
class RunShelf:
    """What several programs share, as they share a library file.

    Attributes:
        paid: run and usage of every answer, in the order they came.
    """

    runs: dict[int, Run] = field(default_factory=dict)
    items: dict[int, tuple[int, RunItem]] = field(default_factory=dict)
    owners: dict[int, MemoryProgram] = field(default_factory=dict)
    wishes: dict[int, RunWish] = field(default_factory=dict)
    contents: dict[int, str] = field(default_factory=dict)
    paid: list[tuple[int, Usage]] = field(default_factory=list)


@dataclass(eq=False)
class MemoryProgram:
    """A program that uses runs; others on the same shelf are other processes to it.

    Attributes:
        is_alive: False when it has ended, however it did.
    """

    shelf: RunShelf = field(default_factory=RunShelf)
    is_alive: bool = True

    def of(self, run_id: int) -> list[RunItem]:
        return [item for owner, item in self.shelf.items.values() if owner == run_id]

    def named(self, run_id: int, item_ids: Sequence[int] | None) -> list[RunItem]:
        """These of a run's items, or all."""
        wanted = None if item_ids is None else set(item_ids)
        return [item for item in self.of(run_id) if wanted is None or item.id in wanted]

    def answered(self, run_id: int, content_hash: str) -> Iterable[RunItem]:
        return (
            item
            for item in self.of(run_id)
            if item.state is ItemState.ANSWERED and item.answer and item.answer.content_hash == content_hash
        )

    def holds(self, item: RunItem, content_hash: str) -> bool:
        return self.shelf.contents.get(item.id) == content_hash

    def movable(self, item_id: int, to: ItemState) -> RunItem:
        _, item = self.shelf.items.get(item_id, (0, None))
        if item is None or to not in ALLOWED_MOVES[item.state]:
            raise AppError(ErrorCode.UNEXPECTED, detail=f"item {item_id} to {to.value}")
        return item

    def keep(self, item: RunItem) -> None:
        self.shelf.items[item.id] = self.shelf.items[item.id][0], item

    def queue_what_was_asked(self, run_id: int) -> None:
        for item in self.of(run_id):
            if item.state is ItemState.ASKING:
                self.keep(replace(item, state=ItemState.QUEUED))

    def is_elsewhere(self, run_id: int) -> bool:
        owner = self.shelf.owners.get(run_id)
        return owner is not None and owner is not self and owner.is_alive

    def refuse_if_elsewhere(self, run_id: int) -> None:
        if run_id not in self.shelf.runs:
            raise AppError(ErrorCode.RUN_UNKNOWN, name=str(run_id))
        if self.is_elsewhere(run_id):
            raise AppError(ErrorCode.RUN_IN_USE, name=self.shelf.runs[run_id].plan.name)
