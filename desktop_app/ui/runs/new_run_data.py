"""What the new-run dialog is told, and what the person chose in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.forms.form import Form
from desktop_app.domain.runs.run import MOST_CONCURRENT


class ScopeChoice(StrEnum):
    """Which pictures a run is about."""

    FOLDER = "folder"
    FILTER = "filter"
    SELECTION = "selection"


@dataclass(frozen=True, slots=True)
class NewRunOffer:
    """What can be chosen.

    Attributes:
        folder: name of the open folder.
        counts: pictures of each scope; a scope that is not offered is missing.
        forms: by name, in the order to be shown.
        server: name of the server and its model; "" when there is none, and then no run can begin.
        prompt: words to begin with, for a plain question.
    """

    folder: str
    counts: dict[ScopeChoice, int]
    forms: Sequence[Form]
    server: str
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class NewRunChoice:
    """What was chosen.

    Attributes:
        form: None for a plain question.
        prompt: the plain question, "" with a form.
        scope: which pictures.
        name: of the run.
        sample: ask about a few first.
        concurrency: most requests in flight at a server.
    """

    form: Form | None
    prompt: str
    scope: ScopeChoice
    name: str
    sample: bool
    concurrency: int = MOST_CONCURRENT
