"""`lightdesk ask`: one question about one or more pictures."""

from __future__ import annotations

import argparse
import json
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.cli.answer_words import (
    evidence_json,
    evidence_line,
    picture_json,
    tell_notes,
    tell_pictures,
)
from desktop_app.cli.ask_form import ask_form
from desktop_app.cli.ask_pictures import named_pictures
from desktop_app.cli.asking_options import ask_options
from desktop_app.cli.output import DONE, say, tell
from desktop_app.cli.targets import find_target
from desktop_app.composition.core import Core
from desktop_app.domain.answers import (
    AnswerEnd,
    AnswerEvent,
    EvidenceFound,
    FinishReason,
    PicturesSent,
    ReasoningPiece,
    SentPicture,
    TextPiece,
    TextWasReasoning,
)
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.questions import AskedPicture, Question


async def ask(core: Core, options: argparse.Namespace) -> int:
    """Returns the exit code.

    Raises:
        AppError: whatever keeps the answer from being complete.
    """
    if options.form is not None:
        return await ask_form(core, options)
    target = await find_target(core, options.server, options.model)
    if target is None:
        tell(
            "Built-in reader: text in the picture, no vision model. It does not answer questions; for that, "
            "name a server with --server or set one up with: lightdesk servers add NAME URL"
        )
    async with named_pictures(core, options.pictures) as pictures:
        question = Question(
            pictures=tuple(AskedPicture(picture, options.region) for picture in pictures),
            text=options.prompt,
            options=ask_options(core.settings.current.asking, options),
            target=target,
        )
        answer = _Answer()
        shown = _Quiet() if options.json else _Printed(options.verbose)
        try:
            async with aclosing(core.asking.ask(question)) as events:
                async for event in events:
                    answer = answer.with_event(event)
                    shown.show(event)
        finally:
            shown.close_line()
        if options.json:
            say(json.dumps(answer.as_json(), ensure_ascii=False))
    return DONE


@dataclass(frozen=True, slots=True)
class _Answer:
    """What has arrived so far."""

    text: str = ""
    reasoning: str = ""
    pictures: tuple[SentPicture, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    end: AnswerEnd | None = None

    def with_event(self, event: AnswerEvent) -> _Answer:
        match event:
            case TextPiece(text=text):
                return replace(self, text=self.text + text)
            case ReasoningPiece(text=text):
                return replace(self, reasoning=self.reasoning + text)
            case TextWasReasoning():
                return replace(self, text="", reasoning=self.reasoning + self.text)
            case PicturesSent(pictures=pictures):
                return replace(self, pictures=pictures)
            case EvidenceFound(evidence=evidence):
                return replace(self, evidence=evidence)
            case AnswerEnd():
                return replace(self, end=event)

    def as_json(self) -> dict[str, Any]:
        end = self.end
        assert end is not None  # an answer without an end has raised
        usage = end.usage
        return {
            "answer": self.text,
            "reasoning": self.reasoning or None,
            "finish_reason": end.finish.value,
            "model": end.model,
            "server": end.server,
            "usage": None
            if usage is None
            else {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens},
            "timings": {"first_token_s": end.timings.first_token_s, "total_s": end.timings.total_s},
            "pictures": [picture_json(sent) for sent in self.pictures],
            "evidence": [evidence_json(evidence) for evidence in self.evidence],
        }


class _Quiet:
    """Says what had to be done to the pictures and nothing else while the answer arrives."""

    def show(self, event: AnswerEvent) -> None:
        if isinstance(event, PicturesSent):
            for number, sent in enumerate(event.pictures, start=1):
                tell_notes(number, sent)

    def close_line(self) -> None:
        return


class _Printed(_Quiet):
    """The answer goes to standard output as it arrives, facts about it to standard error."""

    def __init__(self, verbose: bool) -> None:
        self._verbose = verbose
        self._evidence: tuple[Evidence, ...] = ()
        self._line_is_open = False

    def show(self, event: AnswerEvent) -> None:
        match event:
            case TextPiece(text=text):
                say(text, end="")
                self._line_is_open = not text.endswith("\n")
            case TextWasReasoning():
                self.close_line()
                tell("What was printed so far is the model's reasoning; the answer follows.")
            case ReasoningPiece(text=text):
                if self._verbose:
                    tell(text, end="")
            case PicturesSent(pictures=pictures):
                tell_pictures(pictures)
            case EvidenceFound(evidence=evidence):
                self._evidence = evidence
            case AnswerEnd():
                self.close_line()
                self._tell_end(event)

    def close_line(self) -> None:
        """What follows, be it an error, begins on a line of its own."""
        if self._line_is_open:
            self._line_is_open = False
            say("")

    def _tell_end(self, end: AnswerEnd) -> None:
        if end.usage is not None:  # the reader's evidence is every line it found
            for evidence in self._evidence:
                tell(evidence_line(evidence))
        if end.finish is FinishReason.LENGTH:
            tell("The answer stopped at the length limit; --max-tokens raises it.")
        if self._verbose:
            tell(_figures(end))


def _figures(end: AnswerEnd) -> str:
    parts = [f"{end.model} on {end.server}"]
    if end.usage is not None:
        parts.append(f"{end.usage.prompt_tokens} tokens in, {end.usage.completion_tokens} out")
        speed = end.timings.tokens_per_second(end.usage)
        if speed is not None:
            parts.append(f"{speed:.1f} tokens/s")
    if end.timings.first_token_s is not None:
        parts.append(f"first word after {end.timings.first_token_s:.2f} s")
    return ", ".join([*parts, f"{end.timings.total_s:.2f} s in all"])
