"""Answers of the built-in reader: text line by line, evidence in original pixels, no pretence."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.answers import AnswerEnd, AnswerEvent, EvidenceFound, PicturesSent, TextPiece
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.domain.reading import TextLine
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.reader_answers import READER_NAME, ReaderAnswers, ReaderTexts


class ScriptedReader:
    """Finds the given lines in every picture; `go` holds each line back until it is set."""

    def __init__(self, *lines: TextLine, problem: AppError | None = None) -> None:
        self.lines = lines
        self.problem = problem
        self.go = threading.Event()
        self.go.set()
        self.seen: list[Size] = []
        self.ended = threading.Event()

    def read(self, raster: Raster) -> Iterator[TextLine]:
        self.seen.append(raster.size)
        try:
            for line in self.lines:
                assert self.go.wait(5)
                yield line
            if self.problem is not None:
                raise self.problem
        finally:
            self.ended.set()


@pytest.fixture
def workers() -> Iterator[PictureWorkers]:
    threads = PictureWorkers()
    yield threads
    threads.close()


def line(text: str, box: Box) -> TextLine:
    return TextLine(text, box, 0.9)


def question(folder: Path, *names: str, region: Box | None = None) -> Question:
    pictures = []
    for name in names:
        Image.new("RGB", (400, 300), "white").save(folder / name)
        pictures.append(AskedPicture(Picture(folder / name), region))
    return Question(tuple(pictures), "What is the total?", AskOptions())


def answers(reader: ScriptedReader, workers: PictureWorkers, markdown: bool = True) -> ReaderAnswers:
    return ReaderAnswers(PillowPictureFiles(50), workers, reader, workers, markdown=markdown)


async def hear(reading: ReaderAnswers, asked: Question) -> list[AnswerEvent]:
    return [event async for event in reading.answer(asked)]


def text_of(events: list[AnswerEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, TextPiece))


def evidence_of(events: list[AnswerEvent]) -> tuple[Evidence, ...]:
    return [event for event in events if isinstance(event, EvidenceFound)][-1].evidence


async def test_lines_become_text_and_evidence_and_it_says_what_it_is(
    workers: PictureWorkers, tmp_path: Path
) -> None:
    reader = ScriptedReader(line("Milk", Box(1, 2, 30, 40)), line("Total 7", Box(1, 50, 30, 60)))
    events = await hear(answers(reader, workers), question(tmp_path, "a.png"))
    text, end = text_of(events), events[-1]
    assert text.startswith("Milk  \nTotal 7  \n")
    assert text.endswith(f"*{ReaderTexts().about}*")
    assert [(e.label, e.box) for e in evidence_of(events)] == [
        ("Milk", Box(1, 2, 30, 40)),
        ("Total 7", Box(1, 50, 30, 60)),
    ]
    assert [text[slice(*e.span)] for e in evidence_of(events) if e.span] == ["Milk", "Total 7"]
    assert isinstance(end, AnswerEnd)
    assert (end.model, end.server, end.usage) == (READER_NAME, READER_NAME, None)


async def test_nothing_is_reported_as_sent(workers: PictureWorkers, tmp_path: Path) -> None:
    first = (await hear(answers(ScriptedReader(), workers), question(tmp_path, "a.png")))[0]
    assert isinstance(first, PicturesSent)
    (sent,) = first.pictures
    assert (sent.original_size, sent.sent_bytes, sent.predicted_tokens) == (Size(400, 300), 0, 0)


async def test_a_picture_without_text_says_so(workers: PictureWorkers, tmp_path: Path) -> None:
    events = await hear(answers(ScriptedReader(), workers), question(tmp_path, "a.png"))
    assert text_of(events).startswith(ReaderTexts().nothing)


async def test_several_pictures_have_headings_and_numbers(workers: PictureWorkers, tmp_path: Path) -> None:
    reader = ScriptedReader(line("x", Box(0, 0, 9, 9)))
    events = await hear(answers(reader, workers, markdown=False), question(tmp_path, "a_1.png", "b.png"))
    assert text_of(events).startswith("Picture 1: a_1.png\n\nx\n\nPicture 2: b.png\n\nx\n\n")
    assert [e.picture for e in evidence_of(events)] == [1, 2]


async def test_a_region_is_cut_out_and_mapped_back(workers: PictureWorkers, tmp_path: Path) -> None:
    reader = ScriptedReader(line("x", Box(10, 20, 30, 40)))
    asked = question(tmp_path, "a.png", region=Box(100, 50, 300, 250))
    events = await hear(answers(reader, workers), asked)
    assert reader.seen == [Size(200, 200)]
    assert evidence_of(events)[0].box == Box(110, 70, 130, 90)


async def test_words_are_not_taken_for_markdown_but_plain_text_is_left_alone(
    workers: PictureWorkers, tmp_path: Path
) -> None:
    words = ["# 1 *b* $5", "- a_b", "1. <b>", "| c |", "2024) x"]
    reader = ScriptedReader(*(line(word, Box(0, 0, 9, 9)) for word in words))
    marked = text_of(await hear(answers(reader, workers), question(tmp_path, "a.png")))
    expected = [r"\# 1 \*b\* \$5", r"\- a\_b", r"1\. \<b>", r"\| c \|", r"2024\) x"]
    assert marked.split("  \n")[:5] == expected
    plain = text_of(await hear(answers(reader, workers, markdown=False), question(tmp_path, "a.png")))
    assert plain.splitlines()[:5] == words


async def test_lines_arrive_while_the_reader_still_reads(workers: PictureWorkers, tmp_path: Path) -> None:
    reader = ScriptedReader(line("one", Box(0, 0, 9, 9)), line("two", Box(0, 10, 9, 19)))
    async with aclosing(answers(reader, workers).answer(question(tmp_path, "a.png"))) as events:
        async for event in events:
            if isinstance(event, TextPiece):
                assert event.text == "one  \n"
                break
        reader.go.clear()
    reader.go.set()
    assert await asyncio.to_thread(reader.ended.wait, 5)


async def test_a_failing_reader_names_the_picture(workers: PictureWorkers, tmp_path: Path) -> None:
    reader = ScriptedReader(problem=AppError(ErrorCode.READER_FAILED, detail="why"))
    with pytest.raises(AppError) as raised:
        await hear(answers(reader, workers), question(tmp_path, "a.png"))
    assert (raised.value.values, raised.value.detail) == ({"name": "a.png"}, "why")


async def test_a_missing_picture_is_told_before_anything_is_read(
    workers: PictureWorkers, tmp_path: Path
) -> None:
    reader = ScriptedReader(line("x", Box(0, 0, 9, 9)))
    asked = question(tmp_path, "a.png", "b.png")
    (tmp_path / "b.png").unlink()
    with pytest.raises(AppError) as raised:
        await hear(answers(reader, workers), asked)
    assert raised.value.code is ErrorCode.PICTURE_MISSING
    assert reader.seen == []
