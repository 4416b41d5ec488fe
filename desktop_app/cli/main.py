"""Runs one command and turns whatever happens into an exit code."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import traceback

from desktop_app.cli.arguments import build_parser
from desktop_app.cli.output import (
    INTERRUPTED,
    OUTPUT_FAILED,
    OutputError,
    abandon_stdout,
    exit_code_of,
    prepare_streams,
    tell,
    tell_error,
)
from desktop_app.domain.errors import AppError, ErrorCode


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
        asyncio.run(_command(options))
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
    except Exception:
        tell_error(AppError(ErrorCode.UNEXPECTED, detail=traceback.format_exc()), options.verbose)
        return 1
    return 0


async def _command(options: argparse.Namespace) -> None:
    from desktop_app.adapters.log_files import LogFiles
    from desktop_app.adapters.places import find_places
    from desktop_app.cli.ask import ask
    from desktop_app.cli.servers import servers
    from desktop_app.composition import build_core, load_settings
    from desktop_app.services.reader_answers import ReaderTexts

    places = find_places(os.environ)
    settings = load_settings(places)
    if settings.problem is not None:
        tell_error(settings.problem, options.verbose)
    logs = LogFiles(places.log)
    # What the reader is goes to standard error, so that its output is the text in the picture alone.
    core = build_core(places, settings, ReaderTexts(about=""), markdown=False, on_connection=logs.connection)
    try:
        if options.command == "ask":
            await ask(core, options)
        else:
            await servers(core, options)
    finally:
        await core.close()
        logs.close()
