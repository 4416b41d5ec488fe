"""The Markdown of an answer that arrives piece by piece, in the form that is parsed."""

from __future__ import annotations

from desktop_app.ui.conversation.markdown.marks import clean


class GrowingSource:
    """Gives line ends as one "\\n" and no private characters; what it did before is not looked at again."""

    def __init__(self) -> None:
        self._raw = self._normalised = ""

    def normalised(self, source: str) -> str:
        """The source in that form; as long as before, so that places in it stay true."""
        raw, done = self._raw, self._normalised
        if source == raw:
            return done
        if not (raw and source.startswith(raw) and not raw.endswith("\r")):
            raw, done = "", ""
        self._normalised = done + clean(source[len(raw) :]).replace("\r\n", " \n").replace("\r", " ")
        self._raw = source
        return self._normalised
