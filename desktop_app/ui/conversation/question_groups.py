"""The groups a question about more pictures than a server takes was asked in."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.ui.conversation.protocols import Pictures


@dataclass(frozen=True, slots=True)
class QuestionGroups:
    """All the pictures of one question, and the groups in their order."""

    pictures: Pictures = ()
    groups: tuple[Pictures, ...] = ()

    @classmethod
    def split(cls, pictures: Pictures, limit: int) -> QuestionGroups:
        """Groups of at most `limit` pictures."""
        return cls(
            pictures, tuple(pictures[first : first + limit] for first in range(0, len(pictures), limit))
        )

    def number_of(self, pictures: Pictures) -> int | None:
        """Which group these are, counted from 1; 0 for all pictures together, None for others."""
        if pictures in self.groups:
            return self.groups.index(pictures) + 1
        return 0 if pictures and pictures == self.pictures else None

    def pictures_of(self, number: int) -> Pictures | None:
        """The reverse of `number_of`; None when there is no such group."""
        if not 0 <= number <= len(self.groups):
            return None
        return self.groups[number - 1] if number else self.pictures
