"""What a person did in the answer grid, as it is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class NoteKind(Enum):
    """What was done."""

    SET = auto()
    REVERTED = auto()
    NOTED = auto()
    UNDONE = auto()
    REDONE = auto()


@dataclass(frozen=True, slots=True)
class GridNote:
    """Something a person did, told beside the way to take it back.

    Attributes:
        key: of the column.
        name: of the picture, when it is about one.
        count: pictures.
        left: pictures that it was stopped before.
    """

    kind: NoteKind
    key: str
    name: str
    count: int = 1
    left: int = 0
