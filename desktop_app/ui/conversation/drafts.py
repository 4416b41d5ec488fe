"""Words that were typed and not asked; they stay with the pictures they are about."""

from __future__ import annotations

from desktop_app.ui.conversation.protocols import Pictures


class Drafts:
    """Kept as long as the window lives."""

    def __init__(self) -> None:
        self._words: dict[Pictures, str] = {}

    def of(self, pictures: Pictures) -> str:
        return self._words.get(pictures, "")

    def keep(self, pictures: Pictures, words: str) -> None:
        """These are typed now; none takes the draft away."""
        if words:
            self._words[pictures] = words
        else:
            self._words.pop(pictures, None)

    def give_back(self, pictures: Pictures, question: str) -> None:
        """The question could not be asked: it comes before what was typed since."""
        self._words[pictures] = "\n".join(filter(None, (question, self.of(pictures))))
