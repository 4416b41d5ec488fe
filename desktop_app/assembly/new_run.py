"""The new-run dialog, joined to the gallery, the forms and the servers."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.forms.form import Form, plain_form
from desktop_app.domain.pictures import FolderEntry
from desktop_app.domain.runs.run import Run, RunScope
from desktop_app.services.gallery import Gallery
from desktop_app.services.runs.planning import Planning
from desktop_app.services.runs.runs import SAMPLE
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.runs.new_run_data import NewRunChoice, NewRunOffer, OfferedServer, ScopeChoice
from desktop_app.ui.runs.new_run_dialog import NewRunDialog


class NewRunDesk:
    """Offers what can be asked about, and makes the run that was chosen."""

    def __init__(
        self, shell: Shell, core: Core, galleries: Gallery, desk: DeskPresenter, dialogs: Dialogs
    ) -> None:
        self._shell, self._core = shell, core
        self._galleries, self._desk = galleries, desk
        self._planning = Planning(core.servers, core.settings, version("lightdesk"))
        self._like: Run | None = None
        self.dialog = NewRunDialog(shell.theme, shell.window)
        self.dialog.connect_requested.connect(dialogs.open_servers)
        self.dialog.forms_requested.connect(dialogs.open_forms)

    async def open(self, like: Run | None) -> None:
        """Offer the gallery's pictures, or those of an earlier run with what it asked."""
        self._like = like
        await self._show_offer(is_new=True)
        self.dialog.open()

    async def show_offer(self) -> None:
        """Bring the open dialog up to date: forms and servers may have changed."""
        await self._show_offer(is_new=False)

    async def _show_offer(self, is_new: bool) -> None:
        forms = [known.form for known in await self._core.forms.all()]
        offer = self._of_gallery(forms) if self._like is None else self._of_run(self._like, forms)
        self.dialog.show_offer(offer, SAMPLE, is_new)

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

    def _of_gallery(self, forms: Sequence[Form]) -> NewRunOffer:
        everything, shown = len(self._galleries.everything), len(self._shown())
        selected = len(self._selected())
        counts = {ScopeChoice.FOLDER: everything}
        if shown != everything:
            counts[ScopeChoice.FILTER] = shown
        if selected > 1:
            counts[ScopeChoice.SELECTION] = selected
        listing = self._galleries.listing
        folder = listing.folder.name if listing is not None else ""
        return NewRunOffer(folder, counts, forms, self._servers(), self._shell.conversation.draft)

    def _of_run(self, run: Run, forms: Sequence[Form]) -> NewRunOffer:
        """What it asked comes first, also where its form has another version by now."""
        form, counts = run.plan.form, {ScopeChoice.RUN: run.counts.total}
        if form.is_plain:
            return NewRunOffer(run.plan.name, counts, forms, self._servers(), form.instructions)
        others = [one for one in forms if one.name != form.name]
        return NewRunOffer(run.plan.name, counts, [form, *others], self._servers(), form=form.name)

    def _servers(self) -> list[OfferedServer]:
        current = self._core.servers.current
        return [
            OfferedServer(profile.name, profile.model or profile.address, profile == current)
            for profile in self._core.servers.profiles
        ]

    async def _pictures(self, scope: ScopeChoice) -> tuple[RunScope, list[tuple[str, str]]]:
        like = self._like
        if scope is ScopeChoice.RUN and like is not None:
            items = await self._core.runs.items(like.id)
            return like.plan.scope, [(item.path, item.name) for item in items]
        match scope:
            case ScopeChoice.FILTER:
                entries = self._shown()
            case ScopeChoice.SELECTION:
                entries = self._selected()
            case _:
                entries = self._galleries.everything
        listing = self._galleries.listing
        folder = listing.folder if listing is not None else Path()
        recursive = listing.recursive if listing is not None else False
        match_text = self._galleries.filter_text if scope is ScopeChoice.FILTER else ""
        frozen = RunScope(folder, recursive, match_text, scope.value)
        return frozen, [(entry.path, entry.name) for entry in entries]

    def _shown(self) -> Sequence[FolderEntry]:
        listing = self._galleries.listing
        return listing.shown.entries if listing is not None else ()

    def _selected(self) -> Sequence[FolderEntry]:
        selection = self._desk.selection
        return selection.entries if selection is not None else ()
