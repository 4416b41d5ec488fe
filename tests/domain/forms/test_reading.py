from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from desktop_app.domain.forms.form import (
    Choice,
    Choices,
    Date,
    FieldKind,
    Form,
    FormField,
    Items,
    Number,
    Places,
    Text,
    YesNo,
    plain_form,
)
from desktop_app.domain.forms.reading import FieldProblem, read_answer
from desktop_app.domain.forms.schema import field_schema, schema_of
from desktop_app.domain.forms.values import CellValue, ProblemKind, problem_with
from tests.domain.forms.making import JSON_VALUES, doubtful_objects, fitting_objects, forms


def read(kind: FieldKind, value: Any, required: bool = True) -> CellValue | ProblemKind:
    form = Form("One", (FormField("v", "V", kind, required=required),))
    reading = read_answer(form, json.dumps({"v": value}, ensure_ascii=False))
    return reading.problems[0].kind if reading.problems else reading.values["v"]


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def as_one_may_read(one: FormField, value: CellValue) -> CellValue | ProblemKind:
    """What is right for a value that the schema allows: the value, but for what no schema can say."""
    match one.kind, value:
        case Date(), str() if not is_day(value):
            return ProblemKind.NOT_A_DATE
        case Choices(), list():
            return [option for option in one.kind.options if option in value]
        case _:
            return value


@given(st.data(), forms(), st.booleans())
def test_what_the_schema_allows_is_read_as_it_is(data: st.DataObject, form: Form, pretty: bool) -> None:
    answer = data.draw(fitting_objects(form))
    assert Draft202012Validator(schema_of(form)).is_valid(answer)
    reading = read_answer(form, json.dumps(answer, ensure_ascii=pretty, indent=2 if pretty else None))
    right = {one.key: as_one_may_read(one, answer[one.key]) for one in form.fields}
    assert reading.problems == tuple(
        FieldProblem(key, value) for key, value in right.items() if isinstance(value, ProblemKind)
    )
    assert reading.values == {
        key: value for key, value in right.items() if not isinstance(value, ProblemKind)
    }


@given(st.data(), forms())
def test_what_is_read_fits_the_schema_and_each_field_has_a_value_or_a_problem(
    data: st.DataObject, form: Form
) -> None:
    reading = read_answer(form, json.dumps(data.draw(doubtful_objects(form))))
    for key, value in reading.values.items():
        one = form.field_named(key)
        assert one is not None
        Draft202012Validator(field_schema(one)).validate(value)
        assert problem_with(one, value) is None
    told = [problem.key for problem in reading.problems]
    assert told == [""] or sorted([*told, *reading.values]) == sorted(form.keys)


@given(st.data(), forms(), st.booleans())
def test_no_text_makes_it_fail(data: st.DataObject, form: Form, cut_off: bool) -> None:
    pieces = st.sampled_from(['{"', '":', "{", "}", "[", "]", '"', ",", "null", "\\u", " ", "\n", *form.keys])
    whole = data.draw(fitting_objects(form).map(json.dumps))
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    text = data.draw(st.lists(st.one_of(pieces, st.text(max_size=5), st.just(cut)), max_size=20).map("".join))
    reading = read_answer(form, text, cut_off)
    assert (not reading.problems) == (set(reading.values) == set(form.keys))


@given(st.data(), forms(), st.sampled_from(["{}", "{ {", "So {x} is: ", "```json\n", '{"x": {}}']))
def test_what_stands_around_the_object_does_not_matter(data: st.DataObject, form: Form, before: str) -> None:
    form = Form(form.name, tuple(one for one in form.fields if one.key != "x") or form.fields[:1])
    answer = json.dumps(data.draw(fitting_objects(form)))
    assert read_answer(form, f"{before}{answer}\n```\nI hope {{this}} helps.") == read_answer(form, answer)


def test_a_plain_answer_that_breaks_off_counts_as_far_as_it_goes() -> None:
    reading = read_answer(plain_form("What is it?"), "A bridge with", cut_off=True)
    assert reading.values == {"answer": "A bridge with"}
    assert reading.problems == (FieldProblem("answer", ProblemKind.CUT_OFF),)


@given(JSON_VALUES)
def test_a_plain_prompt_takes_any_text(value: Any) -> None:
    text = f"  {json.dumps(value)}\n"
    assert read_answer(plain_form("What is it?"), text).values == {"answer": text.strip()}


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("yes", True),
        ("Yes.", True),
        (" TRUE ", True),
        (1, True),
        ("是", True),
        ("是的。", True),
        ("有", True),
        ("no", False),
        ("False", False),
        (0, False),
        ("没有", False),
        ("无", False),
        ("不是。", False),
        (2, ProblemKind.WRONG_TYPE),
        (1.0, ProblemKind.WRONG_TYPE),
        ("maybe", ProblemKind.WRONG_TYPE),
        ("yes and no", ProblemKind.WRONG_TYPE),
        ([True], ProblemKind.WRONG_TYPE),
        (None, ProblemKind.MISSING),
        ("", ProblemKind.MISSING),
    ],
)
def test_yes_and_no_in_words(value: Any, right: bool | ProblemKind) -> None:
    given = read(YesNo(), value)
    assert given == right
    assert type(given) is type(right)


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        (Number(), "12", 12),
        (Number(), "+12", 12),
        (Number(), "-3.50", -3.5),
        (Number(), "−3", -3),
        (Number(), "1,5", 1.5),
        (Number(), "0,125", 0.125),
        (Number(), "1234,567", 1234.567),
        (Number(), "1,234", ProblemKind.WRONG_TYPE),
        (Number(), "1,234,567", ProblemKind.WRONG_TYPE),
        (Number(), "1 000", ProblemKind.WRONG_TYPE),
        (Number(), "about 12", ProblemKind.WRONG_TYPE),
        (Number(), "12 to 14", ProblemKind.WRONG_TYPE),
        (Number(), "2024-05-01", ProblemKind.WRONG_TYPE),
        (Number(), "twelve", ProblemKind.WRONG_TYPE),
        (Number(), "12 mm", ProblemKind.WRONG_TYPE),
        (Number("mm"), "12 mm", 12),
        (Number("mm"), "12,5MM.", 12.5),
        (Number("mm"), "12 cm", ProblemKind.WRONG_TYPE),
        (Number("m2"), "12 m2", 12),
        (Number("m2"), "122", 122),
        (Number("%"), "45%", 45),
        (Number("毫米"), "3毫米", 3),
        (Number(), True, ProblemKind.WRONG_TYPE),
        (Number(), [12], ProblemKind.WRONG_TYPE),
        (Number(), "12345678901234567891", 12345678901234567891),
        (Number(whole=True), 3.0, 3),
        (Number(whole=True), "3,0", 3),
        (Number(whole=True), 3.5, ProblemKind.WRONG_TYPE),
        (Number(whole=True, minimum=0.5), 0, ProblemKind.OUT_OF_RANGE),
        (Number(minimum=0, maximum=10), 0, 0),
        (Number(minimum=0, maximum=10), 10.0, 10.0),
        (Number(minimum=0, maximum=10), 10.01, ProblemKind.OUT_OF_RANGE),
        (Number(minimum=0, maximum=10), "-1", ProblemKind.OUT_OF_RANGE),
        (Number(), 10**400, ProblemKind.OUT_OF_RANGE),
        (Number(), "9" * 5000, ProblemKind.OUT_OF_RANGE),
    ],
)
def test_numbers_in_words(kind: Number, value: Any, right: float | ProblemKind) -> None:
    given = read(kind, value)
    assert given == right
    assert type(given) is type(right)


@pytest.mark.parametrize("number", ["1e999", "-1e999", "1" * 400, "1" * 5000, "NaN", "Infinity"])
@pytest.mark.parametrize("kind", [YesNo(), Number(), Text(), Choice(("a",)), Items(), Places()])
def test_numbers_beyond_every_computer_are_no_value(number: str, kind: FieldKind) -> None:
    form = Form("One", (FormField("v", "V", kind), FormField("w", "W", Text())))
    reading = read_answer(form, f'{{"v": {number}, "w": "kept"}}')
    assert "v" not in reading.values
    in_places = read_answer(form, f'{{"v": [[1, 2, 3, {number}]], "w": "kept"}}')
    assert "v" not in in_places.values


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("Red", "red"),
        (" red. ", "red"),
        ("red。", "red"),
        (["red"], "red"),
        ("Approx.", "approx."),
        (3, "3"),
        ("None", "None"),
        ("none", "None"),
        ("redd", ProblemKind.NOT_AN_OPTION),
        ("red or blue", ProblemKind.NOT_AN_OPTION),
        (["red", "blue"], ProblemKind.WRONG_TYPE),
        (True, ProblemKind.WRONG_TYPE),
        (".", ProblemKind.NOT_AN_OPTION),
        ({"value": "red"}, ProblemKind.WRONG_TYPE),
    ],
)
def test_options_in_other_letters(value: Any, right: str | ProblemKind) -> None:
    assert read(Choice(("red", "blue", "approx.", "3", "None", "...")), value) == right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ([], []),
        (["c", "a", "C "], ["c", "a"]),
        (["b", "c"], ["c", "b"]),
        ("b", ["b"]),
        (["a", "x"], ProblemKind.NOT_AN_OPTION),
        (["a", None], ProblemKind.WRONG_TYPE),
        ("a, b", ProblemKind.NOT_AN_OPTION),
    ],
)
def test_several_options_come_once_and_in_the_forms_order(value: Any, right: Any) -> None:
    assert read(Choices(("c", "a", "b")), value) == right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024/5/1", "2024-05-01"),
        (" 2024.05.01 ", "2024-05-01"),
        ("2024年5月1日", "2024-05-01"),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", ProblemKind.NOT_A_DATE),
        ("2024-13-01", ProblemKind.NOT_A_DATE),
        ("0000-01-01", ProblemKind.NOT_A_DATE),
        ("01/05/2024", ProblemKind.NOT_A_DATE),
        ("May 2024", ProblemKind.NOT_A_DATE),
        (20240501, ProblemKind.WRONG_TYPE),
    ],
)
def test_dates(value: Any, right: str | ProblemKind) -> None:
    assert read(Date(), value) == right


@pytest.mark.parametrize(
    ("kind", "value", "right"),
    [
        (Text(max_length=5), "seven..", ProblemKind.TOO_LONG),
        (Text(), 12, "12"),
        (Text(), 1.5, "1.5"),
        (Text(), True, ProblemKind.WRONG_TYPE),
        (Text(), ["a"], ProblemKind.WRONG_TYPE),
        (Text(), "", ""),
        (Text(), "null", "null"),
        (Text(max_length=0), "x" * 4000, "x" * 4000),
        (Text(max_length=0), "x" * 4001, ProblemKind.TOO_LONG),
        (Text(max_length=2), "图片", "图片"),
        (Items(), "one", ["one"]),
        (Items(), ["one", 2], ["one", "2"]),
        (Items(), "", ProblemKind.MISSING),
        (Items(most=1), ["one", "two"], ProblemKind.TOO_LONG),
        (Items(max_length=2), ["one"], ProblemKind.TOO_LONG),
        (Items(), [["one"]], ProblemKind.WRONG_TYPE),
        (Items(), {"a": "one"}, ProblemKind.WRONG_TYPE),
    ],
)
def test_words_and_lists_of_words(kind: FieldKind, value: Any, right: Any) -> None:
    assert read(kind, value) == right


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ([], []),
        ([[1, 2, 3, 4]], [[1, 2, 3, 4]]),
        ([1, 2, 3, 4], [[1, 2, 3, 4]]),
        ([[1.4, 2.6, 3, 4]], [[1, 3, 3, 4]]),
        ({"bbox_2d": [1, 2, 3, 4], "label": "car"}, [[1, 2, 3, 4]]),
        ([{"bbox_2d": [1, 2, 3, 4]}, {"bbox": [5, 6, 7, 8]}], [[1, 2, 3, 4], [5, 6, 7, 8]]),
        ([[-3, 2, 30, 40]], [[0, 2, 30, 40]]),
        ([[0, 0, 1, 1]], [[0, 0, 1, 1]]),
        ([[0.1, 0.2, 0.5, 0.9]], ProblemKind.WRONG_TYPE),
        ([[1, 2, 3]], ProblemKind.WRONG_TYPE),
        ([[1, 2, 3, "4"]], ProblemKind.WRONG_TYPE),
        ([{"point": [1, 2]}], ProblemKind.WRONG_TYPE),
        ([{"bbox_2d": "1, 2, 3, 4"}], ProblemKind.WRONG_TYPE),
        ([[1, 2, 3, 20_001]], ProblemKind.OUT_OF_RANGE),
        ([[1, 2, 3, True]], ProblemKind.WRONG_TYPE),
        ([[1, 2, 3, 4]] * 3, ProblemKind.TOO_LONG),
        ("left of the door", ProblemKind.WRONG_TYPE),
    ],
)
def test_boxes(value: Any, right: Any) -> None:
    assert read(Places(most=2), value) == right


@pytest.mark.parametrize("kind", [YesNo(), Number(), Choice(("a",)), Choices(("a",)), Date(), Places()])
@pytest.mark.parametrize("nothing", [None, "", "null", "None", " N/A "])
def test_words_for_nothing_are_null_where_null_is_allowed(kind: FieldKind, nothing: Any) -> None:
    assert read(kind, nothing, required=False) is None
    assert read(kind, nothing) is ProblemKind.MISSING


RUST = Form("Rust", (FormField("rust", "Rust", YesNo()), FormField("words", "Words", Text())))


@pytest.mark.parametrize(
    "text",
    [
        '{"rust": true, "words": "a"}',
        '```json\n{"rust": true, "words": "a"}\n```',
        'Here you are: {"rust": true, "words": "a"} Anything else?',
        'In {braces}: {"rust": true, "words": "a"}',
        '[{"rust": true, "words": "a"}]',
        '{"answer": {"rust": true, "words": "a"}}',
        '{"example": {"rust": false}} {"rust": true, "words": "a"}',
        '{"words": "b", "rust": true, "words": "a"}',
        '{"rust": true, "words": "a", "more": {"rust": false}}',
    ],
)
def test_the_object_is_found_wherever_it_is(text: str) -> None:
    assert read_answer(RUST, text).values == {"rust": True, "words": "a"}


def test_a_line_break_inside_a_text_is_forgiven() -> None:
    assert read_answer(RUST, '{"rust": true, "words": "a\nb"}').values["words"] == "a\nb"


@pytest.mark.parametrize(
    ("text", "cut_off", "kind"),
    [
        ("There is rust.", False, ProblemKind.NO_JSON),
        ("", False, ProblemKind.NO_JSON),
        ('{"colour": "red"}', False, ProblemKind.NO_JSON),
        ('{"rust": tru', True, ProblemKind.CUT_OFF),
        ('{"rust": ' + "\n" * 90, True, ProblemKind.BLANKS),
        ('{"a":' * 100_000, False, ProblemKind.NO_JSON),
        ("[" * 100_000, False, ProblemKind.NO_JSON),
    ],
)
def test_why_there_is_no_object(text: str, cut_off: bool, kind: ProblemKind) -> None:
    reading = read_answer(RUST, text, cut_off)
    assert reading.values == {}
    assert reading.problems == (FieldProblem("", kind),)


@pytest.mark.parametrize(
    ("behind", "cut_off", "kind"),
    [
        ('"words": "and so o', True, ProblemKind.CUT_OFF),
        ('"words":' + " " * 90, True, ProblemKind.BLANKS),
        ('"words": He said "no"}', False, ProblemKind.NO_JSON),
    ],
)
def test_an_answer_that_breaks_off_keeps_what_it_said_before(
    behind: str, cut_off: bool, kind: ProblemKind
) -> None:
    reading = read_answer(RUST, '{"rust": true, ' + behind, cut_off)
    assert reading.values == {"rust": True}
    assert reading.problems == (FieldProblem("words", kind),)


def test_a_missing_field_does_not_cost_the_others() -> None:
    reading = read_answer(RUST, '{"words": "a"}')
    assert reading.values == {"words": "a"}
    assert reading.problems == (FieldProblem("rust", ProblemKind.MISSING),)
