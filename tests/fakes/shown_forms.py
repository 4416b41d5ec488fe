"""Remembers what the presenters of the forms dialog showed last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.pictures import Raster
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.ui.forms.checks import Problem
from desktop_app.ui.forms.draft import FieldDraft, FormDraft
from desktop_app.ui.forms.protocols import FormFacts, FormLine, Missing, Preview


@dataclass
class ShownForms:
    """The dialog without a window."""

    forms: tuple[FormLine, ...] = ()
    selected: int = 0
    draft: FormDraft = field(default_factory=FormDraft)
    facts: FormFacts | None = None
    fields: tuple[FieldDraft, ...] = ()
    field_id: int | None = None
    problems: tuple[Problem, ...] = ()
    can_save: bool = False
    can_undo: bool = False
    can_redo: bool = False
    preview: Preview | None = None
    earlier: tuple[EarlierRun, ...] = ()
    removed: str = ""
    saved: str = ""
    error: AppError | None = None

    @property
    def names(self) -> list[str]:
        return [line.name for line in self.forms]

    @property
    def labels(self) -> list[str]:
        return [one.label for one in self.fields]

    @property
    def field(self) -> FieldDraft:
        """The selected one."""
        return next(one for one in self.fields if one.id == self.field_id)

    @property
    def line(self) -> FormLine:
        """The selected form's."""
        return next(line for line in self.forms if line.id == self.selected)

    def id_of(self, name: str) -> int:
        return next(line.id for line in self.forms if line.name == name)

    def show_forms(self, forms: Sequence[FormLine], selected: int) -> None:
        self.forms, self.selected = tuple(forms), selected

    def show_form(self, draft: FormDraft, facts: FormFacts) -> None:
        self.draft, self.facts = draft, facts

    def show_fields(
        self, fields: Sequence[FieldDraft], selected: int | None, problems: Sequence[Problem]
    ) -> None:
        self.fields, self.field_id = tuple(fields), selected

    def show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)

    def show_state(self, *, can_save: bool, can_undo: bool, can_redo: bool) -> None:
        self.can_save, self.can_undo, self.can_redo = can_save, can_undo, can_redo

    def show_preview(self, preview: Preview | None) -> None:
        self.preview = preview

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None:
        self.earlier = tuple(runs)

    def show_removed(self, name: str) -> None:
        self.removed = name

    def show_saved(self, name: str) -> None:
        self.saved = name

    def show_error(self, error: AppError) -> None:
        self.error = error

    def clear_error(self) -> None:
        self.error = None

    def begin_naming(self) -> None: ...

    def begin_labelling(self) -> None: ...


@dataclass
class ShownTrial:
    """The trial's part of the dialog without a window."""

    picture: Path | None = None
    server: str = ""
    small: Raster | None = None
    possible: bool = False
    running: bool = False
    answer: tuple[Form, ItemAnswer] | None = None
    outdated: bool = False
    missing: Missing | None = None
    error: AppError | None = None
    states: list[bool] = field(default_factory=list)

    def show_subject(self, picture: Path | None, server: str) -> None:
        self.picture, self.server = picture, server

    def show_small(self, raster: Raster) -> None:
        self.small = raster

    def show_possible(self, possible: bool) -> None:
        self.possible = possible

    def show_running(self, running: bool) -> None:
        self.running = running
        self.states.append(running)

    def show_answer(self, form: Form, answer: ItemAnswer) -> None:
        self.answer = (form, answer)

    def show_outdated(self, outdated: bool) -> None:
        self.outdated = outdated

    def show_missing(self, missing: Missing) -> None:
        self.missing = missing

    def show_error(self, error: AppError) -> None:
        self.error = error

    def clear(self) -> None:
        self.answer = self.missing = self.error = None
        self.outdated = False
