"""How a request's body is packed and sent."""

from __future__ import annotations

import asyncio
import json
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.openai_server import request_body
from desktop_app.adapters.openai_server.request_body import CHUNK_BYTES, PACKED_AT_ONCE_BYTES, Body, packed
from desktop_app.adapters.openai_server.server_kinds import ServerFacts
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, TextPart
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.servers import ServerKind, ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL

TARGET = ServerTarget(ServerProfile("box", "http://box:8000/v1", "qwen"), "", "qwen", QWEN2_VL)
FACTS = ServerFacts(ServerKind.OTHER)


def about(*pictures: bytes) -> ChatRequest:
    """A request about pictures with these bytes."""
    parts = [
        ImagePart(EncodedPicture(data, "image/png", Size(28, 28), f"digest-{number}"))
        for number, data in enumerate(pictures)
    ]
    return ChatRequest((RequestMessage("user", (*parts, TextPart("What is it?"))),), 0.0, 100)


@given(st.lists(st.integers(0, 3 * CHUNK_BYTES), max_size=5))
def test_a_body_is_sent_whole_and_in_as_few_chunks_as_can_be(lengths: list[int]) -> None:
    body = Body(tuple(bytes([number]) * length for number, length in enumerate(lengths)))

    async def sent() -> list[bytes]:
        return [chunk async for chunk in body]

    chunks = asyncio.run(sent())
    assert b"".join(chunks) == b"".join(body.pieces)
    assert [len(chunk) for chunk in chunks[:-1]] == [CHUNK_BYTES] * (len(chunks) - 1)
    assert all(chunks)


@pytest.mark.parametrize(
    ("pictures", "omitted", "is_quick"),
    [
        ((bytes(PACKED_AT_ONCE_BYTES),), (), True),
        ((bytes(PACKED_AT_ONCE_BYTES), b"x"), (), False),
        ((bytes(2 * PACKED_AT_ONCE_BYTES), b"x"), ("digest-0",), True),
    ],
    ids=["small", "large", "large, but held by the server"],
)
async def test_only_what_takes_long_is_packed_in_a_thread(
    monkeypatch: pytest.MonkeyPatch, pictures: tuple[bytes, ...], omitted: tuple[str, ...], is_quick: bool
) -> None:
    threads: list[threading.Thread] = []
    pack = request_body.body_of

    def heard(*about: object) -> Body:
        threads.append(threading.current_thread())
        return pack(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(request_body, "body_of", heard)
    body = await packed(TARGET, about(*pictures), FACTS, omitted=frozenset(omitted))
    assert [one is threading.main_thread() for one in threads] == [is_quick]
    sent = json.loads(b"".join(body.pieces))["messages"][0]["content"]
    assert [part["type"] for part in sent] == [*["image_url"] * len(pictures), "text"]
    assert [part["image_url"] is None for part in sent[:-1]] == [bool(omitted), False][: len(pictures)]
