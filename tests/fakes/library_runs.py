"""All that the library keeps of runs, in one hand."""

from __future__ import annotations

from desktop_app.adapters.sqlite_store.run_answers import SqliteRunAnswers
from desktop_app.adapters.sqlite_store.run_queue import SqliteRunQueue
from desktop_app.adapters.sqlite_store.runs import SqliteRuns


class LibraryRuns(SqliteRuns, SqliteRunQueue, SqliteRunAnswers):
    """For tests that make a run, bring it somewhere and look at it."""
