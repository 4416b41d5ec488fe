"""In which order a run asks and writes down: nothing is asked before what was paid for earlier is on disk."""

from __future__ import annotations

import asyncio

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.run import ItemState, RunState
from tests.fakes.fake_server import FakeServer
from tests.fakes.library_runs import LibraryRuns
from tests.services.runs.run_lab import RunLab, states

pytestmark = pytest.mark.usefixtures("quick")

LONG_ENOUGH_S = 0.1
"""For a request to be sent that must not be."""


class Gate:
    """Answers come to the library and are not written until it opens.

    Attributes:
        came: how often one tried to be written.
        refused: so many tries find a full disk, once it is open.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_open = asyncio.Event()
        self.came = self.refused = 0
        write = LibraryRuns.answer_item

        async def held(runs: LibraryRuns, item_id: int, answer: ItemAnswer, must_fit: bool = False) -> None:
            self.came += 1
            await self.is_open.wait()
            if self.refused:
                self.refused -= 1
                raise AppError(ErrorCode.DISK_FULL)
            await write(runs, item_id, answer, must_fit)

        monkeypatch.setattr(LibraryRuns, "answer_item", held)


async def test_the_next_picture_is_made_out_but_not_asked_about_while_an_answer_is_not_kept(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    run = await lab.make(lab.paint(3), server, concurrency=1)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: gate.came == 1 and lab.told[-1].run.counts.asking == 2)
    await asyncio.sleep(LONG_ENOUGH_S)
    assert len(server.chats) == 1
    gate.is_open.set()
    assert (await working).state is RunState.DONE
    assert len(server.chats) == 3


async def test_as_many_answers_wait_to_be_kept_as_there_are_requests_at_once(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(monkeypatch)
    run = await lab.make(lab.paint(20), server, concurrency=3)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: gate.came == 3 and lab.told[-1].run.counts.asking == 6)
    await asyncio.sleep(LONG_ENOUGH_S)
    assert len(server.chats) == 3
    assert len(await lab.items(run, ItemState.QUEUED)) == 14
    gate.is_open.set()
    assert (await working).counts.answered == 20


async def test_a_picture_that_was_made_out_is_given_back_when_there_is_no_room_for_an_answer(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.ledger.SAVE_AGAIN_S", 0.05)
    gate = Gate(monkeypatch)
    run = await lab.make(lab.paint(3), server, concurrency=1)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: gate.came == 1 and lab.told[-1].run.counts.asking == 2)
    gate.refused = 2
    gate.is_open.set()
    assert (await working).state is RunState.PAUSED
    assert len(server.chats) == 1
    assert states(await lab.items(run)) == {"answered": 1, "queued": 2}
