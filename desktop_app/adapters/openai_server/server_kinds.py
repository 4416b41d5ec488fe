"""Finds out which program answers behind an address, once per address."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerKind, ServerProfile

PROBE_S = 3.0
"""A health question is answered at once or not at all."""

UNKNOWN_FOR_S = 60.0
"""A server that is still starting behind a gateway looks like none of the known ones: ask again later."""


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What the server's own endpoints tell.

    Attributes:
        kind: which program.
        version: its version, "" when unknown.
        context_tokens: the context one request may use, when the server says so outside its model list.
    """

    kind: ServerKind
    version: str = ""
    context_tokens: int | None = None

    @property
    def keeps_pictures(self) -> bool:
        """Whether a picture may be named by its `uuid` alone: vLLM since 0.11."""
        return self.kind is ServerKind.VLLM and _at_least(self.version, (0, 11))

    @property
    def takes_vllm_fields(self) -> bool:
        """Whether sampling fields outside OpenAI's own are understood; others may refuse unknown fields."""
        return self.kind in (ServerKind.VLLM, ServerKind.SGLANG)


class ServerKinds:
    """Asks each address once and remembers what it said."""

    def __init__(self, new_client: Callable[[ServerProfile], httpx2.AsyncClient]) -> None:
        self._new_client = new_client
        self._known: dict[str, tuple[ServerFacts, float]] = {}

    async def facts(self, profile: ServerProfile, key: str, fresh: bool = False) -> ServerFacts:
        """The facts; asks again when `fresh`, for a server that may have been replaced.

        Raises:
            AppError: BLOCKED_HOST and BLOCKED_REDIRECT from the guard, SERVER_KEY.
            httpx2.ConnectError, httpx2.ConnectTimeout: when the server cannot be reached.
        """
        now = asyncio.get_running_loop().time()
        known, asked_at = self._known.get(profile.base_url, (None, 0.0))
        stale = known is not None and known.kind is ServerKind.OTHER and now - asked_at > UNKNOWN_FOR_S
        if known is None or stale or fresh:
            async with self._new_client(profile) as client:
                headers = authorisation(key, profile.address)
                known = await _ask(client, root_of(profile.base_url), headers)
            self._known[profile.base_url] = (known, now)
        return known


def root_of(base_url: str) -> str:
    """The address below which a server's own endpoints lie: the API root without its "/v1"."""
    parts = urlsplit(base_url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/").removesuffix("/v1"), "", ""))


def authorisation(key: str, server: str) -> dict[str, str]:
    """The header for a key; none without a key.

    Raises:
        AppError: SERVER_KEY for text that cannot be a key, such as one with a line break or a dash that a
            word processor made long.
    """
    if not all(" " < character <= "~" for character in key):
        detail = "the key holds characters that cannot be sent"
        raise AppError(ErrorCode.SERVER_KEY, server=server, detail=detail)
    return {"Authorization": f"Bearer {key}"} if key else {}


async def _ask(client: httpx2.AsyncClient, root: str, headers: dict[str, str]) -> ServerFacts:
    paths = ("/get_model_info", "/props", "/api/version", "/api/v0/models", "/version")
    answers = await asyncio.gather(*(_json_at(client, root + path, headers) for path in paths))
    sglang, llama_cpp, ollama, lm_studio, vllm = answers
    if "model_path" in sglang:
        return ServerFacts(ServerKind.SGLANG, _text(sglang.get("version")))
    if "default_generation_settings" in llama_cpp:
        context = llama_cpp["default_generation_settings"]
        tokens = context.get("n_ctx") if isinstance(context, dict) else None
        return ServerFacts(
            ServerKind.LLAMA_CPP,
            _text(llama_cpp.get("build_info")),
            tokens if isinstance(tokens, int) and tokens > 0 else None,
        )
    if _text(ollama.get("version")):
        return ServerFacts(ServerKind.OLLAMA, _text(ollama["version"]))
    if isinstance(lm_studio.get("data"), list):
        return ServerFacts(ServerKind.LM_STUDIO)
    if _text(vllm.get("version")):
        return ServerFacts(ServerKind.VLLM, _text(vllm["version"]))
    return ServerFacts(ServerKind.OTHER)


async def _json_at(client: httpx2.AsyncClient, url: str, headers: dict[str, str]) -> dict[str, Any]:
    """The JSON object at an address, or {} for anything else; only an unreachable server is an error."""
    timeout = httpx2.Timeout(PROBE_S, connect=5.0)
    try:
        response = await client.get(url, headers=headers, timeout=timeout)
        body = response.json() if response.status_code == 200 else {}
    except (httpx2.ConnectError, httpx2.ConnectTimeout):
        raise
    except (httpx2.HTTPError, ValueError):
        return {}
    return body if isinstance(body, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _at_least(version: str, wanted: tuple[int, ...]) -> bool:
    """Compare the leading numbers; a development build without numbers counts as new."""
    numbers = re.match(r"(\d+)\.(\d+)", version)
    return numbers is None or tuple(map(int, numbers.groups())) >= wanted
