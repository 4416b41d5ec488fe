"""Offers what a new run can ask about, and makes the run that was chosen. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form, plain_form
from desktop_app.domain.runs.earlier_run import EarlierRun, earlier_runs
from desktop_app.domain.runs.run import Run
from desktop_app.services.forms import Forms
from desktop_app.services.gallery import Gallery, Listing, ListingState
from desktop_app.services.runs.planning import Planning
from desktop_app.services.runs.runs import SAMPLE, Runs
from desktop_app.services.servers import Servers
from desktop_app.ui.runs.new_run.offers import NewRunChoice, NewRunOffer, OfferedList, OfferedServer
from desktop_app.ui.runs.new_run.pictures import OfferedPictures


class Lists(Protocol):
    """What the presenter says about a list of pictures; described there."""

    def show_reading(self, name: str) -> None: ...

    def show_list(self, read: OfferedList) -> None: ...

    def show_problem(self, problem: AppError) -> None: ...


class View(Protocol):
    """What the presenter says to the dialog; described there."""

    @property
    def is_open(self) -> bool: ...

    def show_offer(self, offer: NewRunOffer, sample_size: int, is_new: bool = True) -> None: ...

    def show_earlier_runs(self, runs: Sequence[EarlierRun]) -> None: ...

    def open(self) -> None: ...


class NewRunPresenter:
    """Lives as long as the desk."""

    def __init__(
        self,
        view: View,
        lists: Lists,
        gallery: Gallery,
        pictures: OfferedPictures,
        forms: Forms,
        servers: Servers,
        planning: Planning,
        runs: Runs,
        draft: Callable[[], str],
    ) -> None:
        """`draft`: what is written in the conversation and not asked yet."""
        self._view = view
        self._lists = lists
        self._gallery = gallery
        self._pictures = pictures
        self._forms = forms
        self._servers = servers
        self._planning = planning
        self._runs = runs
        self._draft = draft
        self._like: Run | None = None
        self._known: Sequence[Form] = ()
        gallery.watch(self._gallery_changed)

    async def open(self, like: Run | None = None) -> None:
        """Offer the gallery's pictures, or those of an earlier run with what it asked."""
        self._like = like
        await self._load_forms()
        self._show_offer(is_new=True)
        self._view.open()
        try:
            self._view.show_earlier_runs(earlier_runs(await self._runs.all()))
        except AppError:
            self._view.show_earlier_runs(())  # one entry less in a menu; nothing that anybody waits for

    async def renew(self) -> None:
        """Forms or servers may have changed: bring the dialog up to date when it is open."""
        if self._view.is_open:
            await self._load_forms()
            self._show_offer(is_new=False)

    async def read_list(self, path: Path) -> None:
        """Offer the pictures that a file names."""
        self._lists.show_reading(path.name)
        try:
            read = await self._pictures.read_list(path)
        except AppError as problem:
            self._lists.show_problem(problem)
            return
        if read is not None:
            self._lists.show_list(read)

    async def make(self, choice: NewRunChoice) -> Run:
        """
        Raises:
            AppError: any SERVER_ code, RUN_NEEDS_SERVER, RUN_EMPTY, PROMPT_VARIABLE.
        """
        # Lists show a name on one line and single-spaced; it can be typed as it is read there.
        name = await self._runs.free_name(" ".join(choice.name.split()))
        form = choice.form or plain_form(choice.prompt)
        scope, pictures = await self._pictures.chosen(choice.scope)
        plan = await self._planning.plan(name, form, scope, choice.servers, choice.concurrency)
        return await self._runs.create(plan, pictures)

    async def _load_forms(self) -> None:
        self._known = [known.form for known in await self._forms.all()]

    def _show_offer(self, is_new: bool) -> None:
        offer = self._of_gallery() if self._like is None else self._of_run(self._like)
        self._view.show_offer(offer, SAMPLE, is_new)

    def _gallery_changed(self, listing: Listing) -> None:
        """Pictures are still being found, or come and go, while the dialog is open."""
        if self._like is None and self._view.is_open:
            self._show_offer(is_new=False)

    def _of_gallery(self) -> NewRunOffer:
        listing, folder = self._gallery.listing, self._pictures.folder
        return NewRunOffer(
            folder.name or str(folder),
            self._pictures.offer_gallery(),
            self._known,
            self._offered_servers(),
            self._draft(),
            filter_text=self._gallery.filter_text,
            is_listing=listing is not None and listing.state is ListingState.LISTING,
            takes_list=True,
        )

    def _of_run(self, run: Run) -> NewRunOffer:
        """What it asked comes first, also where its form has another version by now."""
        form, name, counts = run.plan.form, run.plan.name, self._pictures.offer_run(run)
        place, servers = run.plan.scope.folder.name, self._offered_servers()
        if form.is_plain:
            return NewRunOffer(name, counts, self._known, servers, form.instructions, place=place)
        others = [one for one in self._known if one.name != form.name]
        return NewRunOffer(name, counts, [form, *others], servers, form=form.name, place=place)

    def _offered_servers(self) -> list[OfferedServer]:
        current = self._servers.current
        return [
            OfferedServer(profile.name, profile.model or profile.address, profile == current)
            for profile in self._servers.profiles
        ]
