"""What the servers dialog's presenter needs from its view and from the servers service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.domain.errors import AppError
from desktop_app.domain.servers import ModelCard, NetworkScope, ServerProfile, ServerReport
from desktop_app.ui.servers.draft import Draft


class ServerBook(Protocol):
    """What the dialog needs from the servers service."""

    @property
    def profiles(self) -> tuple[ServerProfile, ...]: ...

    @property
    def current(self) -> ServerProfile | None:
        """The server in use, None for the built-in reader."""
        ...

    @property
    def keys_are_protected(self) -> bool:
        """False when keys go to a plain file; only sure after `key` has been asked for."""
        ...

    async def key(self, name: str) -> str:
        """The stored key, "" when there is none."""
        ...

    async def check(self, profile: ServerProfile, key: str | None) -> ServerReport:
        """`key` None stands for the stored one, here and below."""
        ...

    async def models(self, profile: ServerProfile, key: str | None) -> tuple[ModelCard, ...]: ...

    async def save(self, profile: ServerProfile, key: str | None, previous: str) -> None:
        """Add a server, or replace the one named `previous` (which may mean renaming it)."""
        ...

    async def remove(self, name: str) -> None: ...

    async def use(self, name: str | None) -> None: ...


class View(Protocol):
    """The dialog as the presenter sees it; `name` is None for the built-in reader, "" for a new server."""

    def show_servers(
        self,
        profiles: Sequence[ServerProfile],
        in_use: str | None,
        selected: str | None,
        unsaved: Sequence[str],
    ) -> None: ...

    def show_reader(self) -> None: ...

    def show_form(self, draft: Draft, *, is_new: bool) -> None: ...

    def show_address(self, base_url: str, scope: NetworkScope | None) -> None:
        """What the address means; "" and None while it cannot be understood."""
        ...

    def show_consent(self, *, may_be_given: bool) -> None:
        """False where the settings forbid every server outside the network."""
        ...

    def show_key_place(self, *, protected: bool) -> None: ...

    def show_unsaved(self, unsaved: bool) -> None: ...

    def show_name_taken(self, taken: bool) -> None: ...

    def show_models(self, models: Sequence[ModelCard]) -> None: ...

    def show_listing(self, running: bool) -> None: ...

    def show_testing(self, running: bool) -> None: ...

    def show_report(self, report: ServerReport, *, key_given: bool) -> None: ...

    def show_error(self, error: AppError) -> None: ...

    def clear_result(self) -> None: ...
