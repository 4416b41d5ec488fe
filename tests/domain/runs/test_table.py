"""What stands in the cells of a table that is handed over."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Date, FieldKind, Form, FormField, Number, Places, Text, YesNo
from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.forms.reading import FieldProblem
from desktop_app.domain.forms.schema import schema_of
from desktop_app.domain.forms.values import CellValue, ProblemKind
from desktop_app.domain.runs.about import about, changes
from desktop_app.domain.runs.asked import prompts_of
from desktop_app.domain.runs.export_format import ExportFormat, format_of
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import AskingMethod, Run, RunServer
from desktop_app.domain.runs.table import ExportValue, export_value, inert, is_formula, table_of, writable
from tests.fakes.handed_over import READ, SURVEY, VALUES, answer, answered, failed, run


def test_every_kind_of_value_has_its_form_in_a_cell() -> None:
    row = [export_value(one, VALUES[one.key]) for one in SURVEY.fields]
    assert row == [
        "yes",
        12.5,
        4,
        'Heavy, "deep" rust,\nnear the flange',
        "red",
        "bolt; nut",
        date(2026, 3, 9),
        "Ann; 王伟",
        "10,20,110,220; 0,0,5,5",
        None,
    ]


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (YesNo(), False, "no"),
        (Number(), 0, 0),
        (Number(), -5, -5),
        (Number(), "12 or so", "12 or so"),
        (Date(), "soon", "soon"),
        (Places(), [], ""),
        (Text(), "half \ud800 a letter\0", "half ? a letter"),
    ],
)
def test_values_at_the_edges(kind: FieldKind, value: CellValue, cell: object) -> None:
    found = export_value(FormField("a", "A", kind), value)
    assert found == cell
    assert type(found) is type(cell)


def test_words_of_the_programs_own_are_translated_and_answers_are_not() -> None:
    words = {"yes": "是"}.get
    assert export_value(SURVEY.fields[0], True, lambda text: words(text, text)) == "是"
    assert export_value(SURVEY.fields[3], "yes", lambda text: words(text, text)) == "yes"


def test_a_persons_value_counts_and_is_told() -> None:
    item = answered(edited={"rust": False, "colour": "grey"}, note="looked twice")
    table = table_of(run(), [item], READ)
    cells = dict(zip([column.key for column in table.columns], table.row(item), strict=True))
    assert (cells["rust"], cells["colour"], cells["changed"]) == ("no", "grey", "rust; colour")
    assert (cells["note"], cells["confidence"], cells["model"]) == ("looked twice", None, "Qwen2-VL-7B")


def test_what_failed_says_why_and_has_no_values() -> None:
    item = failed()
    table = table_of(run(), [item], READ)
    cells = dict(zip([column.key for column in table.columns], table.row(item), strict=True))
    assert cells["failure"] == "The picture broken.jpg is damaged."
    assert (cells["state"], cells["rust"], cells["model"]) == ("failed", None, None)


def test_no_two_columns_have_the_same_key() -> None:
    fields = tuple(FormField(key, key, Text()) for key in ("name", "path", "run_path", "state", "note"))
    columns = table_of(run(Form("Clash", fields)), [], READ).columns
    keys = [column.key for column in columns]
    assert len(set(keys)) == len(keys)
    assert [column.key for column in columns if column.field] == [one.key for one in fields]


@given(st.text(), st.sampled_from(["", " ", "\n", "\t", "\u3000"]), st.sampled_from("=+-@＝＋－＠"))
def test_no_text_can_run_in_a_spreadsheet(rest: str, blank: str, sign: str) -> None:
    text = writable(blank + sign + rest)
    assert inert(text) == f"'{text}"


@given(st.text(), st.sampled_from("\t\r\n"))
def test_no_text_can_begin_a_cell_anew(rest: str, blank: str) -> None:
    text = writable(blank + rest)
    assert inert(text) == f"'{text}"


@given(st.text())
def test_text_that_is_no_formula_is_left_as_it_is(text: str) -> None:
    text = writable(text)
    if text.strip()[:1] not in set("=+-@＝＋－＠") and text[:1] not in set("\t\r\n"):
        assert inert(text) == text
        assert not is_formula(text)


@given(st.integers() | st.floats(allow_nan=False) | st.dates() | st.none())
def test_numbers_and_dates_stay_what_they_are(value: float | date | None) -> None:
    assert inert(value) is value


@given(st.text(st.characters()))
def test_every_text_can_be_written(text: str) -> None:
    assert "\0" not in writable(text).encode("utf-8").decode()


@pytest.mark.parametrize(
    ("path", "name", "wanted"),
    [
        ("a.csv", "", ExportFormat.CSV),
        ("a.XLSX", "", ExportFormat.XLSX),
        ("a.ndjson", "", ExportFormat.JSONL),
        ("a.htm", "", ExportFormat.HTML),
        ("a.coco.json", "", ExportFormat.COCO),
        ("labels", "YOLO", ExportFormat.YOLO),
        ("a.txt", "csv", ExportFormat.CSV),
    ],
)
def test_the_format_is_named_or_told_by_the_files_name(path: str, name: str, wanted: ExportFormat) -> None:
    assert format_of(Path(path), name) is wanted


@pytest.mark.parametrize(("path", "name"), [("a.docx", ""), ("a", ""), ("a.csv", "excel")])
def test_a_format_nobody_knows_is_refused(path: str, name: str) -> None:
    with pytest.raises(AppError) as caught:
        format_of(Path(path), name)
    assert caught.value.code is ErrorCode.EXPORT_FORMAT


def told_about(*items: RunItem, of: Run | None = None) -> dict[str, ExportValue]:
    return dict(about(table_of(of or run(), items, READ)))


def test_a_run_can_be_repeated_from_what_is_told_about_it() -> None:
    told = told_about(answered())
    assert told["Prompt"] == form_prompt(SURVEY, "Look at the steel.", "qwen2-vl")
    assert told["JSON schema"] == json.dumps(schema_of(SURVEY), ensure_ascii=False)
    assert told["System prompt"] == "Be brief."
    assert told["Temperature"] == 0.2
    assert told["Model"] == "Qwen2-VL-7B"
    assert told["Server"] == "gpu-box http://gpu-box:8000/v1"
    assert told["Lightdesk"] == "1.2.3"
    assert told["Form"] == "Survey, version 3"
    assert told["Width"] == "width: number mm ≥ 0 ≤ 5000"
    assert told["Sign"] == "sign: boxes: left, top, right, bottom in pixels, may be empty"


def test_the_prompt_is_the_one_that_was_sent_to_each_family_of_models() -> None:
    of = run(replace(SURVEY, instructions="This is {{file}}.", describe=False))
    assert prompts_of(of) == ("This is {{file}}.",)
    prompted = replace(of, method=AskingMethod.PROMPTED)
    assert "Its fields:" in prompts_of(prompted)[0], "nothing else tells a server without schemas the fields"
    assert "JSON schema" in told_about(of=prompted)
    assert told_about(of=prompted)["JSON schema"] is None
    servers = tuple(RunServer("box", "http://b/v1", "m", family=one) for one in ("qwen2-vl", "qwen2.5-vl"))
    two = prompts_of(replace(prompted, plan=replace(of.plan, servers=servers)))
    assert ["pixels of the picture" in prompt for prompt in two] == [False, True]


def test_dates_counts_changes_and_shared_answers_are_told() -> None:
    twin = replace(answered(2, name="twin.jpg"), shared_from=1)
    told = told_about(answered(edited={"rust": False, "sign": [[1, 2, 3, 4]]}), twin, failed(3))
    assert datetime.strptime(str(told["Made"]), "%Y-%m-%d %H:%M (UTC%z)") == run().created
    assert datetime.strptime(str(told["Exported"]), "%Y-%m-%d %H:%M (UTC%z)") == READ
    assert (told["Pictures"], told["Rows in this table"]) == (3, 3)
    assert told["Rows changed by hand"] == 1
    assert told["Rows that share the answer of an identical picture"] == 1


def test_what_was_changed_by_hand_is_told_with_what_the_answer_said() -> None:
    table = table_of(run(), [answered(edited={"rust": False, "sign": [[1, 2, 3, 4]]}), answered(2)], READ)
    assert list(changes(table)) == [
        ("span/IMG_0001.jpg", "Is there rust?", "yes", "no"),
        ("span/IMG_0001.jpg", "Sign", None, "1,2,3,4"),
    ]


def cells_of(item: RunItem, names: dict[int, str] | None = None) -> dict[str, ExportValue]:
    table = table_of(run(), [item], READ, names)
    return dict(zip([column.key for column in table.columns], table.row(item), strict=True))


def test_a_row_tells_the_words_of_the_server_that_refused_it() -> None:
    refused = AnswerFailure(ErrorCode.SERVER_REQUEST_REFUSED, (), '400: "image is too small"')
    cells = cells_of(replace(failed(), failure=refused))
    assert cells["failure"] == "The server did not accept the question."
    assert cells["failure_details"] == '400: "image is too small"'
    assert cells_of(answered())["failure_details"] is None


def test_a_row_without_a_usable_answer_tells_what_was_answered() -> None:
    no_form = AnswerFailure(ErrorCode.ANSWER_NOT_A_FORM)
    said = replace(answer({}), raw="I see a bridge.")
    cells = cells_of(replace(failed(), failure=no_form, answer=said))
    assert cells["failure_details"] == "I see a bridge."


def test_a_row_tells_which_fields_lack_a_usable_value_until_a_person_fills_them_in() -> None:
    problems = (FieldProblem("width", ProblemKind.MISSING), FieldProblem("day", ProblemKind.MISSING))
    said = replace(answer({"rust": True}), problems=problems, raw='{"rust": true}')
    item = replace(answered(), answer=said)
    cells = cells_of(item)
    assert cells["failure"] == "The answer gives nothing usable for: width; day."
    assert cells["failure_details"] == '{"rust": true}'
    assert cells_of(replace(item, edited={"width": 3}))["failure"] == (
        "The answer gives nothing usable for: day."
    )
    mended = cells_of(replace(item, edited={"width": 3, "day": None}))
    assert (mended["failure"], mended["failure_details"]) == (None, None)


def test_a_row_tells_that_its_plain_answer_breaks_off() -> None:
    said = replace(answered().answer or answer({}), problems=(FieldProblem("words", ProblemKind.CUT_OFF),))
    cells = cells_of(replace(answered(), answer=said))
    assert cells["words"] == VALUES["words"]
    assert cells["failure"] == "The answer was too long and was cut off."
    assert cells["failure_details"] is None, "what there is of it stands in its own cell"


def test_people_are_told_of_fields_by_their_labels_and_programs_by_their_keys() -> None:
    said = replace(answer({}), problems=(FieldProblem("width", ProblemKind.MISSING),))
    item = replace(answered(), answer=said, edited={"rust": False, "damage": []})
    table = table_of(run(), [item], READ)
    for_people = {column.key: table.value(item, column) for column in table.columns}
    assert for_people["changed"] == "Is there rust?; Damage <1>"
    assert for_people["failure"] == "The answer gives nothing usable for: Width."
    assert cells_of(item)["changed"] == "rust; damage"
    assert cells_of(item)["failure"] == "The answer gives nothing usable for: width."


def test_a_row_names_the_identical_picture_whose_answer_it_shares() -> None:
    assert cells_of(replace(answered(2), shared_from=1), {1: "a/first.jpg"})["same_as"] == "a/first.jpg"
    assert cells_of(answered(1))["same_as"] is None


def test_people_are_spared_facts_about_which_there_is_nothing_to_tell() -> None:
    def keys(*items: RunItem) -> list[str]:
        return [column.key for column in table_of(run(), items, READ).told_columns() if column.fact]

    assert keys(answered()) == ["name", "state", "confidence", "model", "server", "path"]
    assert keys(answered(), failed()) == [
        "name",
        "state",
        "confidence",
        "failure",
        "failure_details",
        "model",
        "server",
        "path",
    ]
    assert [one.key for one in table_of(run(), [], READ).told_columns()] == ["name", *SURVEY.keys]
