"""What a prompt can name of runs that were made before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.runs.run import Run

MOST_OFFERED = 12
"""The newest runs; a menu with more of them is not read."""


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A run whose answers a prompt can name: the fields' keys with their labels."""

    name: str
    fields: tuple[tuple[str, str], ...]


def earlier_runs(runs: Sequence[Run]) -> list[EarlierRun]:
    """Those to offer of all runs, the newest first."""
    return [
        EarlierRun(run.plan.name, tuple((one.key, one.label) for one in run.plan.form.fields))
        for run in runs[:MOST_OFFERED]
        if not {"{", "}"} & set(run.plan.name)  # a prompt could not name it
    ]
