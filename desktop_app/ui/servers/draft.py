"""What stands in the form of the servers dialog, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.servers import ServerProfile, normalise_base_url


@dataclass(frozen=True, slots=True)
class Draft:
    """The form's fields as typed.

    Attributes:
        name: name the user gives the server; "" means its host and port.
        address: address as typed, not normalised.
        key: API key, "" for none, None to keep the stored one; never printed.
        model: id of the model, "" for the server's first one.
        allow_outside: the user's consent for a server outside the local network.
    """

    name: str = ""
    address: str = ""
    key: str | None = None
    model: str = ""
    allow_outside: bool = False

    def __repr__(self) -> str:
        return f"Draft(name={self.name!r}, address={self.address!r}, model={self.model!r})"

    @property
    def is_empty(self) -> bool:
        return not (self.name.strip() or self.address.strip() or self.key)

    def profile(self, family: str = "") -> ServerProfile:
        """The profile this draft describes; an empty name becomes the server's host and port.

        Raises:
            AppError: SERVER_ADDRESS when the address cannot be understood.
        """
        nameless = ServerProfile("", normalise_base_url(self.address))
        return ServerProfile(
            name=self.name.strip() or nameless.address,
            base_url=nameless.base_url,
            model=self.model.strip(),
            allow_outside=self.allow_outside,
            family=family,
        )


def draft_of(profile: ServerProfile, key: str | None) -> Draft:
    """The form's contents for a saved profile."""
    return Draft(profile.name, profile.base_url, key, profile.model, profile.allow_outside)
