"""Several servers serve one run, and those that cannot be asked are done without."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import RunState
from tests.fakes.fake_server import (
    Behaviour,
    FakeServer,
    reset,
    status,
    whole,
)
from tests.services.runs.run_lab import ANSWER, RunLab, nobody

pytestmark = pytest.mark.usefixtures("quick")


async def test_two_servers_share_a_run(lab: RunLab, server: FakeServer) -> None:
    with FakeServer() as other:
        for one in (server, other):
            one.default = whole(ANSWER, after_s=0.01)
        run = await lab.make(lab.paint(60), server, other, concurrency=4)
        ended = await lab.at_work.work(run.id)
        assert ended.counts.answered == 60
        assert min(len(server.chats), len(other.chats)) >= 15
        assert max((server.asked + other.asked).values()) == 1
        assert Counter(item.answer.server for item in await lab.items(run) if item.answer) == {
            "box 0": len(server.chats),
            "box 1": len(other.chats),
        }


@pytest.mark.parametrize(
    "fault",
    [
        reset,
        status(401, {"error": "Unauthorized"}),
        status(502, "<html>"),
        status(404, {"error": "no model"}),
    ],
    ids=["reset", "401", "502", "404"],
)
async def test_of_two_servers_one_that_fails_is_done_without(
    lab: RunLab, server: FakeServer, fault: Behaviour
) -> None:
    with FakeServer() as other:
        server.default = whole(ANSWER, after_s=0.01)
        other.default = fault
        run = await lab.make(lab.paint(60), other, server, concurrency=4)
        ended = await lab.at_work.work(run.id)
        assert ended.state is RunState.DONE
        assert (ended.counts.answered, ended.counts.failed) == (60, 0)
        assert max(server.asked.values()) == 1


async def test_of_two_servers_one_that_is_away_is_done_without(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(20), nobody(), server)
    assert (await lab.at_work.work(run.id)).counts.answered == 20


async def test_the_model_of_a_server_that_did_not_answer_at_first_is_frozen_when_it_does(
    lab: RunLab, server: FakeServer
) -> None:
    made = await lab.make(lab.paint(2), server)
    plan = replace(made.plan, name="Late", servers=(replace(made.plan.servers[0], model=""),))
    run = await lab.runs.create(plan, [(item.path, item.name) for item in await lab.items(made)])
    await lab.at_work.work(run.id)
    (frozen,) = (await lab.runs.load(run.id)).plan.servers
    assert (frozen.model, frozen.base_url) == ("fake-vl", server.base_url)
    assert frozen.family == "qwen2-vl"


async def test_a_server_that_is_done_without_is_told_beside_the_run(lab: RunLab, server: FakeServer) -> None:
    server.default = whole(ANSWER, after_s=0.01)
    run = await lab.make(lab.paint(20), nobody(), server, concurrency=2)
    await lab.at_work.work(run.id)
    told = [progress for progress in lab.told if progress.resting]
    assert {(one.name, one.failure.code) for progress in told for one in progress.resting} == {
        ("box 0", ErrorCode.SERVER_REFUSED)
    }
    assert all(progress.run.failure is None for progress in told)
