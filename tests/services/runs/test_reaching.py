"""From a run's servers to how they are asked now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backends import null

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, system_resolve
from desktop_app.adapters.keyring_secrets import KeyringSecrets
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.settings_file import SettingsFile
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.limits import SqliteLimits
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RunServer
from desktop_app.domain.servers import ModelCard, ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_5_VL
from desktop_app.services.runs.reaching import Reaching, run_server
from desktop_app.services.servers import Servers
from desktop_app.services.settings import SettingsService
from tests.fakes.fake_server import FakeServer, closed_port


@pytest.fixture
async def servers(tmp_path: Path) -> AsyncIterator[Servers]:
    clients = GuardedClients(system_resolve)
    kinds = ServerKinds(clients.for_profile)
    library = Library(tmp_path / "library.sqlite")
    keyring = null.Keyring()
    yield Servers(
        SettingsService(SettingsFile(tmp_path / "settings.toml")),
        KeyringSecrets(tmp_path / "keys.json", backend=keyring),
        OpenAiServerProbe(clients.for_profile, kinds, DnsHostScopes(system_resolve)),
        SqliteLimits(library),
    )
    await library.close()


async def test_a_server_without_a_profile_is_asked_for_the_runs_model(
    servers: Servers, server: FakeServer
) -> None:
    target = await Reaching(servers).reach(RunServer("box", server.base_url, "qwen2.5-vl-7b"))
    assert (target.profile.base_url, target.model, target.key) == (server.base_url, "qwen2.5-vl-7b", "")
    assert target.family.name == QWEN2_5_VL.name


async def test_the_key_of_the_same_name_and_address_is_used(servers: Servers) -> None:
    with FakeServer(key="secret") as keyed:
        await servers.save(ServerProfile("box", keyed.base_url), "secret")
        target = await Reaching(servers).reach(RunServer("box", keyed.base_url, "fake-vl"))
        assert target.key == "secret"


async def test_a_run_made_with_the_bare_address_gets_the_key_that_was_entered_for_it_since(
    servers: Servers,
) -> None:
    with FakeServer(key="secret") as keyed:
        bare = RunServer("127.0.0.1", keyed.base_url, "fake-vl")
        with pytest.raises(AppError) as caught:
            await Reaching(servers).reach(bare)
        assert caught.value.code is ErrorCode.SERVER_KEY_MISSING
        await servers.save(ServerProfile("box", keyed.base_url), "secret")
        assert (await Reaching(servers).reach(bare)).key == "secret"


@pytest.mark.parametrize("frozen", [True, False])
async def test_a_host_outside_is_asked_only_while_the_user_allows_it(
    servers: Servers, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    address = "http://192.88.99.1:8000/v1"
    server = RunServer("far", address, "fake-vl", allow_outside=frozen)
    allowed = ServerProfile("far", address, allow_outside=True)
    for profile in (None, replace(allowed, allow_outside=False)):
        if profile is not None:
            await servers.save(profile, None)
        with pytest.raises(AppError) as caught:
            await Reaching(servers).reach(server)
        assert caught.value.code is ErrorCode.BLOCKED_HOST
    await servers.save(allowed, None, "far")
    asked: list[ServerProfile] = []

    async def note(profile: ServerProfile, key: str | None = None) -> tuple[ModelCard, ...]:
        asked.append(profile)
        raise AppError(ErrorCode.SERVER_REFUSED, server="far")

    monkeypatch.setattr(servers, "models", note)
    with pytest.raises(AppError):
        await Reaching(servers).reach(server)
    assert [profile.allow_outside for profile in asked] == [True]


async def test_a_key_goes_to_no_other_address(servers: Servers, server: FakeServer) -> None:
    await servers.save(ServerProfile("box", "http://127.0.0.1:1/v1"), "secret")
    await Reaching(servers).reach(RunServer("box", server.base_url, "fake-vl"))
    assert server.requests
    assert all("authorization" not in request.headers for request in server.requests)


async def test_each_reaching_asks_the_server(servers: Servers, server: FakeServer) -> None:
    reaching, box = Reaching(servers), RunServer("box", server.base_url, "fake-vl")
    await reaching.reach(box)
    before = len(server.requests)
    await reaching.reach(box)
    assert len(server.requests) > before
    server.pages["/v1/models"] = (502, "<html>")
    with pytest.raises(AppError) as caught:
        await reaching.reach(box)
    assert caught.value.code is ErrorCode.SERVER_GATEWAY


async def test_one_that_is_away_cannot_be_reached(servers: Servers) -> None:
    box = RunServer("box", f"http://127.0.0.1:{closed_port()}/v1", "fake-vl")
    with pytest.raises(AppError) as caught:
        await Reaching(servers).reach(box)
    assert caught.value.code is ErrorCode.SERVER_REFUSED


async def test_a_run_keeps_the_model_that_answers(servers: Servers, server: FakeServer) -> None:
    profile = ServerProfile("box", server.base_url, family="qwen2.5-vl")
    kept = run_server(await servers.target(profile))
    assert kept == RunServer("box", server.base_url, "fake-vl", False, "qwen2.5-vl")
    again = await Reaching(servers).reach(kept)
    assert again.profile == replace(profile, model="fake-vl")
    assert again.family.name == QWEN2_5_VL.name


def test_a_run_keeps_the_family_it_is_asked_as_where_nobody_chose_one() -> None:
    target = ServerTarget(ServerProfile("box", "http://box/v1"), "", "sees", QWEN2_5_VL)
    assert run_server(target).family == QWEN2_5_VL.name
