from __future__ import annotations

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.services.picture_workers import MAX_STUCK_THREADS, PictureWorkers


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What stuck jobs wait for; opened at the end so that no thread is left."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def one_thread() -> Iterator[PictureWorkers]:
    workers = PictureWorkers(threads=1, limit_s=30)
    yield workers
    workers.close()


def hanging(limit_s: float = 0.1, threads: int = 1) -> PictureWorkers:
    return PictureWorkers(threads=threads, limit_s=limit_s)


async def test_results_and_errors_pass_through(one_thread: PictureWorkers) -> None:
    assert await one_thread.run(lambda: 7, "a") == 7
    with pytest.raises(AppError) as caught:
        await one_thread.run(lambda: (_ for _ in ()).throw(AppError(ErrorCode.PICTURE_BROKEN, name="b")), "b")
    assert caught.value.code is ErrorCode.PICTURE_BROKEN
    with pytest.raises(ZeroDivisionError):
        await one_thread.run(lambda: 1 // 0, "c")
    assert await one_thread.run(lambda: 8, "d") == 8


async def test_all_results_come_in_order_and_the_first_failure_when_all_have_ended() -> None:
    workers = PictureWorkers(threads=2)
    done: list[str] = []

    def job(name: str, *, fails: bool = False) -> tuple[Callable[[], str], str]:
        def work() -> str:
            done.append(name)
            if fails:
                raise AppError(ErrorCode.PICTURE_BROKEN, name=name)
            return name

        return work, name

    assert await workers.run_all([job("a"), job("b"), job("c")]) == ["a", "b", "c"]
    with pytest.raises(AppError) as caught:
        await workers.run_all([job("d"), job("e", fails=True), job("f", fails=True), job("g")])
    workers.close()
    assert caught.value.values == {"name": "e"}
    assert sorted(done) == ["a", "b", "c", "d", "e", "f", "g"]


async def test_work_is_done_in_as_many_threads_as_wanted() -> None:
    workers = PictureWorkers(threads=3)
    together = threading.Barrier(3)
    names = await asyncio.gather(
        *(workers.run(lambda: (together.wait(10), threading.current_thread().name)[1], "a") for _ in range(3))
    )
    workers.close()

    assert names == ["pictures"] * 3


async def start_first(workers: PictureWorkers, gate: threading.Event) -> asyncio.Task[bool]:
    """Keep the only thread busy until the gate opens."""
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def work() -> bool:
        loop.call_soon_threadsafe(begun.set)
        return gate.wait(30)

    task = asyncio.ensure_future(workers.run(work, "first"))
    await begun.wait()
    return task


async def test_the_newest_comes_first(one_thread: PictureWorkers, gate: threading.Event) -> None:
    first = await start_first(one_thread, gate)
    order: list[int] = []
    tasks = [asyncio.ensure_future(one_thread.run(partial(order.append, n), "x")) for n in range(4)]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *tasks)

    assert order == [3, 2, 1, 0]


async def test_what_was_cancelled_before_it_began_is_dropped_and_freed(
    one_thread: PictureWorkers, gate: threading.Event
) -> None:
    class Pixels:
        pass

    first = await start_first(one_thread, gate)
    done: list[Pixels] = []
    pixels = Pixels()
    task = asyncio.ensure_future(one_thread.run(partial(done.append, pixels), "x"))
    await asyncio.sleep(0)
    gone = weakref.ref(pixels)
    del pixels
    task.cancel()
    await asyncio.wait({task})
    assert task.cancelled()
    del task
    gc.collect()
    assert gone() is None  # while the thread is still busy

    gate.set()
    await first
    assert await one_thread.run(lambda: 1, "y") == 1
    assert done == []


async def test_a_waiting_thread_keeps_no_result_alive(one_thread: PictureWorkers) -> None:
    class Pixels:
        pass

    gone = weakref.ref(await one_thread.run(Pixels, "x"))
    await one_thread.run(lambda: None, "y")
    gc.collect()

    assert gone() is None


async def test_a_stuck_job_times_out_and_its_thread_is_replaced(gate: threading.Event) -> None:
    workers = hanging()
    with pytest.raises(AppError) as caught:
        await workers.run(lambda: gate.wait(30), "far away.jpg")

    assert caught.value.code is ErrorCode.PICTURE_TIMEOUT
    assert caught.value.values == {"name": "far away.jpg"}
    assert await workers.run(lambda: 1, "near.jpg") == 1
    gate.set()
    workers.close()


async def test_a_stuck_job_nobody_waits_for_is_replaced_too(gate: threading.Event) -> None:
    workers = hanging()
    first = await start_first(workers, gate)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first

    assert await workers.run(lambda: 1, "near.jpg") == 1
    gate.set()
    workers.close()


async def test_a_job_that_only_waits_is_not_given_up(gate: threading.Event) -> None:
    workers = hanging(limit_s=0.2)
    loop = asyncio.get_running_loop()
    first = await start_first(workers, gate)
    waiting = asyncio.ensure_future(workers.run(lambda: "late", "x"))
    loop.call_later(0.15, gate.set)

    assert await first
    assert await waiting == "late"
    workers.close()


async def test_when_every_thread_is_stuck_jobs_end_with_the_timeout(gate: threading.Event) -> None:
    others = set(threading.enumerate())
    workers = hanging(limit_s=0.05, threads=2)
    stuck = [asyncio.ensure_future(workers.run(lambda: gate.wait(30), "far")) for _ in range(40)]
    results = await asyncio.gather(*stuck, return_exceptions=True)

    assert all(isinstance(one, AppError) and one.code is ErrorCode.PICTURE_TIMEOUT for one in results)
    made = [one for one in threading.enumerate() if one not in others and one.name == "pictures"]
    assert len(made) <= MAX_STUCK_THREADS + 1
    gate.set()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            assert await workers.run(lambda: "back", "near") == "back"
            break
        except AppError:
            continue
    else:
        pytest.fail("the threads that came back are not used")
    workers.close()


async def test_a_thread_that_comes_back_does_not_stay_beside_its_replacement(gate: threading.Event) -> None:
    workers = hanging()
    with pytest.raises(AppError):
        await workers.run(lambda: gate.wait(30), "far")
    await workers.run(lambda: None, "near")
    gate.set()
    for thread in threading.enumerate():
        if thread.name == "pictures" and sum(t.name == "pictures" for t in threading.enumerate()) > 1:
            await asyncio.to_thread(thread.join, 5)
            break
    assert sum(thread.name == "pictures" for thread in threading.enumerate()) == 1
    assert await workers.run(lambda: 1, "near") == 1
    workers.close()


async def test_close_drops_what_waits_and_leaves_no_thread(gate: threading.Event) -> None:
    workers = PictureWorkers(threads=1)
    first = await start_first(workers, gate)
    waiting = asyncio.ensure_future(workers.run(lambda: 1, "x"))
    await asyncio.sleep(0)
    gate.set()
    workers.close()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await first
    assert not [thread for thread in threading.enumerate() if thread.name == "pictures"]
    with pytest.raises(asyncio.CancelledError):
        await workers.run(lambda: 1, "too late")


def test_a_result_after_the_loop_has_closed_is_dropped_quietly(gate: threading.Event) -> None:
    workers = hanging(limit_s=0.05)

    async def give_up() -> None:
        with pytest.raises(AppError):
            await workers.run(lambda: gate.wait(30), "far")

    asyncio.run(give_up())
    gate.set()
    workers.close()  # warnings are errors here: a thread that raised would fail the test
