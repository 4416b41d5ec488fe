"""What the new-run dialog is told, and what the person chose in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.forms.form import Form
from desktop_app.domain.runs.run import MOST_CONCURRENT


class ScopeChoice(StrEnum):
    """Which pictures a run is about."""

    FOLDER = "folder"
    FILTER = "filter"
    SELECTION = "selection"
    LIST = "list"
    """The pictures that a file names."""
    RUN = "run"
    """The pictures of an earlier run, asked again."""


@dataclass(frozen=True, slots=True)
class OfferedServer:
    """A server that may serve the run.

    Attributes:
        name: of its profile.
        about: its model, or its address.
        is_in_use: questions go to it now.
    """

    name: str
    about: str
    is_in_use: bool = False


@dataclass(frozen=True, slots=True)
class OfferedList:
    """What a file that names pictures led to.

    Attributes:
        name: of the file.
        found: pictures that are there.
        missing: names that led to none.
    """

    name: str
    found: int
    missing: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NewRunOffer:
    """What can be chosen.

    Attributes:
        folder: name of the open folder, or of the earlier run.
        counts: pictures of each scope; a scope that is not offered is missing.
        forms: by name, in the order to be shown.
        servers: those that are set up; without one no run can begin.
        prompt: words to begin with, for a plain question.
        form: name of the form to begin with, "" for the one chosen last.
        filter_text: what the gallery is filtered by.
        place: name of the folder the pictures are in, for the name of the new run; "" for `folder`.
        is_listing: the folder's pictures are still being found.
        takes_list: the pictures may be named by a file instead.
    """

    folder: str
    counts: Mapping[ScopeChoice, int]
    forms: Sequence[Form]
    servers: Sequence[OfferedServer]
    prompt: str = ""
    form: str = ""
    filter_text: str = ""
    place: str = ""
    is_listing: bool = False
    takes_list: bool = False


@dataclass(frozen=True, slots=True)
class NewRunChoice:
    """What was chosen.

    Attributes:
        form: None for a plain question.
        prompt: the plain question, "" with a form.
        scope: which pictures.
        name: of the run.
        sample: ask about a few first.
        servers: names of those that serve it, one or more.
        concurrency: most requests in flight at a server.
    """

    form: Form | None
    prompt: str
    scope: ScopeChoice
    name: str
    sample: bool
    servers: tuple[str, ...]
    concurrency: int = MOST_CONCURRENT
