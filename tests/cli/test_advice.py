"""What the command line advises."""

from __future__ import annotations

from desktop_app.cli.output import advised
from desktop_app.domain.errors import AppError, ErrorCode


def test_a_command_to_type_names_the_run_as_a_shell_takes_it() -> None:
    told = advised(AppError(ErrorCode.RUN_IN_USE, name="span 4, What's there?"))
    assert told.endswith("""lightdesk runs pause 'span 4, What'"'"'s there?'""")


def test_other_advice_is_that_of_the_window() -> None:
    told = advised(AppError(ErrorCode.FOLDER_MISSING, name="scans"))
    assert told == "The folder scans is not there. Check that its drive or network share is connected."
