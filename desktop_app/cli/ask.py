"""`lightdesk ask`: one question about one or more pictures."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.cli.output import say, tell
from desktop_app.cli.targets import find_target
from desktop_app.composition import Core
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
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.picture_notes import english
from desktop_app.domain.pictures import Picture
from desktop_app.domain.questions import AskedPicture, Question


async def ask(core: Core, options: argparse.Namespace) -> None:
    """
    Raises:
        AppError: whatever keeps the answer from being complete.
    """
    target = await find_target(core, options.server, options.model)
    if target is None:
        tell(
            "Built-in reader: text in the picture, no vision model. It does not answer questions; for that, "
            "name a server with --server or set one up with: lightdesk servers add NAME URL"
        )
    async with _pictures(core, options.pictures) as pictures:
        question = Question(
            pictures=tuple(AskedPicture(picture, options.region) for picture in pictures),
            text=options.prompt,
            options=_ask_options(core.settings.current.asking, options),
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


def _ask_options(defaults: AskOptions, options: argparse.Namespace) -> AskOptions:
    given = {
        name: getattr(options, name)
        for name in ("system", "temperature", "max_tokens", "image_tokens")
        if getattr(options, name) is not None
    }
    return replace(defaults, **given)


@asynccontextmanager
async def _pictures(core: Core, named: list[str]) -> AsyncIterator[list[Picture]]:
    """The pictures in order; those from web addresses are files for as long as the question takes."""
    with ExitStack() as until_asked:
        folder: Path | None = None
        pictures = []
        for name in named:
            if not name.lower().startswith(("http://", "https://")):
                pictures.append(Picture(_file(name)))
                continue
            folder = folder or _new_folder(core.places.cache, name, until_asked)
            pictures.append(Picture(await core.fetcher.fetch(name, folder), origin=name))
        yield pictures


def _new_folder(below: Path, address: str, until: ExitStack) -> Path:
    try:
        below.mkdir(parents=True, exist_ok=True)
        return Path(until.enter_context(tempfile.TemporaryDirectory(prefix="fetched-", dir=below)))
    except OSError as problem:
        raise AppError(ErrorCode.FETCH_FAILED, address=address, detail=str(problem)) from problem


def _file(name: str) -> Path:
    path = Path(name).expanduser().absolute()
    if path.is_dir():
        raise AppError(ErrorCode.WRONG_USE, reason=f"{name} is a folder; name the pictures in it.")
    if "://" in name and not path.exists():
        raise AppError(
            ErrorCode.WRONG_USE, reason=f"{name} is no file, and only http and https addresses are fetched."
        )
    return path


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
            "pictures": [_picture_json(sent) for sent in self.pictures],
            "evidence": [_evidence_json(evidence) for evidence in self.evidence],
        }


def _picture_json(sent: SentPicture) -> dict[str, Any]:
    return {
        "path": sent.picture.origin or str(sent.picture.path),
        "original_size": [sent.original_size.width, sent.original_size.height],
        "sent_size": [sent.sent_size.width, sent.sent_size.height],
        "sent_format": sent.sent_format,
        "sent_bytes": sent.sent_bytes,
        "predicted_tokens": sent.predicted_tokens,
    }


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    place: dict[str, Any] = {"picture": evidence.picture, "label": evidence.label}
    if evidence.box is not None:
        box = evidence.box
        place["box"] = [round(value, 1) for value in (box.left, box.top, box.right, box.bottom)]
    elif evidence.point is not None:
        place["point"] = [round(evidence.point.x, 1), round(evidence.point.y, 1)]
    return place


class _Quiet:
    """Says what had to be done to the pictures and nothing else while the answer arrives."""

    def show(self, event: AnswerEvent) -> None:
        if isinstance(event, PicturesSent):
            for number, sent in enumerate(event.pictures, start=1):
                _tell_notes(number, sent)

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
                _tell_pictures(pictures)
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
                tell(_evidence_line(evidence))
        if end.finish is FinishReason.LENGTH:
            tell("The answer stopped at the length limit; --max-tokens raises it.")
        if self._verbose:
            tell(_figures(end))


def _tell_pictures(pictures: tuple[SentPicture, ...]) -> None:
    for number, sent in enumerate(pictures, start=1):
        if sent.sent_bytes:
            _tell_sizes(number, sent)
        _tell_notes(number, sent)


def _tell_sizes(number: int, sent: SentPicture) -> None:
    was, now = sent.original_size, sent.sent_size
    part = " (part of it)" if sent.region is not None else ""
    tell(
        f"Picture {number}: {sent.picture.name}, {was.width}x{was.height}{part}, sent as "
        f"{now.width}x{now.height} {sent.sent_format}, {-(-sent.sent_bytes // 1000)} kB, "
        f"{sent.predicted_tokens} image tokens"
    )


def _tell_notes(number: int, sent: SentPicture) -> None:
    for note in sent.notes:
        tell(f"Picture {number}: {english(note)}")


def _evidence_line(evidence: Evidence) -> str:
    name = f"{evidence.label}: " if evidence.label else ""
    if evidence.box is not None:
        box = evidence.box
        place = f"{box.left:.0f},{box.top:.0f} to {box.right:.0f},{box.bottom:.0f}"
    elif evidence.point is not None:
        place = f"{evidence.point.x:.0f},{evidence.point.y:.0f}"
    else:
        place = "somewhere"
    return f"{name}{place} in picture {evidence.picture}"


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
