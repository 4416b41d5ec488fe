"""All that the library keeps of runs, in one hand."""

from __future__ import annotations

from desktop_app.adapters.sqlite_store.run_answers import SqliteRunAnswers
from desktop_app.adapters.sqlite_store.run_holding import SqliteRunHolding
from desktop_app.adapters.sqlite_store.run_queue import SqliteRunQueue
from desktop_app.adapters.sqlite_store.run_twins import SqliteRunTwins
from desktop_app.adapters.sqlite_store.runs import SqliteRuns
from desktop_app.services.runs.ports import RunStores


class LibraryRuns(SqliteRuns, SqliteRunHolding, SqliteRunQueue, SqliteRunTwins, SqliteRunAnswers):
    """For tests that make a run, bring it somewhere and look at it."""

    @property
    def stores(self) -> RunStores:
        return RunStores(self, self, self, self)
