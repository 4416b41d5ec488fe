"""What every ConversationRepository promises."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.answers import (
    AnswerEnd,
    EvidenceFound,
    FinishReason,
    SentPicture,
    Timings,
    Usage,
)
from desktop_app.domain.conversations import AnswerFailure, AnswerState, AskOptions, Conversation
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.pictures import Note, Picture
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import ConversationRepository
from tests.fakes.memory_conversations import MemoryConversations

OPTIONS = AskOptions(system="Be brief. 简短。", temperature=0.0, max_tokens=77, image_tokens=99)


@pytest.fixture(params=["sqlite", "memory"])
async def repository(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[ConversationRepository]:
    workers = PictureWorkers()
    if request.param == "sqlite":
        made: ConversationRepository = SqliteConversations(Library(tmp_path / "data" / "l.sqlite"), workers)
    else:
        made = MemoryConversations()
    yield made
    await made.close()
    workers.close()


def picture(folder: Path, name: str, content: str | None = None, origin: str | None = None) -> Picture:
    path = folder / name
    path.write_text(content or name)
    return Picture(path, origin)


def sent(one: Picture, region: Box | None = None) -> SentPicture:
    digest = hashlib.sha256(one.path.read_bytes()).hexdigest()
    notes = (Note("first-frame", (("frames", 12), ("kind", "GIF"))),)
    return SentPicture(one, digest, Size(800, 600), Size(560, 420), "JPEG", 12345, 300, region, notes)


async def asked(repository: ConversationRepository, *pictures: Picture) -> Conversation:
    """A thread with one finished answer."""
    conversation = await repository.create(pictures)
    turn = await repository.add_turn(conversation.id, "What?", OPTIONS)
    answer = await repository.begin_answer(turn.id, "box", "qwen")
    await repository.save_pictures(answer.id, [sent(one) for one in pictures])
    await repository.end_answer(answer.id, AnswerState.DONE, "This.", "")
    loaded = await repository.load(conversation.id)
    assert loaded is not None
    return loaded


async def test_nothing_is_found_before_it_is_created(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    assert await repository.find([picture(tmp_path, "a.jpg")]) is None
    assert await repository.load(1) is None


async def test_everything_about_an_answer_comes_back(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    one, two = picture(tmp_path, "a.jpg"), picture(tmp_path, "b.jpg", origin="https://example.org/b.jpg")
    region = Box(1.5, 2, 30, 40)
    conversation = await repository.create([one, two])
    turn = await repository.add_turn(conversation.id, "你好\nWhat? 🙂", OPTIONS, [None, region])
    answer = await repository.begin_answer(turn.id, "box", "qwen")
    assert answer.state is AnswerState.STREAMING
    assert answer.created.tzinfo is not None

    pictures = (sent(one), sent(two, region))
    evidence = (
        Evidence(1, "窗", box=Box(1, 2, 3.25, 4), span=(0, 3)),
        Evidence(2, "door", point=Point(5, 6)),
    )
    end = AnswerEnd(FinishReason.LENGTH, "qwen2", "the box", Usage(1000, 20), Timings(0.25, 1.5))
    await repository.save_source(answer.id, "other", "qwen-x")
    await repository.save_pictures(answer.id, pictures)
    await repository.save_progress(answer.id, "half", "because")
    await repository.save_evidence(answer.id, EvidenceFound(evidence))
    ended = await repository.end_answer(answer.id, AnswerState.DONE, "all of it", "because so", end)

    loaded = await repository.load(conversation.id)
    assert loaded is not None
    assert loaded.pictures == (one, two)
    (kept,) = loaded.turns
    assert (kept.question, kept.options, kept.regions) == ("你好\nWhat? 🙂", OPTIONS, (None, region))
    assert kept.answer == ended
    assert ended == replace(
        answer,
        state=AnswerState.DONE,
        text="all of it",
        reasoning="because so",
        evidence=evidence,
        pictures=pictures,
        finish=FinishReason.LENGTH,
        model="qwen2",
        server="the box",
        usage=Usage(1000, 20),
        timings=Timings(0.25, 1.5),
    )


async def test_progress_is_seen_while_it_streams(repository: ConversationRepository, tmp_path: Path) -> None:
    conversation = await repository.create([picture(tmp_path, "a.jpg")])
    turn = await repository.add_turn(conversation.id, "What?", OPTIONS)
    answer = await repository.begin_answer(turn.id, "", "")
    await repository.save_source(answer.id, "box", "qwen")
    await repository.save_progress(answer.id, "half an ans", "hm")

    loaded = await repository.load(conversation.id)
    assert loaded is not None
    now = loaded.turns[0].answer
    assert now is not None
    assert (now.state, now.text, now.reasoning) == (AnswerState.STREAMING, "half an ans", "hm")
    assert (now.server, now.model) == ("box", "qwen")


async def test_a_failure_keeps_text_and_source(repository: ConversationRepository, tmp_path: Path) -> None:
    conversation = await repository.create([picture(tmp_path, "a.jpg")])
    turn = await repository.add_turn(conversation.id, "What?", OPTIONS)
    answer = await repository.begin_answer(turn.id, "box", "qwen")
    failure = AnswerFailure(ErrorCode.SERVER_BROKE_OFF, (("server", "box"), ("tries", 2)), "reset by peer")
    ended = await repository.end_answer(answer.id, AnswerState.FAILED, "half", "", failure=failure)

    assert (ended.state, ended.text, ended.failure) == (AnswerState.FAILED, "half", failure)
    assert (ended.server, ended.model, ended.finish, ended.usage) == ("box", "qwen", None, None)


async def test_asking_again_adds_an_answer(repository: ConversationRepository, tmp_path: Path) -> None:
    conversation = await asked(repository, picture(tmp_path, "a.jpg"))
    again = await repository.begin_answer(conversation.turns[0].id, "box", "qwen")
    await repository.end_answer(again.id, AnswerState.STOPPED, "That", "")

    loaded = await repository.load(conversation.id)
    assert loaded is not None
    assert [answer.text for answer in loaded.turns[0].answers] == ["This.", "That"]


async def test_deleted_turns_come_back_in_their_place(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    conversation = await repository.create([picture(tmp_path, "a.jpg")])
    turns = [await repository.add_turn(conversation.id, f"question {n}", OPTIONS) for n in range(3)]
    await repository.delete_turns([turns[0].id, turns[1].id])
    left = await repository.load(conversation.id)
    assert left is not None
    assert [turn.question for turn in left.turns] == ["question 2"]

    await repository.restore_turns([turns[1].id])
    left = await repository.load(conversation.id)
    assert left is not None
    assert [turn.question for turn in left.turns] == ["question 1", "question 2"]


async def test_the_order_of_pictures_makes_another_thread(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    one, two = picture(tmp_path, "a.jpg"), picture(tmp_path, "b.jpg")
    both = await asked(repository, one, two)
    alone = await asked(repository, one)

    for pictures, expected in (([one, two], both.id), ([one], alone.id), ([two, one], None), ([two], None)):
        found = await repository.find(pictures)
        assert (found and found.id) == expected


async def test_the_newest_thread_counts(repository: ConversationRepository, tmp_path: Path) -> None:
    one = picture(tmp_path, "a.jpg")
    await asked(repository, one)
    newer = await asked(repository, one)

    assert await repository.find([one]) == newer


async def test_a_renamed_picture_keeps_its_thread(repository: ConversationRepository, tmp_path: Path) -> None:
    one, two = picture(tmp_path, "a.jpg"), picture(tmp_path, "b.jpg")
    thread = await asked(repository, one, two)
    renamed = Picture(one.path.rename(tmp_path / "A new name.jpg"))

    found = await repository.find([renamed, two])
    assert found is not None
    assert found.id == thread.id
    assert found.pictures == (renamed, two)
    loaded = await repository.load(thread.id)
    assert loaded is not None
    assert loaded.pictures == (renamed, two)
    path = str(renamed.path)
    assert await repository.answered_paths([path]) == {path: AnswerState.DONE}


async def test_the_new_path_is_remembered(repository: ConversationRepository, tmp_path: Path) -> None:
    one = picture(tmp_path, "a.jpg")
    thread = await asked(repository, one)
    renamed = Picture(one.path.rename(tmp_path / "b.jpg"))
    assert await repository.find([renamed]) is not None

    renamed.path.unlink()
    found = await repository.find([renamed])
    assert found is not None
    assert found.id == thread.id


async def test_other_content_under_another_name_is_another_picture(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    await asked(repository, picture(tmp_path, "a.jpg", "red"))

    assert await repository.find([picture(tmp_path, "b.jpg", "tan")]) is None
    assert await repository.find([Picture(tmp_path / "not there.jpg")]) is None


async def test_a_copy_shares_the_thread_and_the_original_keeps_it(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    one = picture(tmp_path, "a.jpg", "same")
    thread = await asked(repository, one)
    copy = picture(tmp_path, "copy.jpg", "same")

    for pictures in ([copy], [one], [copy]):
        found = await repository.find(pictures)
        assert found is not None
        assert found.id == thread.id
        assert found.pictures == tuple(pictures)
    loaded = await repository.load(thread.id)
    assert loaded is not None
    assert loaded.pictures == (one,)


async def test_changed_content_under_the_same_name_keeps_the_thread(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    one = picture(tmp_path, "a.jpg", "before")
    thread = await asked(repository, one)
    one.path.write_text("after it was edited")

    found = await repository.find([one])
    assert found is not None
    assert found.id == thread.id


async def test_states_for_the_gallery(repository: ConversationRepository, tmp_path: Path) -> None:
    done, twice, hidden, never = (picture(tmp_path, f"{name}.jpg") for name in "abcd")
    await asked(repository, done)
    thread = await asked(repository, twice)
    again = await repository.begin_answer(thread.turns[0].id, "", "")
    await repository.end_answer(
        again.id, AnswerState.FAILED, "", "", failure=AnswerFailure(ErrorCode.DISK_FULL)
    )
    gone = await asked(repository, hidden)
    await repository.delete_turns([gone.turns[0].id])

    paths = [str(one.path) for one in (done, twice, hidden, never)]
    assert await repository.answered_paths(paths) == {
        paths[0]: AnswerState.DONE,
        paths[1]: AnswerState.FAILED,
    }
    assert await repository.answered_paths([]) == {}


async def test_an_answer_of_this_process_is_not_interrupted(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    conversation = await repository.create([picture(tmp_path, "a.jpg")])
    turn = await repository.add_turn(conversation.id, "What?", OPTIONS)
    await repository.begin_answer(turn.id, "", "")

    assert await repository.mark_interrupted() == 0
