"""Runs one command and turns whatever happens into an exit code."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import traceback

from desktop_app.cli.arguments import build_parser
from desktop_app.cli.output import INTERRUPTED, exit_code_of, prepare_streams, tell, tell_error
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
        asyncio.run(_command(options))
        sys.stdout.flush()
    except AppError as error:
        tell_error(error, options.verbose)
        return exit_code_of(error)
    except KeyboardInterrupt:
        tell("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the answer has gone; Python must not fail again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return INTERRUPTED
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
