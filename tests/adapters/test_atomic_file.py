"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop_app.adapters.atomic_file import PRIVATE, SHARED, NewFile, replace_file, replacing

only_unix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits are Unix's")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    replace_file(tmp_path / "a", b"old")
    replace_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"
    assert names(tmp_path) == ["a"]


@pytest.mark.parametrize("problem", [OSError("full"), ValueError("wrong"), KeyboardInterrupt()])
def test_whatever_goes_wrong_the_old_file_stays(tmp_path: Path, problem: BaseException) -> None:
    replace_file(tmp_path / "a", b"old")

    def write() -> None:
        with replacing(tmp_path / "a") as temporary:
            temporary.write_bytes(b"half of the n")
            assert (tmp_path / "a").read_bytes() == b"old"
            raise problem

    with pytest.raises(type(problem)):
        write()
    assert (tmp_path / "a").read_bytes() == b"old"
    assert names(tmp_path) == ["a"]


def test_a_folder_in_the_way_is_an_error_that_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with (
        pytest.raises(IsADirectoryError if sys.platform != "win32" else PermissionError),
        replacing(tmp_path / "a") as temporary,
    ):
        temporary.write_bytes(b"new")
    assert names(tmp_path) == ["a"]


def test_a_long_name_of_wide_letters_has_room_for_the_temporary_one(tmp_path: Path) -> None:
    name = "桥" * 80 + ".csv"
    replace_file(tmp_path / name, b"new")
    assert names(tmp_path) == [name]


@only_unix
def test_private_files_stay_private_and_shared_ones_follow_the_users_mask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "private", b"", PRIVATE)
        replace_file(tmp_path / "folder" / "shared", b"", SHARED)
    finally:
        os.umask(before)
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "folder" / "shared").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o750


@only_unix
def test_a_shared_file_keeps_the_permissions_it_was_given(tmp_path: Path) -> None:
    replace_file(tmp_path / "a", b"old", SHARED)
    (tmp_path / "a").chmod(0o604)
    replace_file(tmp_path / "a", b"new", SHARED)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o604


def test_work_spread_over_time_is_kept_or_discarded(tmp_path: Path) -> None:
    first, second = NewFile(tmp_path / "a"), NewFile(tmp_path / "a")
    first.path.write_bytes(b"first")
    second.path.write_bytes(b"second")
    first.commit()
    second.discard()
    second.discard()
    first.discard()
    assert (tmp_path / "a").read_bytes() == b"first"
    assert names(tmp_path) == ["a"]
