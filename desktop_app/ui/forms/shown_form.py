"""Changes the form that is shown, field by field, and takes changes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from desktop_app.domain.forms.form import Form
from desktop_app.ui.forms.checks import problems_of_fields
from desktop_app.ui.forms.draft import FieldDraft, FormDraft, Kind
from desktop_app.ui.forms.editing import (
    changed_field,
    with_copy,
    with_field,
    with_field_edited,
    with_field_moved,
    without_field,
)
from desktop_app.ui.forms.entries import Entries, Entry
from desktop_app.ui.forms.previews import preview_of
from desktop_app.ui.forms.protocols import View
from desktop_app.ui.forms.trying import TrialPresenter


class ShownForm:
    """Part of the dialog's presenter.

    Attributes:
        entry: the form that is shown, None while there is none.
    """

    def __init__(
        self, view: View, entries: Entries, trial: TrialPresenter, family: Callable[[], str]
    ) -> None:
        self._view = view
        self._entries = entries
        self._trial = trial
        self._family = family
        self.entry: Entry | None = None

    def show(self, entry: Entry) -> None:
        """Show this form with everything that was typed in it."""
        self.entry = entry
        self._view.show_form(entry.draft, entry.facts)
        self._show_fields(entry)

    def edit(self, name: str, instructions: str, describe: bool) -> None:
        """What is typed above the fields."""
        if self.entry is not None:
            draft = self.entry.draft
            changed = replace(draft, name=name, instructions=instructions, describe=describe)
            self._change(changed, _what_changed(draft, changed, "form"))

    def select_field(self, field_id: int) -> None:
        if self.entry is not None and self.entry.field_id != field_id:
            self.entry.field_id = field_id
            self._show_fields(self.entry)

    def edit_field(self, edited: FieldDraft) -> None:
        """What is typed in the selected field's editor."""
        if self.entry is not None:
            draft, before = self.entry.draft, self.entry.draft.field_with(edited.id)
            what = _what_changed(before, edited, f"field {edited.id}") if before is not None else ""
            self._change(with_field_edited(draft, edited), what)

    def add_field(self, kind: Kind) -> None:
        """Behind the selected one."""
        if self.entry is not None:
            changed, field_id = with_field(self.entry.draft, kind, self.entry.field_id)
            self.entry.field_id = field_id
            self._change(changed)
            self._view.begin_labelling()

    def duplicate_field(self) -> None:
        if self.entry is not None and self.entry.field_id is not None:
            changed, field_id = with_copy(self.entry.draft, self.entry.field_id)
            self.entry.field_id = field_id
            self._change(changed)

    def remove_field(self) -> None:
        if self.entry is not None and self.entry.field_id is not None:
            changed, self.entry.field_id = without_field(self.entry.draft, self.entry.field_id)
            self._change(changed)

    def move_field(self, field_id: int, to: int) -> None:
        """Put a field at another place, from 0."""
        if self.entry is not None:
            self.entry.field_id = field_id
            self._change(with_field_moved(self.entry.draft, field_id, to))

    def move_selected_field(self, by: int) -> None:
        if self.entry is None or self.entry.field_id is None:
            return
        ids = [one.id for one in self.entry.draft.fields]
        self.move_field(self.entry.field_id, ids.index(self.entry.field_id) + by)

    def undo(self) -> None:
        self._travel(forward=False)

    def redo(self) -> None:
        self._travel(forward=True)

    def _change(self, draft: FormDraft, what: str = "") -> None:
        if self.entry is not None:
            self.entry.history.change(draft, what)
            self._show_fields(self.entry)
            self._view.show_forms(self._entries.lines, self.entry.id)

    def _travel(self, *, forward: bool) -> None:
        entry = self.entry
        if entry is None:
            return
        before = entry.draft
        (entry.history.redo if forward else entry.history.undo)()
        changed = changed_field(before, entry.draft)
        if changed is not None:
            entry.field_id = changed
        elif entry.draft.field_with(entry.field_id) is None:
            entry.field_id = entry.draft.fields[-1].id if entry.draft.fields else None
        self.show(entry)
        self._view.show_forms(self._entries.lines, entry.id)

    def _show_fields(self, entry: Entry) -> None:
        problems = self._entries.problems(entry)
        # Nobody is told of mistakes in a form that was just begun.
        told = () if entry.draft.is_empty else problems
        self._view.show_fields(entry.draft.fields, entry.field_id, told)
        self._view.show_problems(told)
        self._view.show_state(
            can_save=entry.is_unsaved and not problems,
            can_undo=entry.history.can_undo,
            can_redo=entry.history.can_redo,
        )
        form = _usable(entry.draft)
        left_out = len(entry.draft.fields) - (len(form.fields) if form is not None else 0)
        self._view.show_preview(None if form is None else preview_of(form, self._family(), left_out))
        self._trial.form_changed(form)


def _usable(draft: FormDraft) -> Form | None:
    """The form without the fields that have mistakes; None when none is left."""
    wrong = {problem.field_id for problem in problems_of_fields(draft)}
    good = tuple(one for one in draft.fields if one.id not in wrong)
    return replace(draft, fields=good).form() if good else None


def _what_changed(before: FormDraft | FieldDraft, after: FormDraft | FieldDraft, where: str) -> str:
    """The place that was typed in; "" when a choice was made rather than words typed."""
    for one in fields(before):
        value = getattr(after, one.name)
        if value != getattr(before, one.name):
            is_chosen = isinstance(value, bool | Kind)
            return "" if is_chosen else f"{where} {one.name}"
    return ""
