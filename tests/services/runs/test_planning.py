"""What is frozen into a run before anything is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
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
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.runs.run import RunPlan, RunScope
from desktop_app.domain.servers import ServerProfile
from desktop_app.services.runs.planning import Planning
from desktop_app.services.servers import Servers
from desktop_app.services.settings import SettingsService
from tests.fakes.fake_server import FakeServer, closed_port


class Desk:
    """The user's servers, and plans for them."""

    def __init__(self, folder: Path, library: Library) -> None:
        clients = GuardedClients(system_resolve)
        kinds = ServerKinds(clients.for_profile)
        settings = SettingsService(SettingsFile(folder / "settings.toml"))
        keyring = null.Keyring()
        self.servers = Servers(
            settings,
            KeyringSecrets(folder / "keys.json", backend=keyring),
            OpenAiServerProbe(clients.for_profile, kinds, DnsHostScopes(system_resolve)),
            SqliteLimits(library),
        )
        self._planning = Planning(self.servers, settings, "1.2.3")

    async def plan(self, *servers: str) -> RunPlan:
        return await self._planning.plan("r", plain_form("What?"), RunScope(Path("/p")), servers)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    library = Library(tmp_path / "library.sqlite")
    yield Desk(tmp_path, library)
    await library.close()


async def test_the_model_that_answers_is_frozen(desk: Desk, server: FakeServer) -> None:
    await desk.servers.save(ServerProfile("box", server.base_url), None)
    (frozen,) = (await desk.plan("box")).servers
    assert (frozen.name, frozen.base_url, frozen.model) == ("box", server.base_url, "fake-vl")
    assert frozen.family


async def test_servers_that_cannot_be_asked_now_are_part_of_the_plan(desk: Desk, server: FakeServer) -> None:
    with FakeServer(key="secret") as keyed:
        away = f"http://127.0.0.1:{closed_port()}/v1"
        for name, address, model in (
            ("keyed", keyed.base_url, ""),
            ("box", server.base_url, ""),
            ("away", away, "qwen"),
            ("outside", "http://192.88.99.1:8000/v1", ""),
        ):
            await desk.servers.save(ServerProfile(name, address, model), None)
        planned = (await desk.plan("keyed", "box", "away", "outside")).servers
    assert [one.name for one in planned] == ["keyed", "box", "away", "outside"]
    assert [one.model for one in planned] == ["", "fake-vl", "qwen", ""]
    assert planned[2].base_url == away


async def test_a_run_needs_a_server_that_is_there(desk: Desk) -> None:
    for servers, code in (((), ErrorCode.RUN_NEEDS_SERVER), (("gone",), ErrorCode.SERVER_UNKNOWN)):
        with pytest.raises(AppError) as caught:
            await desk.plan(*servers)
        assert caught.value.code is code
