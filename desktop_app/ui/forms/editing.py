"""Changes to a form's draft, each of which can be undone."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.forms.form import key_for
from desktop_app.ui.forms.draft import FieldDraft, FormDraft, Kind

MOST_STEPS = 200
"""Changes that can be undone; drafts are small."""


class History:
    """A draft and those before it."""

    def __init__(self, draft: FormDraft) -> None:
        self._drafts = [draft]
        self._at = 0
        self._last = ""

    @property
    def draft(self) -> FormDraft:
        return self._drafts[self._at]

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at + 1 < len(self._drafts)

    def change(self, draft: FormDraft, what: str = "") -> None:
        """Go on to another draft.

        Args:
            draft: what stands there now.
            what: names the place that is typed in; changes there in a row are undone as one.
        """
        if draft == self.draft:
            return
        del self._drafts[self._at + 1 :]
        if what and what == self._last and self._at > 0:
            self._drafts[self._at] = draft
        else:
            self._drafts.append(draft)
            del self._drafts[: -MOST_STEPS - 1]
            self._at = len(self._drafts) - 1
        self._last = what

    def undo(self) -> None:
        if self.can_undo:
            self._at -= 1
            self._last = ""

    def redo(self) -> None:
        if self.can_redo:
            self._at += 1
            self._last = ""


def with_field(draft: FormDraft, kind: Kind, after: int | None) -> tuple[FormDraft, int]:
    """The draft with a new field behind another one, or at the end; and the new field's id."""
    made = FieldDraft(_new_id(draft), kind=kind, key=key_for("", _keys(draft)))
    return _inserted(draft, made, after), made.id


def with_copy(draft: FormDraft, field_id: int) -> tuple[FormDraft, int]:
    """The draft with a copy of a field behind it, under a key of its own; and the copy's id."""
    one = draft.field_with(field_id)
    if one is None:
        return draft, field_id
    key = key_for(one.key, _keys(draft))
    copy = replace(one, id=_new_id(draft), key=key, key_is_own=False)
    return _inserted(draft, copy, field_id), copy.id


def without_field(draft: FormDraft, field_id: int) -> tuple[FormDraft, int | None]:
    """The draft without a field, and the id of the one that takes its place, None when none is left."""
    at = _place(draft, field_id)
    left = tuple(one for one in draft.fields if one.id != field_id)
    neighbour = left[min(at, len(left) - 1)].id if left else None
    return replace(draft, fields=left), neighbour


def with_field_moved(draft: FormDraft, field_id: int, to: int) -> FormDraft:
    """The draft with a field at another place, from 0; places beyond the ends count as the ends."""
    one = draft.field_with(field_id)
    if one is None:
        return draft
    others = [other for other in draft.fields if other is not one]
    others.insert(min(max(to, 0), len(others)), one)
    return replace(draft, fields=tuple(others))


def with_field_edited(draft: FormDraft, edited: FieldDraft) -> FormDraft:
    """The draft with what was typed in a field. A key that nobody typed follows the label; one
    that was emptied is made again with the next change.
    """
    before = draft.field_with(edited.id)
    if before is None:
        return draft
    others = {one.key for one in draft.fields if one.id != edited.id}
    if edited.key != before.key:
        edited = replace(edited, key_is_own=bool(edited.key.strip()))
    elif not edited.key_is_own and (edited.label != before.label or not edited.key):
        edited = replace(edited, key=key_for(edited.label, others))
    fields = tuple(edited if one.id == edited.id else one for one in draft.fields)
    return replace(draft, fields=fields)


def changed_field(before: FormDraft, after: FormDraft) -> int | None:
    """The id of the first field of `after` that is not the same in `before`; None when there is none."""
    for place, one in enumerate(after.fields):
        if place >= len(before.fields) or before.fields[place] != one:
            return one.id
    return None


def _inserted(draft: FormDraft, made: FieldDraft, after: int | None) -> FormDraft:
    at = len(draft.fields) if draft.field_with(after) is None else _place(draft, after) + 1
    return replace(draft, fields=(*draft.fields[:at], made, *draft.fields[at:]))


def _place(draft: FormDraft, field_id: int | None) -> int:
    return next((place for place, one in enumerate(draft.fields) if one.id == field_id), 0)


def _new_id(draft: FormDraft) -> int:
    return max((one.id for one in draft.fields), default=0) + 1


def _keys(draft: FormDraft) -> set[str]:
    return {one.key for one in draft.fields}
