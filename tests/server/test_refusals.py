"""What a real server refuses, and that it is understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, system_resolve
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerKind, ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL
from tests.fakes import scenes
from tests.fakes.hearing import hear
from tests.server.lab import Lab, request_for

Saved = Callable[..., Path]


async def test_too_many_pictures(tiny: Lab, saved: Saved) -> None:
    paths = [saved(scenes.arrow("up").image, f"{number}.png") for number in range(5)]
    heard = await tiny.ask("Compare these images.", *paths)
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_TOO_MANY_PICTURES
    assert heard.error.values["limit"] == 4


async def test_too_long(lab: Lab) -> None:
    target = await lab.target()
    if not target.limits.context_tokens:
        pytest.skip("the server does not tell its context length")
    heard = await hear(lab.vision_model, target, request_for("word " * target.limits.context_tokens * 2))
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_CONTEXT_TOO_LONG
    assert heard.error.values["limit"] == target.limits.context_tokens


async def test_wrong_model(lab: Lab) -> None:
    target = replace(await lab.target(), model="no-such-model")
    heard = await hear(lab.vision_model, target, request_for("Hm?"))
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_MODEL_UNKNOWN
    assert heard.error.values["model"] == "no-such-model"


async def test_a_path_that_is_no_api(lab: Lab) -> None:
    target = await lab.target()
    elsewhere = replace(target.profile, base_url=target.profile.base_url + "/elsewhere")
    heard = await hear(lab.vision_model, replace(target, profile=elsewhere), request_for("Hm?"))
    assert heard.error is not None
    assert heard.error.code is ErrorCode.SERVER_NOT_AN_API


async def test_https_to_a_plain_server(lab: Lab) -> None:
    if lab.profile.base_url.startswith("https"):
        pytest.skip("the server does speak https")
    wrong = replace(lab.profile, base_url=lab.profile.base_url.replace("http:", "https:"))
    with pytest.raises(AppError) as caught:
        await lab.probe.models(wrong, "")
    assert caught.value.code is ErrorCode.SERVER_NOT_AN_API


@pytest.fixture
def keyed(request: pytest.FixtureRequest) -> ServerProfile:
    url = request.config.getoption("--keyed-server-url")
    if not url:
        pytest.skip(
            "needs a server that wants a key: give --keyed-server-url (`vllm serve ... --api-key ...`)"
        )
    return ServerProfile("keyed", str(url))


@pytest.mark.parametrize("key", ["", "wrong-key"])
async def test_wrong_key(keyed: ServerProfile, key: str) -> None:
    clients = GuardedClients(system_resolve)
    kinds = ServerKinds(clients.for_profile)
    probe = OpenAiServerProbe(clients.for_profile, kinds, DnsHostScopes(system_resolve))
    with pytest.raises(AppError) as caught:
        await probe.check(keyed, key)
    expected = ErrorCode.SERVER_KEY if key else ErrorCode.SERVER_KEY_MISSING
    assert caught.value.code is expected
    adapter = OpenAiVisionModel(clients.for_profile, kinds)
    heard = await hear(adapter, ServerTarget(keyed, key, "any", QWEN2_VL), request_for("Hm?"))
    await adapter.aclose()
    assert heard.error is not None
    assert heard.error.code is expected
    assert "wrong-key" not in str(heard.error)


async def test_the_check_finds_everything_out(tiny: Lab, vllm: Lab) -> None:
    report = await tiny.probe.check(tiny.profile, "")
    assert report.kind is ServerKind.VLLM
    assert report.version
    assert report.model.id == "tiny-qwen2-vl"
    assert report.sees_pictures is True
    assert report.family is not None
    assert report.family.name == "qwen2-vl"
    assert report.family.max_pixels == 12_544
    assert report.limits.picture_limit == 4
    assert report.model.context_tokens == 2048


async def test_a_huge_picture_fits_because_the_limit_was_learnt(tiny: Lab, saved: Saved) -> None:
    target = await tiny.target()
    picture = await tiny.prepare(saved(Image.new("RGB", (4000, 3000), "teal"), "a.jpg"), target)
    assert picture.encoded.size.pixels <= 12_544
