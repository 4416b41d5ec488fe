"""A servers service that lives in memory: what the dialog changes can be read back."""

from __future__ import annotations

import asyncio

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import (
    ModelCard,
    NetworkScope,
    ServerKind,
    ServerLimits,
    ServerProfile,
    ServerReport,
    scope_by_name,
)
from desktop_app.domain.vision_tokens import QWEN2_VL

REPORT = ServerReport(
    kind=ServerKind.VLLM,
    version="0.21.0",
    models=(ModelCard("Qwen2-VL-7B", "Qwen/Qwen2-VL-7B-Instruct", 32768), ModelCard("other")),
    model=ModelCard("Qwen2-VL-7B", "Qwen/Qwen2-VL-7B-Instruct", 32768),
    family=QWEN2_VL,
    sees_pictures=True,
    limits=ServerLimits(picture_limit=4),
    scope=NetworkScope.LAN,
    seconds=0.012,
)


class MemoryServers:
    """Profiles and keys in dictionaries; `problem` is raised by whatever would reach a server."""

    def __init__(self, *profiles: ServerProfile, current: str | None = None, protected: bool = True) -> None:
        self._profiles = {profile.name: profile for profile in profiles}
        self.keys: dict[str, str] = {}
        self.used = current
        self.problem: AppError | None = None
        self.checked: list[tuple[ServerProfile, str | None]] = []
        self.hang = asyncio.Event()
        self.hang.set()
        self.was_cancelled = False
        self.full = False
        self.keys_are_protected = True
        self._protected = protected

    @property
    def profiles(self) -> tuple[ServerProfile, ...]:
        return tuple(self._profiles.values())

    @property
    def current(self) -> ServerProfile | None:
        return self._profiles.get(self.used) if self.used is not None else None

    async def key(self, name: str) -> str:
        await asyncio.sleep(0)
        self.keys_are_protected = self._protected
        return self.keys.get(name, "")

    async def check(self, profile: ServerProfile, key: str | None) -> ServerReport:
        await self._reach(profile, key)
        return REPORT

    async def models(self, profile: ServerProfile, key: str | None) -> tuple[ModelCard, ...]:
        await self._reach(profile, key)
        return REPORT.models

    async def save(self, profile: ServerProfile, key: str | None, previous: str) -> None:
        if self.full:
            raise AppError(ErrorCode.DISK_FULL)
        old = self.keys.pop(previous, "")
        self.keys[profile.name] = old if key is None else key
        self._profiles = {
            profile.name if name == previous else name: profile if name == previous else kept
            for name, kept in self._profiles.items()
        }
        self._profiles[profile.name] = profile
        if self.used == previous:
            self.used = profile.name

    async def remove(self, name: str) -> None:
        del self._profiles[name]
        self.keys.pop(name, None)
        if self.used == name:
            self.used = None

    async def use(self, name: str | None) -> None:
        self.used = name

    async def _reach(self, profile: ServerProfile, key: str | None) -> None:
        self.checked.append((profile, key))
        try:
            await self.hang.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        if scope_by_name(profile.host) is NetworkScope.OUTSIDE and not profile.allow_outside:
            raise AppError(ErrorCode.BLOCKED_HOST, host=profile.host)
        if self.problem is not None:
            raise self.problem


class NameScopes:
    """Scopes by name, with some names resolved otherwise."""

    def __init__(self, **resolved: NetworkScope) -> None:
        self.resolved = resolved

    async def scope(self, host: str) -> NetworkScope:
        return self.resolved.get(host.replace(".", "_"), scope_by_name(host))
