"""Works on a run until it is done or paused, and says how it ended."""

from __future__ import annotations

from desktop_app.cli.output import BLOCKED, DONE, PICTURE_FAILED, SERVER_FAILED, tell, tell_error
from desktop_app.cli.run_progress import Goal
from desktop_app.cli.run_sitting import Sitting
from desktop_app.cli.run_words import (
    counted,
    done_words,
    duration,
    failure_words,
    incomplete_words,
    resume_words,
    retry_words,
    token_words,
)
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.failures import grouped
from desktop_app.domain.runs.run import AskingMethod, Run, RunState
from desktop_app.services.runs.reaching import Reaching

_ENDS = {RunState.DONE: "Done", RunState.READY: "Sample done"}


async def reach_one(core: Core, run: Run) -> None:
    """Make sure that a run has a server to begin with.

    Raises:
        AppError: why its first server cannot be used, when none can.
    """
    reaching = Reaching(core.servers)
    problems = []
    for server in run.plan.servers:
        try:
            await reaching.reach(server)
        except AppError as problem:
            problems.append(problem)
        else:
            return
    raise problems[0]


async def work_on(core: Core, run: Run, most: int | None = None, verbose: bool = False) -> int:
    """Ask about what is queued and tell how it ended; returns the exit code.

    Args:
        most: so many pictures, None for all.

    Raises:
        AppError: RUN_IN_USE, or when the library cannot be written.
    """
    goal = Goal((await core.runs.load(run.id)).counts, most)
    sitting = Sitting(core, run.id, goal)
    ended = await sitting.work(most)
    if ended.state is RunState.PAUSED and ended.failure is not None:
        tell_error(ended.failure.as_error(), verbose)
    await _tell_end(core, ended, most)
    return _exit_code(ended, sitting.exit_code)


async def _tell_end(core: Core, run: Run, most: int | None) -> None:
    counts = run.counts
    tell(f"{_ENDS.get(run.state, 'So far')}: {done_words(counts)}; {token_words(counts)}.")
    if run.method is AskingMethod.PROMPTED:
        tell("The server enforces no form: the prompt alone asked for the answer's shape.")
    for group in grouped(await core.answers.failed(run.id)):
        tell(f"  {counted(len(group.item_ids), 'picture')}: {failure_words(group.example)}")
    if incomplete := len((await core.answers.rows(run.id)).incomplete):
        tell(f"  {incomplete_words(run, incomplete)}")
    if counts.failed:
        tell(retry_words(run))
    if not counts.left:
        return
    if most is not None and (rest := (await core.runs.load(run.id)).estimate) is not None:
        tell(f"The rest takes about {duration(rest.seconds)} at most, and {rest.tokens:,} tokens.")
    tell(resume_words(run))


def _exit_code(run: Run, ended_with: int | None) -> int:
    if run.state is RunState.PAUSED and run.failure is not None:
        return exit_code_of_pause(run.failure.code)
    if ended_with is not None and run.state is not RunState.DONE:
        return ended_with
    return PICTURE_FAILED if run.counts.failed else DONE


def exit_code_of_pause(code: ErrorCode) -> int:
    """That of a run which needs the user before it can go on."""
    if code.value.startswith("server-"):
        return SERVER_FAILED
    return BLOCKED if code.value.startswith("blocked-") else PICTURE_FAILED
