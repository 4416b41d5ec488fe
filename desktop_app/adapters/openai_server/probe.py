"""`ServerProbe`: finds out what a server is and can do, from its own answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2

from desktop_app.adapters.openai_server.error_words import words_in_text
from desktop_app.adapters.openai_server.errors import Asked, error_of_answer, error_of_connection, not_an_api
from desktop_app.adapters.openai_server.flat_picture import flat_png_uri
from desktop_app.adapters.openai_server.server_kinds import ServerFacts, ServerKinds, authorisation, root_of
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.servers import ModelCard, ServerKind, ServerLimits, ServerProfile, ServerReport
from desktop_app.domain.vision_tokens import (
    MARKER_TOKENS,
    VisionFamily,
    known_family,
    smart_resize,
)
from desktop_app.services.ports import HostScopes

ANSWER_S = 10.0
"""For model lists and token counts."""

FIRST_WORDS_S = 90.0
"""Ollama and LM Studio load a model when it is first asked."""

SMALL = Size(112, 112)
"""A picture every family keeps at this size or enlarges, never shrinks."""

MANY_PICTURES = 64
"""Asked for at once to learn the limit; a server that takes them has none that matters."""

_Json = dict[str, Any]


class OpenAiServerProbe:
    """Asks for model lists and token counts; text is generated only where nothing else tells."""

    def __init__(
        self,
        new_client: Callable[[ServerProfile], httpx2.AsyncClient],
        kinds: ServerKinds,
        scopes: HostScopes,
    ) -> None:
        self._new_client = new_client
        self._kinds = kinds
        self._scopes = scopes

    async def models(self, profile: ServerProfile, key: str) -> tuple[ModelCard, ...]:
        """The server's models in its order.

        Raises:
            AppError: SERVER_NO_MODELS when the list is empty; any other SERVER_ code; BLOCKED_HOST.
        """
        asked = Asked(profile.address, profile.model, key)
        async with self._new_client(profile) as client:
            line = _Line(client, profile, asked)
            cards = _cards(await line.get(profile.base_url + "/models"), asked)
        if not cards:
            raise AppError(ErrorCode.SERVER_NO_MODELS, server=asked.server)
        return cards

    async def check(self, profile: ServerProfile, key: str) -> ServerReport:
        """Reach the server, list its models, and show the chosen one a small picture.

        Raises:
            AppError: as `models`; SERVER_MODEL_UNKNOWN when the profile's model is not in the list.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        cards = await self.models(profile, key)
        seconds = loop.time() - began
        card = _chosen(cards, profile)
        facts = await self._facts(profile, key, fresh=True)
        limits = await self.learn_limits(profile, key, card)
        family = known_family(profile.family, card.weights)
        return ServerReport(
            kind=facts.kind,
            version=facts.version,
            models=cards,
            model=card,
            family=family.limited_to(limits.max_pixels) if family else None,
            sees_pictures=await self._sees_pictures(profile, key, card, facts),
            limits=limits,
            scope=await self._scopes.scope(profile.host),
            seconds=seconds,
        )

    async def learn_limits(self, profile: ServerProfile, key: str, card: ModelCard) -> ServerLimits:
        """What the server's answers tell; None for whatever they do not.

        vLLM counts the tokens of a request with its pictures at `/tokenize` without generating anything and
        without keeping the pictures (read in vLLM 0.32, `serve/tokenize/serving.py`).

        Raises:
            AppError: when the server cannot be reached or refuses the key.
        """
        facts = await self._facts(profile, key)
        context = card.context_tokens or facts.context_tokens
        if facts.kind is not ServerKind.VLLM:
            return ServerLimits(context_tokens=context)
        family = known_family(profile.family, card.weights)
        asked = Asked(profile.address, card.id, key)
        async with self._new_client(profile) as client:
            line = _Line(client, profile, asked)
            return ServerLimits(
                max_pixels=await _max_pixels(line, family) if family else None,
                picture_limit=await _picture_limit(line),
                context_tokens=context,
            )

    async def _facts(self, profile: ServerProfile, key: str, fresh: bool = False) -> ServerFacts:
        try:
            return await self._kinds.facts(profile, key, fresh)
        except httpx2.HTTPError as problem:
            raise error_of_connection(problem, Asked(profile.address, "", key)) from problem

    async def _sees_pictures(
        self, profile: ServerProfile, key: str, card: ModelCard, facts: ServerFacts
    ) -> bool | None:
        """Whether a small picture makes the prompt longer; a server that drops pictures answers 200, too."""
        async with self._new_client(profile) as client:
            line = _Line(client, profile, Asked(profile.address, card.id, key))
            if facts.kind is ServerKind.VLLM:
                seen = await _grows_with_a_picture(line.tokens)
                if seen is not None:
                    return seen
            return await _grows_with_a_picture(line.prompt_tokens)


async def _grows_with_a_picture(count: Callable[[list[Size]], Awaitable[int | None]]) -> bool | None:
    """Whether a picture adds tokens to a question; None when they cannot be counted this way."""
    try:
        with_picture, without = await count([SMALL]), await count([])
    except AppError as error:
        refused = error.code in (ErrorCode.SERVER_NO_VISION, ErrorCode.SERVER_PICTURE_REFUSED)
        return False if refused else None
    if with_picture is None or without is None:
        return None
    return with_picture > without + MARKER_TOKENS


class _Line:
    """Questions to one server about one model."""

    def __init__(self, client: httpx2.AsyncClient, profile: ServerProfile, asked: Asked) -> None:
        self._client = client
        self._base = profile.base_url
        self._asked = asked
        self._headers = authorisation(asked.key, asked.server)

    async def get(self, url: str) -> Any:
        """The JSON at an address.

        Raises:
            AppError: any SERVER_ code, BLOCKED_HOST.
        """
        return await self._answer(self._client.get(url, headers=self._headers, timeout=_timeout(ANSWER_S)))

    async def tokens(self, pictures: list[Size]) -> int | None:
        """Tokens of a question with these pictures; None when the server does not count them."""
        question = await self._question(pictures)
        body = await self._post(root_of(self._base) + "/tokenize", question, FIRST_WORDS_S)
        return _number(body, "count")

    async def prompt_tokens(self, pictures: list[Size]) -> int | None:
        """The same from a real question with the shortest answer; None when the server tells no usage."""
        question = await self._question(pictures) | {"max_tokens": 1, "temperature": 0}
        body = await self._post(self._base + "/chat/completions", question, FIRST_WORDS_S)
        return _number(body.get("usage") if isinstance(body, dict) else None, "prompt_tokens")

    async def _post(self, url: str, body: _Json, limit_s: float) -> Any:
        return await self._answer(
            self._client.post(url, json=body, headers=self._headers, timeout=_timeout(limit_s))
        )

    async def _question(self, pictures: list[Size]) -> _Json:
        # The largest takes a tenth of a second to pack.
        uris = {size: await asyncio.to_thread(flat_png_uri, size) for size in set(pictures)}
        parts: list[_Json] = [{"type": "image_url", "image_url": {"url": uris[size]}} for size in pictures]
        parts.append({"type": "text", "text": "Which colour is this?"})
        return {"model": self._asked.model, "messages": [{"role": "user", "content": parts}]}

    async def _answer(self, request: Any) -> Any:
        try:
            response = await request
        except (httpx2.HTTPError, httpx2.StreamError, OSError) as problem:
            raise error_of_connection(problem, self._asked) from problem
        if response.status_code >= 400:
            raise error_of_answer(response.status_code, words_in_text(response.text), self._asked)
        try:
            return response.json()
        except ValueError as problem:
            found = f"{response.headers.get('content-type', '')}: {words_in_text(response.text).message}"
            raise not_an_api(self._asked, found) from problem


async def _max_pixels(line: _Line, family: VisionFamily) -> int | None:
    """The server's own limit, from the tokens of the largest picture of its family.

    A server started with a lower `max_pixels` counts fewer. None when it counts as many as the family
    allows, or when it refuses for another reason, such as a context shorter than the picture.
    """
    side = smart_resize(Size(4096, 4096), family)
    try:
        with_picture, without = await line.tokens([side]), await line.tokens([])
    except AppError as error:
        if error.code in _ABOUT_THE_QUESTION:
            return None
        raise
    if with_picture is None or without is None:
        return None
    pixels = (with_picture - without - MARKER_TOKENS) * family.factor**2
    return pixels if family.min_pixels <= pixels < side.pixels else None


async def _picture_limit(line: _Line) -> int | None:
    """The limit the server names when asked for too many."""
    try:
        await line.tokens([Size(56, 56)] * MANY_PICTURES)
    except AppError as error:
        limit = error.values.get("limit")
        if error.code is ErrorCode.SERVER_TOO_MANY_PICTURES and isinstance(limit, int):
            return limit
        if error.code not in _ABOUT_THE_QUESTION:
            raise
    return None


_ABOUT_THE_QUESTION = (
    ErrorCode.SERVER_CONTEXT_TOO_LONG,
    ErrorCode.SERVER_PICTURE_REFUSED,
    ErrorCode.SERVER_REQUEST_REFUSED,
    ErrorCode.SERVER_NO_VISION,
    ErrorCode.SERVER_NOT_AN_API,
    ErrorCode.SERVER_BODY_TOO_LARGE,
    ErrorCode.SERVER_FAILED,
    ErrorCode.SERVER_GATEWAY,
    ErrorCode.SERVER_TIMEOUT,
)
"""Refusals that say nothing about whether the server can be used; `/tokenize` may also just be hidden."""


def _cards(body: Any, asked: Asked) -> tuple[ModelCard, ...]:
    entries = body.get("data") if isinstance(body, dict) else None
    if not isinstance(entries, list):
        raise not_an_api(asked, str(body))
    return tuple(
        ModelCard(
            id=entry["id"],
            root=entry["root"] if isinstance(entry.get("root"), str) else "",
            context_tokens=_number(entry, "max_model_len"),
        )
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    )


def _chosen(cards: tuple[ModelCard, ...], profile: ServerProfile) -> ModelCard:
    if not profile.model:
        return cards[0]
    for card in cards:
        if card.id == profile.model:
            return card
    raise AppError(ErrorCode.SERVER_MODEL_UNKNOWN, server=profile.address, model=profile.model)


def _number(body: Any, name: str) -> int | None:
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _timeout(seconds: float) -> httpx2.Timeout:
    return httpx2.Timeout(seconds, connect=5.0)
