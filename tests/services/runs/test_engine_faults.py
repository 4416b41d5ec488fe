"""A run among servers that fail, pictures that are broken, folders that vanish and clocks that jump."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.failures import grouped
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import ItemState, RunPlan, RunState
from desktop_app.domain.vision_tokens import VisionFamily
from desktop_app.services.runs.trouble import MOST_TRIES
from tests.fakes.fake_server import (
    Behaviour,
    FakeServer,
    chosen,
    closed_port,
    picture_of,
    status,
    whole,
)
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.waiting import LONG_S
from tests.services.runs.faults import FAULTS
from tests.services.runs.run_lab import ANSWER, RunLab, answering, nobody, states

pytestmark = pytest.mark.usefixtures("quick")


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_that_passes_costs_no_answer(lab: RunLab, server: FakeServer, fault: str) -> None:
    paths = lab.paint(12)
    names = await lab.names(paths)
    server.default = whole(answering(names))
    run = await lab.make(paths, server)
    server.answer_with(*[whole(answering(names)), FAULTS[fault]] * 3)
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.DONE, ended.failure
    assert [item.value("rust") for item in await lab.items(run)] == [number % 2 == 0 for number in range(12)]
    assert max(server.asked.values()) <= 4


@pytest.mark.parametrize(
    "refusal",
    [
        status(400, {"error": {"message": "cannot identify image file"}}),
        status(400, {"error": {"message": "something odd"}}),
        status(413, {"error": {"message": "too large"}}),
        status(422, {"detail": "no"}),
        status(500, {"error": {"message": "it broke"}}),
    ],
)
async def test_a_picture_that_is_refused_fails_alone(
    lab: RunLab, server: FakeServer, refusal: Behaviour
) -> None:
    paths = lab.paint(20)
    bad = await lab.sent_digest(paths[7])
    good = whole(ANSWER)
    server.default = chosen(lambda request: refusal if picture_of(request) == bad else good)
    run = await lab.make(paths, server)
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.DONE
    assert states(await lab.items(run)) == {"answered": 19, "failed": 1}
    assert (await lab.items(run, ItemState.FAILED))[0].name == "0007.png"
    assert server.asked[bad] <= MOST_TRIES
    # One picture that is refused says nothing of what the server can do with the others.
    last = [request.json for request in server.chats if picture_of(request) != bad][-1]
    assert "response_format" in last
    assert "logprobs" in last


async def test_thirty_broken_files_among_three_hundred(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(300)
    for number, path in enumerate(paths):
        if number % 10 == 3:
            whole_file = path.read_bytes()
            broken = [b"", b"no picture at all", whole_file[:40], whole_file[:-20]][number // 10 % 4]
            path.write_bytes(broken)
    paths[13].unlink()
    run = await lab.make(paths, server)
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.DONE
    items = await lab.items(run)
    failed = [item for item in items if item.state is ItemState.FAILED]
    assert {item.position % 10 for item in failed} == {3}
    # A picture that lacks its last bytes may still be shown, and is asked about then.
    assert states(items)["answered"] == 300 - len(failed)
    assert len(failed) >= 23
    groups = grouped(await lab.repository.failed(run.id))
    assert sum(len(group.item_ids) for group in groups) == len(failed)
    codes = {group.example.code for group in groups}
    assert {ErrorCode.PICTURE_EMPTY, ErrorCode.PICTURE_MISSING, ErrorCode.PICTURE_UNKNOWN_FORMAT} <= codes
    assert max(server.asked.values()) == 1


async def test_a_server_that_is_gone_is_waited_for(lab: RunLab) -> None:
    paths = lab.paint(40)
    names = await lab.names(paths)
    with FakeServer() as first:
        first.default = whole(answering(names), after_s=0.02)
        run = await lab.make(paths, first, concurrency=4)
        working = asyncio.ensure_future(lab.at_work.work(run.id))
        await lab.until(lambda: len(first.chats) >= 12)
    await lab.until(lambda: lab.told[-1].run.state is RunState.WAITING)
    kept = await lab.repository.load(run.id)
    assert kept.state is RunState.WAITING
    assert kept.failure is not None
    assert kept.failure.code is ErrorCode.SERVER_REFUSED
    assert kept.counts.failed == 0
    before = await lab.items(run, ItemState.ANSWERED)
    with FakeServer(port=first.port) as second:
        second.default = whole(answering(names))
        ended = await working
        assert ended.state is RunState.DONE
        assert ended.failure is None
    items = await lab.items(run)
    assert [item.value("rust") for item in items] == [number % 2 == 0 for number in range(40)]
    assert before == items[: len(before)]
    assert set(first.asked.values()) | set(second.asked.values()) == {1}


async def test_a_server_that_is_not_there_yet_is_waited_for(lab: RunLab) -> None:
    port = closed_port()
    away = FakeServer(port=port)
    run = await lab.make(lab.paint(3), away)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.state is RunState.WAITING)
    away.default = whole(ANSWER)
    with away:
        assert (await working).counts.answered == 3


async def test_a_server_that_lists_its_models_but_answers_nothing_is_waited_for(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.fleet.REST_S", 60.0)
    server.default = status(503, {"error": {"message": "loading"}})
    run = await lab.make(lab.paint(3), server, concurrency=1)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.state is RunState.WAITING)
    failure = lab.told[-1].run.failure
    assert failure is not None
    assert failure.code is ErrorCode.SERVER_BUSY
    lab.at_work.pause(run.id)
    assert (await working).counts.queued == 3


async def test_a_refused_key_pauses_after_the_first_refusal(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.services.runs.fleet.REST_S", 60.0)
    server.default = status(401, {"error": "Unauthorized"})
    run = await lab.make(lab.paint(3), server, concurrency=1)
    ended = await asyncio.wait_for(lab.at_work.work(run.id), LONG_S)
    assert ended.state is RunState.PAUSED
    assert len(server.chats) == 1


async def test_waiting_can_be_paused(lab: RunLab) -> None:
    run = await lab.make(lab.paint(3), nobody())
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.state is RunState.WAITING)
    lab.at_work.pause(run.id)
    ended = await working
    assert ended.state is RunState.PAUSED
    assert ended.counts.queued == 3


async def test_a_picture_that_takes_the_server_down_stops_no_other(lab: RunLab, server: FakeServer) -> None:
    """It is asked about last, and blamed at last."""
    paths = lab.paint(30)
    poison = await lab.sent_digest(paths[4])
    dead = status(500, {"error": {"message": "EngineCore encountered an issue."}})
    good = whole(ANSWER)
    server.default = chosen(lambda request: dead if picture_of(request) == poison else good)
    run = await lab.make(paths, server, concurrency=2)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.counts.answered == 29)
    lab.at_work.pause(run.id)
    ended = await working
    assert ended.counts.answered == 29
    assert ended.counts.left + ended.counts.failed == 1


async def test_a_refused_key_in_the_middle_pauses_with_its_sentence(lab: RunLab, server: FakeServer) -> None:
    lab.key = "expires"
    run = await lab.make(lab.paint(20), server, concurrency=2)
    server.answer_with(*[whole(ANSWER)] * 6)
    server.default = status(401, {"error": "Unauthorized"})
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.PAUSED
    assert ended.failure is not None
    assert ended.failure.code is ErrorCode.SERVER_KEY
    assert dict(ended.failure.values)["server"] == f"127.0.0.1:{server.port}"
    assert states(await lab.items(run)) == {"answered": 6, "queued": 14}
    kept = await lab.repository.load(run.id)
    assert (kept.state, kept.failure) == (RunState.PAUSED, ended.failure)
    server.default = whole(ANSWER)
    again = await lab.at_work.work(run.id)
    assert (again.state, again.failure, again.counts.answered) == (RunState.DONE, None, 20)


async def test_a_server_that_fails_at_everything_pauses_the_run(lab: RunLab, server: FakeServer) -> None:
    server.default = status(500, {"error": {"message": "it broke"}})
    run = await lab.make(lab.paint(60), server)
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.PAUSED
    assert ended.failure is not None
    assert ended.failure.code is ErrorCode.SERVER_FAILED
    assert ended.counts.failed < 30


async def test_a_folder_that_vanishes_pauses_the_run(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(60), server, concurrency=2)
    server.default = whole(ANSWER, after_s=0.02)
    away = lab.folder.with_name("elsewhere")
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) >= 5)
    lab.folder.rename(away)
    ended = await working
    assert ended.state is RunState.PAUSED
    assert ended.failure is not None
    assert ended.failure.code is ErrorCode.FOLDER_MISSING
    assert dict(ended.failure.values) == {"name": "pictures"}
    assert ended.counts.failed == 0
    away.rename(lab.folder)
    assert (await lab.at_work.work(run.id)).counts.answered == 60
    assert max(server.asked.values()) == 1


async def test_a_drive_that_has_stopped_answering_pauses_the_run(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_slow(*about: object) -> None:
        raise AppError(ErrorCode.PICTURE_TIMEOUT, name="a.png")

    monkeypatch.setattr(lab.pictures, "prepare", too_slow)
    run = await lab.make(lab.paint(10), server)
    ended = await lab.at_work.work(run.id)
    assert ended.failure is not None
    assert ended.failure.code is ErrorCode.PICTURE_TIMEOUT
    assert states(await lab.items(run)) == {"failed": 2, "queued": 8}


async def test_a_mistake_of_the_program_about_one_picture_stops_no_other(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = lab.pictures.prepare

    async def sometimes(plan: RunPlan, item: QueuedItem, family: VisionFamily) -> PreparedPicture:
        if item.position == 3:
            raise ZeroDivisionError
        return await prepare(plan, item, family)

    monkeypatch.setattr(lab.pictures, "prepare", sometimes)
    run = await lab.make(lab.paint(10), server)
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.DONE
    (failed,) = await lab.items(run, ItemState.FAILED)
    assert failed.position == 3
    assert failed.failure is not None
    assert failed.failure.code is ErrorCode.UNEXPECTED
    assert "ZeroDivisionError" in failed.failure.detail


async def test_a_clock_that_is_set_back_does_not_matter(
    lab: RunLab, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await lab.make(lab.paint(20), server, concurrency=2)
    server.default = whole(ANSWER, after_s=0.01)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) >= 4)
    monkeypatch.setattr("time.time", lambda: 1000.0)
    before = datetime.now(UTC) - timedelta(days=4000)
    later = LibraryRuns(lab.library, lambda: before)
    ended = await working
    assert ended.state is RunState.DONE
    assert (await lab.repository.load(run.id)).worked_s > 0
    made = await later.create(replace(ended.plan, name="Older"), [("/a", "a")])
    assert [one.plan.name for one in await lab.runs.all()] == ["Older", "Bridge"]
    assert made.created == before.replace(microsecond=made.created.microsecond)


async def test_after_a_restart_the_run_goes_on_where_it_was(
    lab: RunLab, server: FakeServer, tmp_path: Path
) -> None:
    run = await lab.make(lab.paint(20), server, concurrency=2)
    server.default = whole(ANSWER, after_s=0.02)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) >= 6)
    await lab.at_work.close()
    paused = await working
    assert paused.state is RunState.PAUSED
    other = RunLab(lab.folder, tmp_path / "library.sqlite")
    assert (await other.at_work.work(run.id)).state is RunState.DONE
    # Those in flight were given up; the server learns of it in its own time.
    await lab.until(lambda: len(server.chats) == 20 + server.left)
    await other.close()


async def test_what_a_server_says_is_kept_even_when_it_is_no_form(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(1), server)
    server.default = whole(json.dumps({"rust": "maybe"}))
    await lab.at_work.work(run.id)
    (item,) = await lab.items(run)
    assert item.state is ItemState.FAILED
    assert item.answer is not None
    assert item.answer.raw == '{"rust": "maybe"}'
    assert item.failure is not None
    assert item.failure.code is ErrorCode.ANSWER_NOT_A_FORM
    shutil.rmtree(lab.folder)  # what is kept needs no pictures
    assert (await lab.items(run))[0].answer == item.answer
