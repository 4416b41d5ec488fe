"""What a run answered about a picture, for tests that show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Form, FormField, Number, Places, YesNo
from desktop_app.domain.forms.values import CellValue
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, RunPlan, RunScope
from desktop_app.domain.runs.run_answer import RunAnswer
from tests.fakes.made_runs import answer
from tests.ui.conversation.conftest import PICTURES

FORM = Form(
    "Bridge",
    (
        FormField("rust", "Rust", YesNo()),
        FormField("where", "Where", Places()),
        FormField("bolts", "Bolts", Number("pcs")),
        FormField("cracks", "Cracks", Places()),
    ),
    "Look at the girder.",
)
VALUES: dict[str, CellValue] = {
    "rust": True,
    "where": [[1, 2, 30, 40], [5, 6, 50, 60]],
    "bolts": 4,
    "cracks": [[7, 8, 9, 10]],
}


def told(form: Form = FORM, **said: Any) -> RunAnswer:
    """What a run answered about the first picture; anything can be said otherwise."""
    own = replace(answer(values=VALUES), confidence={"rust": 0.62})
    item = RunItem(1, 0, str(PICTURES[0].path), PICTURES[0].name, ItemState.ANSWERED, own)
    plan = RunPlan("Survey", form, AskOptions(), (), RunScope(Path("/pictures")), "0")
    return RunAnswer(plan, datetime(2026, 3, 4, 12, tzinfo=UTC), replace(item, **said))
