"""Servers: their profiles, addresses, and where on the network they are."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.vision_tokens import VisionFamily


class NetworkScope(StrEnum):
    """How far a picture travels to reach a host."""

    THIS_COMPUTER = "this-computer"
    LAN = "lan"
    OUTSIDE = "outside"


class ServerKind(StrEnum):
    """Which program answers behind the address."""

    VLLM = "vllm"
    LLAMA_CPP = "llama.cpp"
    SGLANG = "sglang"
    OLLAMA = "ollama"
    LM_STUDIO = "lm-studio"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ServerProfile:
    """A server the user has set up. The key is kept elsewhere, under `name`.

    Attributes:
        name: unique, chosen by the user.
        base_url: normalised by `normalise_base_url`; ends in the API root such as "/v1".
        model: id of the chosen vision model, or "" for the server's first one.
        allow_outside: the user agreed that pictures leave the local network for this server.
        family: name of the vision family when the user overrides the guess, else "".
    """

    name: str
    base_url: str
    model: str = ""
    allow_outside: bool = False
    family: str = ""

    @property
    def host(self) -> str:
        return host_of(self.base_url)

    @property
    def address(self) -> str:
        """Host and port as people say it, for example "gpu-box:8000"."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One entry of `/v1/models`.

    Attributes:
        id: the name requests must use.
        root: path or hub name of the weights, "" when the server does not say; tells the family.
        context_tokens: longest prompt plus answer, None when unknown.
    """

    id: str
    root: str = ""
    context_tokens: int | None = None

    @property
    def weights(self) -> str:
        """The name that suggests a family; the model's id only where the server does not name the weights."""
        return self.root or self.id


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What was learnt about a server and model from its own answers; kept per (base URL, model).

    Attributes:
        max_pixels: largest picture in pixels its processor keeps, None when not known to be below the
            family's.
        picture_limit: most pictures in one question.
        context_tokens: context length.
    """

    max_pixels: int | None = None
    picture_limit: int | None = None
    context_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class ServerReport:
    """What a check of a server found out.

    Attributes:
        kind: which program answers.
        version: its version as text, "" when unknown.
        models: its models, in the server's order; not empty.
        model: the one that would be used.
        family: the vision family of that model as served, or None when unknown.
        sees_pictures: whether a test picture changed the answer's prompt tokens; None when not tried.
        limits: what its answers told about its limits.
        scope: where the server is.
        seconds: round trip of the model list.
    """

    kind: ServerKind
    version: str
    models: tuple[ModelCard, ...]
    model: ModelCard
    family: VisionFamily | None
    sees_pictures: bool | None
    limits: ServerLimits
    scope: NetworkScope
    seconds: float


@dataclass(frozen=True, slots=True)
class ServerTarget:
    """Everything needed to ask a server: its profile, the key, the model and how that model sees.

    Attributes:
        profile: name and address.
        key: the API key, or "" for none; never printed.
        model: id of the model to ask.
        family: arithmetic and limits as served.
    """

    profile: ServerProfile
    key: str = field(repr=False)
    model: str
    family: VisionFamily
    limits: ServerLimits = ServerLimits()


_API_ENDINGS = ("/chat/completions", "/completions", "/models", "/embeddings", "/responses")
_QUOTES = "<>\"'"
_LABEL = re.compile(r"[\w-]{1,63}")


def normalise_base_url(text: str) -> str:
    """Turn what a person types or pastes into an API root.

    Adds "http://" (or "https://" for port 443), "/v1" when there is no path, and strips pasted endpoints,
    queries, trailing slashes and user information.

    Raises:
        AppError: SERVER_ADDRESS when no host can be made out.
    """
    typed = text.strip().strip(_QUOTES)
    if not typed or any(c.isspace() for c in typed):
        raise AppError(ErrorCode.SERVER_ADDRESS, address=typed or "…")
    if "://" not in typed:
        typed = ("https://" if _looks_like_tls(typed) else "http://") + typed
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError as problem:
        raise AppError(ErrorCode.SERVER_ADDRESS, address=text.strip(), detail=str(problem)) from problem
    name = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not _may_be_host(name):
        raise AppError(ErrorCode.SERVER_ADDRESS, address=text.strip())
    host = f"[{name}]" if ":" in name else name
    root = _without_endpoint(parts.path) or "/v1"
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, root, "", ""))


def _without_endpoint(path: str) -> str:
    while True:
        path = path.rstrip("/" + _QUOTES)
        shorter = path
        for ending in _API_ENDINGS:
            shorter = shorter.removesuffix(ending)
        if shorter == path:
            return path
        path = shorter


def _may_be_host(host: str) -> bool:
    """Whether name resolution would take this; it raises errors of its own for the rest."""
    if ":" in host:  # `urlsplit` has looked at what stands in brackets
        return True
    labels = host.removesuffix(".").split(".")
    if all(label.isdecimal() for label in labels):
        return _is_ip(host)  # "256.1.1.1"
    return all(map(_LABEL.fullmatch, labels))


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _looks_like_tls(address: str) -> bool:
    return address.partition("/")[0].endswith(":443")


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()


_LOCAL_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Private networks (RFC 1918), unique local addresses (RFC 4193) and link-local ones (RFC 3927, RFC 4291).

Python's `is_private` also takes in documentation, benchmark and reserved networks. Shared address space
(100.64.0.0/10, RFC 6598) is left out on purpose: it belongs to the provider, and an overlay such as Tailscale
that uses it may carry pictures across the internet, so the user has to agree.
"""


def scope_of_address(address: str) -> NetworkScope:
    """The scope of an IP address given as text.

    Raises:
        ValueError: when it is no IP address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_loopback or ip.is_unspecified:
        return NetworkScope.THIS_COMPUTER
    if any(ip in network for network in _LOCAL_NETWORKS):
        return NetworkScope.LAN
    return NetworkScope.OUTSIDE


def widest(scopes: list[NetworkScope]) -> NetworkScope:
    """The farthest of several scopes; a name that resolves to several addresses counts as its farthest."""
    order = list(NetworkScope)
    return max(scopes, key=order.index, default=NetworkScope.OUTSIDE)


def scope_by_name(host: str) -> NetworkScope:
    """Guess a host's scope without asking the network; used for display before the first connection.

    Names without a dot and names under .local, .lan, .home.arpa and .internal are taken to be on the LAN.
    """
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return NetworkScope.THIS_COMPUTER
    try:
        return scope_of_address(name)
    except ValueError:
        pass
    if "." not in name or name.endswith((".local", ".lan", ".home.arpa", ".internal")):
        return NetworkScope.LAN
    return NetworkScope.OUTSIDE
