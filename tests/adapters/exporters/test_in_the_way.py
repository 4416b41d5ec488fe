"""What an export would replace is told before it does."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from desktop_app.adapters.exporters.captions import CaptionExporter
from desktop_app.adapters.exporters.registry import exporter_of
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.runs.export_format import ExportFormat, ExportOptions
from desktop_app.domain.runs.exports import ExportJob
from tests.fakes.handed_over import answered, failed, job, run

FILES = [one for one in ExportFormat if one not in (ExportFormat.YOLO, ExportFormat.CAPTIONS)]


@pytest.mark.parametrize("wanted", FILES)
def test_a_file_is_in_the_way_when_it_is_there(tmp_path: Path, wanted: ExportFormat) -> None:
    told = job(tmp_path / "table", answered())
    assert exporter_of(wanted).in_the_way(told) == 0
    (tmp_path / "table").write_text("somebody's work")
    assert exporter_of(wanted).in_the_way(told) == 1
    assert (tmp_path / "table").read_text() == "somebody's work"


@pytest.mark.parametrize("wanted", ExportFormat)
def test_a_folder_that_is_gone_is_told_and_not_made(tmp_path: Path, wanted: ExportFormat) -> None:
    with pytest.raises(AppError) as caught:
        exporter_of(wanted).in_the_way(job(tmp_path / "stick" / "table", answered()))
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.FOLDER_MISSING, "stick")
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("wanted", FILES)
def test_a_folder_of_the_name_of_a_file_is_told(tmp_path: Path, wanted: ExportFormat) -> None:
    (tmp_path / "table").mkdir()
    with pytest.raises(AppError) as caught:
        exporter_of(wanted).in_the_way(job(tmp_path / "table", answered()))
    assert caught.value.code is ErrorCode.EXPORT_FAILED


@pytest.mark.parametrize("wanted", ExportFormat)
def test_a_place_that_cannot_be_written_is_told_before_anything_is_done(
    tmp_path: Path, wanted: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")  # the superuser, who may run this, can write anywhere

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    with pytest.raises(AppError) as caught:
        exporter_of(wanted).in_the_way(job(tmp_path / "table", answered()))
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_DENIED, tmp_path.name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wanted", FILES)
def test_a_file_that_another_program_holds_is_told_before_anything_is_done(
    tmp_path: Path, wanted: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "table").write_text("open in Excel")

    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "The process cannot access the file", str(path))  # what Windows says

    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(AppError) as caught:
        exporter_of(wanted).in_the_way(job(tmp_path / "table", answered()))
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_FAILED, "table")


@pytest.mark.skipif(sys.platform == "win32", reason="there, a file that is open is in use anyway")
@pytest.mark.parametrize("wanted", FILES)
def test_looking_changes_nothing(tmp_path: Path, wanted: ExportFormat) -> None:
    path = tmp_path / "table"
    path.write_text("somebody's work")
    before = path.stat()
    exporter_of(wanted).in_the_way(job(path, answered()))
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert [one.name for one in tmp_path.iterdir()] == ["table"]


def test_a_folder_with_something_in_it_takes_no_boxes(tmp_path: Path) -> None:
    told = job(tmp_path / "boxes", answered())
    exporter = exporter_of(ExportFormat.YOLO)
    assert exporter.in_the_way(told) == 0
    (tmp_path / "boxes").mkdir()
    assert exporter.in_the_way(told) == 0
    (tmp_path / "boxes" / "mine").write_text("")
    with pytest.raises(AppError) as caught:
        exporter.in_the_way(told)
    assert caught.value.code is ErrorCode.EXPORT_FOLDER


def captions(folder: Path, overwrite: bool) -> ExportJob:
    items = [
        answered(number, {"answer": f"Bridge {number}."}, name=name, path=str(folder / name))
        for number, name in enumerate(("a.jpg", "b.jpg", "c.jpg"), start=1)
    ]
    of = run(plain_form("Describe it."), folder)
    return job(folder, *items, failed(4, "d.jpg"), of=of, options=ExportOptions(overwrite=overwrite))


def test_texts_of_somebody_else_are_counted_where_they_are_to_be_replaced(tmp_path: Path) -> None:
    CaptionExporter().write(captions(tmp_path, overwrite=False))
    (tmp_path / "a.txt").write_text("mine")
    (tmp_path / "d.txt").write_text("of a picture without an answer")
    assert CaptionExporter().in_the_way(captions(tmp_path, overwrite=True)) == 1
    assert CaptionExporter().in_the_way(captions(tmp_path, overwrite=False)) == 0, "they are kept"
    assert (tmp_path / "a.txt").read_text() == "mine"
