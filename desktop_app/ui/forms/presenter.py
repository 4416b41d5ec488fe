"""What the forms dialog does: keeps drafts, saves, removes and brings back forms, exchanges them as files."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.domain.runs.earlier_run import EarlierRun
from desktop_app.ui.forms.draft import FormDraft, draft_of
from desktop_app.ui.forms.entries import Entries, Entry
from desktop_app.ui.forms.protocols import FormBook, View
from desktop_app.ui.forms.shown_form import ShownForm
from desktop_app.ui.forms.trying import TrialPresenter


class FormsPresenter:
    """Joins the dialog to the forms service. Nothing is kept until it is saved."""

    def __init__(
        self,
        view: View,
        forms: FormBook,
        trial: TrialPresenter,
        family: Callable[[], str],
        earlier: Callable[[], Awaitable[Sequence[EarlierRun]]],
    ) -> None:
        """
        Args:
            family: name of the vision family that would be asked.
            earlier: finds the runs whose answers a prompt can name.
        """
        self._view = view
        self._forms = forms
        self._trial = trial
        self._earlier = earlier
        self._entries = Entries()
        self._current: Entry | None = None
        self._removed: Entry | None = None
        self._last = ""
        self.shown = ShownForm(view, self._entries, trial, family)

    @property
    def has_unsaved(self) -> bool:
        """Whether closing now would lose something the user typed."""
        return bool(self._entries.unsaved)

    @property
    def file_name(self) -> str:
        """What a file with the form would be called."""
        name = self._current.draft.name if self._current is not None else ""
        return "".join("-" if sign in '<>:"/\\|?*' or sign < " " else sign for sign in name).strip(" .-")

    async def open(self) -> None:
        """Fill the dialog; the form that was shown last is selected, else the first one."""
        self._view.clear_error()
        self._trial.look_around()
        if not await self._reload():
            return
        wanted = self._entries.named(self._last) or next(iter(self._entries), None)
        if wanted is not None:
            self.select(wanted.id)
        try:
            self._view.show_earlier_runs(await self._earlier())
        except AppError:
            self._view.show_earlier_runs(())  # one entry less in a menu; nothing that anybody waits for

    def close(self) -> None:
        """Stop a trial and forget what was not saved."""
        self._last = self._current.name if self._current is not None else ""
        self._trial.close()
        self._entries.clear()
        self._current = self._removed = None
        self.shown.entry = None
        self._view.show_removed("")

    def select(self, entry_id: int) -> None:
        """Show a form."""
        entry = self._entries.with_id(entry_id)
        if entry is None:
            return
        if entry is not self._current:
            self._trial.clear()
        self._current = entry
        self._view.clear_error()
        self._show_list()
        self.shown.show(entry)

    # The list of forms

    def new(self) -> None:
        """Begin a form; one that was begun and left empty is taken again."""
        empty = next((one for one in self._entries if one.saved is None and one.draft.is_empty), None)
        self.select((empty or self._entries.begin(FormDraft())).id)
        self._view.begin_naming()

    def duplicate(self, numbered: str) -> None:
        """Begin a form with the contents of this one; `numbered` is for names, "{name} {number}"."""
        if self._current is not None:
            draft = self._current.draft
            name = self._entries.free_name(draft.name.strip(), numbered)
            self.select(self._entries.begin(replace(draft, name=name)).id)
            self._view.begin_naming()

    async def save(self) -> bool:
        """Save the form as its next version; True when it was saved. Problems are shown."""
        entry = self._current
        if entry is None or self._entries.problems(entry):
            return False
        self._view.clear_error()
        before = entry.saved.name if entry.saved is not None and not entry.is_shipped else ""
        try:
            kept = await self._forms.save(entry.draft.form())
            if before and before != kept.name:
                await self._forms.remove(before)
        except AppError as error:
            self._view.show_error(error)
            return False
        entry.saved, entry.is_shipped = kept, False
        await self._reload()
        self.shown.show(entry)
        self._view.show_saved(kept.name)
        return True

    async def save_all(self) -> bool:
        """Save every form with unsaved changes; stops at the first that cannot be saved and shows it."""
        for entry in self._entries.unsaved:
            if entry is not self._current:
                self.select(entry.id)
            if not await self.save():
                return False
        return True

    async def remove(self) -> None:
        """Take the selected form out of the list; it can be brought back until the dialog closes."""
        entry = self._current
        if entry is None or entry.is_shipped:
            return
        if entry.saved is not None and not await self._tried(self._forms.remove(entry.saved.name)):
            return
        neighbour = self._entries.beside(entry)
        self._entries.take_out(entry)
        self._current = self.shown.entry = None
        await self._reload()
        if not (entry.saved is None and entry.draft.is_empty):
            self._removed = entry
            self._view.show_removed(entry.name)
        following = self._entries.named(entry.name) or neighbour
        if following is not None:
            self.select(following.id)

    async def restore(self) -> None:
        """Bring the form back that was removed last, with what was typed in it."""
        entry, self._removed = self._removed, None
        self._view.show_removed("")
        if entry is None:
            return
        if entry.saved is not None and not await self._tried(self._forms.restore(entry.saved.name)):
            return
        self._entries.put_back(entry)
        await self._reload()
        self.select(entry.id)

    async def import_file(self, path: Path) -> None:
        """Show a file's form, not saved yet: as a change of the form of its name, else as a new one."""
        self._view.clear_error()
        try:
            form = await self._forms.load_file(path)
        except AppError as error:
            self._view.show_error(error)
            return
        entry = self._entries.named(form.name)
        if entry is None:
            entry = self._entries.begin(draft_of(form))
        else:
            entry.history.change(draft_of(form))
            entry.field_id = 1
        self.select(entry.id)

    async def save_file(self, path: Path) -> None:
        """Write the form as it is on the dialog to a file."""
        entry = self._current
        if entry is None or self._entries.problems(entry):
            return
        self._view.clear_error()
        version = entry.saved.version if entry.saved is not None else 1
        try:
            written = await self._forms.save_file(path, entry.draft.form(version))
        except AppError as error:
            self._view.show_error(error)
        else:
            self._view.show_saved(written.name)

    # Helpers

    def _show_list(self) -> None:
        if self._current is not None:
            self._view.show_forms(self._entries.lines, self._current.id)

    async def _reload(self) -> bool:
        try:
            self._entries.update(await self._forms.all())
        except AppError as error:
            self._view.show_error(error)
            return False
        self._show_list()
        return True

    async def _tried(self, work: Awaitable[None]) -> bool:
        try:
            await work
        except AppError as error:
            self._view.show_error(error)
            return False
        return True
