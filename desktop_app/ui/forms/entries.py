"""The forms in the dialog's list: those that are kept, and those that were begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from desktop_app.domain.forms.form import Form
from desktop_app.ui.forms.checks import Problem, problems_of
from desktop_app.ui.forms.draft import FormDraft, draft_of
from desktop_app.ui.forms.editing import History
from desktop_app.ui.forms.protocols import FormFacts, FormLine, KnownForm


class Entry:
    """One form, with everything that was typed in it.

    Attributes:
        saved: the newest version that is kept, None for one that never was.
        field_id: the field that is selected.
    """

    def __init__(
        self, entry_id: int, draft: FormDraft, saved: Form | None = None, *, is_shipped: bool = False
    ) -> None:
        self.id = entry_id
        self.history = History(draft)
        self.saved = saved
        self.is_shipped = is_shipped
        self.field_id = draft.fields[0].id if draft.fields else None

    @property
    def draft(self) -> FormDraft:
        return self.history.draft

    @property
    def name(self) -> str:
        return self.saved.name if self.saved is not None else self.draft.name.strip()

    @property
    def is_unsaved(self) -> bool:
        """Whether something would be lost that the user typed."""
        return not self.draft.is_empty if self.saved is None else not _is_same(self.draft, self.saved)

    @property
    def line(self) -> FormLine:
        return FormLine(self.id, self.name, len(self.draft.fields), self.is_shipped, self.is_unsaved)

    @property
    def facts(self) -> FormFacts:
        return FormFacts(self.saved.version if self.saved is not None else 0, self.is_shipped)

    def keep(self, saved: Form, *, is_shipped: bool) -> None:
        """This version is kept now; a draft without changes of its own follows it."""
        follows = self.saved is not None and not self.is_unsaved
        self.saved, self.is_shipped = saved, is_shipped
        if follows and not _is_same(self.draft, saved):
            self.history = History(draft_of(saved))
            self.field_id = self.draft.fields[0].id


class Entries:
    """All of them, in the order of the list."""

    def __init__(self) -> None:
        self._all: list[Entry] = []
        self._ids = count(1)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._all)

    @property
    def lines(self) -> list[FormLine]:
        return [entry.line for entry in self._all]

    @property
    def unsaved(self) -> list[Entry]:
        return [entry for entry in self._all if entry.is_unsaved]

    def clear(self) -> None:
        self._all.clear()

    def with_id(self, entry_id: int) -> Entry | None:
        return next((entry for entry in self._all if entry.id == entry_id), None)

    def named(self, name: str) -> Entry | None:
        """The entry of this saved form."""
        return next((entry for entry in self._all if entry.saved and entry.saved.name == name), None)

    def begin(self, draft: FormDraft) -> Entry:
        """A new form, behind the user's own ones."""
        entry = Entry(next(self._ids), draft)
        own = sum(1 for other in self._all if not other.is_shipped)
        self._all.insert(own, entry)
        return entry

    def put_back(self, entry: Entry) -> None:
        """A form that was taken out. One that took its place goes, or becomes a new one if it was changed."""
        other = self.named(entry.saved.name) if entry.saved is not None else None
        if other is not None and other.is_unsaved:
            other.saved, other.is_shipped = None, False
        elif other is not None:
            self._all.remove(other)
        self._all.append(entry)

    def take_out(self, entry: Entry) -> None:
        self._all.remove(entry)

    def beside(self, entry: Entry) -> Entry | None:
        """The entry below, else the one above."""
        at = self._all.index(entry)
        others = self._all[at + 1 : at + 2] or self._all[max(0, at - 1) : at]
        return others[0] if others else None

    def update(self, known: Sequence[KnownForm]) -> None:
        """Follow what is kept; forms that were begun or changed stay as they are."""
        by_name = {entry.saved.name: entry for entry in self._all if entry.saved is not None}
        begun = [entry for entry in self._all if entry.saved is None]
        gone = by_name.keys() - {one.form.name for one in known}
        for name in gone:
            if by_name[name].is_unsaved:  # removed elsewhere while it was being changed here
                by_name[name].saved = None
                begun.append(by_name[name])
        own: list[Entry] = []
        shipped: list[Entry] = []
        for one in known:
            entry = by_name.get(one.form.name)
            if entry is None:
                entry = Entry(next(self._ids), draft_of(one.form), one.form, is_shipped=one.is_shipped)
            else:
                entry.keep(one.form, is_shipped=one.is_shipped)
            (shipped if one.is_shipped else own).append(entry)
        self._all = [*own, *begun, *shipped]

    def problems(self, entry: Entry) -> tuple[Problem, ...]:
        """What keeps the form from being saved."""
        return problems_of(entry.draft, {other.name for other in self._all if other is not entry})

    def free_name(self, name: str, numbered: str) -> str:
        """`name`, or with a number put into `numbered` (such as "{name} {number}") when it is taken."""
        taken = {entry.name for entry in self._all}
        number, free = 2, name
        while free in taken:
            free, number = numbered.format(name=name, number=number), number + 1
        return free


def _is_same(draft: FormDraft, saved: Form) -> bool:
    if draft.contents == draft_of(saved).contents:
        return True
    try:
        return draft.form(saved.version) == saved
    except ValueError:
        return False
