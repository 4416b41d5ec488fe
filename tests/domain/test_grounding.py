"""Places in answers: every form the families write, whole and in pieces, and any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.answers import SentPicture
from desktop_app.domain.geometry import Box, Point, Size
from desktop_app.domain.grounding import Grounded, Grounding, ground
from desktop_app.domain.pictures import Picture

REF = "<|object_ref_start|>{name}<|object_ref_end|><|box_start|>({x1},{y1}),({x2},{y2})<|box_end|>"


WIDE = Size(2000, 1000)
QUARTER = Size(500, 250)


def sent(original: Size = WIDE, seen: Size = QUARTER, region: Box | None = None) -> SentPicture:
    return SentPicture(Picture(Path("a.png")), "0" * 64, original, seen, "PNG", 1, 1, region)


def words(grounded: Grounded, index: int) -> str:
    span = grounded.evidence[index].span
    assert span is not None
    return grounded.text[slice(*span)]


def test_marks_become_words_and_boxes_in_original_pixels() -> None:
    raw = f"There is {REF.format(name='a red circle', x1=100, y1=200, x2=300, y2=400)} here."
    found = ground(raw, [sent()], "qwen2-vl")
    assert found.text == "There is a red circle here."
    assert [(e.label, e.box) for e in found.evidence] == [("a red circle", Box(200, 200, 600, 400))]
    assert words(found, 0) == "a red circle"


def test_marks_count_whatever_the_family() -> None:
    raw = REF.format(name="cat", x1=0, y1=0, x2=500, y2=500)
    assert ground(raw, [sent()], "qwen3-vl").evidence[0].box == Box(0, 0, 1000, 500)


def test_one_name_with_two_boxes_gives_two_places_for_the_same_words() -> None:
    raw = REF.format(name="cup", x1=0, y1=0, x2=100, y2=100) + "<|box_start|>(500,500),(600,600)<|box_end|>"
    found = ground(raw, [sent()], "qwen2-vl")
    assert found.text == "cup"
    assert [words(found, i) for i in range(2)] == ["cup", "cup"]


def test_a_box_without_a_name_gets_a_number_to_point_from() -> None:
    found = ground("<|box_start|>(0,0),(100,100)<|box_end|>", [sent()], "qwen2-vl")
    assert (found.text, found.evidence[0].label) == ("[1]", "")


@pytest.mark.parametrize("raw", ["red circle(100,200),(300,400)", "red circle(100, 200), (300, 400)"])
def test_bare_marks_of_a_server_that_skips_special_tokens(raw: str) -> None:
    found = ground(raw, [sent()], "qwen2-vl")
    assert found.text == "red circle"
    assert [(e.label, e.box) for e in found.evidence] == [("red circle", Box(200, 200, 600, 400))]


def test_bare_numbers_in_a_sentence_stay_in_it() -> None:
    found = ground("The red circle is at (100,200),(300,400).", [sent()], "qwen2-vl")
    assert found.text == "The red circle is at (100,200),(300,400)."
    assert (found.evidence[0].label, words(found, 0)) == ("The red circle", "The red circle")


def test_bare_numbers_are_no_boxes_for_families_that_write_json() -> None:
    assert ground("points (1,2),(3,4)", [sent()], "qwen2.5-vl").evidence == ()


@pytest.mark.parametrize(
    "raw",
    [
        '[{"bbox_2d": [50, 25, 100, 50], "label": "dog"}]',
        '```json\n[\n\t{"bbox_2d": [50, 25, 100, 50], "label": "dog"}\n]\n```',
        '{"bbox_2d": [50, 25, 100, 50], "label": "dog"}',
        '{"objects": [{"bbox_2d": [50, 25, 100, 50], "label": "dog", "more": {"tail": "{"}}]}',
        '[{"bbox_2d": [50, 25, 100, 50], "label": "dog"}, {"bbox_2d": [60, 30, 9',
        '[{"bbox_2d": [[50, 25], [100, 50]], "label": "dog"}]',
        '[{"bbox_2d": [100, 50, 50, 25], "label": "dog"}]',
        'A "quote {here: [{"bbox_2d": [50, 25, 100, 50], "label": "dog"}]',
    ],
)
def test_json_of_qwen2_5_is_in_pixels_of_the_sent_picture(raw: str) -> None:
    found = ground(raw, [sent()], "qwen2.5-vl")
    assert [(e.label, e.box) for e in found.evidence] == [("dog", Box(200, 100, 400, 200))]
    assert found.text == raw


def test_json_of_qwen3_is_relative_unless_a_number_says_otherwise() -> None:
    relative = '[{"bbox_2d": [100, 100, 500, 500], "label": "dog"}]'
    assert ground(relative, [sent()], "qwen3-vl").evidence[0].box == Box(200, 100, 1000, 500)
    wide = sent(Size(4000, 2000), Size(2000, 1000))
    pixels = (
        '[{"bbox_2d": [100, 100, 500, 500], "label": "a"}, {"bbox_2d": [1500, 100, 1800, 500], "label": "b"}]'
    )
    assert [e.box for e in ground(pixels, [wide], "qwen3-vl").evidence] == [
        Box(200, 200, 1000, 1000),
        Box(3000, 200, 3600, 1000),
    ]


def test_points() -> None:
    found = ground('{"point_2d": ["250", "125"], "label": "eye"}', [sent()], "qwen2.5-vl")
    assert [(e.point, e.box) for e in found.evidence] == [(Point(1000, 500), None)]


def test_places_in_a_region_lie_in_the_whole_picture() -> None:
    part = sent(region=Box(1000, 500, 1500, 900))
    raw = REF.format(name="nut", x1=0, y1=500, x2=1000, y2=1000)
    assert ground(raw, [part], "qwen2-vl").evidence[0].box == Box(1000, 700, 1500, 900)


def test_the_picture_is_the_one_mentioned_before_the_place() -> None:
    box = REF.format(name="box", x1=0, y1=0, x2=1000, y2=1000)
    raw = f"{box} Image 1: {box}. Picture 2: {box}. 图3：{box} image 9: {box}"
    found = ground(raw, [sent(), sent(Size(10, 10)), sent(Size(20, 20))], "qwen2-vl")
    assert [e.picture for e in found.evidence] == [1, 1, 2, 3, 1]
    assert found.evidence[2].box == Box(0, 0, 10, 10)


def test_json_may_name_its_picture() -> None:
    raw = '{"image": 2, "bbox_2d": [0, 0, 500, 500], "label": "x"}'
    assert ground(raw, [sent(), sent()], "qwen3-vl").evidence[0].picture == 2


def test_a_mark_cut_off_by_the_length_limit_counts_when_its_numbers_are_there() -> None:
    cut = "<|object_ref_start|>cat<|object_ref_end|><|box_start|>(1,2),(300,400)<|box_"
    assert len(ground(cut, [sent()], "qwen2-vl").evidence) == 1
    short = "<|object_ref_start|>cat<|object_ref_end|><|box_start|>(1,2),(30"
    assert ground(short, [sent()], "qwen2-vl") == Grounded("cat", ())


def test_text_that_only_begins_like_a_mark_is_shown() -> None:
    text = "a <b <| c (1 (12,3 (4,5),(6 <|not closed"
    assert ground(text, [sent()], "qwen2-vl").text == text


PIECES = st.sampled_from(
    [
        "<|object_ref_start|>",
        "<|object_ref_end|>",
        "<|box_start|>",
        "<|box_end|>",
        "<|quad_start|>",
        "<|im_end|>",
        "(1,2)",
        ",(300,400)",
        "(100,200),(300,400)",
        '{"bbox_2d": [1,2,30,40], "label": "a"}',
        '{"bbox_2d": [1e999, null, -5',
        '"',
        "\\",
        "{",
        "}",
        "[",
        "cat",
        " ",
        "\n",
        "Image 2",
        "图",
    ]
)
ANSWERS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30)


@given(ANSWERS, st.sampled_from(["", "qwen2-vl", "qwen2.5-vl", "qwen3-vl"]))
def test_no_text_fails_and_pieces_give_what_the_whole_gives(pieces: list[str], family: str) -> None:
    pictures = [sent(), sent(Size(7, 9), Size(28, 28))]
    whole = ground("".join(pieces), pictures, family)
    for cut in (pieces, list("".join(pieces))):
        grounding = Grounding(pictures, family)
        shown = "".join(grounding.feed(piece) for piece in cut) + grounding.finish()
        assert shown == whole.text
        assert grounding.evidence() == whole.evidence


@given(ANSWERS, st.sampled_from(["qwen2-vl", "qwen2.5-vl", "qwen3-vl"]))
def test_evidence_lies_in_its_picture_and_its_words_in_the_text(pieces: list[str], family: str) -> None:
    pictures = [sent(), sent(Size(7, 9), Size(28, 28))]
    found = ground("".join(pieces), pictures, family)
    for evidence in found.evidence:
        size = pictures[evidence.picture - 1].original_size
        if evidence.box is not None:
            assert evidence.box.clamped(size) == evidence.box
            assert not evidence.box.is_empty
        else:
            assert evidence.point is not None
            assert evidence.point.clamped(size) == evidence.point
        assert evidence.span is not None
        start, end = evidence.span
        assert 0 <= start < end <= len(found.text)


@given(
    st.tuples(*[st.integers(0, 1000)] * 4),
    st.integers(1, 5000),
    st.integers(1, 5000),
)
def test_relative_coordinates_do_not_depend_on_the_sent_size(
    corners: tuple[int, int, int, int], width: int, height: int
) -> None:
    x1, y1, x2, y2 = corners
    raw = REF.format(name="thing", x1=x1, y1=y1, x2=x2, y2=y2)
    small = ground(raw, [sent(Size(width, height), Size(28, 28))], "qwen2-vl").evidence
    large = ground(raw, [sent(Size(width, height), Size(2800, 1400))], "qwen2-vl").evidence
    assert small == large
    assert bool(small) == (x1 != x2 and y1 != y2)
