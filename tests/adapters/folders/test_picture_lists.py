"""Lists of pictures are read as people and programs write them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.folders.picture_lists import common_folder, find_named, names_in, read_list
from desktop_app.domain.errors import AppError, ErrorCode

NAMES = ["a.jpg", "below/图 2.png", " b.jpg "]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_usual_way_to_write_a_list_is_read(tmp_path: Path, encoding: str, ends: str) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes((ends.join(NAMES) + ends * 2).encode(encoding))
    assert read_list(path) == NAMES


@given(
    st.lists(
        st.binary(min_size=1).filter(
            lambda name: not {10, 13} & set(name) and name.decode("utf-8", "surrogateescape").strip()
        ),
        unique=True,
    ).filter(lambda names: not names or not names[0].startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")))
)
def test_names_of_any_bytes_come_through_once_and_in_order(names: list[bytes]) -> None:
    read = names_in(b"\n".join([*names, *names]))
    assert [name.encode("utf-8", "surrogateescape") for name in read] == names


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_is_no_file_is_told(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    with pytest.raises(AppError) as caught:
        read_list(path)
    assert caught.value.code is ErrorCode.LIST_UNREADABLE


@pytest.mark.skipif(sys.platform == "win32", reason="sparse files need a call of their own there")
def test_a_huge_file_is_not_taken_for_a_list(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as film:
        os.truncate(film.fileno(), 1 << 40)
    with pytest.raises(AppError) as caught:
        read_list(path)
    assert caught.value.code is ErrorCode.LIST_UNREADABLE


def test_a_file_that_is_no_text_is_not_taken_for_a_list(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    path.write_bytes(b"PK\x03\x04\x14\0\0\0\x08\0 and more")
    with pytest.raises(AppError) as caught:
        read_list(path)
    assert caught.value.code is ErrorCode.LIST_UNREADABLE


def test_names_are_found_beside_the_list_or_in_the_open_folder(tmp_path: Path) -> None:
    beside, opened = tmp_path / "lists", tmp_path / "bridge"
    for folder in (beside, opened):
        folder.mkdir()
        (folder / "both.jpg").touch()
    (opened / "b.jpg").touch()
    names = [
        "both.jpg",
        "b.jpg",
        f'"{opened / "b.jpg"}"',
        str(opened / "both.jpg"),
        "gone.jpg",
        ".",
        "x" * 999,
    ]
    named = find_named(names, [beside, opened])
    assert named.found == (beside / "both.jpg", opened / "b.jpg", opened / "both.jpg")
    assert named.missing == ("gone.jpg", ".", "x" * 999)


def test_what_cannot_be_a_name_is_missing(tmp_path: Path) -> None:
    named = find_named(names_in(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), [tmp_path])
    assert named.found == ()
    assert len(named.missing) == 3


def test_the_folder_of_a_list_is_the_one_all_are_in(tmp_path: Path) -> None:
    assert common_folder([str(tmp_path / "a" / "1.jpg"), str(tmp_path / "b" / "2.jpg")]) == tmp_path
    assert common_folder([str(tmp_path / "a" / "1.jpg")]) == tmp_path / "a"
