"""`lightdesk run`: one question or form over many pictures."""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_app.cli.asking_options import ask_options
from desktop_app.cli.forms import find_form
from desktop_app.cli.output import WRONG_USE, tell
from desktop_app.cli.run_export import check_out, write_out
from desktop_app.cli.run_pictures import Found, Wanted, find_pictures
from desktop_app.cli.run_words import command, counted, done_words, state_words
from desktop_app.cli.run_work import work_on
from desktop_app.cli.targets import asked_profile, target_of
from desktop_app.composition.core import Core
from desktop_app.composition.program_version import program_version
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.variables import check_variables
from desktop_app.domain.runs.run import Run, RunPlan, RunServer, RunState
from desktop_app.services.runs.reaching import run_server, unreached_server


async def run(core: Core, options: argparse.Namespace) -> int:
    """Returns the exit code.

    Raises:
        AppError: whatever keeps the run from being made; its own troubles are told and give the exit code.
    """
    check_out(options)
    form = await find_form(core, options.prompt, options.form)
    check_variables(form.instructions)
    found = await _find_pictures(core, options)
    await core.runs.recover()
    wished = options.name or _usual_name(form, found)
    known = await _known(core, wished)
    if known is not None and _is_same(known, form, found) and (options.name or known.counts.left):
        _tell_known(known)
        return WRONG_USE
    name = await _free_name(core, wished, options, known)
    plan = RunPlan(
        name,
        form,
        ask_options(core.settings.current.asking, options, form),
        await _servers(core, options),
        found.scope,
        program_version(),
        options.concurrency,
    )
    made = await core.runs.create(plan, found.pictures)
    _tell_begin(made)
    code = await work_on(core, made, options.sample, options.verbose)
    if options.out is not None:
        await _write(core, made, options)
    return code


async def _find_pictures(core: Core, options: argparse.Namespace) -> Found:
    wanted = Wanted(
        options.folder, options.list, options.listed, options.recursive, options.match or "", options.limit
    )
    return await asyncio.to_thread(partial(find_pictures, wanted, core.files.suffixes))


async def _free_name(core: Core, name: str, options: argparse.Namespace, known: Run | None) -> str:
    """The name itself where a person chose it, else one like it that no run has.

    Raises:
        AppError: RUN_NAME_TAKEN when the run that is known has the name that was chosen.
    """
    if options.name is None:
        return await core.runs.free_name(name)
    if known is not None:
        raise AppError(ErrorCode.RUN_NAME_TAKEN, name=name)
    return name


async def _write(core: Core, made: Run, options: argparse.Namespace) -> None:
    """Write a run that is through, or its sample, as was wished when it was begun."""
    ended = await core.runs.load(made.id)
    if ended.state not in (RunState.DONE, RunState.READY):
        return
    try:
        await write_out(core, ended, options)
    except AppError:
        export = f"{command('export', made.plan.name)} --out FILE"
        tell(f"Every answer is kept. Write them elsewhere with: {export}")
        raise


async def _servers(core: Core, options: argparse.Namespace) -> tuple[RunServer, ...]:
    """The servers that are named, else the one in use; one of them has to answer now.

    Raises:
        AppError: SERVER_UNKNOWN, SERVER_ADDRESS, RUN_NEEDS_SERVER; when none can be asked, why the first one
            cannot: any SERVER_ code, BLOCKED_HOST.
    """
    servers: dict[tuple[str, str], RunServer] = {}
    problems, can_be_asked = [], False
    for named in options.server or [None]:
        profile = asked_profile(core, named, options.model)
        if profile is None:
            raise AppError(ErrorCode.RUN_NEEDS_SERVER)
        try:
            server = run_server(await target_of(core, profile))
            can_be_asked = True
        except AppError as problem:
            problems.append(problem)
            server = unreached_server(profile)
        servers.setdefault((server.base_url, server.model), server)
    if not can_be_asked:
        raise problems[0]
    return tuple(servers.values())


async def _known(core: Core, name: str) -> Run | None:
    try:
        return await core.runs.find(name)
    except AppError as problem:
        if problem.code is ErrorCode.RUN_UNKNOWN:
            return None
        raise


def _is_same(run: Run, form: Form, found: Found) -> bool:
    """Whether a run asks the same of the same place; versions of a form that say alike are the same."""
    scopes = [replace(scope, folder=_real(scope.folder)) for scope in (run.plan.scope, found.scope)]
    return replace(run.plan.form, version=form.version) == form and scopes[0] == scopes[1]


def _usual_name(form: Form, found: Found) -> str:
    folder = _real(found.scope.folder)
    return " ".join(f"{folder.name or folder}, {form.name}".split())


def _real(folder: Path) -> Path:
    return folder.resolve()


def _tell_known(run: Run) -> None:
    name = run.plan.name
    tell(f'There is a run "{name}" about this already: {done_words(run.counts)}, {run.counts.left:,} left.')
    if run.is_elsewhere:
        tell(f"It is {state_words(run)}. See how far it is with: {command('show', name)}")
        tell(f"Pause it with: {command('pause', name)}")
    elif not run.counts.left:
        tell(f"See it with: {command('show', name)}")
    else:
        tell(f"Go on with: {command('resume', name)}")
    tell("To ask everything anew, give another --name.")


def _tell_begin(made: Run) -> None:
    plan = made.plan
    servers = ", ".join(
        f"{server.model} on {server.name}" if server.model else server.name for server in plan.servers
    )
    tell(f'Run "{plan.name}": {counted(made.counts.total, "picture")}, {servers}')
