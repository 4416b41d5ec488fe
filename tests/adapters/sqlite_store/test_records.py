from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.records import from_json, path_key, path_of, storable, to_json
from desktop_app.domain.answers import EvidenceFound, SentPicture
from desktop_app.domain.conversations import AnswerState, AskOptions
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.pictures import Note, Picture

any_text = st.text(st.characters(exclude_categories=[]), max_size=30)
clean_text = st.text(st.characters(codec="utf-8"), max_size=20)
number = st.floats(-1e6, 1e6)
box = st.builds(Box, number, number, number, number)
evidence = st.builds(
    Evidence,
    picture=st.integers(1, 9),
    label=clean_text,
    box=st.none() | box,
    point=st.none() | st.builds(Point, number, number),
    span=st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)),
)
size = st.builds(Size, st.integers(1, 9999), st.integers(1, 9999))
note = st.builds(
    Note, clean_text, st.lists(st.tuples(clean_text, clean_text | st.integers()), max_size=2).map(tuple)
)
sent = st.builds(
    SentPicture,
    picture=st.builds(Picture, st.just(Path("/a/b ü.jpg")), st.none() | clean_text),
    content_hash=clean_text,
    original_size=size,
    sent_size=size,
    sent_format=clean_text,
    sent_bytes=st.integers(0, 10**9),
    predicted_tokens=st.integers(0, 10**6),
    region=st.none() | box,
    notes=st.lists(note, max_size=2).map(tuple),
)


@given(st.lists(evidence, max_size=3).map(tuple), st.lists(sent, max_size=2).map(tuple))
def test_records_come_back(places: tuple[Evidence, ...], pictures: tuple[SentPicture, ...]) -> None:
    assert from_json(to_json(places), tuple[Evidence, ...]) == places
    assert from_json(to_json(pictures), tuple[SentPicture, ...]) == pictures


@given(any_text)
def test_every_text_can_be_stored_and_good_text_is_not_touched(text: str) -> None:
    stored = storable(text)
    stored.encode()
    assert storable(stored) == stored
    try:
        text.encode()
    except UnicodeEncodeError:
        assert stored != text
    else:
        assert stored == text


def test_halves_of_a_pair_are_joined() -> None:
    assert storable("a\ud83d\ude42b\ud83dc") == "a🙂b\ufffdc"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows paths are text")
@given(st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name))
def test_every_path_comes_back(name: bytes) -> None:
    path = Path(os.fsdecode(b"/folder/" + name))
    key = path_key(path)
    key.encode()

    assert path_of(key) == path


def test_keys_of_other_versions_are_ignored() -> None:
    text = to_json(AskOptions(system="x"))
    later = json.dumps({**json.loads(text), "novel": 1})

    assert from_json(later, AskOptions) == AskOptions(system="x")


@pytest.mark.skipif(sys.platform != "linux", reason="only there are file names bytes")
async def test_names_that_are_no_text_and_texts_that_are_no_utf8(
    store: SqliteConversations, tmp_path: Path
) -> None:
    picture = Picture(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")))
    thread = await store.create([picture])
    turn = await store.add_turn(thread.id, "What \ud83d?", AskOptions())
    answer = await store.begin_answer(turn.id, "", "")
    sent = SentPicture(picture, "00", Size(1, 1), Size(28, 28), "PNG", 1, 1)
    await store.save_pictures(answer.id, [sent])
    await store.save_evidence(answer.id, EvidenceFound((Evidence(1, "\udc00", point=Point(1, 1)),)))
    await store.end_answer(answer.id, AnswerState.DONE, "half a smile \ud83d", "")

    found = await store.find([picture])
    assert found is not None
    kept = found.turns[0].answer
    assert kept is not None
    assert (found.pictures, kept.pictures) == ((picture,), (sent,))
    assert kept.text == "half a smile \ufffd"
    assert await store.answered_paths([str(picture.path)]) == {str(picture.path): AnswerState.DONE}
