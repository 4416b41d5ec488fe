"""The `lightdesk` command: the desk, the command line, or the text reader's own process.

Only what is asked for is imported: the window must not wait for the command line's libraries.
"""

from __future__ import annotations

import sys
from pathlib import Path

_WORDS = ("ask", "run", "runs", "servers")

_READER = "--text-reader"
_SELF_TEST = "--self-test"


def main() -> int:
    """Run the program; returns its exit code."""
    arguments = sys.argv[1:]
    if arguments[:1] == [_READER]:
        from desktop_app.adapters.rapid_reader.child import serve

        return serve()
    if arguments == [_SELF_TEST]:
        from desktop_app.app import run_self_test

        return run_self_test()
    if _is_for_command_line(arguments):
        from desktop_app.cli.main import run

        return run(arguments)
    from desktop_app.app import run_window

    return run_window(Path(arguments[0]) if arguments else None)


def _is_for_command_line(arguments: list[str]) -> bool:
    """Everything but `lightdesk` and `lightdesk FOLDER`; a folder may still be called "ask" as ./ask."""
    if not arguments:
        return False
    return len(arguments) > 1 or arguments[0] in _WORDS or arguments[0].startswith("-")


if __name__ == "__main__":
    sys.exit(main())
