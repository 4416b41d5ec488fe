"""Which server a command means."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerProfile, ServerTarget, normalise_base_url


def find_profile(core: Core, named: str) -> ServerProfile:
    """A server by its name, or by its address; an address needs no profile.

    Raises:
        AppError: SERVER_UNKNOWN, SERVER_ADDRESS.
    """
    for profile in core.servers.profiles:
        if profile.name == named:
            return profile
    if not _looks_like_address(named):
        raise AppError(ErrorCode.SERVER_UNKNOWN, name=named)
    base_url = normalise_base_url(named)
    for profile in core.servers.profiles:
        if profile.base_url == base_url:
            return profile
    profile = ServerProfile("", base_url)
    return replace(profile, name=profile.address)


def is_set_up(core: Core, profile: ServerProfile) -> bool:
    return any(other.name == profile.name for other in core.servers.profiles)


async def find_target(core: Core, named: str | None, model: str | None) -> ServerTarget | None:
    """The server to ask: the named one, else the one in use; None for the built-in reader.

    Raises:
        AppError: WRONG_USE for a model without a server; whatever reaching the server raises.
    """
    profile = asked_profile(core, named, model)
    return None if profile is None else await target_of(core, profile)


def asked_profile(core: Core, named: str | None, model: str | None) -> ServerProfile | None:
    """As `find_target`, without asking the server anything.

    Raises:
        AppError: WRONG_USE for a model without a server, SERVER_UNKNOWN, SERVER_ADDRESS.
    """
    profile = core.servers.current if named is None else find_profile(core, named)
    if model is None:
        return profile
    if profile is None:
        raise AppError(ErrorCode.WRONG_USE, reason="--model needs a server: name one with --server.")
    return replace(profile, model=model)


async def target_of(core: Core, profile: ServerProfile) -> ServerTarget:
    """What is needed to ask it; raises whatever reaching the server raises."""
    return await core.servers.target(profile, None if is_set_up(core, profile) else "")


def _looks_like_address(text: str) -> bool:
    return any(sign in text for sign in (":", "/", ".")) or text.lower() == "localhost"
