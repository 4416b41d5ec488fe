"""Marks in the gallery follow what runs do to pictures."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any

from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.runs.run import ItemState
from desktop_app.services.runs.gallery_marks import AT_ONCE, RunMarks


class Gallery:
    """Remembers the marks it was told, over runs whose states are known and answers of conversations."""

    def __init__(self, states: Mapping[str, ItemState], talked: Mapping[str, AnswerState]) -> None:
        self.states, self.talked = states, talked
        self.told: list[Mapping[str, AnswerState | None]] = []
        self.tasks: list[asyncio.Task[None]] = []
        self.marks = RunMarks(self, self.told.append, self._all, self._start)

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]:
        return {path: self.states[path] for path in paths if path in self.states}

    async def _all(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        talked = {path: self.talked[path] for path in paths if path in self.talked}
        found = await self.marks.of(paths) | talked
        await asyncio.sleep(0)
        return found

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(work))


async def test_what_runs_asked_is_marked_and_what_waits_is_not() -> None:
    gallery = Gallery(
        {
            "a": ItemState.ASKING,
            "b": ItemState.ANSWERED,
            "c": ItemState.FAILED,
            "d": ItemState.QUEUED,
            "e": ItemState.SKIPPED,
        },
        {},
    )
    assert await gallery.marks.of(["a", "b", "c", "d", "e", "f"]) == {
        "a": AnswerState.STREAMING,
        "b": AnswerState.DONE,
        "c": AnswerState.FAILED,
    }


async def test_a_change_is_told_at_once() -> None:
    gallery = Gallery({}, {})
    gallery.marks.changed({"a": ItemState.ASKING, "b": ItemState.ANSWERED})
    assert gallery.told == [{"a": AnswerState.STREAMING, "b": AnswerState.DONE}]
    assert gallery.tasks == []


async def test_a_picture_no_longer_asked_about_keeps_what_is_known_of_it_or_loses_its_mark() -> None:
    gallery = Gallery({}, {"talked": AnswerState.DONE})
    gallery.marks.changed({"talked": ItemState.QUEUED, "never": ItemState.QUEUED})
    await asyncio.gather(*gallery.tasks)
    assert gallery.told[-1] == {"talked": AnswerState.DONE, "never": None}


async def test_what_a_run_tells_while_marks_are_looked_for_stays() -> None:
    gallery = Gallery({"a": ItemState.ASKING, "b": ItemState.ANSWERED}, {})
    gallery.marks.look_again(["a", "b"])
    gallery.marks.changed({"c": ItemState.FAILED})
    await asyncio.sleep(0)  # it has begun to look
    gallery.marks.changed({"a": ItemState.ANSWERED})
    await asyncio.gather(*gallery.tasks)
    marks: dict[str, AnswerState | None] = {}
    for told in gallery.told:
        marks |= told
    assert marks == {"a": AnswerState.DONE, "b": AnswerState.DONE, "c": AnswerState.FAILED}


async def test_many_pictures_are_looked_at_a_part_at_a_time() -> None:
    gallery = Gallery({}, {})
    paths = [str(number) for number in range(AT_ONCE * 2 + 1)]
    gallery.marks.look_again(paths)
    await asyncio.gather(*gallery.tasks)
    assert [len(told) for told in gallery.told] == [AT_ONCE, AT_ONCE, 1]
    assert [path for told in gallery.told for path in told] == paths
