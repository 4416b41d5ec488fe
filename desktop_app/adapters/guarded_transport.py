"""The one guarded way out of the process.

Every HTTP client of the program is made here. A client reaches one host, the one it was made for; each
request (a redirect's next hop is a request, too) resolves that host, checks where its addresses are, is
entered in the connection log, and goes to an address that was checked. A name that resolves differently the
next moment therefore gains nothing. Only the headers named here leave.
"""

from __future__ import annotations

import asyncio
import ssl
import urllib.request
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import httpcore2  # noqa: F401 - httpx2 loads it at the first request, on the event loop's thread
import httpx2

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import (
    NetworkScope,
    ServerProfile,
    host_of,
    scope_by_name,
    scope_of_address,
    widest,
)

Resolve: TypeAlias = Callable[[str], Awaitable[tuple[str, ...]]]
"""Turns a host name into IP addresses; raises OSError, TimeoutError or UnicodeError."""

ConnectionLog: TypeAlias = Callable[[str, NetworkScope, bool], None]
"""Told host, scope and whether it was allowed, for every request before it leaves."""

CONNECT_S = 5.0
NEXT_ADDRESS_S = 1.5
"""Time for an address while others are left: LAN names often have a dead IPv6 address first."""

ANSWER_S = 600.0
"""A server sends nothing while a request waits in its queue and while it reads the pictures."""

UPLOAD_S = 120.0

KEEP_ALIVE_S = 2.5
"""vLLM closes idle connections after 5 s; a client that keeps them as long runs into closed ones."""

NAME_UNKNOWN = "name not known"
"""How the message of a ConnectError begins when no address was found; otherwise it was refused."""

_PASSED_HEADERS = frozenset(
    (
        "accept",
        "accept-encoding",
        "authorization",
        "connection",
        "content-length",
        "content-type",
        "host",
        "range",
        "transfer-encoding",
        "user-agent",
    )
)
"""Everything else stays here: cookies, facts about this computer that client libraries add, and headers from
environment variables meant for other programs."""


@dataclass(frozen=True, slots=True)
class HostRule:
    """What one client may reach.

    Attributes:
        host: the only host, lower case.
        outside: whether it may be outside the local network.
        tls: the client began with https; nothing may lead it to http.
        fixed: the addresses found first count for the client's whole life.
    """

    host: str
    outside: bool
    tls: bool
    fixed: bool = False


class GuardedClients:
    """Makes guarded HTTP clients; whoever asks for one closes it."""

    def __init__(
        self,
        resolve: Resolve,
        never_outside: Callable[[], bool] = lambda: False,
        on_connection: ConnectionLog = lambda host, scope, allowed: None,
    ) -> None:
        """
        Args:
            resolve: name resolution.
            never_outside: asked at every request; true refuses every host outside whatever a profile says.
            on_connection: the connection log.
        """
        self.resolve = resolve
        self.never_outside = never_outside
        self.on_connection = on_connection
        self._tls: ssl.SSLContext | None = None

    def for_profile(self, profile: ServerProfile) -> httpx2.AsyncClient:
        """A client that reaches the profile's host alone, and outside only if the profile allows it."""
        return self._client(
            HostRule(profile.host, profile.allow_outside, profile.base_url.startswith("https:"))
        )

    def for_fetch(self, address: str) -> httpx2.AsyncClient:
        """A client for exactly one web address a person named; it may be outside.

        Its addresses are found once: a host outside cannot lead on to a machine of the local network by
        resolving differently for a redirect.
        """
        return self._client(
            HostRule(host_of(address), True, address.lower().startswith("https:"), fixed=True)
        )

    async def tls_context(self) -> ssl.SSLContext:
        """Trust as the operating system has it, or SSL_CERT_FILE / SSL_CERT_DIR."""
        if self._tls is None:
            # Reading the certificates takes tens of milliseconds.
            self._tls = await asyncio.to_thread(httpx2.create_ssl_context)
        return self._tls

    def _client(self, rule: HostRule) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=GuardedTransport(rule, self),
            timeout=httpx2.Timeout(ANSWER_S, connect=CONNECT_S, write=UPLOAD_S),
            follow_redirects=True,
            max_redirects=5,
            trust_env=False,
            headers={"User-Agent": "lightdesk"},
        )


class GuardedTransport(httpx2.AsyncBaseTransport):
    """Checks each request against a rule before anything leaves, names included."""

    def __init__(self, rule: HostRule, clients: GuardedClients) -> None:
        self._rule = rule
        self._clients = clients
        self._roads: dict[str, httpx2.AsyncHTTPTransport] = {}
        self._found: tuple[str, ...] = ()
        self._worked = ""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send, or refuse.

        Raises:
            AppError: BLOCKED_REDIRECT for another host or a step down from https; BLOCKED_HOST for a host
                outside that is not allowed.
            httpx2.ConnectError: when the name is not known or no address answers.
        """
        host = request.url.raw_host.decode("ascii").lower()
        if host != _ascii(self._rule.host) or (self._rule.tls and request.url.scheme != "https"):
            self._clients.on_connection(host, scope_by_name(host), False)
            raise AppError(ErrorCode.BLOCKED_REDIRECT, host=host)
        addresses = await self._addresses(host)
        # A name that only a proxy can resolve is outside.
        scope = widest([scope_of_address(address) for address in addresses])
        proxy = await asyncio.to_thread(_proxy_for, request.url) if scope is NetworkScope.OUTSIDE else ""
        if not (addresses or proxy):
            raise httpx2.ConnectError(f"{NAME_UNKNOWN}: {host}")
        self._check(host, scope)
        if proxy:
            road = await self._road(request.url.scheme, proxy)
            return await road.handle_async_request(_copy(request, request.url))
        return await self._send(request, host, addresses)

    def _check(self, host: str, scope: NetworkScope) -> None:
        """Enter the request in the log; raise BLOCKED_HOST unless its host may be reached."""
        outside_allowed = self._rule.outside and not self._clients.never_outside()
        allowed = scope is not NetworkScope.OUTSIDE or outside_allowed
        self._clients.on_connection(host, scope, allowed)
        if not allowed:
            raise AppError(ErrorCode.BLOCKED_HOST, host=host)

    async def aclose(self) -> None:
        roads, self._roads = list(self._roads.values()), {}
        for road in roads:
            await road.aclose()

    async def _addresses(self, host: str) -> tuple[str, ...]:
        """Addresses to try, the best first; none when the name is not known."""
        if self._found:
            return self._found
        try:
            found = await self._clients.resolve(host)
        except (OSError, TimeoutError, UnicodeError):  # a label of more than 63 letters is a UnicodeError
            return ()
        if self._rule.fixed:
            self._found = found
        return found

    async def _send(self, request: httpx2.Request, host: str, addresses: tuple[str, ...]) -> httpx2.Response:
        road = await self._road(request.url.scheme, "")
        # The address that worked goes first: the others may cost a timeout each.
        ordered = sorted(addresses, key=lambda address: address != self._worked)
        for left, address in zip(range(len(ordered) - 1, -1, -1), ordered, strict=True):
            try:
                response = await road.handle_async_request(
                    _to_address(request, host, address, quick=left > 0)
                )
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if left == 0:
                    raise
            else:
                self._worked = address
                return response
        raise httpx2.ConnectError(f"{NAME_UNKNOWN}: {host}")

    async def _road(self, scheme: str, proxy: str) -> httpx2.AsyncHTTPTransport:
        name = f"{scheme} {proxy}"
        if name not in self._roads:
            needs_trust = scheme == "https" or proxy.startswith("https:")
            context = (
                await self._clients.tls_context() if needs_trust else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            )
            self._roads[name] = httpx2.AsyncHTTPTransport(
                verify=context,
                trust_env=False,
                proxy=httpx2.Proxy(proxy, ssl_context=context if proxy.startswith("https:") else None)
                if proxy
                else None,
                limits=httpx2.Limits(
                    max_connections=200, max_keepalive_connections=50, keepalive_expiry=KEEP_ALIVE_S
                ),
            )
        return self._roads[name]


def _ascii(host: str) -> str:
    """The host as it stands in requests: names with other letters in their "xn--" form."""
    return httpx2.URL(scheme="http", host=host).raw_host.decode("ascii") if host else ""


def _copy(
    request: httpx2.Request, url: httpx2.URL, extensions: dict[str, object] | None = None
) -> httpx2.Request:
    headers = [
        (name, value) for name, value in request.headers.raw if name.lower().decode() in _PASSED_HEADERS
    ]
    return httpx2.Request(
        request.method,
        url,
        headers=headers,
        stream=request.stream,
        extensions={**request.extensions, **(extensions or {})},
    )


def _to_address(request: httpx2.Request, host: str, address: str, quick: bool) -> httpx2.Request:
    """The same request to an address; the Host header and the name in the certificate stay the host's."""
    extensions: dict[str, object] = {"sni_hostname": host}
    if quick:
        timeout = dict(request.extensions.get("timeout", {}))
        timeout["connect"] = min(timeout.get("connect") or CONNECT_S, NEXT_ADDRESS_S)
        extensions["timeout"] = timeout
    return _copy(request, request.url.copy_with(host=address), extensions)


def _proxy_for(url: httpx2.URL) -> str:
    """The system's proxy for a host outside, "" for none; may ask the registry, so call it in a thread."""
    proxies = urllib.request.getproxies()
    if urllib.request.proxy_bypass(url.host):
        return ""
    proxy = proxies.get(url.scheme) or proxies.get("all") or ""
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"
