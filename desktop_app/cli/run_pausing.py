"""`lightdesk runs pause`: the program that works on a run brings it to rest."""

from __future__ import annotations

from desktop_app.cli.output import DONE, tell
from desktop_app.cli.run_words import counted, done_words, resume_words, state_words
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RestCause, Run, RunWish


async def pause(core: Core, run: Run) -> int:
    """Returns the exit code, when the run is at rest.

    Raises:
        AppError: RUN_UNHEARD when its program does not react, RUN_UNKNOWN when it is deleted meanwhile.
    """
    if not await core.runs.pause(run.id):
        tell("Nothing works on it now.")
        _tell_rest(await core.runs.load(run.id))
        return DONE
    has_heard = False
    async for news in core.follower.news(lambda: None):
        now = next((one for one in news.runs if one.identity == run.identity), None)
        if now is None:
            raise AppError(ErrorCode.RUN_UNKNOWN, name=run.plan.name)
        moved = next((one for one in news.moved if one.run.id == run.id), None)
        if not now.is_elsewhere:
            if moved is not None and moved.cause is RestCause.LEFT_ALONE:
                tell("The program that worked on it has ended. What it was asking is asked again.")
            _tell_rest(now)
            break
        if now.wish is None:
            tell("It was paused, and somebody goes on with it.")
            break
        if now.wish is RunWish.HEARD and not has_heard:
            has_heard = True
            tell(f"It finishes what it is asking: {counted(now.counts.asking, 'picture')}.")
        if moved is not None and moved.does_not_react:
            raise AppError(ErrorCode.RUN_UNHEARD, name=run.plan.name)
    return DONE


def _tell_rest(run: Run) -> None:
    tell(f"{state_words(run).capitalize()}: {done_words(run.counts)}.")
    if run.counts.left:
        tell(resume_words(run))
