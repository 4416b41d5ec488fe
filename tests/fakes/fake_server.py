"""A small OpenAI-style server for faults that a real one will not produce on demand.

    with FakeServer() as server:
        server.answer_with(status(429, {"error": "slow down"}, {"Retry-After": "1"}), streamed("Hello."))
        ... ask server.base_url ...
        assert len(server.chats) == 2

It runs on a loop in a thread of its own, so it goes on while a test or a window blocks. Every chat request
takes the next behaviour from `answer_with`; when none is left, `default`. What was received stays readable in
`requests` and `chats`.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import os
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeAlias

CHAT = "/v1/chat/completions"


@dataclass(frozen=True)
class Received:
    """One request: header names in lower case, the body as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def picture_of(request: Received) -> str:
    """Hexadecimal SHA-256 of the bytes of the first picture in a chat request, "" when none was sent."""
    for message in request.json["messages"]:
        for part in message["content"] if isinstance(message["content"], list) else []:
            if part["type"] == "image_url":
                uri: str = part["image_url"]["url"]
                return hashlib.sha256(base64.b64decode(uri.partition(",")[2])).hexdigest()
    return ""


class Exchange:
    """One request being answered; what behaviours write with."""

    def __init__(
        self, request: Received, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, model: str
    ) -> None:
        self.request = request
        self.model = model
        self.client_left = asyncio.Event()
        self._reader = reader
        self._writer = writer

    async def head(self, status: int, headers: dict[str, str]) -> None:
        lines = [f"HTTP/1.1 {status} Said", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        await self.raw("\r\n".join([*lines, "", ""]).encode())

    async def whole(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        await self.head(status, {"Content-Length": str(len(content)), **headers})
        await self.raw(content)

    async def begin_stream(self) -> None:
        await self.head(
            200, {"Content-Type": "text/event-stream; charset=utf-8", "Transfer-Encoding": "chunked"}
        )

    async def event(self, data: object) -> None:
        """One server-sent event; text is sent as it is, everything else as JSON."""
        text = data if isinstance(data, str) else json.dumps(data)
        await self.piece(f"data: {text}\n\n".encode())

    async def piece(self, content: bytes) -> None:
        await self.raw(f"{len(content):x}\r\n".encode() + content + b"\r\n")

    async def end_stream(self) -> None:
        await self.raw(b"0\r\n\r\n")

    async def raw(self, content: bytes) -> None:
        self._writer.write(content)
        await self._writer.drain()

    async def watch(self) -> None:
        """Read on, and set `client_left` when the client closes its end."""
        with contextlib.suppress(ConnectionError):
            while await self._reader.read(1024):
                pass
        self.client_left.set()

    def reset(self) -> None:
        """Cut the connection so that the client's system reports a reset."""
        connection = self._writer.get_extra_info("socket")
        connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
        )
        self._writer.transport.abort()


Behaviour: TypeAlias = Callable[[Exchange], Awaitable[None]]
Then: TypeAlias = Callable[[Exchange], Awaitable[None]]


def streamed(
    text: str | Sequence[str],
    *,
    per_second: float | None = None,
    reasoning: Sequence[str] = (),
    reasoning_field: str = "reasoning",
    finish: str = "stop",
    usage: tuple[int, int] | None = (30, 5),
    done: bool = True,
) -> Behaviour:
    """A proper answer as vLLM streams it; a string comes word by word, `per_second` pieces a second."""
    pieces = _words(text) if isinstance(text, str) else list(text)

    async def behave(exchange: Exchange) -> None:
        await _begin(exchange)
        for piece in reasoning:
            await exchange.event(chunk(exchange.model, {reasoning_field: piece}))
        for piece in pieces:
            await exchange.event(chunk(exchange.model, {"content": piece}))
            if per_second:
                await asyncio.sleep(1 / per_second)
        await exchange.event(chunk(exchange.model, {}, finish))
        if usage is not None:
            await exchange.event(_usage_chunk(exchange.model, *usage))
        if done:
            await exchange.event("[DONE]")
        await exchange.end_stream()

    return behave


def streamed_then(text: str | Sequence[str], then: Then) -> Behaviour:
    """The beginning of an answer, and then something goes wrong."""
    pieces = _words(text) if isinstance(text, str) else list(text)

    async def behave(exchange: Exchange) -> None:
        await _begin(exchange)
        for piece in pieces:
            await exchange.event(chunk(exchange.model, {"content": piece}))
        await then(exchange)

    return behave


def whole(
    text: str | Callable[[Received], str],
    *,
    finish: str = "stop",
    usage: tuple[int, int] | None = (30, 5),
    reasoning: str = "",
    logprobs: object = None,
    after_s: float = 0.0,
) -> Behaviour:
    """A whole answer to a request that asks for no stream; one that does gets the same words streamed.

    Args:
        text: the answer, or what makes it from the request.
        after_s: how long the server thinks before it answers.
    """

    async def behave(exchange: Exchange) -> None:
        said = text if isinstance(text, str) else text(exchange.request)
        if after_s:
            await asyncio.sleep(after_s)
        if exchange.request.json.get("stream"):
            await streamed(said, finish=finish, usage=usage)(exchange)
            return
        message = {"role": "assistant", "content": said, **({"reasoning": reasoning} if reasoning else {})}
        answer: dict[str, object] = {
            **chunk(exchange.model, {}),
            "object": "chat.completion",
            "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": logprobs}],
        }
        if usage is not None:
            answer["usage"] = _usage_chunk(exchange.model, *usage)["usage"]
        await status(200, answer)(exchange)

    return behave


def chosen(choose: Callable[[Received], Behaviour]) -> Behaviour:
    """The behaviour that a function chooses when it sees the request."""

    async def behave(exchange: Exchange) -> None:
        await choose(exchange.request)(exchange)

    return behave


def status(code: int, body: object, headers: dict[str, str] | None = None) -> Behaviour:
    """A whole answer with this status; text is sent as a page, bytes as a file, everything else as JSON."""
    if isinstance(body, bytes):
        content, content_type = body, "application/octet-stream"
    elif isinstance(body, str):
        content, content_type = body.encode(), "text/html; charset=utf-8"
    else:
        content, content_type = json.dumps(body).encode(), "application/json"

    async def behave(exchange: Exchange) -> None:
        await exchange.whole(code, content, {"Content-Type": content_type, **(headers or {})})

    return behave


def events(*data: object) -> Behaviour:
    """A stream of exactly these events and its proper end; nothing is added."""

    async def behave(exchange: Exchange) -> None:
        await exchange.begin_stream()
        for item in data:
            await exchange.event(item)
        await exchange.end_stream()

    return behave


def slow_bytes(text: str, pause_s: float = 0.001) -> Behaviour:
    """A proper answer whose bytes arrive one at a time, letters of several bytes cut apart."""

    async def behave(exchange: Exchange) -> None:
        await exchange.begin_stream()
        lines = [chunk(exchange.model, {"content": text}), chunk(exchange.model, {}, "stop")]
        packed = "".join(f"data: {json.dumps(line, ensure_ascii=False)}\n\n" for line in lines)
        for byte in (packed + "data: [DONE]\n\n").encode():
            await exchange.piece(bytes([byte]))
            await asyncio.sleep(pause_s)
        await exchange.end_stream()

    return behave


async def hang(exchange: Exchange) -> None:
    """Say nothing more until the client leaves; before anything else it hangs before the headers."""
    await exchange.client_left.wait()


async def reset(exchange: Exchange) -> None:
    """Cut the connection hard."""
    exchange.reset()


async def cut(exchange: Exchange) -> None:
    """Close the connection in the middle of the body."""


async def just_end(exchange: Exchange) -> None:
    """End the body properly, without a reason and without [DONE]."""
    await exchange.end_stream()


def error_event(error: object) -> Then:
    """An error object in the stream, then [DONE], as vLLM does when its engine fails."""

    async def behave(exchange: Exchange) -> None:
        await exchange.event(error)
        await exchange.event("[DONE]")
        await exchange.end_stream()

    return behave


def invalid_json(exchange: Exchange) -> Awaitable[None]:
    """An event that is no JSON."""
    return error_event('{"choices": [{"delta": {"content": "unfin')(exchange)


def chunk(model: str, delta: dict[str, object], finish: str | None = None) -> dict[str, object]:
    """One streamed piece in OpenAI's form."""
    return {
        "id": "chatcmpl-fake",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000,
        "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }


class FakeServer:
    """The server; see the module's text.

    Attributes:
        model: id it lists and reports.
        default: what a chat request gets when nothing is scripted.
        pages: answers to GET by path: a status and a body as `status` takes it, or a behaviour.
        port: where it listens, on 127.0.0.1.
        requests: everything received so far, oldest first.
        left: number of requests whose client went away before the behaviour was through.
    """

    def __init__(
        self,
        model: str = "fake-vl",
        key: str = "",
        version: str = "",
        tls: ssl.SSLContext | None = None,
        port: int = 0,
    ) -> None:
        """
        Args:
            model: id of its only model.
            key: when given, requests below /v1 need it.
            version: when given, it presents itself as vLLM of this version.
            tls: when given, it speaks https.
            port: where it listens, for one that comes back; 0 for any that is free.
        """
        self.model = model
        self.default: Behaviour = streamed("Hello from the fake server.")
        self.pages: dict[str, tuple[int, object] | Behaviour] = {
            "/v1/models": (200, {"object": "list", "data": [{"id": model, "root": "qwen/" + model}]})
        }
        if version:
            self.pages["/version"] = (200, {"version": version})
        self.requests: list[Received] = []
        self.left = 0
        self._key = key
        self._tls = tls
        self._behaviours: list[Behaviour] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self._listening = threading.Event()
        self.port = port
        self._stop: asyncio.Event | None = None

    @property
    def base_url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    @property
    def chats(self) -> list[Received]:
        """The chat requests among `requests`."""
        return [request for request in self.requests if request.path == CHAT]

    @property
    def asked(self) -> Counter[str]:
        """How often it was asked about each picture, by `picture_of`."""
        return Counter(picture_of(request) for request in self.chats)

    def answer_with(self, *behaviours: Behaviour) -> None:
        """What the next chat requests get, one each."""
        self._behaviours.extend(behaviours)

    def start(self) -> FakeServer:
        self._thread = threading.Thread(target=self._run, name="fake-server")
        self._thread.start()
        self._listening.wait(10)
        return self

    def stop(self) -> None:
        stop = self._stop
        if stop is not None and self._thread is not None:
            self._loop.call_soon_threadsafe(stop.set)
            self._thread.join(10)

    def __enter__(self) -> FakeServer:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def __aenter__(self) -> FakeServer:
        return await asyncio.to_thread(self.start)

    async def __aexit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.stop)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        server = await asyncio.start_server(
            self._connected, "127.0.0.1", self.port, limit=2**26, ssl=self._tls
        )
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        await self._stop.wait()
        server.close()
        await asyncio.sleep(0)  # connections made in this turn begin, so that they are among the tasks
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()  # whatever a client has not read yet
        await asyncio.sleep(0)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._writers.add(writer)
        try:
            request = await _read_request(reader)
            self.requests.append(request)
            await self._answer(Exchange(request, reader, writer, self.model))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _answer(self, exchange: Exchange) -> None:
        request = exchange.request
        if request.path.startswith("/v1") and self._key and not self._has_key(request):
            await status(401, {"error": "Unauthorized"})(exchange)
        elif request.method == "POST" and request.path == CHAT:
            behaviour = self._behaviours.pop(0) if self._behaviours else self.default
            await self._behave(behaviour, exchange)
        elif request.path in self.pages:
            page = self.pages[request.path]
            behaviour = status(*page) if isinstance(page, tuple) else page
            await self._behave(behaviour, exchange)
        else:
            await status(404, {"detail": "Not Found"})(exchange)

    async def _behave(self, behaviour: Behaviour, exchange: Exchange) -> None:
        """Behave until done or until the client leaves, whichever is first."""
        behaving = asyncio.ensure_future(behaviour(exchange))
        watching = asyncio.ensure_future(exchange.watch())
        try:
            await asyncio.wait({behaving, watching}, return_when=asyncio.FIRST_COMPLETED)
            if exchange.client_left.is_set():
                self.left += 1
        finally:
            behaving.cancel()
            watching.cancel()
            await asyncio.gather(behaving, watching, return_exceptions=True)

    def _has_key(self, request: Received) -> bool:
        return request.headers.get("authorization") == f"Bearer {self._key}"


def closed_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _read_request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, body)


async def _begin(exchange: Exchange) -> None:
    await exchange.begin_stream()
    await exchange.event(chunk(exchange.model, {"role": "assistant", "content": ""}))


def _usage_chunk(model: str, prompt: int, completion: int) -> dict[str, object]:
    usage = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    return {**chunk(model, {}), "choices": [], "usage": usage}


def _words(text: str) -> list[str]:
    words = text.split(" ")
    return [word if number == 0 else f" {word}" for number, word in enumerate(words)]
