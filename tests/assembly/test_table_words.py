"""Tables are handed over in the language of the window."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QApplication

from desktop_app.adapters.exporters.xlsx_file import XlsxExporter
from desktop_app.assembly.table_words import table_words
from tests.fakes.handed_over import answered, failed, job
from tests.fakes.languages import speaking


def test_a_workbook_speaks_the_language_of_the_window(qapp: QApplication, tmp_path: Path) -> None:
    with speaking(qapp, "zh_CN"):
        XlsxExporter().write(job(tmp_path / "a.xlsx", answered(), failed(), translate=table_words))
    sheet, about = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets
    heading = [cell.value for cell in sheet[1]]
    assert heading[1:3] == ["图片", "Is there rust?"]
    assert sheet["C2"].value == "是"
    failure = str(sheet[3][heading.index("问题")].value)
    assert "broken.jpg" in failure
    assert "damaged" not in failure
    assert about["A1"].value == "批次"


def test_words_nobody_has_translated_stay_as_they_are(qapp: QApplication) -> None:
    with speaking(qapp, "zh_CN"):
        assert table_words("no such words") == "no such words"
