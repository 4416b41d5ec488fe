"""What stands in the cells of a table that is handed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Date, Form, FormField, Number, Places, Text, YesNo
from desktop_app.domain.forms.reading import CellValue
from desktop_app.domain.runs.about import about
from desktop_app.domain.runs.exports import ExportFormat, format_of
from desktop_app.domain.runs.table import export_value, inert, is_formula, table_of, writable
from tests.fakes.handed_over import SURVEY, VALUES, answered, failed, run


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
def test_values_at_the_edges(kind: object, value: CellValue, cell: object) -> None:
    found = export_value(FormField("a", "A", kind), value)  # type: ignore[arg-type]
    assert found == cell
    assert type(found) is type(cell)


def test_words_of_the_programs_own_are_translated_and_answers_are_not() -> None:
    words = {"yes": "是"}.get
    assert export_value(SURVEY.fields[0], True, lambda text: words(text, text)) == "是"
    assert export_value(SURVEY.fields[3], "yes", lambda text: words(text, text)) == "yes"


def test_a_persons_value_counts_and_is_told() -> None:
    item = answered(edited={"rust": False, "colour": "grey"}, note="looked twice")
    table = table_of(run(), [item])
    cells = dict(zip([column.key for column in table.columns], table.row(item), strict=True))
    assert (cells["rust"], cells["colour"], cells["changed"]) == ("no", "grey", "Is there rust?; Colour")
    assert (cells["note"], cells["confidence"], cells["model"]) == ("looked twice", None, "Qwen2-VL-7B")


def test_what_failed_says_why_and_has_no_values() -> None:
    item = failed()
    table = table_of(run(), [item])
    cells = dict(zip([column.key for column in table.columns], table.row(item), strict=True))
    assert cells["failure"] == "The picture broken.jpg is damaged."
    assert (cells["state"], cells["rust"], cells["model"]) == ("failed", None, None)


def test_no_two_columns_have_the_same_key() -> None:
    fields = tuple(FormField(key, key, Text()) for key in ("name", "path", "run_path", "state", "note"))
    columns = table_of(run(Form("Clash", fields)), []).columns
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


def test_a_run_can_be_repeated_from_what_is_told_about_it() -> None:
    told = dict(about(run()))
    assert told["Prompt"] == "Look at the steel."
    assert told["System prompt"] == "Be brief."
    assert told["Temperature"] == 0.2
    assert told["Model"] == "Qwen2-VL-7B"
    assert told["Server"] == "gpu-box http://gpu-box:8000/v1"
    assert told["Lightdesk"] == "1.2.3"
    assert told["Form"] == "Survey (3)"
    assert told["Width"] == "width: number mm ≥ 0 ≤ 5000"
    assert told["Sign"] == "sign: boxes: left, top, right, bottom in pixels, may be empty"
