"""The words in the question's box: typed and not asked yet, or an earlier question that is being changed."""

from __future__ import annotations

from typing import Protocol

from desktop_app.ui.conversation.protocols import Pictures


class DraftView(Protocol):
    """The question's box."""

    def set_draft(self, text: str) -> None: ...
    def set_editing(self, editing: bool) -> None: ...


class Drafts:
    """What was typed stays with the pictures it is about, as long as the window lives."""

    def __init__(self, view: DraftView) -> None:
        self._view = view
        self._words: dict[Pictures, str] = {}
        self._pictures: Pictures = ()
        self._editing: int | None = None

    def show(self, pictures: Pictures) -> None:
        """Other pictures are looked at: their words come into the box."""
        self.leave_editing()
        self._pictures = pictures
        self._show_words()

    def keep(self, words: str) -> None:
        """These are typed now; none takes the draft away."""
        if self._editing is None:
            self._keep(self._pictures, words)

    def edit(self, turn_id: int, question: str) -> None:
        """Put an earlier question into the box; asking then replaces it and what follows."""
        self._editing = turn_id
        self._view.set_draft(question)
        self._view.set_editing(True)

    def cancel_edit(self) -> None:
        """Leave the earlier question as it is."""
        self.leave_editing()
        self._show_words()

    def leave_editing(self) -> None:
        """What the box holds is no longer that earlier question's."""
        if self._editing is not None:
            self._editing = None
            self._view.set_editing(False)

    def take(self) -> int | None:
        """The words in the box are asked now: the turn they take the place of."""
        editing = self._editing
        self.leave_editing()
        if editing is None:
            self._keep(self._pictures, "")
        self._show_words()
        return editing

    def give_back(self, pictures: Pictures, question: str) -> None:
        """The question could not be asked: it comes before what was typed since."""
        self._words[pictures] = "\n".join(filter(None, (question, self._of(pictures))))
        if pictures == self._pictures:
            self._show_words()

    def _of(self, pictures: Pictures) -> str:
        return self._words.get(pictures, "")

    def _keep(self, pictures: Pictures, words: str) -> None:
        if words:
            self._words[pictures] = words
        else:
            self._words.pop(pictures, None)

    def _show_words(self) -> None:
        self._view.set_draft(self._of(self._pictures))
