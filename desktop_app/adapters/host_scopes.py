"""Where on the network a host is, by asking the system's name resolution."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from desktop_app.domain.servers import NetworkScope, scope_by_name, scope_of_address, widest

Resolve: TypeAlias = Callable[[str], Awaitable[tuple[str, ...]]]
"""Turns a host name into IP addresses, the best first; raises OSError, TimeoutError or UnicodeError."""

RESOLVE_LIMIT_S = 5.0
"""A resolver without a network can take half a minute to say no."""


async def system_resolve(host: str) -> tuple[str, ...]:
    """The addresses of `host`, in the system's order, without repeats.

    Raises:
        OSError: when the name is not known.
        UnicodeError: when it cannot be a name.
        TimeoutError: when the resolver does not answer within `RESOLVE_LIMIT_S`.
    """
    try:
        return (str(ipaddress.ip_address(host)),)
    except ValueError:
        pass
    loop = asyncio.get_running_loop()
    found = await asyncio.wait_for(
        loop.getaddrinfo(host, None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP), RESOLVE_LIMIT_S
    )
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


class DnsHostScopes:
    """`HostScopes` by name resolution; a name that cannot be resolved is judged by its form."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def scope(self, host: str) -> NetworkScope:
        """The farthest of the host's addresses."""
        try:
            addresses = await self._resolve(host)
        except (OSError, TimeoutError, UnicodeError):
            return scope_by_name(host)
        return widest([scope_of_address(address) for address in addresses])
