"""The JSON of a chat request."""

from __future__ import annotations

import base64
from typing import Any

from desktop_app.adapters.openai_server.server_kinds import ServerFacts
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, RequestPart, TextPart
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL

Json = dict[str, Any]


def digests_of(request: ChatRequest) -> tuple[str, ...]:
    """The digests of the request's pictures, in order."""
    return tuple(
        part.picture.digest
        for message in request.messages
        for part in message.parts
        if isinstance(part, ImagePart)
    )


def messages_of(request: ChatRequest, named: frozenset[str], omitted: frozenset[str]) -> list[Json]:
    """The messages; may take a while for large pictures, so call it in a thread.

    Args:
        request: what to ask.
        named: digests that get a `uuid`, the name a vLLM server caches them under.
        omitted: digests whose bytes are left out, because the server holds them under their name.
    """
    return [
        {"role": message.role, "content": _content(message, named, omitted)} for message in request.messages
    ]


def sampling_of(target: ServerTarget, request: ChatRequest, facts: ServerFacts) -> Json:
    """Fields beyond OpenAI's own, for servers that know them; {} for others, which may refuse them.

    Qwen2-VL's `generation_config.json` ships `top_k: 1` and `top_p: 0.001`, which vLLM applies unless the
    request says otherwise: a temperature alone would change nothing.
    """
    if not facts.takes_vllm_fields:
        return {}
    fields: Json = {}
    if request.temperature > 0:
        fields |= {"top_p": 1.0, "top_k": -1}
    if target.family.name == QWEN2_VL.name:
        fields |= {"skip_special_tokens": False, "spaces_between_special_tokens": False}
    return fields


def _content(message: RequestMessage, named: frozenset[str], omitted: frozenset[str]) -> str | list[Json]:
    if all(isinstance(part, TextPart) for part in message.parts):
        # Some chat templates take nothing but a string for the system and the assistant.
        return "".join(part.text for part in message.parts if isinstance(part, TextPart))
    return [_part(part, named, omitted) for part in message.parts]


def _part(part: RequestPart, named: frozenset[str], omitted: frozenset[str]) -> Json:
    if isinstance(part, TextPart):
        return {"type": "text", "text": part.text}
    picture = part.picture
    name = {"uuid": picture.digest} if picture.digest in named else {}
    if picture.digest in omitted:
        return {"type": "image_url", "image_url": None, **name}
    # vLLM wants exactly "data:<type>;base64,"; bytes are always sent, never an address on the web.
    data = base64.b64encode(picture.data).decode("ascii")
    return {"type": "image_url", "image_url": {"url": f"data:{picture.mime};base64,{data}"}, **name}
