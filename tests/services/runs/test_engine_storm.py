"""Everything at once: servers that fail at random, people who pause, skip and ask again."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence

import pytest

from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run, RunCounts, RunState
from tests.fakes.fake_server import Behaviour, FakeServer, Received, chosen, whole
from tests.services.runs.faults import FAULTS
from tests.services.runs.run_lab import RunLab, answering

pytestmark = pytest.mark.usefixtures("quick")

PASSING = [fault for name, fault in FAULTS.items() if name != "silence"]


def stormy(dice: random.Random, names: dict[str, str], answered: list[str]) -> Behaviour:
    """Answers two requests of three, after some time, and fails at the others in any way."""
    answers = [whole(answering(names, answered), after_s=seconds) for seconds in (0.0, 0.002, 0.02)]

    def choose(request: Received) -> Behaviour:
        return dice.choice(answers) if dice.random() < 0.67 else dice.choice(PASSING)

    return chosen(choose)


async def meddle(lab: RunLab, run: Run, ids: Sequence[int], dice: random.Random) -> None:
    """What people do while a run goes on."""
    match dice.randrange(12):
        case 0 | 1:
            lab.at_work.pause(run.id, at_once=dice.random() < 0.5)
        case 2:
            await lab.runs.retry(run.id)
        case 3:
            await lab.runs.skip(run.id, [dice.choice(ids)])
        case 4:
            waiting = [item.id for item in await lab.items(run, ItemState.QUEUED)]
            await lab.runs.retry(run.id, dice.sample(waiting, min(3, len(waiting))))
        case 5:
            person = lab.way.person()
            person.take()
            asyncio.get_running_loop().call_later(0.02, person.leave)


async def sitting(lab: RunLab, run: Run, ids: Sequence[int], dice: random.Random) -> RunCounts:
    """Work on a run until it is done, paused or cancelled."""
    working = asyncio.ensure_future(lab.at_work.work(run.id, dice.choice([None, None, 7])))
    while not working.done():
        await asyncio.sleep(dice.uniform(0, 0.1))
        await meddle(lab, run, ids, dice)
        if dice.random() < 0.08:
            working.cancel()
    await asyncio.wait({working})
    now = await lab.repository.load(run.id)
    assert now.counts.asking == 0
    assert now.state not in (RunState.RUNNING, RunState.WAITING)
    return now.counts


async def ended(lab: RunLab, run: Run, dice: random.Random) -> list[RunItem]:
    """One sitting after the other until every picture has an answer; none is lost on the way."""
    ids = [item.id for item in await lab.items(run)]
    kept: dict[int, object] = {}
    while True:
        counts = await sitting(lab, run, ids, dice)
        items = await lab.items(run)
        answers = {item.id: item.answer for item in items if item.state is ItemState.ANSWERED}
        assert kept.items() <= answers.items()
        kept = dict(answers)
        if counts.answered == len(ids):
            return items
        if not counts.left:
            await lab.runs.retry(run.id, [item.id for item in items if item.id not in answers])


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_every_picture_ends_with_its_own_answer(
    lab: RunLab, server: FakeServer, seed: int
) -> None:
    dice = random.Random(seed)
    paths = lab.paint(60)
    copies = [lab.picture(f"{number:04}.copy.png", number) for number in range(10)]
    names = await lab.names(paths)
    answered: list[str] = []
    before = asyncio.all_tasks()
    with FakeServer() as other:
        for one in (server, other):
            one.default = stormy(dice, names, answered)
        items = await ended(lab, await lab.make([*paths, *copies], server, other), dice)
    # What was answered more often than once had been given up, or had got lost on its way.
    attempts: Counter[str] = Counter()
    for item in items:
        assert item.value("rust") == (int(item.name[:4]) % 2 == 0)
        attempts[f"{item.name[:4]}.png"] += item.attempts
    assert Counter(answered) <= attempts
    assert set(answered) == {path.name for path in paths}
    assert asyncio.all_tasks() <= before
