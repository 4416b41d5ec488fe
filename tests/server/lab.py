"""Asks a real model server through the real adapters, and knows what was sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, system_resolve
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.server_kinds import ServerKinds, root_of
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, TextPart
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.servers import ModelCard, ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL, guess_family
from tests.fakes.hearing import Heard, hear


@dataclass
class Lab:
    """Everything needed to ask the real server, and what was sent to it.

    Attributes:
        profile: the server.
        learnt: what earlier tests learnt about it, by its address.
        sent: bytes of each request's body, oldest first.
        added: fields added to the body of every chat request on its way.
    """

    profile: ServerProfile
    learnt: dict[str, ServerTarget]
    sent: list[int] = field(default_factory=list)
    added: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        clients = GuardedClients(system_resolve)
        self.kinds = ServerKinds(clients.for_profile)
        self.probe = OpenAiServerProbe(clients.for_profile, self.kinds, DnsHostScopes(system_resolve))
        self.vision_model = OpenAiVisionModel(self._watched(clients.for_profile), self.kinds)
        self.files = PillowPictureFiles(max_megapixels=400)

    async def target(self) -> ServerTarget:
        if self.profile.base_url not in self.learnt:
            card = await self.card()
            limits = await self.probe.learn_limits(self.profile, "", card)
            family = guess_family(card.root or card.id) or QWEN2_VL
            self.learnt[self.profile.base_url] = ServerTarget(
                self.profile, "", card.id, family.limited_to(limits.max_pixels), limits
            )
        return self.learnt[self.profile.base_url]

    async def card(self) -> ModelCard:
        return (await self.probe.models(self.profile, ""))[0]

    async def ask(self, text: str, *pictures: Path) -> Heard:
        """One question about picture files, prepared as the program does."""
        target = await self.target()
        prepared = [await self.prepare(path, target) for path in pictures]
        return await hear(self.vision_model, target, request_for(text, *prepared))

    async def prepare(self, path: Path, target: ServerTarget) -> PreparedPicture:
        return await asyncio.to_thread(self.files.prepare, path, target.family, 1280)

    async def metric(self, name: str, label: str = "") -> float:
        """The sum of a figure over all engines, from vLLM's `/metrics`; `label` picks lines."""
        async with httpx2.AsyncClient(trust_env=False) as client:
            text = (await client.get(root_of(self.profile.base_url) + "/metrics")).text
        lines = [line for line in text.splitlines() if line.startswith(f"{name}{{") and label in line]
        return sum(float(line.rpartition(" ")[2]) for line in lines)

    async def is_at_rest(self) -> bool:
        """Whether no request runs or waits, and no token was written for a second (figures lag)."""
        tokens = await self.metric("vllm:generation_tokens_total")
        await asyncio.sleep(1.0)
        busy = await self.metric("vllm:num_requests_running") + await self.metric("vllm:num_requests_waiting")
        return busy == 0 and tokens == await self.metric("vllm:generation_tokens_total")

    def _watched(
        self, make: Callable[[ServerProfile], httpx2.AsyncClient]
    ) -> Callable[[ServerProfile], httpx2.AsyncClient]:
        async def watch(request: httpx2.Request) -> None:
            self.sent.append(int(request.headers.get("content-length", "0")))

        def client(profile: ServerProfile) -> httpx2.AsyncClient:
            made = make(profile)
            made.event_hooks = {"request": [watch], "response": []}
            if not self.added:
                return made
            return httpx2.AsyncClient(transport=_Adding(made, self.added), trust_env=False, timeout=60)

        return client


class _Adding(httpx2.AsyncBaseTransport):
    """Adds fields to the JSON of every request on its way to the real client."""

    def __init__(self, client: httpx2.AsyncClient, fields: dict[str, object]) -> None:
        self._client = client
        self._fields = fields

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(await request.aread()) | self._fields
        changed = self._client.build_request(
            request.method,
            request.url,
            json=body,
            headers={"Authorization": request.headers.get("authorization", "")},
        )
        return await self._client.send(changed, stream=True)

    async def aclose(self) -> None:
        await self._client.aclose()


def request_for(text: str, *pictures: PreparedPicture, max_tokens: int = 64) -> ChatRequest:
    parts = [ImagePart(picture.encoded) for picture in pictures]
    message = RequestMessage("user", (*parts, TextPart(text)))
    return ChatRequest((message,), temperature=0.0, max_tokens=max_tokens)


async def eventually(condition: Callable[[], Awaitable[bool]], tries: int = 200) -> bool:
    """Whether the condition comes true within so many tenths of a second."""
    for _ in range(tries):
        if await condition():
            return True
        await asyncio.sleep(0.1)
    return False
