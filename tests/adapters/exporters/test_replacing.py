"""Exports that fail leave what was there, and nothing else."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

import pytest

from desktop_app.adapters.exporters.registry import exporter_of
from desktop_app.adapters.exporters.xlsx_file import _Target
from desktop_app.domain.error_texts import english
from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full
from desktop_app.domain.runs.export_format import ExportFormat
from tests.fakes.handed_over import BrokenOffError, answered, job

FILES = [
    ExportFormat.CSV,
    ExportFormat.XLSX,
    ExportFormat.JSONL,
    ExportFormat.HTML,
    ExportFormat.COCO,
]
ITEMS = [answered(number) for number in range(1, 200)]


@contextmanager
def no_room() -> Iterator[None]:
    """No file may grow beyond 4 kB; the system says so in the same way as of a full disk.

    Around the writing alone: the test runner's own output may be a file, too.
    """
    import resource

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("wanted", FILES)
def test_an_export_that_is_broken_off_leaves_the_old_file(tmp_path: Path, wanted: ExportFormat) -> None:
    path = tmp_path / "table"
    path.write_text("the old one")
    with pytest.raises(BrokenOffError):
        exporter_of(wanted).write(job(path, *ITEMS[:9], ends_after=5))
    assert path.read_text() == "the old one"
    assert [one.name for one in tmp_path.iterdir()] == ["table"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are Unix's")
@pytest.mark.parametrize("wanted", FILES)
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, wanted: ExportFormat) -> None:
    path = tmp_path / "table"
    path.write_text("the old one")
    with no_room(), pytest.raises(AppError) as caught:
        exporter_of(wanted).write(job(path, *ITEMS))
    assert caught.value.code is ErrorCode.EXPORT_NO_ROOM
    assert path.read_text() == "the old one"
    assert [one.name for one in tmp_path.iterdir()] == ["table"]


def test_an_archive_that_is_collected_after_an_error_writes_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "table"
    with path.open("wb") as file:
        target = _Target(file)
        archive = zipfile.ZipFile(cast("IO[bytes]", target), "w")
        archive.writestr("a", "x")
        target.give_up()
    before = path.read_bytes()
    archive.close()  # what collecting it does; the file is closed by now
    assert path.read_bytes() == before
    assert not isinstance(target, io.IOBase), "collecting one closes it, perhaps before the archive"


@pytest.mark.parametrize("wanted", FILES)
def test_a_new_table_takes_the_place_of_the_old_one(tmp_path: Path, wanted: ExportFormat) -> None:
    path = tmp_path / "table"
    path.write_text("the old one")
    path.chmod(0o640)
    exporter_of(wanted).write(job(path, *ITEMS[:2]))
    assert b"the old one" not in path.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["table"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("wanted", [*FILES, ExportFormat.YOLO])
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, wanted: ExportFormat) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError) as caught:
        exporter_of(wanted).write(job(tmp_path / "file" / "table", *ITEMS[:2]))
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_DENIED, "file")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("wanted", FILES)
def test_a_file_that_another_program_has_opened_meanwhile_stays_and_is_told(
    tmp_path: Path, wanted: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table"
    path.write_text("the old one")

    def refused(source: Path, target: Path) -> None:
        raise PermissionError(13, "Access is denied", str(source), 5, str(target))  # what Windows says

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(AppError) as caught:
        exporter_of(wanted).write(job(path, *ITEMS[:2]))
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_FAILED, "table")
    assert path.read_text() == "the old one"
    assert [one.name for one in tmp_path.iterdir()] == ["table"]


def test_more_rows_than_a_sheet_holds_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.adapters.exporters.xlsx_file.MOST_ROWS", 2)
    with pytest.raises(AppError) as caught:
        exporter_of(ExportFormat.XLSX).write(job(tmp_path / "a.xlsx", *ITEMS[:3]))
    assert english(caught.value).sentence == "a.xlsx would have more rows than a sheet can hold: 2."
    assert list(tmp_path.iterdir()) == []


def test_a_new_table_may_be_read_by_those_who_may_read_the_users_documents(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        exporter_of(ExportFormat.CSV).write(job(tmp_path / "a.csv", *ITEMS[:1]))
    finally:
        os.umask(before)
    if sys.platform != "win32":
        assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o644


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    link = tmp_path / "link.csv"
    try:
        link.symlink_to(tmp_path / "real.csv")
    except OSError as problem:
        pytest.skip(f"no links here: {problem}")
    exporter_of(ExportFormat.CSV).write(job(link, *ITEMS[:1]))
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("name,")


def test_a_picture_that_cannot_be_had_leaves_its_cell_empty(tmp_path: Path) -> None:
    for wanted in (ExportFormat.XLSX, ExportFormat.HTML):
        told = replace(job(tmp_path / wanted.value, *ITEMS[:2]), picture=lambda item: None)
        exporter_of(wanted).write(told)
        assert (tmp_path / wanted.value).stat().st_size > 1000


def test_errno_of_the_limit_counts_as_a_full_disk() -> None:
    assert is_disk_full(OSError(errno.EFBIG, "File too large"))
