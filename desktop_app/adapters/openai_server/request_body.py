"""The JSON of a chat request."""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app.adapters.openai_server.server_kinds import ServerFacts
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, RequestPart, TextPart
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL

Json = dict[str, Any]

CHUNK_BYTES = 128 * 1024

PACKED_AT_ONCE_BYTES = 1_000_000
"""Of pictures. Packing them takes a millisecond; a thread takes about as long to be reached and to answer."""


def digests_of(request: ChatRequest) -> tuple[str, ...]:
    """The digests of the request's pictures, in order."""
    return tuple(picture.digest for picture in _pictures(request))


@dataclass(frozen=True, slots=True)
class Body:
    """A request's body in pieces, so that neither packing nor sending it holds up a thread for long.

    It can be sent any number of times, as a redirect needs.
    """

    pieces: tuple[bytes, ...]

    @property
    def length(self) -> int:
        return sum(len(piece) for piece in self.pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunk = bytearray()
        for piece in self.pieces:
            left = memoryview(piece)
            while left:
                taken = left[: CHUNK_BYTES - len(chunk)]
                chunk += taken
                left = left[len(taken) :]
                if len(chunk) == CHUNK_BYTES:
                    yield bytes(chunk)
                    chunk.clear()
        if chunk:
            yield bytes(chunk)


async def packed(
    target: ServerTarget,
    request: ChatRequest,
    facts: ServerFacts,
    named: frozenset[str] = frozenset(),
    omitted: frozenset[str] = frozenset(),
    streamed: bool = True,
) -> Body:
    """As `body_of`; in a thread where it takes long."""
    pack = partial(body_of, target, request, facts, named, omitted, streamed)
    size = sum(len(picture.data) for picture in _pictures(request) if picture.digest not in omitted)
    return pack() if size <= PACKED_AT_ONCE_BYTES else await asyncio.to_thread(pack)


def body_of(
    target: ServerTarget,
    request: ChatRequest,
    facts: ServerFacts,
    named: frozenset[str] = frozenset(),
    omitted: frozenset[str] = frozenset(),
    streamed: bool = True,
    addresses: Mapping[str, str] | None = None,
) -> Body:
    """The request's body; takes tens of milliseconds for large pictures, so call it in a thread, or `packed`.

    Args:
        target: the model and its family.
        request: what to ask.
        facts: which program answers.
        named: digests that get a `uuid`, the name a vLLM server caches them under.
        omitted: digests whose bytes are left out, because the server holds them under their name.
        streamed: as server-sent events, or as one answer at the end.
        addresses: by digest, where a server of the user's own finds a picture whose bytes are left out.
    """
    pictures: list[EncodedPicture] = []
    slot = f"picture-{secrets.token_hex(16)}"

    def part(part: RequestPart) -> Json:
        if isinstance(part, TextPart):
            return {"type": "text", "text": part.text}
        name = {"uuid": part.picture.digest} if part.picture.digest in named else {}
        if part.picture.digest in omitted:
            return {"type": "image_url", "image_url": None, **name}
        if addresses and part.picture.digest in addresses:
            return {"type": "image_url", "image_url": {"url": addresses[part.picture.digest]}, **name}
        pictures.append(part.picture)
        return {"type": "image_url", "image_url": {"url": slot}, **name}

    body: Json = {
        "model": target.model,
        "messages": [
            {"role": message.role, "content": _content(message, part)} for message in request.messages
        ],
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        **({"stream": True, "stream_options": {"include_usage": True}} if streamed else {}),
        **_shape(request),
        **_further_fields(target, request, facts),
    }
    between = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace").split(slot.encode())
    filled = [
        piece for text, picture in zip(between, pictures, strict=False) for piece in (text, _uri(picture))
    ]
    return Body((*filled, between[-1]))


def _pictures(request: ChatRequest) -> Iterator[EncodedPicture]:
    for message in request.messages:
        for part in message.parts:
            if isinstance(part, ImagePart):
                yield part.picture


def _shape(request: ChatRequest) -> Json:
    """Fields of OpenAI's own for a prescribed form and for probabilities."""
    fields: Json = {}
    if request.schema is not None:
        # All servers read the schema in this place; llama.cpp reads it nowhere else.
        schema = {"name": "answer", "schema": request.schema, "strict": True}
        fields["response_format"] = {"type": "json_schema", "json_schema": schema}
    if request.top_logprobs:
        fields |= {"logprobs": True, "top_logprobs": request.top_logprobs}
    return fields


def _further_fields(target: ServerTarget, request: ChatRequest, facts: ServerFacts) -> Json:
    """Fields beyond OpenAI's own, for servers that know them; {} for others, which may refuse them.

    Qwen2-VL's `generation_config.json` ships `top_k: 1` and `top_p: 0.001`, which vLLM applies unless the
    request says otherwise: a temperature alone would change nothing.
    """
    if not facts.takes_vllm_fields:
        return {}
    fields: Json = {}
    if request.temperature > 0:
        fields |= {"top_p": 1.0, "top_k": -1}
    if request.schema is not None:
        # JSON allows any number of blanks, and some models then write nothing else (vLLM since 2026).
        fields["repetition_detection"] = {"max_pattern_size": 2, "min_count": 120}
    if target.family.name == QWEN2_VL.name:
        fields |= {"skip_special_tokens": False, "spaces_between_special_tokens": False}
    return fields


def _content(message: RequestMessage, part: Callable[[RequestPart], Json]) -> str | list[Json]:
    if all(isinstance(one, TextPart) for one in message.parts):
        # Some chat templates take nothing but a string for the system and the assistant.
        return "".join(one.text for one in message.parts if isinstance(one, TextPart))
    return [part(one) for one in message.parts]


def _uri(picture: EncodedPicture) -> bytes:
    # vLLM wants exactly "data:<type>;base64,"; bytes are always sent, never an address on the web.
    return f"data:{picture.mime};base64,".encode() + base64.b64encode(picture.data)
