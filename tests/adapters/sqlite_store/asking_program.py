"""A program for tests: works on a run, is in the middle of its second picture, and stays there."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.runs.run import RunState
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.made_runs import answer, pictures, plan


async def main(path: Path) -> None:
    runs = LibraryRuns(Library(path))
    run = await runs.create(plan(), pictures(3))
    await runs.take(run.id)
    await runs.set_state(run.id, RunState.RUNNING)
    first, second, _ = await runs.queued(run.id, -1, 3)
    await runs.begin_item(first.id)
    await runs.answer_item(first.id, answer())
    await runs.begin_item(second.id)
    print("asking", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
