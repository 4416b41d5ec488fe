"""The servers dialog's decisions, with a recording view and servers kept in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ModelCard, NetworkScope, ServerProfile, ServerReport
from desktop_app.ui.servers import presenter as presenter_module
from desktop_app.ui.servers.draft import Draft
from desktop_app.ui.servers.presenter import ServersPresenter
from tests.fakes.memory_servers import MemoryServers, NameScopes

BOX = ServerProfile("box", "http://gpu-box:8000/v1", family="qwen2-vl")
CLOUD = ServerProfile("cloud", "https://api.example.com/v1", allow_outside=True)


@dataclass
class ShownServers:
    """Remembers what the presenter showed last."""

    draft: Draft | None = None
    is_new: bool = False
    names: list[str] = field(default_factory=list)
    in_use: str | None = None
    selected: str | None = None
    unsaved: list[str] = field(default_factory=list)
    address: tuple[str, NetworkScope | None] = ("", None)
    consent_possible: bool = True
    protected: bool = True
    form_unsaved: bool = False
    name_taken: bool = False
    models: tuple[ModelCard, ...] = ()
    listing: bool = False
    testing: bool = False
    report: ServerReport | None = None
    key_given: bool | None = None
    error: AppError | None = None

    def show_servers(
        self,
        profiles: Sequence[ServerProfile],
        in_use: str | None,
        selected: str | None,
        unsaved: Sequence[str],
    ) -> None:
        self.names = [profile.name for profile in profiles]
        self.in_use, self.selected, self.unsaved = in_use, selected, list(unsaved)

    def show_reader(self) -> None:
        self.draft = None

    def show_form(self, draft: Draft, *, is_new: bool) -> None:
        self.draft, self.is_new = draft, is_new

    def show_address(self, base_url: str, scope: NetworkScope | None) -> None:
        self.address = (base_url, scope)

    def show_consent(self, *, may_be_given: bool) -> None:
        self.consent_possible = may_be_given

    def show_key_place(self, *, protected: bool) -> None:
        self.protected = protected

    def show_unsaved(self, unsaved: bool) -> None:
        self.form_unsaved = unsaved

    def show_name_taken(self, taken: bool) -> None:
        self.name_taken = taken

    def show_models(self, models: Sequence[ModelCard]) -> None:
        self.models = tuple(models)

    def show_listing(self, running: bool) -> None:
        self.listing = running

    def show_testing(self, running: bool) -> None:
        self.testing = running

    def show_report(self, report: ServerReport, *, key_given: bool) -> None:
        self.report, self.key_given = report, key_given

    def show_error(self, error: AppError) -> None:
        self.error = error

    def clear_result(self) -> None:
        self.report = self.error = None


def opened(
    servers: MemoryServers, scopes: NameScopes | None = None, never_outside: bool = False
) -> tuple[ServersPresenter, ShownServers]:
    view = ShownServers()
    presenter = ServersPresenter(
        view, servers, scopes or NameScopes(), asyncio.ensure_future, lambda: never_outside
    )
    presenter.open()
    return presenter, view


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_server_in_use_is_shown_with_its_key() -> None:
    servers = MemoryServers(BOX, CLOUD, current="cloud", protected=False)
    servers.keys["cloud"] = "sk-1"
    _, view = opened(servers)
    await settled()
    assert (view.selected, view.in_use, view.names) == ("cloud", "cloud", ["box", "cloud"])
    assert view.draft == Draft("cloud", CLOUD.base_url, "sk-1", "", True)
    assert not view.protected
    assert not view.form_unsaved


async def test_what_one_address_answered_is_not_told_of_the_next() -> None:
    servers = MemoryServers(BOX, current="box")
    presenter, view = opened(servers)
    await settled()
    presenter.refresh_models()
    await settled()
    assert view.models
    presenter.refresh_models()
    presenter.edit(replace(view.draft or Draft(), address="other-box:8000"))
    await settled()
    assert (view.models, view.listing) == ((), False)


async def test_without_servers_a_new_one_is_begun() -> None:
    _, view = opened(MemoryServers())
    assert view.is_new
    assert view.draft == Draft()
    assert not view.form_unsaved


async def test_the_address_is_understood_while_typing() -> None:
    presenter, view = opened(MemoryServers())
    understood = {}
    for typed in ("gpu-box:8000/v1/chat/completions", "gpu box", "https://api.example.com"):
        presenter.edit(Draft(address=typed))
        understood[typed] = view.address
    assert understood == {
        "gpu-box:8000/v1/chat/completions": ("http://gpu-box:8000/v1", NetworkScope.LAN),
        "gpu box": ("", None),
        "https://api.example.com": ("https://api.example.com/v1", NetworkScope.OUTSIDE),
    }
    presenter.close()


async def test_a_name_that_resolves_to_the_lan_needs_no_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenter_module, "SCOPE_DELAY_S", 0)
    presenter, view = opened(MemoryServers(), NameScopes(gpu_firm_example=NetworkScope.LAN))
    presenter.edit(Draft(address="gpu.firm.example:8000"))
    assert view.address[1] is NetworkScope.OUTSIDE
    await settled()
    assert view.address == ("http://gpu.firm.example:8000/v1", NetworkScope.LAN)


async def test_saving_a_new_server_names_it_after_its_address() -> None:
    servers = MemoryServers()
    presenter, view = opened(servers)
    presenter.edit(Draft(address="gpu-box:8000", key="sk-2"))
    assert view.form_unsaved
    assert await presenter.save()
    assert servers.profiles == (ServerProfile("gpu-box:8000", "http://gpu-box:8000/v1"),)
    assert servers.keys == {"gpu-box:8000": "sk-2"}
    assert view.selected == "gpu-box:8000"
    assert not presenter.has_unsaved


async def test_renaming_keeps_key_family_and_use() -> None:
    servers = MemoryServers(BOX, current="box")
    servers.keys["box"] = "sk-3"
    presenter, view = opened(servers)
    # Before the key has been loaded: it must not be taken for an empty one.
    assert view.draft is not None
    presenter.edit(replace(view.draft, name="GPU"))
    assert await presenter.save()
    assert servers.profiles == (replace(BOX, name="GPU"),)
    assert servers.keys == {"GPU": "sk-3"}
    assert view.in_use == "GPU"


async def test_a_key_that_arrives_late_does_not_undo_what_was_typed() -> None:
    servers = MemoryServers(BOX, current="box")
    servers.keys["box"] = "sk-3"
    presenter, view = opened(servers)
    assert view.draft is not None
    presenter.edit(replace(view.draft, name="GPU"))
    await settled()
    assert view.draft == Draft("GPU", BOX.base_url, "sk-3")
    assert view.form_unsaved


async def test_a_name_in_use_elsewhere_is_not_saved() -> None:
    servers = MemoryServers(BOX, CLOUD, current="box")
    presenter, view = opened(servers)
    await settled()
    assert view.draft is not None
    presenter.edit(replace(view.draft, name="cloud"))
    assert view.name_taken
    assert not await presenter.save()
    assert servers.profiles == (BOX, CLOUD)


async def test_a_save_that_fails_is_told_and_keeps_the_form() -> None:
    servers = MemoryServers()
    servers.full = True
    presenter, view = opened(servers)
    presenter.edit(Draft(address="gpu-box"))
    assert not await presenter.save()
    assert view.error is not None
    assert view.error.code is ErrorCode.DISK_FULL
    assert presenter.has_unsaved
    presenter.close()


async def test_a_new_server_is_told_when_there_is_no_keyring() -> None:
    _, view = opened(MemoryServers(protected=False))
    await settled()
    assert not view.protected


async def test_unsaved_changes_survive_looking_at_another_server_and_are_saved_together() -> None:
    servers = MemoryServers(BOX, CLOUD, current="box")
    presenter, view = opened(servers)
    await settled()
    assert view.draft is not None
    presenter.edit(replace(view.draft, model="m1"))
    presenter.select("cloud")
    await settled()
    assert view.unsaved == ["box"]
    presenter.edit(replace(view.draft, model="m2"))
    presenter.select("box")
    assert view.draft.model == "m1"
    assert await presenter.save_all()
    assert [profile.model for profile in servers.profiles] == ["m1", "m2"]
    assert not presenter.has_unsaved
    presenter.close()


async def test_a_test_uses_the_form_and_saves_nothing() -> None:
    servers = MemoryServers(BOX, current="box")
    presenter, view = opened(servers)
    await settled()
    presenter.edit(Draft("box", "gpu-box:9000", "sk-4"))
    presenter.test()
    await settled()
    assert servers.checked == [(replace(BOX, base_url="http://gpu-box:9000/v1"), "sk-4")]
    assert view.report is not None
    assert view.key_given
    assert len(view.models) == 2
    assert not view.testing
    assert servers.profiles == (BOX,)
    presenter.close()


async def test_a_failed_test_tells_why() -> None:
    servers = MemoryServers(BOX, current="box")
    servers.problem = AppError(ErrorCode.SERVER_REFUSED, server="gpu-box:8000")
    presenter, view = opened(servers)
    presenter.test()
    await settled()
    assert view.error is servers.problem
    assert view.report is None
    assert not view.testing


async def test_a_running_test_ends_when_it_is_stopped_or_the_dialog_closes() -> None:
    for end in (ServersPresenter.stop_test, ServersPresenter.close):
        servers = MemoryServers(BOX, current="box")
        servers.hang.clear()
        presenter, view = opened(servers)
        presenter.test()
        await settled()
        assert view.testing
        end(presenter)
        await settled()
        assert servers.was_cancelled
        assert not view.testing


async def test_a_test_of_another_server_does_not_show_here() -> None:
    servers = MemoryServers(BOX, CLOUD, current="box")
    servers.hang.clear()
    presenter, view = opened(servers)
    presenter.test()
    await settled()
    presenter.select("cloud")
    servers.hang.set()
    await settled()
    assert servers.was_cancelled
    assert view.report is None
    presenter.close()


async def test_models_are_listed_on_demand() -> None:
    servers = MemoryServers(BOX, current="box")
    presenter, view = opened(servers)
    presenter.refresh_models()
    await settled()
    assert [card.id for card in view.models] == ["Qwen2-VL-7B", "other"]
    assert not view.listing


async def test_choosing_saves_first_and_the_reader_can_be_chosen() -> None:
    servers = MemoryServers(BOX, current="box")
    presenter, view = opened(servers)
    presenter.select("")
    presenter.edit(Draft(address="localhost:9000"))
    await presenter.use()
    used = [servers.used]
    presenter.select(None)
    await presenter.use()
    used.append(servers.used)
    assert used == ["localhost:9000", None]
    assert view.in_use is None
    presenter.close()


async def test_removing_goes_on_to_the_next() -> None:
    servers = MemoryServers(BOX, CLOUD, current="box")
    presenter, view = opened(servers)
    await presenter.remove()
    assert servers.profiles == (CLOUD,)
    selected = [view.selected]
    await presenter.remove()
    selected.append(view.selected)
    assert selected == ["cloud", None]
    assert view.draft is None
    presenter.close()


async def test_consent_cannot_be_given_where_the_settings_forbid_it() -> None:
    _, view = opened(MemoryServers(), never_outside=True)
    assert not view.consent_possible
