"""The new-run dialog, joined to the gallery, the forms and the servers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path

from desktop_app.adapters.folders.picture_lists import common_folder, find_named, name_below, read_list
from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form, plain_form
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.runs.run import Run, RunScope
from desktop_app.services.gallery import Gallery, Listing, ListingState
from desktop_app.services.runs.planning import Planning
from desktop_app.services.runs.runs import SAMPLE
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.runs.new_run_data import (
    NewRunChoice,
    NewRunOffer,
    OfferedList,
    OfferedServer,
    ScopeChoice,
)
from desktop_app.ui.runs.new_run_dialog import NewRunDialog
from desktop_app.ui.tasks import Tasks

_NAMES_AT_ONCE = 500
"""A share that answers slowly is asked about so many names before the time limit counts anew."""


@dataclass(frozen=True, slots=True)
class _Offered:
    """Pictures that can be chosen; the run is about exactly these, whatever the gallery shows later."""

    scope: RunScope
    entries: Sequence[FolderEntry]


class NewRunDesk:
    """Offers what can be asked about, and makes the run that was chosen."""

    def __init__(
        self,
        shell: Shell,
        core: Core,
        tasks: Tasks,
        galleries: Gallery,
        desk: DeskPresenter,
        dialogs: Dialogs,
    ) -> None:
        self._shell, self._core, self._tasks = shell, core, tasks
        self._galleries, self._desk = galleries, desk
        self._planning = Planning(core.servers, core.settings, version("lightdesk"))
        self._like: Run | None = None
        self._forms: Sequence[Form] = ()
        self._offered: dict[ScopeChoice, _Offered] = {}
        self._listed: tuple[Path, ...] = ()
        self._list = Path()
        self.dialog = NewRunDialog(shell.theme, shell.window)
        self.dialog.connect_requested.connect(dialogs.open_servers)
        self.dialog.forms_requested.connect(dialogs.open_forms)
        self.dialog.scopes.list_chosen.connect(lambda path: tasks.start(self._read(path)))
        galleries.watch(self._gallery_changed)

    async def open(self, like: Run | None) -> None:
        """Offer the gallery's pictures, or those of an earlier run with what it asked."""
        self._like = like
        await self._load_forms()
        self._show_offer(is_new=True)
        self.dialog.open()

    async def show_offer(self) -> None:
        """Bring the open dialog up to date: forms and servers may have changed."""
        await self._load_forms()
        self._show_offer(is_new=False)

    async def make(self, choice: NewRunChoice) -> Run:
        """
        Raises:
            AppError: any SERVER_ code, RUN_NEEDS_SERVER, RUN_EMPTY, PROMPT_VARIABLE.
        """
        name = await self._core.runs.free_name(choice.name)
        form = choice.form or plain_form(choice.prompt)
        scope, pictures = await self._pictures(choice.scope)
        plan = await self._planning.plan(name, form, scope, choice.servers, choice.concurrency)
        return await self._core.runs.create(plan, pictures)

    async def _load_forms(self) -> None:
        self._forms = [known.form for known in await self._core.forms.all()]

    def _show_offer(self, is_new: bool) -> None:
        offer = self._of_gallery() if self._like is None else self._of_run(self._like)
        self.dialog.show_offer(offer, SAMPLE, is_new)

    def _gallery_changed(self, listing: Listing) -> None:
        """Pictures are still being found, or come and go, while the dialog is open."""
        if self._like is None and self.dialog.isVisible():
            self._show_offer(is_new=False)

    def _of_gallery(self) -> NewRunOffer:
        listing = self._galleries.listing
        everything, selected = self._galleries.everything, self._selected()
        shown = listing.shown.entries if listing is not None else ()
        folder = listing.folder if listing is not None else Path()
        recursive = listing is not None and listing.recursive
        filter_text = self._galleries.filter_text
        of_folder = RunScope(folder, recursive)
        self._offered = {ScopeChoice.FOLDER: _Offered(of_folder, everything)}
        if 0 < len(shown) < len(everything):
            of_filter = replace(of_folder, match=filter_text, source=ScopeChoice.FILTER.value)
            self._offered[ScopeChoice.FILTER] = _Offered(of_filter, shown)
        if len(selected) > 1:
            of_selection = replace(of_folder, source=ScopeChoice.SELECTION.value)
            self._offered[ScopeChoice.SELECTION] = _Offered(of_selection, selected)
        return NewRunOffer(
            folder.name or str(folder),
            {choice: len(one.entries) for choice, one in self._offered.items()},
            self._forms,
            self._servers(),
            self._shell.conversation.draft,
            filter_text=filter_text,
            is_listing=listing is not None and listing.state is ListingState.LISTING,
            takes_list=True,
        )

    def _of_run(self, run: Run) -> NewRunOffer:
        """What it asked comes first, also where its form has another version by now."""
        form, name, counts = run.plan.form, run.plan.name, {ScopeChoice.RUN: run.counts.total}
        place, servers = run.plan.scope.folder.name, self._servers()
        if form.is_plain:
            return NewRunOffer(name, counts, self._forms, servers, form.instructions, place=place)
        others = [one for one in self._forms if one.name != form.name]
        return NewRunOffer(name, counts, [form, *others], servers, form=form.name, place=place)

    def _servers(self) -> list[OfferedServer]:
        current = self._core.servers.current
        return [
            OfferedServer(profile.name, profile.model or profile.address, profile == current)
            for profile in self._core.servers.profiles
        ]

    async def _pictures(self, choice: ScopeChoice) -> tuple[RunScope, list[tuple[str, str]]]:
        like = self._like
        if choice is ScopeChoice.RUN and like is not None:
            items = await self._core.answers.items(like.id)
            return like.plan.scope, [(item.path, item.name) for item in items]
        if choice is ScopeChoice.LIST:
            folder = common_folder([str(path) for path in self._listed])
            pictures = [(str(path), name_below(folder, path)) for path in self._listed]
            return RunScope(folder, source=choice.value), pictures
        offered = self._offered[choice]
        return offered.scope, [(entry.path, entry.name) for entry in offered.entries]

    async def _read(self, path: Path) -> None:
        """Look for the pictures that a file names, beside it and in the open folder."""
        self._list, scopes = path, self.dialog.scopes
        scopes.show_reading(path.name)
        try:
            found, missing = await self._named_in(path)
        except AppError as problem:
            if self._list is path:
                scopes.show_problem(problem)
            return
        if self._list is path:  # else another one was chosen meanwhile
            self._listed = found
            scopes.show_list(OfferedList(path.name, len(found), missing))

    async def _named_in(self, path: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
        listing, workers = self._galleries.listing, self._core.workers
        folders = [path.parent] + ([listing.folder] if listing is not None else [])
        names = await workers.run(partial(read_list, path), path.name)
        found: dict[Path, None] = {}
        missing: list[str] = []
        for start in range(0, len(names), _NAMES_AT_ONCE):
            some = partial(find_named, names[start : start + _NAMES_AT_ONCE], folders)
            named = await workers.run(some, path.name)
            found |= dict.fromkeys(named.found)
            missing += named.missing
        return tuple(found), tuple(missing)

    def _selected(self) -> Sequence[FolderEntry]:
        selection = self._desk.selection
        return selection.entries if selection is not None else ()
