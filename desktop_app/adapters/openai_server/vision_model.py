"""`VisionModel` over the openai library: one streamed chat request, sent again when that is safe."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx2

from desktop_app.adapters.openai_server.answer_stream import AnswerReader
from desktop_app.adapters.openai_server.errors import Asked, error_of_connection, not_an_api
from desktop_app.adapters.openai_server.failures import check_is_stream, failure_of_request
from desktop_app.adapters.openai_server.held_pictures import HeldPictures
from desktop_app.adapters.openai_server.request_body import digests_of, packed
from desktop_app.adapters.openai_server.retries import RequestFailedError, RetryRules, failed_connection
from desktop_app.adapters.openai_server.server_kinds import ServerFacts, ServerKinds, authorisation
from desktop_app.adapters.openai_server.whole_answer import completion_of
from desktop_app.domain.chat_request import ChatRequest
from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_model_events import ModelEvent

if TYPE_CHECKING:
    import openai

NO_KEY = "EMPTY"
"""What vLLM's own examples send when there is no key; without one the library looks into the environment."""

_REFUSALS_THAT_MAY_BE_A_MISS = (400, 422, 500)
"""A picture named but not held is 400 "Cache miss for image" in vLLM 0.32 and a failed assertion before."""


@dataclass(eq=False)
class _Server:
    """One address with one key: its client and the pictures it holds."""

    client: openai.AsyncOpenAI
    held: HeldPictures = field(default_factory=HeldPictures)


class OpenAiVisionModel:
    """Asks OpenAI-style servers; lives on one event loop."""

    def __init__(
        self,
        new_client: Callable[[ServerProfile], httpx2.AsyncClient],
        kinds: ServerKinds,
        retries: RetryRules | None = None,
        silence_s: float = 600.0,
    ) -> None:
        """
        Args:
            new_client: makes a guarded client for a profile.
            kinds: tells which program answers, so that its own fields can be used.
            retries: when to try again.
            silence_s: longest wait for the next byte; the first may be behind a queue of other requests.
        """
        self._new_client = new_client
        self._kinds = kinds
        self._retries = retries or RetryRules()
        self._timeout = httpx2.Timeout(silence_s, connect=5.0, write=120.0)
        self._servers: dict[tuple[str, str, bool], _Server] = {}
        self._library: Any = None
        self._loading = asyncio.Lock()

    async def warm_up(self) -> None:
        """Load the openai library in a thread; it takes most of a second and would freeze a window."""
        await self._loaded()

    async def stream(self, target: ServerTarget, request: ChatRequest) -> AsyncGenerator[ModelEvent, None]:
        """Send the request and yield what comes back; closing the iterator ends the server's work.

        Raises:
            AppError: any SERVER_ code, BLOCKED_HOST, BLOCKED_REDIRECT.
        """
        loop = asyncio.get_running_loop()
        began, tries = loop.time(), 0
        while True:
            tries += 1
            reader = AnswerReader(target.model)
            try:
                async with aclosing(self._attempt(target, request, reader)) as events:
                    async for event in events:
                        yield event
                return
            except RequestFailedError as failure:
                wait = None if reader.spoke else self._retries.wait(failure, tries, loop.time() - began)
                if wait is None:
                    for event in reader.rest():
                        yield event
                    raise failure.error from failure
            await asyncio.sleep(wait)

    async def complete(self, target: ServerTarget, request: ChatRequest) -> Completion:
        """Send the request once and return the whole answer; cancelling ends the server's work.

        Raises:
            AppError: as `stream`.
        """
        try:
            server, facts = await self._server(target), await self._facts(target)
            return await self._completion(server, target, request, facts)
        except RequestFailedError as failure:
            raise failure.error from failure

    async def aclose(self) -> None:
        """Close every connection."""
        servers, self._servers = list(self._servers.values()), {}
        for server in servers:
            await server.client.close()

    async def _attempt(
        self, target: ServerTarget, request: ChatRequest, reader: AnswerReader
    ) -> AsyncGenerator[ModelEvent, None]:
        """One try; a picture the server was thought to hold and does not is sent after all.

        Raises:
            RequestFailedError, AppError
        """
        server = await self._server(target)
        facts = await self._facts(target)
        digests = digests_of(request)
        omitted = server.held.among(digests) if facts.keeps_pictures else frozenset()
        try:
            async with aclosing(self._events(server, target, request, facts, omitted, reader)) as events:
                async for event in events:
                    yield event
        except _MayBeMissError:
            server.held.missed()
            async with aclosing(self._events(server, target, request, facts, frozenset(), reader)) as events:
                async for event in events:
                    yield event

    async def _events(
        self,
        server: _Server,
        target: ServerTarget,
        request: ChatRequest,
        facts: ServerFacts,
        omitted: frozenset[str],
        reader: AnswerReader,
    ) -> AsyncGenerator[ModelEvent, None]:
        library = await self._loaded()
        asked = _asked(target)
        digests = digests_of(request)
        named = frozenset(digests) if facts.keeps_pictures else frozenset()
        body = await packed(target, request, facts, named, omitted)
        answered = False
        try:
            # Not `chat.completions.create`: it walks and packs the body on this thread, 80 ms for 12 MB.
            stream = await server.client.post(
                "/chat/completions",
                content=body,
                options={"headers": {"Content-Length": str(body.length)}},
                cast_to=library.types.chat.ChatCompletion,
                stream=True,
                stream_cls=library.AsyncStream[library.types.chat.ChatCompletionChunk],
            )
            del body
            answered = True
            async with stream:
                await check_is_stream(stream.response, asked)
                async for chunk in stream:
                    if named:
                        server.held.sent(digests, omitted)
                        named = frozenset()
                    for event in reader.feed(chunk):
                        yield event
        except (library.OpenAIError, httpx2.HTTPError, httpx2.StreamError, OSError, ValueError) as problem:
            if reader.finish is None:
                failure, status = failure_of_request(problem, asked, answered, reader.spoke)
                if omitted and not reader.spoke and status in _REFUSALS_THAT_MAY_BE_A_MISS:
                    raise _MayBeMissError from failure
                raise failure from problem
        if reader.finish is None:
            error = AppError(ErrorCode.SERVER_BROKE_OFF, server=asked.server, detail="the stream just ended")
            raise failed_connection(error)
        for event in reader.end():
            yield event

    async def _completion(
        self, server: _Server, target: ServerTarget, request: ChatRequest, facts: ServerFacts
    ) -> Completion:
        library, asked = await self._loaded(), _asked(target)
        body = await packed(target, request, facts, streamed=False)
        try:
            answer = await server.client.post(
                "/chat/completions",
                content=body,
                options={"headers": {"Content-Length": str(body.length)}},
                cast_to=library.types.chat.ChatCompletion,
            )
        except (library.OpenAIError, httpx2.HTTPError, httpx2.StreamError, OSError, ValueError) as problem:
            failure, _ = failure_of_request(problem, asked, answered=False, spoke=False)
            raise failure from problem
        completion = completion_of(answer, target.model)
        if completion is None:
            raise failed_connection(not_an_api(asked, str(answer)[:500]))
        return completion

    async def _loaded(self) -> Any:
        # One thread at a time: two that import the same packages at once can find them half made.
        async with self._loading:
            if self._library is not None:
                return self._library
            # Not `to_thread`: it hands the context on, in which anyio believes itself on this loop.
            self._library = await asyncio.get_running_loop().run_in_executor(None, _load_openai)
        return self._library

    async def _server(self, target: ServerTarget) -> _Server:
        profile = target.profile
        identity = (profile.base_url, target.key, profile.allow_outside)
        library = await self._loaded()
        if identity not in self._servers:
            key = target.key or NO_KEY
            # Named here, headers cannot be replaced by OPENAI_CUSTOM_HEADERS; the guard drops all others.
            headers = {
                **authorisation(key, profile.address),
                "User-Agent": "lightdesk",
                "Accept": "application/json",
                "Content-Type": "application/json",
            }
            client = library.AsyncOpenAI(
                base_url=profile.base_url,
                api_key=key,
                max_retries=0,
                timeout=self._timeout,
                default_headers=headers,
                http_client=self._new_client(profile),
            )
            self._servers[identity] = _Server(client)
        return self._servers[identity]

    async def _facts(self, target: ServerTarget) -> ServerFacts:
        try:
            return await self._kinds.facts(target.profile, target.key)
        except httpx2.HTTPError as problem:
            raise failed_connection(error_of_connection(problem, _asked(target))) from problem


class _MayBeMissError(Exception):
    """The server refused a request in which pictures were named but not sent."""


def _load_openai() -> Any:
    """The library with what a first answer needs; much of it is loaded and built on first use only."""
    import anyio
    import openai
    from openai.types.chat import ChatCompletionChunk

    ChatCompletionChunk.construct(id="", choices=[{"delta": {"content": ""}, "index": 0}])
    anyio.run(anyio.sleep, 0)  # the openai library's transport finds its event loop's side through anyio
    return openai


def _asked(target: ServerTarget) -> Asked:
    return Asked(target.profile.address, target.model, target.key)
