"""The user's servers: their profiles and keys, and what is known about how each of them sees."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ModelCard, ServerLimits, ServerProfile, ServerReport, ServerTarget
from desktop_app.domain.settings import Settings
from desktop_app.domain.vision_tokens import likely_family
from desktop_app.services.ports import LimitsRepository, SecretStore, ServerProbe
from desktop_app.services.settings import SettingsService


class Servers:
    """Knows the servers; lives on one event loop.

    A server is asked for its models once while the program runs. Its limits are found out when nothing is
    known of them, kept, and found out again when an answer contradicts them or the user checks the server.
    """

    def __init__(
        self, settings: SettingsService, secrets: SecretStore, probe: ServerProbe, limits: LimitsRepository
    ) -> None:
        self._settings = settings
        self._secrets = secrets
        self._probe = probe
        self._limits = limits
        self._cards: dict[tuple[str, str], tuple[ModelCard, ...]] = {}
        self._learnt: set[tuple[str, str]] = set()
        self._doubted: set[tuple[str, str]] = set()
        self._keys_are_protected = True

    @property
    def profiles(self) -> tuple[ServerProfile, ...]:
        return self._settings.current.servers

    @property
    def current(self) -> ServerProfile | None:
        """The server in use, None for the built-in reader."""
        return self._settings.current.current_server()

    @property
    def keys_are_protected(self) -> bool:
        """False when keys go to a plain file; True until `key` or `target` has looked."""
        return self._keys_are_protected

    def named(self, name: str) -> ServerProfile:
        """
        Raises:
            AppError: SERVER_UNKNOWN.
        """
        for profile in self.profiles:
            if profile.name == name:
                return profile
        raise AppError(ErrorCode.SERVER_UNKNOWN, name=name)

    async def key(self, name: str) -> str:
        """The stored key, "" when there is none; the system may ask the user to unlock its keyring."""
        key, self._keys_are_protected = await asyncio.to_thread(
            lambda: (self._secrets.get(name), self._secrets.is_protected)
        )
        return key

    async def target(self, profile: ServerProfile, key: str | None = None) -> ServerTarget:
        """Everything needed to ask this server; asks it for its models and limits the first time.

        Args:
            key: None for the stored one.

        Raises:
            AppError: any SERVER_ code when the server cannot be used, BLOCKED_HOST.
        """
        key = await self._key_for(profile, key)
        card = await self._card(profile, key)
        limits = await self._limits_of(profile, key, card)
        family = likely_family(profile.family, card.weights).limited_to(limits.max_pixels)
        return ServerTarget(profile, key, card.id, family, limits)

    async def current_target(self) -> ServerTarget | None:
        """The target of the server in use, None for the built-in reader."""
        profile = self.current
        return None if profile is None else await self.target(profile)

    async def check(self, profile: ServerProfile, key: str | None = None) -> ServerReport:
        """Try the server and put what was known about it right; `key` None stands for the stored one.

        Raises:
            AppError: when it cannot be used.
        """
        self._forget(profile)
        key = await self._key_for(profile, key)
        report = await self._probe.check(profile, key)
        await self._save_limits(profile.base_url, report.model.id, report.limits)
        self._doubted.discard((profile.base_url, report.model.id))
        return report

    async def models(self, profile: ServerProfile, key: str | None = None) -> tuple[ModelCard, ...]:
        """The server's models, asked afresh; at least one.

        Raises:
            AppError: when it cannot be used or has none.
        """
        self._forget(profile)
        return await self._cards_of(profile, await self._key_for(profile, key))

    async def save(self, profile: ServerProfile, key: str | None, previous: str = "") -> None:
        """Add a server, or replace the one named `previous`; `key` None keeps the stored one.

        Raises:
            AppError: WRONG_USE when the name is empty or another server's, or what keeping the key raises.
        """
        name = profile.name.strip()
        if not name or (name != previous and any(other.name == name for other in self.profiles)):
            reason = f'There is already a server named "{name}".' if name else "The server needs a name."
            raise AppError(ErrorCode.WRONG_USE, reason=reason)
        self._forget(profile)
        await self._move_key(previous, name, key)
        self._settings.change(lambda settings: _with_profile(settings, replace(profile, name=name), previous))

    async def remove(self, name: str) -> None:
        """Remove a server and its key.

        Raises:
            AppError: SERVER_UNKNOWN, or what the keyring raises.
        """
        self._forget(self.named(name))
        await asyncio.to_thread(self._secrets.set, name, "")
        self._settings.change(lambda settings: _without_profile(settings, name))

    async def use(self, name: str | None) -> None:
        """Ask this server from now on; None stands for the built-in reader.

        Raises:
            AppError: SERVER_UNKNOWN.
        """
        if name is None:
            self._settings.change(lambda settings: replace(settings, use_reader=True))
            return
        self.named(name)
        self._settings.change(lambda settings: replace(settings, server=name, use_reader=False))

    async def learn_from(self, target: ServerTarget, error: AppError) -> None:
        """Keep a limit that a server's refusal names, so that the next question respects it."""
        limit = error.values.get("limit")
        if error.code is ErrorCode.SERVER_MODEL_UNKNOWN:
            self._forget(target.profile)
        elif not isinstance(limit, int) or limit < 1:
            return
        elif error.code is ErrorCode.SERVER_TOO_MANY_PICTURES:
            await self._change_limits(target, lambda known: replace(known, picture_limit=limit))
        elif error.code is ErrorCode.SERVER_CONTEXT_TOO_LONG:
            await self._change_limits(target, lambda known: replace(known, context_tokens=limit))

    async def saw_smaller_pictures(self, target: ServerTarget) -> None:
        """Find the limits out again before the next question: the server shrank the pictures of this one."""
        self._doubted.add((target.profile.base_url, target.model))

    async def _change_limits(
        self, target: ServerTarget, edit: Callable[[ServerLimits], ServerLimits]
    ) -> None:
        address = target.profile.base_url
        known = await self._known_limits(address, target.model)
        await self._save_limits(address, target.model, edit(known))

    async def _known_limits(self, base_url: str, model: str) -> ServerLimits:
        """What was kept. A library that cannot be read costs learning again, not the answer; whatever
        needs the library for more tells the user.
        """
        try:
            return await self._limits.limits(base_url, model)
        except AppError:
            return ServerLimits()

    async def _save_limits(self, base_url: str, model: str, limits: ServerLimits) -> None:
        with contextlib.suppress(AppError):  # as above
            await self._limits.save_limits(base_url, model, limits)

    async def _key_for(self, profile: ServerProfile, key: str | None) -> str:
        return await self.key(profile.name) if key is None else key

    async def _move_key(self, previous: str, name: str, key: str | None) -> None:
        renamed = bool(previous) and previous != name
        if key is None and renamed:
            key = await self.key(previous)
        if key is not None:
            await asyncio.to_thread(self._secrets.set, name, key)
        if renamed:
            await asyncio.to_thread(self._secrets.set, previous, "")

    async def _card(self, profile: ServerProfile, key: str) -> ModelCard:
        """The profile's model or the first; a model the list lacks is asked for all the same, because some
        servers answer to names they do not list.
        """
        cards = await self._cards_of(profile, key)
        if not profile.model:
            return cards[0]
        return next((card for card in cards if card.id == profile.model), ModelCard(profile.model))

    async def _cards_of(self, profile: ServerProfile, key: str) -> tuple[ModelCard, ...]:
        place = (profile.base_url, key)
        if place not in self._cards:
            self._cards[place] = await self._probe.models(profile, key)
        return self._cards[place]

    async def _limits_of(self, profile: ServerProfile, key: str, card: ModelCard) -> ServerLimits:
        place = (profile.base_url, card.id)
        known = await self._known_limits(*place)
        if place in self._doubted or (known == ServerLimits() and place not in self._learnt):
            fresh = await self._learn(profile, key, card)
            self._learnt.add(place)
            self._doubted.discard(place)
            known = _merged(known, fresh)
            await self._save_limits(*place, known)
        return _merged(known, ServerLimits(context_tokens=card.context_tokens))

    async def _learn(self, profile: ServerProfile, key: str, card: ModelCard) -> ServerLimits:
        """What the server tells; one that does not tell is asked the question all the same, and its refusal
        then says more.
        """
        try:
            return await self._probe.learn_limits(profile, key, card)
        except AppError as error:
            if error.code in (ErrorCode.BLOCKED_HOST, ErrorCode.BLOCKED_REDIRECT):
                raise
            return ServerLimits()

    def _forget(self, profile: ServerProfile) -> None:
        self._cards = {place: cards for place, cards in self._cards.items() if place[0] != profile.base_url}
        self._learnt = {place for place in self._learnt if place[0] != profile.base_url}


def _merged(known: ServerLimits, fresh: ServerLimits) -> ServerLimits:
    """What is fresh counts; what it does not tell stays."""
    return ServerLimits(
        max_pixels=fresh.max_pixels if fresh.max_pixels is not None else known.max_pixels,
        picture_limit=fresh.picture_limit if fresh.picture_limit is not None else known.picture_limit,
        context_tokens=fresh.context_tokens if fresh.context_tokens is not None else known.context_tokens,
    )


def _with_profile(settings: Settings, profile: ServerProfile, previous: str) -> Settings:
    """Replaced in place or added at the end; the server in use stays in use under its new name."""
    if previous and any(other.name == previous for other in settings.servers):
        servers = tuple(profile if other.name == previous else other for other in settings.servers)
    else:
        servers = (*settings.servers, profile)
    in_use = profile.name if settings.server == previous and previous else settings.server
    return replace(settings, servers=servers, server=in_use)


def _without_profile(settings: Settings, name: str) -> Settings:
    servers = tuple(profile for profile in settings.servers if profile.name != name)
    return replace(settings, servers=servers, server="" if settings.server == name else settings.server)
