"""A window with a run that goes on, as a process of its own: FOLDER. Says "working" when it does."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from desktop_app.app import open_desk
from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from tests.assembly.run_play import begin
from tests.fakes.waiting import until


async def play(desk: Desk, shell: Shell) -> None:
    await begin(desk, shell)
    await until(lambda: desk.runs.working)
    print("working", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    sys.exit(open_desk(Path(sys.argv[1]), play))
