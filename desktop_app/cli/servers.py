"""`lightdesk servers`: list, add, remove and check servers."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys

from desktop_app.cli.output import say, tell
from desktop_app.cli.targets import find_profile, is_set_up
from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import (
    NetworkScope,
    ServerKind,
    ServerProfile,
    ServerReport,
    normalise_base_url,
    scope_by_name,
)

_SCOPES = {
    NetworkScope.THIS_COMPUTER: "this computer",
    NetworkScope.LAN: "local network",
    NetworkScope.OUTSIDE: "outside the local network",
}
_KINDS = {
    ServerKind.VLLM: "vLLM",
    ServerKind.LLAMA_CPP: "llama.cpp",
    ServerKind.SGLANG: "SGLang",
    ServerKind.OLLAMA: "Ollama",
    ServerKind.LM_STUDIO: "LM Studio",
    ServerKind.OTHER: "an OpenAI-style server",
}


def read_key() -> str:
    """The first line of standard input; in a terminal it is asked for, and what is typed is not shown.

    Call outside the event loop, which would keep an interrupt to itself.

    Raises:
        AppError: WRONG_USE when none comes.
    """
    key = ""
    if sys.stdin is not None:
        with contextlib.suppress(EOFError):
            key = getpass.getpass("Key: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip():
        raise AppError(ErrorCode.WRONG_USE, reason="No key came from standard input; nothing was set up.")
    return key.strip()


async def servers(core: Core, options: argparse.Namespace) -> None:
    """
    Raises:
        AppError: whatever keeps the action from being done.
    """
    match options.action:
        case "list":
            _list(core)
        case "add":
            await _add(core, options)
        case "remove":
            await core.servers.remove(options.name)
            tell(f"Removed {options.name}.")
        case "check":
            await _check(core, options.server)


def _list(core: Core) -> None:
    """One line each: a star for the one in use, name, address, model; columns are separated by tabs."""
    if not core.servers.profiles:
        tell("No server is set up. Set one up with: lightdesk servers add NAME URL")
    current = core.servers.current
    for profile in core.servers.profiles:
        mark = "*" if profile == current else " "
        scope = _SCOPES[scope_by_name(profile.host)]
        model = profile.model or "(its first model)"
        say("\t".join((mark, profile.name, profile.base_url, model, scope)))


async def _add(core: Core, options: argparse.Namespace) -> None:
    base_url = normalise_base_url(options.url)
    profile = ServerProfile(options.name, base_url, options.model, options.allow_outside)
    scope = await core.scopes.scope(profile.host)
    forbidden = core.settings.current.privacy.never_outside or not options.allow_outside
    if scope is NetworkScope.OUTSIDE and forbidden:
        raise AppError(ErrorCode.BLOCKED_HOST, host=profile.host)
    await core.servers.save(profile, options.key)
    if options.key and not await _is_protected(core, profile.name):
        tell(
            f"There is no keyring on this computer: the key is in {core.places.keys}, readable by you alone."
        )
    tell(f"Added {profile.name}: {base_url} ({_SCOPES[scope]}).")


async def _is_protected(core: Core, name: str) -> bool:
    await core.servers.key(name)
    return core.servers.keys_are_protected


async def _check(core: Core, named: str) -> None:
    profile = find_profile(core, named)
    report = await core.servers.check(profile, None if is_set_up(core, profile) else "")
    for line in _report_lines(profile, report):
        say(line)


def _report_lines(profile: ServerProfile, report: ServerReport) -> list[str]:
    sees = {True: "yes", False: "no", None: "not known"}[report.sees_pictures]
    context, most = report.limits.context_tokens, report.limits.picture_limit
    family = report.family.name if report.family else "not known"
    return [
        f"Address:        {profile.base_url} ({_SCOPES[report.scope]})",
        f"Server:         {_KINDS[report.kind]} {report.version}".rstrip(),
        f"Answered in:    {report.seconds * 1000:.0f} ms",
        f"Models:         {', '.join(card.id for card in report.models)}",
        f"Model in use:   {report.model.id}",
        f"Family:         {family}",
        f"Sees pictures:  {sees}",
        f"Context:        {f'{context} tokens' if context else 'not known'}",
        f"Pictures:       {f'at most {most}' if most else 'no limit known'}",
    ]
