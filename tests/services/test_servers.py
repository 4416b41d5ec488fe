"""Profiles, keys and limits, with a real settings file and a real library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from keyring.backends import null

from desktop_app.adapters.keyring_secrets import KeyringSecrets
from desktop_app.adapters.settings_file import SettingsFile
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.limits import SqliteLimits
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import (
    ModelCard,
    NetworkScope,
    ServerKind,
    ServerLimits,
    ServerProfile,
    ServerReport,
)
from desktop_app.domain.vision_tokens import QWEN2_VL, QWEN3_VL
from desktop_app.services.servers import Servers
from desktop_app.services.settings import SettingsService

BOX = ServerProfile("box", "http://box:8000/v1")
CARDS = (
    ModelCard("first", "Qwen/Qwen2-VL-7B-Instruct", 8192),
    ModelCard("second", "/models/Qwen3-VL-8B", 4096),
)


class ScriptedProbe:
    """Answers as told and remembers the keys it was given."""

    def __init__(self) -> None:
        self.learnt = ServerLimits(max_pixels=50_176)
        self.problem: AppError | None = None
        self.keys: list[str] = []
        self.listed = 0
        self.learnings = 0

    async def models(self, profile: ServerProfile, key: str) -> tuple[ModelCard, ...]:
        self.listed += 1
        self.keys.append(key)
        return CARDS

    async def check(self, profile: ServerProfile, key: str) -> ServerReport:
        return ServerReport(
            ServerKind.VLLM, "0.1", CARDS, CARDS[0], QWEN2_VL, True, self.learnt, NetworkScope.LAN, 0.01
        )

    async def learn_limits(self, profile: ServerProfile, key: str, card: ModelCard) -> ServerLimits:
        self.learnings += 1
        if self.problem is not None:
            raise self.problem
        return self.learnt


@pytest.fixture
def probe() -> ScriptedProbe:
    return ScriptedProbe()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsService:
    return SettingsService(SettingsFile(tmp_path / "settings.toml"))


@pytest.fixture
def secrets(tmp_path: Path) -> KeyringSecrets:
    return KeyringSecrets(tmp_path / "keys.json", backend=null.Keyring())


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = Library(tmp_path / "library.sqlite")
    yield opened
    await opened.close()


@pytest.fixture
def servers(
    settings: SettingsService, secrets: KeyringSecrets, probe: ScriptedProbe, library: Library
) -> Servers:
    return Servers(settings, secrets, probe, SqliteLimits(library))


async def test_the_target_knows_model_family_limits_and_key(servers: Servers, probe: ScriptedProbe) -> None:
    await servers.save(BOX, "secret")
    target = await servers.current_target()
    assert target is not None
    assert (target.model, target.key) == ("first", "secret")
    assert target.family == replace(QWEN2_VL, max_pixels=50_176)
    assert target.limits == ServerLimits(max_pixels=50_176, context_tokens=8192)
    assert "secret" not in repr(target)
    assert probe.keys == ["secret"]


async def test_a_chosen_model_brings_its_own_family(servers: Servers) -> None:
    target = await servers.target(replace(BOX, model="second"), "")
    assert target.family.name == QWEN3_VL.name
    assert target.limits.context_tokens == 4096


async def test_a_model_that_is_not_listed_is_asked_for_all_the_same(servers: Servers) -> None:
    assert (await servers.target(replace(BOX, model="alias"), "")).model == "alias"


async def test_limits_are_learnt_once_and_kept(
    servers: Servers,
    probe: ScriptedProbe,
    settings: SettingsService,
    secrets: KeyringSecrets,
    library: Library,
) -> None:
    await servers.target(BOX, "")
    await servers.target(BOX, "")
    assert (probe.learnings, probe.listed) == (1, 1)
    next_start = Servers(settings, secrets, probe, SqliteLimits(library))
    assert (await next_start.target(BOX, "")).limits.max_pixels == 50_176
    assert probe.learnings == 1


async def test_a_refusal_teaches(servers: Servers) -> None:
    target = await servers.target(BOX, "")
    await servers.learn_from(target, AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=3))
    await servers.learn_from(target, AppError(ErrorCode.SERVER_BUSY, server="box"))
    limits = (await servers.target(BOX, "")).limits
    assert (limits.picture_limit, limits.max_pixels) == (3, 50_176)


async def test_smaller_pictures_make_it_learn_again(servers: Servers, probe: ScriptedProbe) -> None:
    target = await servers.target(BOX, "")
    probe.learnt = ServerLimits(max_pixels=12_544)
    await servers.saw_smaller_pictures(target)
    assert (await servers.target(BOX, "")).family.max_pixels == 12_544
    assert probe.learnings == 2


async def test_a_check_replaces_what_was_known(servers: Servers, probe: ScriptedProbe) -> None:
    target = await servers.target(BOX, "")
    await servers.learn_from(target, AppError(ErrorCode.SERVER_TOO_MANY_PICTURES, limit=1))
    probe.learnt = ServerLimits(picture_limit=2, context_tokens=8192)
    assert (await servers.check(BOX, "")).limits.picture_limit == 2
    limits = (await servers.target(BOX, "")).limits
    assert limits == ServerLimits(None, 2, 8192)
    assert probe.learnings == 1  # for the first target; a check learns along the way


async def test_a_server_that_tells_nothing_is_asked_all_the_same(
    servers: Servers, probe: ScriptedProbe
) -> None:
    probe.problem = AppError(ErrorCode.SERVER_FAILED, server="box")
    assert (await servers.target(BOX, "")).family == QWEN2_VL


async def test_a_blocked_host_stays_blocked(servers: Servers, probe: ScriptedProbe) -> None:
    probe.problem = AppError(ErrorCode.BLOCKED_HOST, host="box")
    with pytest.raises(AppError) as raised:
        await servers.target(BOX, "")
    assert raised.value.code is ErrorCode.BLOCKED_HOST


async def test_a_library_that_cannot_be_read_does_not_keep_from_asking(
    settings: SettingsService, secrets: KeyringSecrets, probe: ScriptedProbe, tmp_path: Path
) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"no database" * 200)
    library = Library(tmp_path / "broken.sqlite")
    try:
        broken = Servers(settings, secrets, probe, SqliteLimits(library))
        assert (await broken.target(BOX, "")).family.max_pixels == 50_176
    finally:
        await library.close()


async def test_renaming_takes_the_key_and_the_use_along(
    servers: Servers, settings: SettingsService, secrets: KeyringSecrets
) -> None:
    await servers.save(BOX, "secret")
    await servers.save(replace(BOX, name="other"), "")
    await servers.use("box")
    await servers.save(replace(BOX, name="gpu"), None, previous="box")
    assert [profile.name for profile in servers.profiles] == ["gpu", "other"]
    assert servers.current == replace(BOX, name="gpu")
    assert (secrets.get("gpu"), secrets.get("box")) == ("secret", "")


async def test_names_are_unique_and_not_empty(servers: Servers) -> None:
    await servers.save(BOX, "")
    for name in ("box", " box ", "  "):
        with pytest.raises(AppError) as raised:
            await servers.save(replace(BOX, name=name), "")
        assert raised.value.code is ErrorCode.WRONG_USE
    assert len(servers.profiles) == 1


async def test_removing_removes_the_key(servers: Servers, secrets: KeyringSecrets) -> None:
    await servers.save(BOX, "secret")
    await servers.remove("box")
    assert (servers.profiles, servers.current, secrets.get("box")) == ((), None, "")
    with pytest.raises(AppError) as raised:
        await servers.remove("box")
    assert raised.value.code is ErrorCode.SERVER_UNKNOWN


async def test_the_reader_can_be_chosen_and_left(servers: Servers) -> None:
    await servers.save(BOX, "")
    await servers.use(None)
    assert servers.current is None
    assert await servers.current_target() is None
    await servers.use("box")
    assert servers.current == BOX


async def test_unprotected_keys_are_known_after_a_look(servers: Servers) -> None:
    assert servers.keys_are_protected
    await servers.key("box")
    assert not servers.keys_are_protected
