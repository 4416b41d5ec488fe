"""Captions: texts beside pictures, and respect for texts that are somebody's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.adapters.exporters.captions import RECORD, CaptionExporter
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import ExportOptions
from desktop_app.domain.runs.item import RunItem
from tests.fakes.handed_over import SURVEY, BrokenOffError, answered, failed, job, run


def item(folder: Path, text: str, name: str = "a.jpg", number: int = 1) -> RunItem:
    return answered(number, {"answer": text}, name=name, path=str(folder / name))


def write(folder: Path, *items: RunItem, to: Path | None = None, overwrite: bool = False) -> list[Note]:
    of = run(plain_form("Describe it."), folder)
    options = ExportOptions(overwrite=overwrite)
    return list(CaptionExporter().write(job(to or folder, *items, of=of, options=options)))


def codes(notes: list[Note]) -> dict[str, object]:
    return {note.code: dict(note.values)["count"] for note in notes}


def test_a_caption_lies_beside_its_picture(tmp_path: Path) -> None:
    assert write(tmp_path, item(tmp_path, "A bridge.", "x/a.jpg"), item(tmp_path, "桥", "b.png", 2)) == []
    assert (tmp_path / "x" / "a.txt").read_text("utf-8") == "A bridge.\n"
    assert (tmp_path / "b.txt").read_text("utf-8") == "桥\n"


def test_captions_go_to_another_folder_when_one_is_named(tmp_path: Path) -> None:
    pictures, texts = tmp_path / "pictures", tmp_path / "texts"
    write(pictures, item(pictures, "A bridge.", "x/a.jpg"), to=texts)
    assert (texts / "x" / "a.txt").read_text() == "A bridge.\n"
    assert not pictures.exists()


def test_somebodys_text_is_not_written_over_and_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    notes = write(tmp_path, item(tmp_path, "A bridge."), item(tmp_path, "A road.", "b.jpg", 2))
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert (tmp_path / "b.txt").read_text() == "A road.\n"
    assert [(note.code, note.values) for note in notes] == [
        ("captions-kept", (("count", 1), ("name", "a.txt")))
    ]


def test_somebodys_text_is_written_over_when_told_to(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("mine")
    assert write(tmp_path, item(tmp_path, "A bridge."), overwrite=True) == []
    assert (tmp_path / "a.txt").read_text() == "A bridge.\n"


def test_own_captions_are_renewed_unless_somebody_changed_them(tmp_path: Path) -> None:
    write(tmp_path, item(tmp_path, "one"), item(tmp_path, "two", "b.jpg", 2))
    (tmp_path / "b.txt").write_text("changed by hand")
    notes = write(tmp_path, item(tmp_path, "new one"), item(tmp_path, "new two", "b.jpg", 2))
    assert (tmp_path / "a.txt").read_text() == "new one\n"
    assert (tmp_path / "b.txt").read_text() == "changed by hand"
    assert codes(notes) == {"captions-kept": 1}


def test_a_record_that_is_broken_protects_everything(tmp_path: Path) -> None:
    write(tmp_path, item(tmp_path, "one"))
    (tmp_path / RECORD).write_text("[1, 2")
    assert codes(write(tmp_path, item(tmp_path, "new one"))) == {"captions-kept": 1}
    assert (tmp_path / "a.txt").read_text() == "one\n"


def test_what_was_written_before_a_break_can_be_renewed(tmp_path: Path) -> None:
    of = run(plain_form("Describe it."), tmp_path)
    with pytest.raises(BrokenOffError):
        CaptionExporter().write(
            job(tmp_path, item(tmp_path, "one"), item(tmp_path, "two", "b.jpg", 2), of=of, ends_after=1)
        )
    assert write(tmp_path, item(tmp_path, "new one")) == []
    assert (tmp_path / "a.txt").read_text() == "new one\n"


def test_pictures_of_one_name_and_without_an_answer_are_told(tmp_path: Path) -> None:
    notes = write(tmp_path, item(tmp_path, "one"), item(tmp_path, "two", "a.png", 2), failed(3))
    assert (tmp_path / "a.txt").read_text() == "one\n"
    assert codes(notes) == {"names-shared": 1, "no-caption": 1}


def test_a_form_becomes_lines_or_one_of_its_fields(tmp_path: Path) -> None:
    survey = answered(path=str(tmp_path / "a.jpg"))
    CaptionExporter().write(job(tmp_path, survey, of=run(SURVEY, tmp_path)))
    lines = (tmp_path / "a.txt").read_text("utf-8").splitlines()
    assert lines[:3] == ["Is there rust?: yes", "Width: 12.5", "Bolts: 4"]
    options = ExportOptions(caption="colour")
    CaptionExporter().write(job(tmp_path, survey, of=run(SURVEY, tmp_path), options=options))
    assert (tmp_path / "a.txt").read_text() == "red\n"


def test_a_name_a_folder_has_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(AppError) as caught:
        write(tmp_path, item(tmp_path, "one"))
    assert caught.value.code is ErrorCode.EXPORT_FAILED
