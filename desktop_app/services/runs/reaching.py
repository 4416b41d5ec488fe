"""From a run's servers to what is needed to ask them now."""

from __future__ import annotations

from desktop_app.domain.runs.run import RunServer
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.services.servers import Servers


def run_server(target: ServerTarget) -> RunServer:
    """The server as a run freezes it: with the model that answers and the family it is asked as, whatever
    the profile says later.
    """
    profile = target.profile
    return RunServer(profile.name, profile.base_url, target.model, profile.allow_outside, target.family.name)


def unreached_server(profile: ServerProfile) -> RunServer:
    """A server that does not answer when the run is made; it joins when it does."""
    return RunServer(profile.name, profile.base_url, profile.model, profile.allow_outside, profile.family)


class Reaching:
    """Finds keys, models and limits through the user's servers."""

    def __init__(self, servers: Servers) -> None:
        self._servers = servers

    async def reach(self, server: RunServer) -> ServerTarget:
        """
        Raises:
            AppError: any SERVER_ code while it does not answer, BLOCKED_HOST.
        """
        known = self._known(server)
        # What the user allows is what counts now, whatever was allowed when the run was made.
        allowed = known is not None and known.allow_outside
        profile = ServerProfile(server.name, server.base_url, server.model, allowed, server.family)
        key = await self._servers.key(known.name) if known is not None else ""
        await self._servers.models(profile, key)  # asks it now; what was known from earlier proves nothing
        return await self._servers.target(profile, key)

    def _known(self, server: RunServer) -> ServerProfile | None:
        """The user's server at that address: a key and a permission belong to the address they were given
        for, not to whoever bears the name now.
        """
        there = [profile for profile in self._servers.profiles if profile.base_url == server.base_url]
        return next((one for one in there if one.name == server.name), there[0] if there else None)
