"""Runs one command and turns whatever happens into an exit code."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from typing import TYPE_CHECKING

from desktop_app.cli.arguments import build_parser
from desktop_app.cli.output import (
    DONE,
    INTERRUPTED,
    OUTPUT_FAILED,
    OutputError,
    abandon_stdout,
    exit_code_of,
    prepare_streams,
    tell,
    tell_error,
)
from desktop_app.domain.errors import AppError, as_app_error

if TYPE_CHECKING:
    from desktop_app.composition.core import Core


def run(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    prepare_streams()
    parser = build_parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as done:  # argparse has printed help or what is wrong
        return done.code if isinstance(done.code, int) else 2
    if options.command is None:  # "--self-test" alone has gone to the window's side before
        parser.print_usage(sys.stderr)
        return 2
    return _guarded(options)


def _guarded(options: argparse.Namespace) -> int:
    try:
        if getattr(options, "key_stdin", False):
            from desktop_app.cli.servers import read_key

            options.key = read_key()
        if getattr(options, "list", None) == "-":
            from desktop_app.cli.run_pictures import read_listed

            options.listed = read_listed()
        return asyncio.run(_command(options))
    except AppError as error:
        tell_error(error, options.verbose)
        return exit_code_of(error)
    except KeyboardInterrupt:
        tell("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        abandon_stdout()
        return INTERRUPTED
    except OutputError as problem:
        tell(f"lightdesk: The answer cannot be written to where it was directed: {problem}.")
        abandon_stdout()
        return OUTPUT_FAILED
    except Exception as problem:
        tell_error(as_app_error(problem), options.verbose)
        return 1


async def _do(core: Core, options: argparse.Namespace) -> int:
    match options.command:
        case "ask":
            from desktop_app.cli.ask import ask

            return await ask(core, options)
        case "run":
            from desktop_app.cli.run import run as work_through

            return await work_through(core, options)
        case "runs":
            from desktop_app.cli.runs import runs

            return await runs(core, options)
        case _:
            from desktop_app.cli.servers import servers

            await servers(core, options)
            return DONE


async def _command(options: argparse.Namespace) -> int:
    """Returns the exit code."""
    from desktop_app.adapters.log_files import LogFiles
    from desktop_app.adapters.places import find_places
    from desktop_app.cli.forms import language_of_forms
    from desktop_app.composition.core import build_core
    from desktop_app.composition.settings import load_settings
    from desktop_app.services.reader_answers import ReaderTexts

    places = find_places(os.environ)
    settings = load_settings(places)
    if settings.problem is not None:
        tell_error(settings.problem, options.verbose)
    logs = LogFiles(places.log)
    # What the reader is goes to standard error, so that its output is the text in the picture alone.
    core = build_core(
        places,
        settings,
        ReaderTexts(about=""),
        markdown=False,
        on_connection=logs.connection,
        language=language_of_forms(settings.current.window.language),
    )
    try:
        return await _do(core, options)
    finally:
        await core.close()
        logs.close()
