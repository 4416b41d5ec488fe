"""Answers questions from a script the test holds in its hands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from desktop_app.domain.answers import AnswerEnd, AnswerEvent, FinishReason, TextPiece, Timings, Usage
from desktop_app.domain.questions import Question

END = AnswerEnd(FinishReason.STOP, "tiny", "box", Usage(10, 3), Timings(0.1, 0.4))


class ScriptedAsking:
    """Yields, for each question, what the test puts into that question's script.

    Attributes:
        questions: asked so far.
        closed: texts of questions whose stream was closed or ran out.
    """

    def __init__(self) -> None:
        self.questions: list[Question] = []
        self.closed: list[str] = []
        self._scripts: dict[str, asyncio.Queue[AnswerEvent | Exception | None]] = {}

    def say(self, question: str, *events: AnswerEvent | Exception | str | None) -> None:
        """Add events; a string is a piece of text, None ends the stream without a word."""
        for event in events:
            self._script(question).put_nowait(TextPiece(event) if isinstance(event, str) else event)

    async def ask(self, question: Question) -> AsyncIterator[AnswerEvent]:
        self.questions.append(question)
        script = self._script(question.text)
        try:
            while (event := await script.get()) is not None:
                if isinstance(event, Exception):
                    raise event
                yield event
                if isinstance(event, AnswerEnd):
                    return
        finally:
            self.closed.append(question.text)

    def _script(self, question: str) -> asyncio.Queue[AnswerEvent | Exception | None]:
        return self._scripts.setdefault(question, asyncio.Queue())
