"""Answers without a server: the text that the built-in reader finds in the pictures.

The reader recognises letters on this computer. It is no vision model and never pretends to have understood
the question; every answer says so.
"""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial

from desktop_app.domain.answers import (
    AnswerEnd,
    AnswerEvent,
    EvidenceFound,
    FinishReason,
    PicturesSent,
    SentPicture,
    TextPiece,
    Timings,
)
from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.picture_notes import NoteCode
from desktop_app.domain.pictures import Note, Raster
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.domain.reading import TextLine
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFiles, TextReader

READER_NAME = "built-in reader"

_READ_WITHIN = Size(4096, 20_000)
"""Letters a few pixels high are still readable at this width; tall screenshots keep their full size."""

_MARKDOWN = re.compile(r"([\\`*_<$\[\]|~&])")
_MARKDOWN_LINE_START = re.compile(r"^(\s*)([#>+=-]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class ReaderTexts:
    """The reader's own words; a window passes translated ones.

    Attributes:
        heading: above the text of each of several pictures; `{number}` and `{name}`.
        nothing: when a picture holds no text that can be read.
        about: one sentence on what this is and what a vision model would add; "" where it is told otherwise.
    """

    heading: str = "Picture {number}: {name}"
    nothing: str = "No text was found in this picture."
    about: str = (
        "This is the text in the picture, found by the built-in reader, not an answer to the question: "
        "connect to a server with a vision model to ask what a picture shows and means."
    )


class ReaderAnswers:
    """Answers every question with the text in its pictures, line by line."""

    def __init__(
        self,
        files: PictureFiles,
        picture_workers: PictureWorkers,
        reader: TextReader,
        reader_workers: PictureWorkers,
        texts: ReaderTexts | None = None,
        markdown: bool = True,
    ) -> None:
        """
        Args:
            files: opens pictures.
            picture_workers: threads for opening.
            reader: recognises text.
            reader_workers: threads for recognising, with a time limit that allows for loading its data.
            texts: the reader's own words.
            markdown: escape what Markdown would take for formatting; False for plain text output.
        """
        self._files = files
        self._picture_workers = picture_workers
        self._reader = reader
        self._reader_workers = reader_workers
        self._texts = texts or ReaderTexts()
        self._markdown = markdown

    async def answer(self, question: Question) -> AsyncGenerator[AnswerEvent, None]:
        """Events as from a server. Nothing is sent anywhere: the pictures' sent bytes and tokens are 0.

        Raises:
            AppError: of the first picture that cannot be opened, or READER_FAILED.
        """
        started = time.monotonic()
        yield PicturesSent(await self._look_at(question))
        page = _Page()
        first: float | None = None
        for number, asked in enumerate(question.pictures, start=1):
            if len(question.pictures) > 1:
                heading = self._texts.heading.format(number=number, name=self._escape(asked.picture.name))
                yield page.add(f"**{heading}**\n\n" if self._markdown else f"{heading}\n\n")
            async for event in self._read_picture(number, asked, page):
                first = time.monotonic() if first is None else first
                yield event
        if self._texts.about:
            yield page.add(f"*{self._texts.about}*" if self._markdown else self._texts.about)
        timings = Timings(None if first is None else first - started, time.monotonic() - started)
        yield AnswerEnd(FinishReason.STOP, READER_NAME, READER_NAME, None, timings)

    async def _look_at(self, question: Question) -> tuple[SentPicture, ...]:
        jobs = [(partial(self._facts, asked), asked.picture.name) for asked in question.pictures]
        return tuple(await self._picture_workers.run_all(jobs))

    def _facts(self, asked: AskedPicture) -> SentPicture:
        path = asked.picture.path
        facts = self._files.facts(path)
        notes = (Note(NoteCode.FIRST_FRAME, (("count", facts.frames),)),) if facts.frames > 1 else ()
        content = self._files.content_hash(path)
        return SentPicture(asked.picture, content, facts.size, facts.size, "", 0, 0, asked.region, notes)

    async def _read_picture(
        self, number: int, asked: AskedPicture, page: _Page
    ) -> AsyncIterator[AnswerEvent]:
        view = await self._picture_workers.run(partial(self._load, asked), asked.picture.name)
        before = len(page.evidence)
        lines = self._lines(view.raster, asked.picture.name)
        try:
            async for line in lines:
                text = self._escape(line.text)
                start = page.length
                yield page.add(f"{text}  \n" if self._markdown else f"{text}\n")
                page.evidence.append(
                    Evidence(number, line.text, view.to_original(line.box), span=(start, start + len(text)))
                )
                yield EvidenceFound(tuple(page.evidence))
        finally:
            await lines.aclose()
        if len(page.evidence) == before:
            yield page.add(self._texts.nothing + "\n")
        yield page.add("\n")

    def _load(self, asked: AskedPicture) -> _View:
        within = None if asked.region else _READ_WITHIN
        loaded = self._files.load(asked.picture.path, within)
        scale_x = loaded.original_size.width / loaded.raster.size.width
        scale_y = loaded.original_size.height / loaded.raster.size.height
        view = _View(loaded.raster, 0, 0, scale_x, scale_y)
        return view.cut(asked.region) if asked.region else view

    async def _lines(self, raster: Raster, name: str) -> AsyncGenerator[TextLine, None]:
        """Lines as the reader thread finds them."""
        loop = asyncio.get_running_loop()
        found: asyncio.Queue[TextLine | None] = asyncio.Queue()
        stopped = threading.Event()

        def read() -> None:
            lines: Iterator[TextLine] = self._reader.read(raster)
            try:
                for line in lines:
                    if stopped.is_set():
                        return
                    loop.call_soon_threadsafe(found.put_nowait, line)
            except AppError as problem:
                raise AppError(
                    problem.code, detail=problem.detail, **{"name": name, **problem.values}
                ) from problem

        reading = asyncio.ensure_future(self._reader_workers.run(read, name))
        reading.add_done_callback(lambda _: found.put_nowait(None))
        try:
            while (line := await found.get()) is not None:
                yield line
            await reading
        finally:
            stopped.set()
            reading.cancel()

    def _escape(self, text: str) -> str:
        if not self._markdown:
            return text
        escaped = _MARKDOWN.sub(r"\\\1", text)
        return _MARKDOWN_LINE_START.sub(_escape_start, escaped)


@dataclass(frozen=True, slots=True)
class _View:
    """Pixels to be read and how they lie in the original."""

    raster: Raster
    left: float
    top: float
    scale_x: float
    scale_y: float

    def to_original(self, box: Box) -> Box:
        return Box(
            self.left + box.left * self.scale_x,
            self.top + box.top * self.scale_y,
            self.left + box.right * self.scale_x,
            self.top + box.bottom * self.scale_y,
        )

    def cut(self, region: Box) -> _View:
        """The part of a full-size view inside `region`; at least one pixel."""
        width, height = self.raster.size.width, self.raster.size.height
        left = min(max(int(region.left), 0), width - 1)
        top = min(max(int(region.top), 0), height - 1)
        right = min(max(round(region.right), left + 1), width)
        bottom = min(max(round(region.bottom), top + 1), height)
        rows = memoryview(self.raster.rgb)
        stride = 3 * width
        rgb = b"".join(rows[y * stride + 3 * left : y * stride + 3 * right] for y in range(top, bottom))
        return _View(Raster(Size(right - left, bottom - top), rgb), left, top, self.scale_x, self.scale_y)


class _Page:
    """The answer so far."""

    def __init__(self) -> None:
        self.length = 0
        self.evidence: list[Evidence] = []

    def add(self, text: str) -> TextPiece:
        self.length += len(text)
        return TextPiece(text)


def _escape_start(match: re.Match[str]) -> str:
    """`- a`, `# a`, `1. a` at the start of a line would become a list or a heading."""
    space, sign = match.groups()
    return f"{space}{sign}\\" if sign[0].isdigit() else f"{space}\\{sign}"
