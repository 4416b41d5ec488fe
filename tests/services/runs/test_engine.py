"""A run from its first picture to its last, against a server that does what it should."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.runs.run import AskingMethod, ItemState, RunState
from tests.fakes.fake_server import FakeServer, hang, picture_of, whole
from tests.services.runs.run_lab import ANSWER, FORM, RunLab, answering, plain, states

pytestmark = pytest.mark.usefixtures("quick")


async def test_every_picture_gets_its_own_answer(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(50)
    server.default = whole(answering(await lab.names(paths)), usage=(30, 5))
    run = await lab.make(paths, server)
    ended = await lab.at_work.work(run.id)
    items = await lab.items(run)
    assert [item.value("rust") for item in items] == [number % 2 == 0 for number in range(50)]
    assert ended.state is RunState.DONE
    assert (ended.counts.answered, ended.counts.prompt_tokens, ended.counts.completion_tokens) == (
        50,
        1500,
        250,
    )
    assert ended.method is AskingMethod.SCHEMA
    kept = await lab.repository.load(run.id)
    assert (kept.state, kept.counts, kept.failure) == (RunState.DONE, ended.counts, None)
    assert kept.worked_s > 0
    assert max(server.asked.values()) == 1
    assert lab.at_work.working == ()


async def test_progress_counts_along(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(12), server)
    await lab.at_work.work(run.id)
    assert all(told.run.counts.total == 12 for told in lab.told)
    assert all(told.in_flight <= 8 for told in lab.told)
    done = [told.run.counts.done for told in lab.told]
    assert done == sorted(done)
    assert done[-1] == 12
    changed = {item_id for told in lab.told for item_id in told.changed}
    assert changed == {item.id for item in await lab.items(run)}


async def test_no_more_requests_at_once_than_the_user_allows(lab: RunLab, server: FakeServer) -> None:
    server.default = whole(ANSWER, after_s=0.01)
    run = await lab.make(lab.paint(30), server, concurrency=3)
    await lab.at_work.work(run.id)
    assert max(told.in_flight for told in lab.told) == 3


async def test_a_sample_and_then_the_rest(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(20)
    run = await lab.make(paths, server)
    sampled = await lab.at_work.work(run.id, 5)
    assert sampled.state is RunState.READY
    assert [item.state is ItemState.ANSWERED for item in await lab.items(run)] == [True] * 5 + [False] * 15
    known = (await lab.runs.load(run.id)).estimate
    assert known is not None
    assert known.tokens == 15 * 35
    ended = await lab.at_work.work(run.id)
    assert ended.state is RunState.DONE
    assert sorted(server.asked.values()) == [1] * 20


async def test_a_run_with_nothing_left_asks_nobody(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(2), server)
    await lab.at_work.work(run.id)
    server.requests.clear()
    assert (await lab.at_work.work(run.id)).state is RunState.DONE
    assert server.requests == []


async def test_identical_bytes_are_asked_about_once(lab: RunLab, server: FakeServer) -> None:
    first, *others = lab.paint(4)
    copies = [lab.picture(f"copy {number}.png", 0) for number in range(30)]
    server.default = whole(ANSWER, after_s=0.02)
    run = await lab.make([first, *copies, *others], server)
    ended = await lab.at_work.work(run.id)
    assert ended.counts.answered == 34
    assert ended.counts.shared == 30
    assert ended.counts.prompt_tokens == 4 * 30
    assert sorted(server.asked.values()) == [1, 1, 1, 1]
    items = await lab.items(run)
    assert {item.shared_from for item in items if item.name.startswith("copy")} == {items[0].id}


async def test_a_later_copy_gets_the_answer_of_an_earlier_sitting(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make([*lab.paint(2), lab.picture("copy.png", 0)], server)
    await lab.at_work.work(run.id, 2)
    ended = await lab.at_work.work(run.id)
    assert ended.counts.shared == 1
    assert len(server.chats) == 2


@pytest.mark.parametrize("variable", ["file", "folder"])
async def test_identical_bytes_are_asked_about_each_when_the_prompt_names_the_file(
    lab: RunLab, server: FakeServer, variable: str
) -> None:
    paths = [lab.picture("a.png", 1), lab.picture("b.png", 1)]
    run = await lab.make(paths, server, form=plain(FORM, f"Is {{{{{variable}}}}} its name?"))
    ended = await lab.at_work.work(run.id)
    assert ended.counts.shared == 0
    assert len(server.chats) == 2
    prompts = {request.json["messages"][0]["content"][1]["text"].splitlines()[0] for request in server.chats}
    name = {"file": {"a.png", "b.png"}, "folder": {"pictures"}}[variable]
    assert prompts == {f"Is {one} its name?" for one in name}


async def test_a_copy_of_a_picture_without_an_answer_is_asked_about_itself(
    lab: RunLab, server: FakeServer
) -> None:
    run = await lab.make([lab.picture("a.png", 1), lab.picture("b.png", 1)], server)
    server.answer_with(whole("no"), whole("nothing"), whole(ANSWER))
    ended = await lab.at_work.work(run.id)
    assert states(await lab.items(run)) == {"failed": 1, "answered": 1}
    assert ended.counts.shared == 0
    assert len(server.chats) == 3


async def test_asking_again_brings_a_new_answer_for_all_copies_that_are_asked_again(
    lab: RunLab, server: FakeServer
) -> None:
    run = await lab.make([lab.picture(f"{name}.png", 1) for name in "abc"], server)
    await lab.at_work.work(run.id)
    first, second, _ = await lab.items(run)
    server.default = whole('{"rust": false, "part": "plate"}')
    assert await lab.runs.retry(run.id, [first.id, second.id]) == [first.id, second.id]
    await lab.at_work.work(run.id)
    assert [item.value("part") for item in await lab.items(run)] == ["plate", "plate", "bolt"]
    assert len(server.chats) == 2


async def test_a_plain_prompt_takes_any_words(lab: RunLab, server: FakeServer) -> None:
    server.default = whole("A bolt, rusty.")
    run = await lab.make(lab.paint(2), server, form=plain_form("What is this?"))
    ended = await lab.at_work.work(run.id)
    assert ended.method is AskingMethod.PLAIN
    assert [item.value("answer") for item in await lab.items(run)] == ["A bolt, rusty."] * 2
    assert "response_format" not in server.chats[0].json


async def test_pausing_lets_what_is_being_asked_finish_and_keeps_it(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(30), server, concurrency=4)
    server.default = whole(ANSWER, after_s=0.05)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) >= 4)
    lab.at_work.pause(run.id)
    ended = await working
    assert ended.state is RunState.PAUSED
    assert ended.failure is None
    assert states(await lab.items(run)) == {"answered": len(server.chats), "queued": 30 - len(server.chats)}
    assert server.left == 0


async def test_pausing_at_once_gives_up_what_is_being_asked(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(6), server, concurrency=4)
    server.default = hang
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == 4)
    lab.at_work.pause(run.id)
    lab.at_work.pause(run.id, at_once=True)
    ended = await working
    assert ended.state is RunState.PAUSED
    assert states(await lab.items(run)) == {"queued": 6}
    await lab.until(lambda: server.left == 4)
    server.default = whole(ANSWER)
    assert (await lab.at_work.work(run.id)).state is RunState.DONE


async def test_a_run_that_was_paused_before_it_began_asks_nothing(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(3), server)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await asyncio.sleep(0)
    assert lab.at_work.is_working(run.id)
    lab.at_work.pause(run.id)
    assert (await working).state is RunState.PAUSED
    assert server.chats == []


async def test_cancelling_gives_everything_back(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(6), server)
    server.default = hang
    before = asyncio.all_tasks()
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == 6)
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert states(await lab.items(run)) == {"queued": 6}
    kept = await lab.repository.load(run.id)
    assert kept.state is RunState.PAUSED
    assert not lab.at_work.is_working(run.id)
    assert asyncio.all_tasks() <= before


async def test_closing_waits_for_a_run_that_is_just_beginning(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(3), server)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await asyncio.sleep(0)
    await lab.at_work.close()
    assert working.done() or not lab.at_work.working
    assert (await working).state is RunState.PAUSED


async def test_a_stopped_run_says_so_and_can_be_resumed(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(20), server, concurrency=2)
    server.default = whole(ANSWER, after_s=0.02)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) >= 2)
    await lab.runs.stop(run.id)
    assert (await working).state is RunState.STOPPED
    assert (await lab.repository.load(run.id)).state is RunState.STOPPED
    assert (await lab.at_work.work(run.id)).state is RunState.DONE
    assert max(server.asked.values()) == 1


async def test_one_run_is_worked_on_once_at_a_time(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(5), server)
    first, second = await asyncio.gather(
        lab.at_work.work(run.id), lab.at_work.work(run.id), return_exceptions=True
    )
    assert not isinstance(first, BaseException)
    assert isinstance(second, AppError)
    assert second.code is ErrorCode.RUN_IN_USE
    assert max(server.asked.values()) == 1


async def test_two_runs_work_at_the_same_time(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(10)
    runs = [await lab.make(paths, server, name=name) for name in ("one", "two")]
    ended = await asyncio.gather(*(lab.at_work.work(run.id) for run in runs))
    assert [run.counts.answered for run in ended] == [10, 10]


async def test_another_process_leaves_a_working_run_alone(
    lab: RunLab, server: FakeServer, tmp_path: Path
) -> None:
    run = await lab.make(lab.paint(3), server)
    other = RunLab(lab.folder, tmp_path / "library.sqlite")
    server.default = hang
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == 3)
    for attempt in (other.at_work.work, other.runs.retry, other.runs.delete):
        with pytest.raises(AppError) as caught:
            await attempt(run.id)
        assert caught.value.code is ErrorCode.RUN_IN_USE
    assert await other.runs.recover() == 0
    lab.at_work.pause(run.id, at_once=True)
    assert (await working).state is RunState.PAUSED
    server.default = whole(ANSWER)
    assert (await other.at_work.work(run.id)).state is RunState.DONE
    await other.close()


async def test_failed_pictures_are_asked_again_while_the_run_goes_on(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(20)
    digest = await lab.sent_digest(paths[0])
    run = await lab.make(paths, server, concurrency=2)
    server.default = whole(lambda request: "no" if picture_of(request) == digest else ANSWER, after_s=0.02)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.counts.failed == 1)
    server.default = whole(ANSWER, after_s=0.02)
    assert len(await lab.runs.retry(run.id)) == 1
    ended = await working
    assert ended.state is RunState.DONE
    assert (ended.counts.answered, ended.counts.failed) == (20, 0)
    assert all(told.run.counts.total == 20 for told in lab.told[-3:])


async def test_a_retry_in_a_sample_does_not_ask_about_the_rest(lab: RunLab, server: FakeServer) -> None:
    paths = lab.paint(9)
    digest = await lab.sent_digest(paths[1])
    run = await lab.make(paths, server, concurrency=1)
    server.default = whole(lambda request: "no" if picture_of(request) == digest else ANSWER, after_s=0.02)
    working = asyncio.ensure_future(lab.at_work.work(run.id, 5))
    await lab.until(lambda: bool(lab.told) and lab.told[-1].run.counts.failed == 1)
    server.default = whole(ANSWER)
    await lab.runs.retry(run.id)
    assert (await working).state is RunState.READY
    assert states(await lab.items(run)) == {"answered": 5, "queued": 4}


async def test_pictures_left_out_while_they_wait_are_passed_over(lab: RunLab, server: FakeServer) -> None:
    paths = [*lab.paint(14), lab.picture("copy.png", 0)]
    (lab.folder / "broken.png").write_bytes(b"no picture")
    run = await lab.make([*paths, lab.folder / "broken.png"], server, concurrency=2)
    server.default = whole(ANSWER, after_s=0.05)
    items = await lab.items(run)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) == 2)
    # Some of these are made ready already.
    await lab.runs.skip(run.id, [item.id for item in items[3:]])
    ended = await working
    assert ended.state is RunState.DONE
    assert ended.failure is None
    assert states(await lab.items(run)) == {"answered": 3, "skipped": 13}
    assert (ended.counts.answered, ended.counts.skipped, ended.counts.left) == (3, 13, 0)


async def test_a_person_goes_first(lab: RunLab, server: FakeServer) -> None:
    run = await lab.make(lab.paint(12), server, concurrency=2)
    server.default = whole(ANSWER, after_s=0.02)
    working = asyncio.ensure_future(lab.at_work.work(run.id))
    await lab.until(lambda: len(server.chats) >= 2)
    person = lab.way.person()
    person.take()
    await lab.until(lambda: lab.in_flight(run) == 0)
    asked = len(server.chats)
    assert asked < 12
    await asyncio.sleep(0.1)
    assert len(server.chats) == asked
    person.leave()
    assert (await working).counts.answered == 12
