"""Environment variables meant for other programs have no effect on requests."""

from __future__ import annotations

import pytest

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from tests.fakes.fake_server import FakeServer
from tests.fakes.hearing import hear, question, target_of

LEAKS = {
    "OPENAI_API_KEY": "sk-leaked-key",
    "OPENAI_ADMIN_KEY": "sk-leaked-admin",
    "OPENAI_ORG_ID": "leaked-organisation",
    "OPENAI_PROJECT_ID": "leaked-project",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/leaked",
    "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer leaked\nX-Leak: leaked\nUser-Agent: leaked",
}


@pytest.mark.parametrize("key", ["", "own-key"])
async def test_openai_variables_do_not_leak(
    server: FakeServer, clients: GuardedClients, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    for name, value in LEAKS.items():
        monkeypatch.setenv(name, value)
    adapter = OpenAiVisionModel(clients.for_profile, ServerKinds(clients.for_profile))
    heard = await hear(adapter, target_of(server.base_url, key=key), question())
    await adapter.aclose()
    assert heard.error is None
    for request in server.requests:
        told = f"{request.path} {request.headers}"
        assert "leaked" not in told
        assert not [name for name in request.headers if name.startswith(("openai-", "x-"))]
    assert server.chats[0].headers["authorization"] == f"Bearer {key or 'EMPTY'}"
    assert server.chats[0].headers["user-agent"] == "lightdesk"


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_a_proxy_is_not_used_for_this_computer(
    server: FakeServer, vision_model: OpenAiVisionModel, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with FakeServer() as proxy:
        monkeypatch.setenv(name, proxy.base_url.removesuffix("/v1"))
        heard = await hear(vision_model, target_of(server.base_url), question())
    assert heard.error is None
    assert proxy.requests == []
    assert len(server.chats) == 1
