"""A program that works on a run: `working_program.py PICTURES LIBRARY RUN`.

For each line of input it starts a process that works on the run until it is done or killed, and says that
process's number. They are forks, because importing everything takes longer than the work.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from tests.services.runs.run_lab import RunLab


async def work(folder: Path, library: Path, run_id: int) -> None:
    lab = RunLab(folder, library)
    try:
        await lab.runs.recover()
        await lab.at_work.work(run_id)
    finally:
        await lab.close()


def main(folder: Path, library: Path, run_id: int) -> None:
    import openai  # noqa: F401 - before the first fork

    for _ in sys.stdin:
        child = os.fork()
        if not child:
            asyncio.run(work(folder, library, run_id))
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
