"""What a person drops or pastes, before it is known whether it is any use."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import Picture


@dataclass(frozen=True, slots=True)
class Incoming:
    """Contents of a drop or of the clipboard.

    Attributes:
        paths: files and folders on this computer.
        image: an encoded picture (PNG), for example dragged out of a browser; preferred over `addresses`.
        addresses: http(s) addresses; fetched only after the user agreed.
    """

    paths: tuple[Path, ...] = ()
    image: bytes | None = field(default=None, repr=False)
    addresses: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.paths or self.image or self.addresses)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it.

    Attributes:
        folders: folders among the paths, to be opened.
        pictures: pictures ready for use, in the order given.
        refused: one error for each thing that is not a picture.
    """

    folders: tuple[Path, ...] = ()
    pictures: tuple[Picture, ...] = ()
    refused: tuple[AppError, ...] = ()
