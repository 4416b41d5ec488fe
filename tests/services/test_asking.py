"""Asking with real pictures and a scripted vision model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
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
    Usage,
)
from desktop_app.domain.chat_request import ChatRequest, ImagePart, TextPart
from desktop_app.domain.conversations import Answer, AnswerState, AskOptions, Turn
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.questions import AskedPicture, Question
from desktop_app.domain.reading import TextLine
from desktop_app.domain.servers import ServerLimits, ServerProfile, ServerTarget
from desktop_app.domain.vision_model_events import EarlierTextWasReasoning, ModelFinished
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.services.asking import Asking
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.reader_answers import ReaderAnswers
from tests.fakes.scripted_vision_model import ScriptedVisionModel, saying

TARGET = ServerTarget(ServerProfile("box", "http://box:8000/v1"), "", "vl", QWEN2_VL)


class Lessons:
    def __init__(self) -> None:
        self.errors: list[AppError] = []
        self.shrank = 0

    async def learn_from(self, target: ServerTarget, error: AppError) -> None:
        self.errors.append(error)

    async def saw_smaller_pictures(self, target: ServerTarget) -> None:
        self.shrank += 1


class NoReader:
    def read(self, raster: Raster) -> Iterator[TextLine]:
        raise AssertionError("the reader was asked")


@pytest.fixture
def workers() -> Iterator[PictureWorkers]:
    threads = PictureWorkers()
    yield threads
    threads.close()


@pytest.fixture
def lessons() -> Lessons:
    return Lessons()


@pytest.fixture
def model() -> ScriptedVisionModel:
    return ScriptedVisionModel(*saying("It is red."))


@pytest.fixture
def asking(workers: PictureWorkers, model: ScriptedVisionModel, lessons: Lessons) -> Asking:
    files = PillowPictureFiles(50)
    ticks = iter(range(1000))
    reader = ReaderAnswers(files, workers, NoReader(), workers)
    return Asking(files, workers, model, reader, clock=lambda: float(next(ticks)), lessons=lessons)


def picture(folder: Path, name: str = "a.png", size: tuple[int, int] = (560, 280)) -> AskedPicture:
    path = folder / name
    Image.new("RGB", size, (200, 30, 30)).save(path)
    return AskedPicture(Picture(path))


def question(*pictures: AskedPicture, text: str = "What is this?") -> Question:
    return Question(pictures, text, AskOptions(), target=TARGET)


def turn(number: int, text: str, answer: str, regions: tuple[Box | None, ...] = ()) -> Turn:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    answers = (Answer(1, AnswerState.DONE, now, text=answer),)
    return Turn(number, text, AskOptions(), answers, regions)


async def hear(asking: Asking, asked: Question) -> list[AnswerEvent]:
    return [event async for event in asking.ask(asked)]


def shape(request: ChatRequest) -> list[tuple[str, list[str]]]:
    """Roles and parts: text as it is, a picture as its size."""
    return [
        (
            message.role,
            [
                part.text if isinstance(part, TextPart) else f"{part.picture.size.width}px"
                for part in message.parts
            ],
        )
        for message in request.messages
    ]


async def test_events_of_a_plain_answer(asking: Asking, tmp_path: Path) -> None:
    first, *middle, last = await hear(asking, question(picture(tmp_path)))
    assert isinstance(first, PicturesSent)
    (sent,) = first.pictures
    assert (sent.original_size, sent.sent_size, sent.predicted_tokens) == (
        Size(560, 280),
        Size(560, 280),
        200,
    )
    assert sent.sent_bytes > 0
    assert sent.sent_format == "PNG"
    assert [event.text for event in middle if isinstance(event, TextPiece)] == ["It ", "is ", "red."]
    assert isinstance(last, AnswerEnd)
    assert (last.model, last.server, last.finish) == ("scripted-vl", "box", FinishReason.STOP)
    assert last.timings.first_token_s is not None
    assert 0 < last.timings.first_token_s < last.timings.total_s


async def test_pictures_stand_in_order_before_the_words(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    wide, narrow = picture(tmp_path, "w.png", (560, 280)), picture(tmp_path, "n.png", (280, 280))
    await hear(asking, question(narrow, wide, text="Compare these images."))
    assert shape(model.requests[0]) == [("user", ["280px", "560px", "Compare these images."])]


async def test_pictures_are_labelled_where_the_words_speak_of_numbers(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    wide, narrow = picture(tmp_path, "w.png", (560, 280)), picture(tmp_path, "n.png", (280, 280))
    await hear(asking, question(narrow, wide, text="What differs in picture 2?"))
    (message,) = shape(model.requests[0])
    assert message[1] == ["Picture 1: ", "280px", "Picture 2: ", "560px", "What differs in picture 2?"]


async def test_what_the_reader_said_is_not_put_into_the_vision_models_mouth(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    asked = picture(tmp_path)
    size = Size(560, 560)
    read = turn(1, "What is this?", "HARBOUR HARDWARE")
    answer = replace(read.answers[0], pictures=(SentPicture(asked.picture, "ab", size, size, "", 0, 0),))
    await hear(asking, replace(question(asked), earlier=(replace(read, answers=(answer,)),)))
    assert [role for role, _ in shape(model.requests[0])] == ["user"]


async def test_a_follow_up_sends_the_picture_with_the_first_turn_and_the_same_bytes(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    asked = picture(tmp_path)
    await hear(asking, question(asked))
    follow_up = replace(
        question(asked, text="And now?"),
        earlier=(turn(1, "What is this?", "Red."), Turn(2, "unanswered", AskOptions())),
        options=AskOptions(system="Be brief."),
    )
    await hear(asking, follow_up)
    assert shape(model.requests[1]) == [
        ("system", ["Be brief."]),
        ("user", ["560px", "What is this?"]),
        ("assistant", ["Red."]),
        ("user", ["And now?"]),
    ]
    digests = [
        part.picture.digest
        for request in model.requests
        for message in request.messages
        for part in message.parts
        if isinstance(part, ImagePart)
    ]
    assert len(digests) == 2
    assert len(set(digests)) == 1


async def test_another_region_is_sent_again_and_reported(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    whole = picture(tmp_path)
    part = replace(whole, region=Box(0, 0, 280, 280))
    first, *_ = await hear(asking, replace(question(part), earlier=(turn(1, "Whole?", "Yes."),)))
    assert [message[1] for message in shape(model.requests[0])] == [
        ["560px", "Whole?"],
        ["Yes."],
        ["280px", "What is this?"],
    ]
    assert isinstance(first, PicturesSent)
    assert first.pictures[0].region == Box(0, 0, 280, 280)


async def test_marks_arrive_as_words_and_evidence_and_pieces_hold_no_marker(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    raw = "<|object_ref_start|>red car<|object_ref_end|><|box_start|>(0,0),(500,500)<|box_end|>"
    pieces = [TextPiece(raw[i : i + 7]) for i in range(0, len(raw), 7)]
    model.events = (*pieces, ModelFinished(FinishReason.STOP, None))
    events = await hear(asking, question(picture(tmp_path)))
    assert "".join(e.text for e in events if isinstance(e, TextPiece)) == "red car"
    (found,) = [e for e in events if isinstance(e, EvidenceFound)]
    assert [(e.label, e.box) for e in found.evidence] == [("red car", Box(0, 0, 280, 140))]


async def test_reasoning_and_text_that_was_reasoning_after_all(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    model.events = (
        TextPiece("hm <"),
        EarlierTextWasReasoning(),
        ReasoningPiece("ok"),
        TextPiece("Red."),
        ModelFinished(FinishReason.LENGTH, Usage(300, 2)),
    )
    events = await hear(asking, question(picture(tmp_path)))
    assert events[1:6] == [
        TextPiece("hm "),
        TextPiece("<"),
        TextWasReasoning(),
        ReasoningPiece("ok"),
        TextPiece("Red."),
    ]


async def test_closing_the_iterator_closes_the_stream(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    async with aclosing(asking.ask(question(picture(tmp_path)))) as events:
        async for event in events:
            if isinstance(event, TextPiece):
                break
    assert model.closed == 1


async def test_an_error_in_the_middle_keeps_what_was_held_back_and_is_learnt_from(
    asking: Asking, model: ScriptedVisionModel, lessons: Lessons, tmp_path: Path
) -> None:
    model.events = (TextPiece("half <|box"),)
    model.problem = AppError(ErrorCode.SERVER_BROKE_OFF, server="box")
    heard: list[AnswerEvent] = []

    async def listen() -> None:
        async for event in asking.ask(question(picture(tmp_path))):
            heard.append(event)

    with pytest.raises(AppError) as raised:
        await listen()
    assert raised.value.code is ErrorCode.SERVER_BROKE_OFF
    assert "".join(e.text for e in heard if isinstance(e, TextPiece)) == "half <|box"
    assert lessons.errors == [raised.value]


async def test_a_stream_that_just_ends_has_broken_off(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    model.events = (TextPiece("half"),)
    with pytest.raises(AppError) as raised:
        await hear(asking, question(picture(tmp_path)))
    assert raised.value.code is ErrorCode.SERVER_BROKE_OFF


async def test_fewer_tokens_than_the_pictures_cost_means_the_server_shrank_them(
    asking: Asking, model: ScriptedVisionModel, lessons: Lessons, tmp_path: Path
) -> None:
    model.events = saying("x", prompt_tokens=240)
    await hear(asking, question(picture(tmp_path)))
    assert lessons.shrank == 0
    model.events = saying("x", prompt_tokens=150)
    await hear(asking, question(picture(tmp_path)))
    assert lessons.shrank == 1


async def test_a_known_picture_limit_is_respected_before_anything_is_opened(
    asking: Asking, model: ScriptedVisionModel
) -> None:
    missing = tuple(AskedPicture(Picture(Path(f"/missing/{n}.png"))) for n in range(3))
    limited = replace(TARGET, limits=ServerLimits(picture_limit=2))
    with pytest.raises(AppError) as raised:
        await hear(asking, replace(question(*missing), target=limited))
    assert (raised.value.code, raised.value.values) == (ErrorCode.SERVER_TOO_MANY_PICTURES, {"limit": 2})
    assert model.requests == []


async def test_pictures_that_cannot_fit_the_context_are_refused_here(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    small = replace(TARGET, limits=ServerLimits(context_tokens=200))
    with pytest.raises(AppError) as raised:
        await hear(asking, replace(question(picture(tmp_path)), target=small))
    assert raised.value.code is ErrorCode.SERVER_CONTEXT_TOO_LONG
    assert model.requests == []


async def test_the_longest_answer_is_what_the_context_leaves(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    small = replace(TARGET, limits=ServerLimits(context_tokens=1000))
    await hear(asking, replace(question(picture(tmp_path)), target=small))
    assert 600 < model.requests[0].max_tokens < 1000 - 202
    await hear(asking, question(picture(tmp_path)))
    assert model.requests[1].max_tokens == 1024


async def test_the_first_broken_picture_in_order_is_named_and_nothing_is_sent(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    empty = AskedPicture(Picture(tmp_path / "empty.png"))
    missing = AskedPicture(Picture(tmp_path / "missing.png"))
    with pytest.raises(AppError) as raised:
        await hear(asking, question(picture(tmp_path), empty, missing))
    assert (raised.value.code, raised.value.values["name"]) == (ErrorCode.PICTURE_EMPTY, "empty.png")
    assert model.requests == []


async def test_a_changed_file_is_prepared_anew(
    asking: Asking, model: ScriptedVisionModel, tmp_path: Path
) -> None:
    asked = picture(tmp_path)
    await hear(asking, question(asked))
    picture(tmp_path, size=(280, 560))
    await hear(asking, question(asked))
    assert [message[1][0] for request in model.requests for message in shape(request)] == ["560px", "280px"]


async def test_a_question_without_pictures_is_wrong_use(asking: Asking) -> None:
    with pytest.raises(AppError) as raised:
        await hear(asking, question())
    assert raised.value.code is ErrorCode.WRONG_USE
