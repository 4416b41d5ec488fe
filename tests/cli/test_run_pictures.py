"""Which pictures a run is about: folders, patterns, lists."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.cli.run_pictures import Wanted, find_pictures, fits
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.run import RunScope

SUFFIXES = frozenset((".jpg", ".png"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "scans"
    (made / "below").mkdir(parents=True)
    for name in ("IMG 10.jpg", "IMG 9.jpg", "front.PNG", "notes.txt", "below/IMG 1.jpg"):
        (made / name).write_text(name)
    return made


def names(wanted: Wanted) -> list[str]:
    return [name for _path, name in find_pictures(wanted, SUFFIXES).pictures]


def test_pictures_of_a_folder_are_in_natural_order(folder: Path) -> None:
    found = find_pictures(Wanted(str(folder)), SUFFIXES)
    assert [name for _path, name in found.pictures] == ["front.PNG", "IMG 9.jpg", "IMG 10.jpg"]
    assert found.pictures[0][0] == str(folder / "front.PNG")
    assert found.scope == RunScope(folder)


def test_folders_below_patterns_and_limit(folder: Path) -> None:
    assert names(Wanted(str(folder), recursive=True)) == [
        "below/IMG 1.jpg",
        "front.PNG",
        "IMG 9.jpg",
        "IMG 10.jpg",
    ]
    assert names(Wanted(str(folder), recursive=True, match="img*")) == [
        "below/IMG 1.jpg",
        "IMG 9.jpg",
        "IMG 10.jpg",
    ]
    assert names(Wanted(str(folder), recursive=True, match="Below/*")) == ["below/IMG 1.jpg"]
    assert names(Wanted(str(folder), match="*.JPG", limit=1)) == ["IMG 9.jpg"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\\[]*?\0"), min_size=1))
def test_a_name_fits_itself_and_stars_around_it(name: str) -> None:
    assert fits(name, name)
    assert fits(f"below/x{name}y.jpg", f"*{name}*")
    assert fits(f"below/{name}", f"below/{name}")
    assert fits(name, "")


def test_a_list_keeps_its_order_and_names_each_picture_once(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "other" / "a.jpg"
    listed = ["IMG 10.jpg", "", f"{folder / 'front.PNG'}", "IMG 10.jpg", str(elsewhere), "line\u2028end.jpg"]
    (tmp_path / "list.txt").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(listed).encode())
    found = find_pictures(Wanted(str(folder), str(tmp_path / "list.txt")), SUFFIXES)
    assert [name for _path, name in found.pictures] == [
        "IMG 10.jpg",
        "front.PNG",
        str(elsewhere),
        "line\u2028end.jpg",
    ]
    assert found.pictures[0][0] == str(folder / "IMG 10.jpg")
    assert found.scope == RunScope(tmp_path, source="list")


def test_a_list_without_a_folder_counts_from_here(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "list.txt").write_text("front.PNG\n")
    monkeypatch.chdir(folder)
    found = find_pictures(Wanted(None, str(tmp_path / "list.txt")), SUFFIXES)
    assert list(found.pictures) == [(str(folder / "front.PNG"), "front.PNG")]
    assert found.scope.folder == folder


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_names_that_are_no_text_come_through_a_list(folder: Path, tmp_path: Path) -> None:
    odd = os.fsencode(folder) + b"/\xff.jpg"
    Path(os.fsdecode(odd)).write_text("x")
    (tmp_path / "list.txt").write_bytes(b"\xff.jpg\n")
    ((path, _name),) = find_pictures(Wanted(str(folder), str(tmp_path / "list.txt")), SUFFIXES).pictures
    assert os.fsencode(path) == odd


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted(None), ErrorCode.WRONG_USE),
        (Wanted("missing"), ErrorCode.FOLDER_MISSING),
        (Wanted("scans/front.PNG"), ErrorCode.WRONG_USE),
        (Wanted("scans", match="*.tif"), ErrorCode.RUN_EMPTY),
        (Wanted("scans", list_file="none.txt"), ErrorCode.LIST_UNREADABLE),
    ],
)
def test_what_is_no_source_of_pictures_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, wanted: Wanted, code: ErrorCode
) -> None:
    monkeypatch.chdir(folder.parent)
    with pytest.raises(AppError) as caught:
        find_pictures(wanted, SUFFIXES)
    assert caught.value.code is code
