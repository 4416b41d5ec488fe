"""`lightdesk runs`: what there is, how far it is, and going on with it."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress

from desktop_app.cli.output import DONE, PICTURE_FAILED, WRONG_USE, say, tell
from desktop_app.cli.run_export import read_batch, write_batch, write_out
from desktop_app.cli.run_pausing import pause
from desktop_app.cli.run_words import (
    counted,
    done_words,
    duration,
    failure_words,
    incomplete_words,
    retry_words,
    state_words,
    token_words,
)
from desktop_app.cli.run_work import reach_one, work_on
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.failures import FailureGroup, grouped
from desktop_app.domain.runs.run import AskingMethod, Run, RunScope, RunState

_METHODS = {
    AskingMethod.PLAIN: "a plain question",
    AskingMethod.SCHEMA: "the form's schema, enforced by the server",
    AskingMethod.PROMPTED: "the prompt alone; the server enforces no schema",
}


async def runs(core: Core, options: argparse.Namespace) -> int:
    """Returns the exit code.

    Raises:
        AppError: whatever keeps the action from being done.
    """
    with suppress(AppError):  # a full disk does not keep a run from being looked at
        await core.runs.recover()
    if options.action == "list":
        await _list(core)
        return DONE
    run = await core.runs.find(options.name)
    match options.action:
        case "show":
            await _show(core, run)
        case "pause":
            return await pause(core, run)
        case "resume":
            return await _resume(core, run, options.verbose)
        case "retry":
            return await _retry(core, run, options.verbose)
        case "export":
            await write_out(core, run, options)
        case "export-batch":
            return await write_batch(core, run, options)
        case "import-batch":
            return await read_batch(core, run, options)
        case "delete":
            return await _delete(core, run, options.yes)
    return DONE


async def _list(core: Core) -> None:
    """One line each; columns are separated by tabs, and what they are is told beside the answer."""
    found = await core.runs.all()
    if found:
        tell("\t".join(("Name", "State", "Done", "Of", "Failed", "Made")))
    else:
        tell("There are no runs yet. Begin one with: lightdesk run FOLDER -p TEXT")
    for run in found:
        counts = run.counts
        made = f"{run.created.astimezone():%Y-%m-%d %H:%M}"
        figures = (str(counts.done), str(counts.total), str(counts.failed))
        say("\t".join((" ".join(run.plan.name.split()), state_words(run), *figures, made)))


async def _show(core: Core, run: Run) -> None:
    incomplete = len((await core.answers.rows(run.id)).incomplete)
    for line in _lines(run, grouped(await core.answers.failed(run.id)), incomplete):
        say(line)


async def _resume(core: Core, run: Run, verbose: bool) -> int:
    _refuse_if_elsewhere(run)
    if not run.counts.left:
        tell(f"Nothing is left to ask: {done_words(run.counts)}.")
        if run.counts.failed:
            tell(retry_words(run))
        return PICTURE_FAILED if run.counts.failed else DONE
    await reach_one(core, run)
    tell(f'Run "{run.plan.name}": {run.counts.left:,} of {counted(run.counts.total, "picture")} left')
    return await work_on(core, run, verbose=verbose)


async def _retry(core: Core, run: Run, verbose: bool) -> int:
    _refuse_if_elsewhere(run)
    if not run.counts.failed:
        tell("Nothing has failed.")
        return await _resume(core, run, verbose) if run.counts.left else DONE
    await reach_one(core, run)
    again = await core.runs.retry(run.id)
    left = f", and {run.counts.left:,} that are left" if run.counts.left else ""
    tell(f'Run "{run.plan.name}": {counted(len(again), "picture")} that failed again{left}')
    return await work_on(core, run, verbose=verbose)


async def _delete(core: Core, run: Run, is_sure: bool) -> int:
    """Answers were paid for: a person is asked first, and a script has to say that it means it."""
    _refuse_if_elsewhere(run)
    if run.counts.answered and not is_sure:
        loses = f'Deleting "{run.plan.name}" loses {counted(run.counts.answered, "answer")} for good.'
        if sys.stdin is None or not sys.stdin.isatty():
            tell(f"{loses} If that is meant, add --yes.")
            return WRONG_USE
        tell(f"{loses} Write yes to delete it:")
        if sys.stdin.readline().strip().lower() != "yes":
            tell("Nothing was deleted.")
            return DONE
    await core.runs.delete(run.id)
    tell(f"Deleted {run.plan.name}: {done_words(run.counts)}.")
    return DONE


def _refuse_if_elsewhere(run: Run) -> None:
    if run.is_elsewhere:
        raise AppError(ErrorCode.RUN_IN_USE, name=run.plan.name)


def _lines(run: Run, failures: list[FailureGroup], incomplete: int) -> list[str]:
    plan, counts, options = run.plan, run.counts, run.plan.options
    lines = [
        f"Name:         {plan.name}",
        f"State:        {_state(run)}",
        f"Pictures:     {counts.done:,} of {counts.total:,} done: {done_words(counts)}; {counts.left:,} left",
        f"From:         {_scope(plan.scope)}",
    ]
    if not plan.form.is_plain:
        lines += [
            f"Form:         {plan.form.name}, version {plan.form.version}",
            f"Fields:       {', '.join(plan.form.keys)}",
        ]
    if plan.form.instructions.strip():
        lines.append(f"Question:     {' '.join(plan.form.instructions.split())}")
    for one in plan.servers:
        model = one.model or "the first model it has; it has not answered yet"
        lines.append(f"Server:       {one.name} ({one.base_url}), {model}")
    if run.method is not None:
        lines.append(f"Asked with:   {_METHODS[run.method]}")
    if options.system.strip():
        lines.append(f"System:       {' '.join(options.system.split())}")
    lines += [
        f"Options:      temperature {options.temperature:g}, at most {options.max_tokens:,} answer tokens, "
        f"pictures of {_image_tokens(options.image_tokens)}, at most {plan.concurrency} requests at once",
        f"Made:         {run.created.astimezone():%Y-%m-%d %H:%M} with Lightdesk {plan.program_version}",
        f"Tokens:       {token_words(counts)}",
    ]
    if run.worked_s:
        lines.append(f"Worked for:   {duration(run.worked_s)}")
    if (rest := run.estimate) is not None:
        lines.append(f"The rest:     about {duration(rest.seconds)}, {rest.tokens:,} tokens")
    if incomplete:
        lines.append(f"Incomplete:   {incomplete_words(run, incomplete)}")
    return lines + [
        f"Failed:       {counted(len(group.item_ids), 'picture')}: {failure_words(group.example)}"
        for group in failures
    ]


def _state(run: Run) -> str:
    why = f": {failure_words(run.failure)}" if run.failure is not None else ""
    goes_on = " It goes on by itself as soon as a server answers." if run.state is RunState.WAITING else ""
    return state_words(run) + why + goes_on


def _scope(scope: RunScope) -> str:
    parts = [str(scope.folder)]
    if scope.recursive:
        parts.append("with the folders below")
    if scope.match:
        parts.append(f"{scope.source if scope.source == 'filter' else 'names like'} {scope.match}")
    if scope.source in ("selection", "list"):
        parts.append(f"a {scope.source}")
    return ", ".join(parts)


def _image_tokens(most: int) -> str:
    return f"at most {most:,} tokens" if most else "the model's own size"
