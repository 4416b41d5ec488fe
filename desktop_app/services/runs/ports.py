"""What keeps runs, as Protocols; see `services.ports` and `handover_ports` for the rest.

Methods raise `AppError` and nothing else for whatever can go wrong outside the program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem, RunItem
from desktop_app.domain.runs.rows import RunRows
from desktop_app.domain.runs.run import AskingMethod, ItemState, Run, RunPlan, RunServer, RunState, RunWish


class RunRepository(Protocol):
    """Keeps runs. Every method returns after the change is on disk."""

    async def create(self, plan: RunPlan, pictures: Sequence[tuple[str, str]]) -> Run:
        """Freeze a run over these pictures, each a path and the name to show.

        Raises:
            AppError: RUN_NAME_TAKEN, RUN_EMPTY, FORM_BROKEN.
        """
        ...

    async def all(self) -> list[Run]:
        """Every run, newest first."""
        ...

    async def find(self, name: str) -> Run | None: ...

    async def load(self, run_id: int) -> Run:
        """
        Raises:
            AppError: RUN_UNKNOWN.
        """
        ...

    async def delete(self, run_id: int) -> None:
        """Remove a run and its answers.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN.
        """
        ...


class RunHolding(Protocol):
    """Keeps who works on a run, and how the run as a whole stands.

    Every method returns after the change is on disk.
    """

    async def take(self, run_id: int) -> None:
        """Make this process the only one that works on the run until `release` or its own end; what was
        being asked is queued again.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN.
        """
        ...

    async def release(self, run_id: int) -> None: ...

    async def recover(self) -> int:
        """Runs whose process is gone become PAUSED and what they were asking is queued again; how many."""
        ...

    async def wish(self, run_id: int, wish: RunWish) -> bool:
        """Tell the process that works on the run; False when no other one does. It is told until somebody
        takes the run or lets go of it.
        """
        ...

    async def wished(self, run_id: int) -> RunWish | None:
        """What others want of this process, which works on the run; None when it has heard that."""
        ...

    async def hear(self, run_id: int, wish: RunWish) -> None:
        """This process begins to do as wished; it may have been wished otherwise meanwhile."""
        ...

    async def set_state(self, run_id: int, state: RunState, failure: AnswerFailure | None = None) -> None: ...

    async def add_worked(self, run_id: int, seconds: float) -> None:
        """The run was worked on for so long."""
        ...

    async def set_method(self, run_id: int, method: AskingMethod) -> None: ...

    async def freeze_server(self, run_id: int, before: RunServer, now: RunServer) -> None:
        """A server that did not answer when the run was made has told which model it has."""
        ...


class RunQueue(Protocol):
    """Keeps what is left of a run to ask about, and what became of the rest.

    Every method returns after the change is on disk.
    """

    async def queued(
        self, run_id: int, after: int, most: int, among: Sequence[int] | None = None
    ) -> list[QueuedItem]:
        """The next queued items behind position `after`, in order; `among`: only of these."""
        ...

    async def begin_item(self, item_id: int) -> None:
        """Queued becomes asking, and counts as another attempt. After a power cut, and only then, it may be
        queued as before.
        """
        ...

    async def answer_item(self, item_id: int, answer: ItemAnswer, must_fit: bool = False) -> None:
        """Asking becomes answered, or failed when no field has a value; `must_fit`: or when one has none."""
        ...

    async def fail_item(self, item_id: int, failure: AnswerFailure) -> None: ...

    async def requeue_item(self, item_id: int) -> None:
        """Asking becomes queued again without having been answered."""
        ...

    async def requeue(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[int]:
        """Queue these items again, or all failed ones; those of them that are queued now, in order.

        Values a person set and notes stay. A run that was done is paused then.
        """
        ...

    async def skip(self, item_ids: Sequence[int]) -> None:
        """Leave out those that are queued or failed."""
        ...


class RunTwins(Protocol):
    """Keeps which pictures of a run hold the same bytes, and the answers they share.

    Every method returns after the change is on disk.
    """

    async def note_content(self, contents: Mapping[int, str]) -> None:
        """Items that are not answered hold these bytes, by their hashes."""
        ...

    async def waiting_with(self, run_id: int, content_hash: str) -> list[int]:
        """The queued and failed items that hold these bytes, as far as that has been noted, in order."""
        ...

    async def answered_with(self, run_id: int, content_hash: str) -> int | None:
        """The item that was answered about exactly these bytes."""
        ...

    async def share_answer(self, item_id: int, from_item: int) -> None:
        """Queued becomes answered with the answer of another item."""
        ...


@dataclass(frozen=True, slots=True)
class RunStores:
    """All that those need who change runs; `RunAnswers` is for those who look at them."""

    runs: RunRepository
    holding: RunHolding
    queue: RunQueue
    twins: RunTwins


class RunAnswers(Protocol):
    """Keeps what runs hold of their pictures, and what people put right there.

    Every method returns after the change is on disk.
    """

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]:
        """All items in order, or these."""
        ...

    async def first_rows(self, run_id: int, most: int) -> RunRows:
        """As `rows`, but the first items only: what a screen shows while the others are read."""
        ...

    async def rows(self, run_id: int, item_ids: Sequence[int] | None = None) -> RunRows:
        """All items in order, or these, without what only their details show; for 100,000 at once."""
        ...

    async def failed(self, run_id: int) -> list[RunItem]:
        """The failed items, in order."""
        ...

    async def item_about(self, run_id: int, path: str) -> RunItem | None:
        """The first item of a run that is about this file."""
        ...

    async def edit(self, edited: Mapping[int, Mapping[str, CellValue]]) -> None:
        """Replace the values a person has set, by item, all or none; the answers are never changed."""
        ...

    async def annotate(self, notes: Mapping[int, str]) -> None:
        """Replace the person's remarks, by item, all or none."""
        ...

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]:
        """For each path that a run was about its state in the newest such run, for the gallery's marks."""
        ...

    async def field_values(self, run_name: str, key: str, content_hash: str) -> CellValue:
        """What a run holds for a field about these bytes; None when nothing."""
        ...


class RunChanges(Protocol):
    """Tells what other processes change in the library."""

    async def is_changed(self) -> bool:
        """Whether another process changed anything since the last time; the first time it has. Takes no time
        to speak of.
        """
        ...

    async def items(self, run_id: int) -> list[int]:
        """Ids of a run's items that are not as they were the last time, in order; the first time those that
        are not as they were when the run was made.
        """
        ...

    async def forget(self, run_id: int) -> None:
        """The run is gone; another one may get its number."""
        ...
