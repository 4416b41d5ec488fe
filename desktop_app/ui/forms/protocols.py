"""What the forms dialog's presenters need from their view and from the services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.schema import Schema
from desktop_app.domain.pictures import Raster
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.servers import ServerTarget
from desktop_app.ui.forms.checks import Problem
from desktop_app.ui.forms.draft import FieldDraft, FormDraft


class KnownForm(Protocol):
    """One of the user's forms."""

    @property
    def form(self) -> Form:
        """The newest version."""
        ...

    @property
    def is_shipped(self) -> bool: ...


class FormBook(Protocol):
    """What the dialog needs from the forms service."""

    async def all(self) -> Sequence[KnownForm]: ...

    async def save(self, form: Form) -> Form:
        """Keep it as the next version of its name; the form as it is kept."""
        ...

    async def remove(self, name: str) -> None: ...

    async def restore(self, name: str) -> None: ...

    async def load_file(self, path: Path) -> Form: ...

    async def save_file(self, path: Path, form: Form) -> Path: ...


class TrialAnswer(Protocol):
    """What a trial brought."""

    @property
    def answer(self) -> ItemAnswer: ...


class Trial(Protocol):
    """Asks one picture for a form; cancelling stops the server's work."""

    async def ask(
        self, target: ServerTarget, form: Form, options: AskOptions, asked: AskedPicture
    ) -> TrialAnswer: ...


class Surroundings(Protocol):
    """What a trial needs to know of the desk."""

    @property
    def picture(self) -> Path | None:
        """The picture selected in the gallery."""
        ...

    @property
    def server(self) -> str:
        """Name of the server in use, "" for the built-in reader."""
        ...

    @property
    def family(self) -> str:
        """Name of the server's vision family as far as it is known without asking it."""
        ...

    @property
    def options(self) -> AskOptions: ...

    def step(self, count: int) -> None:
        """Select a picture that stands so many places further on in the gallery; it may take a moment."""
        ...

    async def target(self) -> ServerTarget | None:
        """Whom to ask; None for the built-in reader."""
        ...

    async def small(self, path: Path) -> Raster:
        """The picture, small."""
        ...


class Missing(StrEnum):
    """What a trial cannot do without."""

    SERVER = "server"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class FormLine:
    """One entry in the list of forms.

    Attributes:
        id: tells the entries apart, whatever their names.
        name: as it was saved, or as typed in a form that never was.
        fields: how many it has.
    """

    id: int
    name: str
    fields: int
    is_shipped: bool
    is_unsaved: bool


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What is known of the form beside its contents.

    Attributes:
        version: of the newest one saved, 0 for a form that was never saved.
        is_shipped: saving it makes a form of the user's own.
    """

    version: int
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What the vision model would be told.

    Attributes:
        left_out: fields with mistakes, which are not part of it.
        schema: None for a plain question, which asks for none.
    """

    prompt: str
    schema: Schema | None
    left_out: int


class View(Protocol):
    """The dialog as its presenter sees it."""

    def show_forms(self, forms: Sequence[FormLine], selected: int) -> None: ...

    def show_form(self, draft: FormDraft, facts: FormFacts) -> None:
        """Name, instructions and how it is asked; the fields come by themselves."""
        ...

    def show_fields(
        self, fields: Sequence[FieldDraft], selected: int | None, problems: Sequence[Problem]
    ) -> None:
        """The list of fields, and the selected one in its editor."""
        ...

    def show_problems(self, problems: Sequence[Problem]) -> None: ...

    def show_state(self, *, can_save: bool, can_undo: bool, can_redo: bool) -> None: ...

    def show_preview(self, preview: Preview | None) -> None:
        """None while there is no field that could be asked for."""
        ...

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None: ...

    def show_removed(self, name: str) -> None:
        """Offer to bring the form back; "" takes the offer away."""
        ...

    def show_saved(self, name: str) -> None:
        """A form was saved, or written to this file."""
        ...

    def show_error(self, error: AppError) -> None: ...

    def clear_error(self) -> None: ...

    def begin_naming(self) -> None:
        """A form was begun: its name is typed next."""
        ...

    def begin_labelling(self) -> None:
        """A field was added: its label is typed next."""
        ...


class TrialView(Protocol):
    """The trial's part of the dialog."""

    def show_subject(self, picture: Path | None, server: str) -> None: ...

    def show_small(self, raster: Raster) -> None: ...

    def show_possible(self, possible: bool) -> None:
        """False while there is no field that could be asked for."""
        ...

    def show_running(self, running: bool) -> None: ...

    def show_answer(self, form: Form, answer: ItemAnswer) -> None: ...

    def show_outdated(self, outdated: bool) -> None:
        """Whether the form was changed since it was tried."""
        ...

    def show_missing(self, missing: Missing) -> None: ...

    def show_error(self, error: AppError) -> None: ...

    def clear(self) -> None: ...
