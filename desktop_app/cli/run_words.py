"""How runs read on the command line."""

from __future__ import annotations

import shlex

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.error_texts import english
from desktop_app.domain.runs.run import Run, RunCounts, RunState

_MINUTE, _HOUR, _DAY = 60, 3600, 86400

_STATES = {
    RunState.RUNNING: "working",
    RunState.PAUSED: "paused",
    RunState.WAITING: "waiting for the server",
    RunState.DONE: "done",
    RunState.STOPPED: "stopped",
}


def state_words(run: Run) -> str:
    if run.is_elsewhere:
        doing = "working" if run.wish is None else "coming to rest"
        return f"{doing} in another window or command"
    if run.state is RunState.READY:
        return "sample done" if run.counts.asked else "not started"
    return _STATES[run.state]


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 picture", "2,000 pictures"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def done_words(counts: RunCounts) -> str:
    """What has become of the pictures that are done."""
    parts = [f"{counts.answered:,} answered"]
    if counts.shared:
        parts.append(f"{counts.shared:,} of them shared with identical pictures")
    if counts.failed:
        parts.append(f"{counts.failed:,} failed")
    if counts.skipped:
        parts.append(f"{counts.skipped:,} left out")
    return ", ".join(parts)


def token_words(counts: RunCounts) -> str:
    return f"{counts.prompt_tokens:,} tokens in, {counts.completion_tokens:,} out"


def duration(seconds: float) -> str:
    """No finer than a person wants it."""
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} s"
    if seconds < _HOUR:
        return f"{round(seconds / _MINUTE)} min"
    if seconds < _DAY:
        hours, minutes = divmod(round(seconds / _MINUTE), 60)
        return f"{hours} h {minutes} min"
    return f"{seconds / _DAY:.1f} days"


def failure_words(failure: AnswerFailure) -> str:
    return english(failure.as_error()).sentence


def incomplete_words(run: Run, number: int) -> str:
    """Of answered pictures that have no valid value in some field, or an answer that breaks off."""
    pictures = counted(number, "answered picture")
    if run.plan.form.is_plain:
        return f"{pictures}: the answer was too long and was cut off."
    return f"{pictures}: a part of the answer does not fit the form."


def command(action: str, name: str) -> str:
    """What to type to do something with a run."""
    return f"lightdesk runs {action} {shlex.quote(name)}"


def resume_words(run: Run) -> str:
    """How much of a run is left, and what to type to go on with it."""
    left = counted(run.counts.left, "picture is", "pictures are")
    return f"{left} left. Go on with: {command('resume', run.plan.name)}"


def retry_words(run: Run) -> str:
    """What to type when pictures of a run failed."""
    return f"Ask about those that failed again with: {command('retry', run.plan.name)}"
