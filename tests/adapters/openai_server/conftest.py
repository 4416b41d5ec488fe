from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, system_resolve
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.retries import RetryRules
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel


@pytest.fixture
def clients() -> GuardedClients:
    return GuardedClients(system_resolve)


@pytest.fixture
async def vision_model(clients: GuardedClients) -> AsyncIterator[OpenAiVisionModel]:
    adapter = OpenAiVisionModel(
        clients.for_profile,
        ServerKinds(clients.for_profile),
        RetryRules(within_s=5.0, first_wait_s=0.01),
        silence_s=0.5,
    )
    await adapter.warm_up()
    yield adapter
    await adapter.aclose()


@pytest.fixture
def probe(clients: GuardedClients) -> OpenAiServerProbe:
    kinds = ServerKinds(clients.for_profile)
    return OpenAiServerProbe(clients.for_profile, kinds, DnsHostScopes(system_resolve))
