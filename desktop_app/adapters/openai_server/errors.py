"""Turns what servers, gateways and connections do wrong into errors a person understands."""

from __future__ import annotations

import errno
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx2

from desktop_app.adapters.openai_server.error_words import ErrorWords, sanitised
from desktop_app.domain.errors import AppError, ErrorCode


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked for what, for the error's sentence.

    Attributes:
        server: host and port.
        model: the model's id, "" when none was named.
        key: removed from everything that is shown.
    """

    server: str
    model: str = ""
    key: str = field(default="", repr=False)


def error_of_answer(status: int, words: ErrorWords, asked: Asked) -> AppError:
    """The error for an HTTP status of 400 and above, or for an error object in a stream."""
    code, values = _judge(status, words, asked)
    detail = sanitised(f"HTTP {status}: {words.message}", asked.key)
    return AppError(code, detail=detail, **values)


def error_of_connection(problem: BaseException, asked: Asked, mid_answer: bool = False) -> AppError:
    """The error for a connection that failed, before any answer or in the middle of it."""
    chain = list(_causes(problem))
    detail = sanitised(" <- ".join(dict.fromkeys(_described(link) for link in chain)), asked.key)
    return AppError(_connection_code(chain, mid_answer), detail=detail, server=asked.server)


def not_an_api(asked: Asked, found: str) -> AppError:
    """The address answers with something else, for example a web page."""
    return AppError(ErrorCode.SERVER_NOT_AN_API, server=asked.server, detail=sanitised(found, asked.key))


_Values = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class _Saying:
    """Words that mean one thing whatever the status says; the group of the pattern is a limit."""

    pattern: str
    code: ErrorCode
    needs_limit: bool = False


_SAYINGS = (
    # vLLM, multimodal/processing; SGLang and others speak alike.
    _Saying(r"at most 0 image", ErrorCode.SERVER_NO_VISION),
    _Saying(r"at most (\d+) (?:image|picture|video)", ErrorCode.SERVER_TOO_MANY_PICTURES, needs_limit=True),
    _Saying(
        r"is not a multimodal model|not support (?:image|vision|multi-?modal)|image input is not supported"
        r"|missing data required for image input|no image_url|mmproj",
        ErrorCode.SERVER_NO_VISION,
    ),
    # vLLM has three wordings since 2024; SGLang says "context length (N", llama.cpp "context size (N".
    _Saying(r"maximum context length(?: is|\s*\()[^\d]*(\d+)", ErrorCode.SERVER_CONTEXT_TOO_LONG, True),
    _Saying(r"maximum model length of (\d+)", ErrorCode.SERVER_CONTEXT_TOO_LONG, True),
    _Saying(r"max_model_len[ =]*\(?(\d+)", ErrorCode.SERVER_CONTEXT_TOO_LONG, True),
    _Saying(r"context (?:length|size|window)[^\d]{0,12}(\d+)", ErrorCode.SERVER_CONTEXT_TOO_LONG, True),
    _Saying(
        r"failed to load image|cannot identify image|image file is truncated|pre-allocated encoder cache"
        r"|failed to apply \w*processor|only base64 data url|invalid image|failed to process image"
        r"|aspect ratio",
        ErrorCode.SERVER_PICTURE_REFUSED,
    ),
    _Saying(r"EngineCore|EngineDead|engine (?:process )?(?:is )?dead", ErrorCode.SERVER_ENGINE_DEAD),
)

_BY_STATUS = {
    401: ErrorCode.SERVER_KEY,
    403: ErrorCode.SERVER_KEY,
    405: ErrorCode.SERVER_NOT_AN_API,
    408: ErrorCode.SERVER_TIMEOUT,
    413: ErrorCode.SERVER_BODY_TOO_LARGE,
    429: ErrorCode.SERVER_BUSY,
    501: ErrorCode.SERVER_PICTURE_REFUSED,
    502: ErrorCode.SERVER_GATEWAY,
    504: ErrorCode.SERVER_GATEWAY,
}


def _judge(status: int, words: ErrorWords, asked: Asked) -> tuple[ErrorCode, _Values]:
    values: _Values = {"server": asked.server, "model": asked.model}
    if words.is_api and status not in (401, 403, 404, 413, 429):
        for saying in _SAYINGS:
            found = re.search(saying.pattern, words.message, re.IGNORECASE)
            if found:
                return saying.code, values | ({"limit": int(found[1])} if saying.needs_limit else {})
    if status in (401, 403) and not asked.key:
        return ErrorCode.SERVER_KEY_MISSING, values
    if status in _BY_STATUS:
        return _BY_STATUS[status], values
    rule: Callable[[ErrorWords], ErrorCode] = _for_404 if status == 404 else _for_503
    if status in (404, 503):
        return rule(words), values
    if status >= 500:
        # A bare "Internal Server Error" is what the web framework under vLLM says of its own mistakes.
        own = words.is_api or status == 500
        return ErrorCode.SERVER_FAILED if own else ErrorCode.SERVER_GATEWAY, values
    return ErrorCode.SERVER_REQUEST_REFUSED if words.is_api else ErrorCode.SERVER_NOT_AN_API, values


def _for_404(words: ErrorWords) -> ErrorCode:
    """A model that is not there, or a path that is not there."""
    names_model = words.is_api and "model" in words.message.lower()
    return ErrorCode.SERVER_MODEL_UNKNOWN if names_model else ErrorCode.SERVER_NOT_AN_API


def _for_503(words: ErrorWords) -> ErrorCode:
    """vLLM while scaling, llama.cpp while loading, Ollama with a full queue; or a gateway's page."""
    return ErrorCode.SERVER_BUSY if words.is_api else ErrorCode.SERVER_GATEWAY


def _connection_code(chain: list[BaseException], mid_answer: bool) -> ErrorCode:
    if mid_answer:
        return ErrorCode.SERVER_BROKE_OFF
    if any(_speaks_no_tls(link) or isinstance(link, httpx2.TooManyRedirects) for link in chain):
        return ErrorCode.SERVER_NOT_AN_API
    if any(isinstance(link, ssl.SSLError) or "CERTIFICATE_VERIFY" in str(link) for link in chain):
        return ErrorCode.SERVER_TLS
    if any(isinstance(link, httpx2.TimeoutException | TimeoutError) for link in chain):
        return ErrorCode.SERVER_TIMEOUT
    if any(isinstance(link, httpx2.ConnectError) for link in chain):
        unknown = any(str(link).startswith("name not known") for link in chain)
        unreachable = any(isinstance(link, OSError) and link.errno in _NO_ROUTE for link in chain)
        return ErrorCode.SERVER_UNREACHABLE if unknown or unreachable else ErrorCode.SERVER_REFUSED
    if any(isinstance(link, httpx2.RemoteProtocolError) for link in chain):
        # "Server disconnected without sending a response", or something that is not HTTP at all.
        left = any("disconnected" in str(link) for link in chain)
        return ErrorCode.SERVER_REFUSED if left else ErrorCode.SERVER_NOT_AN_API
    return ErrorCode.SERVER_REFUSED


def _speaks_no_tls(problem: BaseException) -> bool:
    """An https address for a server that speaks plain http."""
    return isinstance(problem, ssl.SSLError) and problem.reason == "WRONG_VERSION_NUMBER"


_NO_ROUTE = frozenset((errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTUNREACH, 10050, 10051, 10065))
"""No network, or no way to the host; the numbers are Windows' own."""


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """The exception and what led to it; a group of connection attempts counts with its members."""
    waiting: list[BaseException] = [problem]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop(0)
        if id(link) in seen:
            continue
        seen.add(id(link))
        yield link
        if isinstance(link, BaseExceptionGroup):
            waiting.extend(link.exceptions)
        following = link.__cause__ or link.__context__
        if following is not None:
            waiting.append(following)


def _described(problem: BaseException) -> str:
    return f"{type(problem).__name__}: {problem}"
