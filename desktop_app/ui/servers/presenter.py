"""What the servers dialog does: keeps drafts, tests servers, saves, removes and chooses them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from desktop_app.domain.errors import AppError
from desktop_app.domain.servers import ServerProfile, host_of, normalise_base_url, scope_by_name
from desktop_app.services.ports import HostScopes
from desktop_app.ui.latest_work import LatestWork, StartCancellable
from desktop_app.ui.servers.draft import Draft, draft_of
from desktop_app.ui.servers.protocols import ServerBook, View

SCOPE_DELAY_S = 0.4
"""Pause in typing after which the host's name is looked up."""


class ServersPresenter:
    """Joins the dialog to the servers service. Tests and look-ups run while the dialog is used."""

    def __init__(
        self,
        view: View,
        servers: ServerBook,
        scopes: HostScopes,
        start: StartCancellable,
        never_outside: Callable[[], bool] = lambda: False,
    ) -> None:
        self._view = view
        self._servers = servers
        self._scopes = scopes
        self._never_outside = never_outside
        self._selected: str | None = None
        self._saved = Draft()
        self._draft = Draft()
        self._kept: dict[str, Draft] = {}
        self._work = LatestWork(start)

    @property
    def has_unsaved(self) -> bool:
        """Whether closing now would lose something the user typed."""
        return bool(self._unsaved_names())

    def open(self) -> None:
        """Fill the dialog: the server in use is selected; with none set up, a new one is begun."""
        self._kept.clear()
        self._view.show_key_place(protected=self._servers.keys_are_protected)
        self._view.show_consent(may_be_given=not self._never_outside())
        current = self._servers.current
        if current is not None:
            self.select(current.name)
        else:
            self.select(None if self._servers.profiles else "")

    def close(self) -> None:
        """Cancel whatever runs and forget what was not saved."""
        self._work.cancel_all()
        self._kept.clear()
        self._draft = self._saved = Draft()

    def select(self, name: str | None) -> None:
        """Show a server by name, the built-in reader (None) or the form for a new server ("")."""
        self._keep_draft()
        self._work.cancel("test", "models", "load")
        self._selected = name
        self._view.clear_result()
        self._view.show_models(())
        if name is None:
            self._draft = self._saved = Draft()
            self._view.show_reader()
        elif profile := self._profile(name):
            self._saved = draft_of(profile, None)
            self._show(self._kept.get(name, self._saved))
            self._work.begin("load", self._load_key(profile))
        else:
            self._saved = Draft()
            self._show(self._kept.get("", Draft()))
            self._work.begin("load", self._look_where_keys_go())
        self._show_list()

    def edit(self, draft: Draft) -> None:
        """The user changed a field."""
        address_changed = draft.address != self._draft.address
        self._draft = draft
        if address_changed:
            # What the server at the earlier address said, or still says, is not true of this one.
            self._work.cancel("test", "models")
            self._view.clear_result()
            self._view.show_models(())
            self._show_address()
        self._view.show_name_taken(self._name_is_taken())
        self._view.show_unsaved(self._is_unsaved())

    def test(self) -> None:
        """Try the server as it stands in the form; nothing is saved."""
        self._work.begin("test", self._test(self._draft))

    def stop_test(self) -> None:
        self._work.cancel("test")
        self._view.show_testing(False)

    def refresh_models(self) -> None:
        """Ask the server in the form for its models."""
        self._work.begin("models", self._list_models(self._draft))

    async def save(self) -> bool:
        """Save the form; True when it was saved. Problems are shown."""
        if self._selected is None or self._name_is_taken():
            return False
        try:
            profile = self._draft.profile(self._family())
            await self._servers.save(profile, self._draft.key, self._selected)
        except AppError as error:
            self._view.show_error(error)
            return False
        self._kept.pop(self._selected, None)
        self._selected = profile.name
        self._saved = draft_of(profile, self._draft.key)
        self._show(self._saved)
        self._show_list()
        return True

    async def save_all(self) -> bool:
        """Save every server with unsaved changes; stops at the first problem and shows it."""
        for name in self._unsaved_names():
            if name != self._selected:
                self.select(name)
            if not await self.save():
                return False
        return True

    async def remove(self) -> None:
        """Remove the selected server and its key; the next one is selected."""
        name = self._selected
        if name is None:
            return
        self._kept.pop(name, None)
        self._draft = self._saved
        if name:
            try:
                await self._servers.remove(name)
            except AppError as error:
                self._view.show_error(error)
                return
        names = [profile.name for profile in self._servers.profiles]
        self.select(names[0] if names else None)

    async def use(self) -> None:
        """Ask the selected server, or the built-in reader, from now on; unsaved changes are saved first."""
        if self._is_unsaved() and not await self.save():
            return
        try:
            await self._servers.use(self._selected)
        except AppError as error:
            self._view.show_error(error)
            return
        self._show_list()

    # What runs beside the dialog

    async def _load_key(self, profile: ServerProfile) -> None:
        try:
            key = await self._servers.key(profile.name)
        except AppError as error:
            self._view.show_error(error)
            return
        self._view.show_key_place(protected=self._servers.keys_are_protected)
        self._saved = replace(self._saved, key=key)
        if self._draft.key is None:
            self._show(replace(self._draft, key=key), address_too=False)
        self._view.show_unsaved(self._is_unsaved())

    async def _look_where_keys_go(self) -> None:
        """Only after looking for a key does the service know whether there is a keyring."""
        try:
            await self._servers.key("")
        except AppError as error:
            self._view.show_error(error)
        self._view.show_key_place(protected=self._servers.keys_are_protected)

    async def _test(self, draft: Draft) -> None:
        self._view.clear_result()
        self._view.show_testing(True)
        try:
            report = await self._servers.check(draft.profile(self._family()), draft.key)
        except AppError as error:
            self._view.show_error(error)
        else:
            self._view.show_models(report.models)
            self._view.show_address(normalise_base_url(draft.address), report.scope)
            self._view.show_report(report, key_given=bool(draft.key))
        finally:
            self._view.show_testing(False)

    async def _list_models(self, draft: Draft) -> None:
        self._view.clear_result()
        self._view.show_listing(True)
        try:
            models = await self._servers.models(draft.profile(self._family()), draft.key)
        except AppError as error:
            self._view.show_error(error)
        else:
            self._view.show_models(models)
        finally:
            self._view.show_listing(False)

    async def _look_up_scope(self, base_url: str) -> None:
        await asyncio.sleep(SCOPE_DELAY_S)
        try:
            scope = await self._scopes.scope(host_of(base_url))
        except AppError:
            return  # A name that cannot be found keeps the guess; the test tells the user about it.
        self._view.show_address(base_url, scope)

    # Helpers

    def _show(self, draft: Draft, *, address_too: bool = True) -> None:
        self._draft = draft
        self._view.show_form(draft, is_new=self._selected == "")
        if address_too:
            self._show_address()
        self._view.show_name_taken(False)
        self._view.show_unsaved(self._is_unsaved())

    def _show_address(self) -> None:
        self._work.cancel("scope")
        try:
            base_url = normalise_base_url(self._draft.address)
        except AppError:
            self._view.show_address("", None)
            return
        self._view.show_address(base_url, scope_by_name(host_of(base_url)))
        self._work.begin("scope", self._look_up_scope(base_url))

    def _show_list(self) -> None:
        current = self._servers.current
        self._view.show_servers(
            self._servers.profiles, current.name if current else None, self._selected, self._unsaved_names()
        )

    def _keep_draft(self) -> None:
        if self._selected is None:
            return
        if self._is_unsaved():
            self._kept[self._selected] = self._draft
        else:
            self._kept.pop(self._selected, None)

    def _is_unsaved(self) -> bool:
        return self._selected is not None and self._draft != self._saved and not self._draft.is_empty

    def _unsaved_names(self) -> list[str]:
        names = [name for name in self._kept if name != self._selected]
        return [*names, self._selected] if self._selected is not None and self._is_unsaved() else names

    def _profile(self, name: str) -> ServerProfile | None:
        return next((profile for profile in self._servers.profiles if profile.name == name), None)

    def _family(self) -> str:
        profile = self._profile(self._selected or "")
        return profile.family if profile else ""

    def _name_is_taken(self) -> bool:
        try:
            name = self._draft.profile().name
        except AppError:
            name = self._draft.name.strip()
        return any(profile.name == name != self._selected for profile in self._servers.profiles)
