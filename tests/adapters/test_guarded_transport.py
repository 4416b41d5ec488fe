"""The one way out: who is reached, who is not, and what is told about it."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, Resolve, system_resolve
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import NetworkScope, ServerProfile
from tests.fakes.fake_server import FakeServer, status

TLS = Path(__file__).parent.parent / "data" / "tls"
OUTSIDE = "8.8.8.8"


def _names(**addresses: str) -> Resolve:
    """Name resolution from a table; dots in names are written as two underscores."""
    table = {name.replace("__", ".").replace("_", "-"): text.split() for name, text in addresses.items()}

    async def resolve(host: str) -> tuple[str, ...]:
        if host not in table:
            return await system_resolve(host)
        if not table[host]:
            raise OSError("not known")
        return tuple(table[host])

    return resolve


def _profile(url: str, allow_outside: bool = False) -> ServerProfile:
    return ServerProfile("x", url, allow_outside=allow_outside)


async def _get(clients: GuardedClients, profile: ServerProfile, url: str | None = None) -> httpx2.Response:
    async with clients.for_profile(profile) as client:
        return await client.get(url or f"{profile.base_url}/models")


async def test_a_name_is_reached_at_the_address_that_was_checked() -> None:
    with FakeServer() as server:
        clients = GuardedClients(_names(gpu_box__test="127.0.0.1"))
        response = await _get(clients, _profile(f"http://gpu-box.test:{server.port}/v1"))
    assert response.status_code == 200
    assert server.requests[0].headers["host"] == f"gpu-box.test:{server.port}"


async def test_names_with_other_letters_and_ipv6_addresses() -> None:
    with FakeServer() as server:
        clients = GuardedClients(_names(**{"xn--bcher-kva.test": "127.0.0.1"}))
        response = await _get(clients, _profile(f"http://bücher.test:{server.port}/v1"))
        assert response.status_code == 200
        assert server.requests[0].headers["host"] == f"xn--bcher-kva.test:{server.port}"
    with contextlib.suppress(httpx2.ConnectError):
        # Nobody listens there; what counts is that the address is not taken for another host.
        await _get(clients, _profile("http://[::1]:9/v1"))


async def test_a_dead_first_address_is_passed_over() -> None:
    with FakeServer() as server:
        clients = GuardedClients(_names(gpu_box__test="127.0.0.9 ::1 127.0.0.1"))
        profile = _profile(f"http://gpu-box.test:{server.port}/v1")
        assert (await _get(clients, profile)).status_code == 200


@pytest.mark.parametrize("addresses", [OUTSIDE, f"127.0.0.1 {OUTSIDE}", "2001:4860:4860::8888"])
async def test_a_host_outside_is_not_even_connected_to(addresses: str) -> None:
    log: list[tuple[str, NetworkScope, bool]] = []
    with FakeServer() as server:
        clients = GuardedClients(_names(far__test=addresses), on_connection=lambda *entry: log.append(entry))
        with pytest.raises(AppError) as caught:
            await _get(clients, _profile(f"http://far.test:{server.port}/v1"))
    assert caught.value.code is ErrorCode.BLOCKED_HOST
    assert caught.value.values == {"host": "far.test"}
    assert server.requests == []
    assert log == [("far.test", NetworkScope.OUTSIDE, False)]


async def test_never_outside_overrules_the_profile_at_once() -> None:
    never = False
    with FakeServer() as server:
        # The second address makes the host count as outside; the first is where it is reached.
        names = _names(far__test=f"127.0.0.1 {OUTSIDE}")
        clients = GuardedClients(names, never_outside=lambda: never)
        profile = _profile(f"http://far.test:{server.port}/v1", allow_outside=True)
        assert (await _get(clients, profile)).status_code == 200
        never = True
        with pytest.raises(AppError) as caught:
            await _get(clients, profile)
    assert caught.value.code is ErrorCode.BLOCKED_HOST
    assert len(server.requests) == 1


async def test_every_request_is_in_the_log() -> None:
    log: list[tuple[str, NetworkScope, bool]] = []
    with FakeServer() as server:
        clients = GuardedClients(system_resolve, on_connection=lambda *entry: log.append(entry))
        await _get(clients, _profile(server.base_url))
    assert log == [("127.0.0.1", NetworkScope.THIS_COMPUTER, True)]


async def test_an_unknown_name_cannot_be_found() -> None:
    clients = GuardedClients(_names(gpu_box=""))
    with pytest.raises(httpx2.ConnectError, match="name not known"):
        await _get(clients, _profile("http://gpu-box:8000/v1"))


async def test_what_cannot_be_a_name_cannot_be_found() -> None:
    with pytest.raises(httpx2.ConnectError, match="name not known"):
        await _get(GuardedClients(system_resolve), _profile("http://a..b:8000/v1"))


async def test_a_client_reaches_no_other_host() -> None:
    with FakeServer() as server, FakeServer() as other:
        clients = GuardedClients(_names(other__test="127.0.0.1"))
        with pytest.raises(AppError) as caught:
            await _get(clients, _profile(server.base_url), f"http://other.test:{other.port}/v1/models")
        assert caught.value.code is ErrorCode.BLOCKED_REDIRECT
        server.pages["/v1/models"] = status(
            302, b"", {"Location": f"http://other.test:{other.port}/v1/models"}
        )
        with pytest.raises(AppError) as caught:
            await _get(clients, _profile(server.base_url))
        assert caught.value.code is ErrorCode.BLOCKED_REDIRECT
        assert caught.value.values == {"host": "other.test"}
        assert other.requests == []


async def test_a_redirect_on_the_same_host_is_followed() -> None:
    with FakeServer() as server:
        server.pages["/old"] = status(307, b"", {"Location": "/v1/models"})
        clients = GuardedClients(system_resolve)
        response = await _get(clients, _profile(server.base_url), f"http://127.0.0.1:{server.port}/old")
    assert response.json()["object"] == "list"


async def test_only_known_headers_leave() -> None:
    with FakeServer() as server:
        server.pages["/v1/models"] = status(200, {"data": []}, {"Set-Cookie": "id=1"})
        async with GuardedClients(system_resolve).for_profile(_profile(server.base_url)) as client:
            for _ in range(2):
                await client.get(f"{server.base_url}/models", headers={"X-Machine": "mine", "Accept": "a/b"})
    for request in server.requests:
        assert set(request.headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}


@pytest.fixture
def proxied(monkeypatch: pytest.MonkeyPatch) -> Callable[[FakeServer], None]:
    def use(proxy: FakeServer) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

    return use


@pytest.mark.parametrize("addresses", ["127.0.0.1", "10.1.2.3", "192.168.0.7", "fd00::1", "169.254.1.1"])
async def test_no_proxy_for_private_addresses(proxied: Callable[[FakeServer], None], addresses: str) -> None:
    with FakeServer() as proxy:
        proxied(proxy)
        clients = GuardedClients(_names(near__test=addresses))
        async with clients.for_profile(_profile("http://near.test:9/v1")) as client:
            with contextlib.suppress(httpx2.HTTPError):
                await client.get("http://near.test:9/v1/models", timeout=0.2)
    assert proxy.requests == []


@pytest.mark.parametrize("addresses", [OUTSIDE, ""])
async def test_the_systems_proxy_leads_outside(proxied: Callable[[FakeServer], None], addresses: str) -> None:
    with FakeServer() as proxy:
        proxied(proxy)
        proxy.pages["http://far.test/v1/models"] = (200, {"data": []})
        clients = GuardedClients(_names(far__test=addresses))
        response = await _get(clients, _profile("http://far.test/v1", allow_outside=True))
        assert response.json() == {"data": []}
        with pytest.raises(AppError) as caught:
            await _get(clients, _profile("http://far.test/v1"))
    assert caught.value.code is ErrorCode.BLOCKED_HOST
    assert len(proxy.requests) == 1


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
    return context


async def test_a_certificate_from_ssl_cert_file_is_trusted_for_its_name_alone(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "cert.pem"))
    with FakeServer(tls=tls) as server:
        clients = GuardedClients(_names(gpu_box__test="127.0.0.1", imposter__test="127.0.0.1"))
        trusted = await _get(clients, _profile(f"https://gpu-box.test:{server.port}/v1"))
        assert trusted.status_code == 200
        with pytest.raises(httpx2.ConnectError, match="imposter"):
            await _get(clients, _profile(f"https://imposter.test:{server.port}/v1"))


async def test_an_unknown_certificate_is_not_trusted(tls: ssl.SSLContext) -> None:
    with FakeServer(tls=tls) as server:
        clients = GuardedClients(_names(gpu_box__test="127.0.0.1"))
        with pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await _get(clients, _profile(f"https://gpu-box.test:{server.port}/v1"))


async def test_https_is_never_left(tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "cert.pem"))
    with FakeServer(tls=tls) as server, FakeServer() as plain:
        server.pages["/v1/models"] = status(
            307, b"", {"Location": f"http://gpu-box.test:{plain.port}/v1/models"}
        )
        clients = GuardedClients(_names(gpu_box__test="127.0.0.1"))
        with pytest.raises(AppError) as caught:
            await _get(clients, _profile(f"https://gpu-box.test:{server.port}/v1"))
    assert caught.value.code is ErrorCode.BLOCKED_REDIRECT
    assert plain.requests == []


@pytest.mark.parametrize(
    ("addresses", "scope"),
    [
        ("127.0.0.1", NetworkScope.THIS_COMPUTER),
        ("10.0.0.1 127.0.0.1", NetworkScope.LAN),
        (f"10.0.0.1 {OUTSIDE}", NetworkScope.OUTSIDE),
        ("", NetworkScope.OUTSIDE),
    ],
)
async def test_the_farthest_address_counts(addresses: str, scope: NetworkScope) -> None:
    assert await DnsHostScopes(_names(box__test=addresses)).scope("box.test") is scope


@pytest.mark.parametrize(
    ("host", "scope"),
    [
        ("localhost", NetworkScope.THIS_COMPUTER),
        ("127.0.0.1", NetworkScope.THIS_COMPUTER),
        ("::1", NetworkScope.THIS_COMPUTER),
        ("192.168.1.1", NetworkScope.LAN),
        ("8.8.8.8", NetworkScope.OUTSIDE),
        ("::ffff:8.8.8.8", NetworkScope.OUTSIDE),
    ],
)
async def test_scopes_by_the_systems_resolution(host: str, scope: NetworkScope) -> None:
    assert await DnsHostScopes(system_resolve).scope(host) is scope
