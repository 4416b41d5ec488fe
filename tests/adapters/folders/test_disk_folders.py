from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop_app.adapters.folders.disk_folders import FIRST_CHUNK, DiskFolders
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import FolderEntry

SUFFIXES = frozenset({".jpg", ".png"})


def _touch(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _listed(folder: Path, recursive: bool = True) -> dict[str, FolderEntry]:
    entries = [e for chunk in DiskFolders().scan(folder, recursive, SUFFIXES) for e in chunk]
    assert len({entry.path for entry in entries}) == len(entries)
    return {entry.name: entry for entry in entries}


def test_lists_pictures_with_size_and_time(tmp_path: Path) -> None:
    picture = _touch(tmp_path / "照片 1.JPG", b"12345")
    os.utime(picture, ns=(1, 1_700_000_000_123_456_789))
    _touch(tmp_path / "notes.txt")
    _touch(tmp_path / "jpg")
    listed = _listed(tmp_path)
    assert listed == {"照片 1.JPG": FolderEntry(str(picture), "照片 1.JPG", 5, 1_700_000_000_123_456_789)}


def test_folders_below_only_when_asked(tmp_path: Path) -> None:
    _touch(tmp_path / "a.jpg")
    _touch(tmp_path / "span 4" / "deck" / "b.png")
    assert set(_listed(tmp_path, recursive=False)) == {"a.jpg"}
    assert set(_listed(tmp_path)) == {"a.jpg", "span 4/deck/b.png"}


def test_a_folder_named_like_a_picture_is_a_folder(tmp_path: Path) -> None:
    _touch(tmp_path / "odd.jpg" / "in.png")
    assert set(_listed(tmp_path)) == {"odd.jpg/in.png"}


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    _touch(tmp_path / ".hidden.jpg")
    _touch(tmp_path / ".thumbnails" / "a.jpg")
    _touch(tmp_path / "b.jpg")
    assert set(_listed(tmp_path)) == {"b.jpg"}


def test_link_loops_end_and_nothing_is_listed_twice(tmp_path: Path) -> None:
    _touch(tmp_path / "real" / "a.jpg")
    (tmp_path / "real" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "again").symlink_to(tmp_path / "real", target_is_directory=True)
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    names = list(_listed(tmp_path))
    assert [name.rsplit("/", 1)[-1] for name in names] == ["a.jpg"]


def test_links_to_pictures_are_listed(tmp_path: Path) -> None:
    real = _touch(tmp_path / "elsewhere" / "a.jpg", b"123")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link.jpg").symlink_to(real)
    assert _listed(tmp_path / "folder")["link.jpg"].size_bytes == 3


def test_the_first_chunk_is_small_and_all_arrive(tmp_path: Path) -> None:
    for number in range(1000):
        _touch(tmp_path / f"{number}.jpg")
    chunks = list(DiskFolders().scan(tmp_path, False, SUFFIXES))
    assert len(chunks[0]) == FIRST_CHUNK
    assert sum(map(len, chunks)) == 1000


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        list(DiskFolders().scan(tmp_path / "no such folder", True, SUFFIXES))
    assert caught.value.code is ErrorCode.FOLDER_MISSING
    assert caught.value.values == {"name": "no such folder"}


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        list(DiskFolders().scan(_touch(tmp_path / "a.jpg"), True, SUFFIXES))
    assert caught.value.code is ErrorCode.FOLDER_MISSING


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read all")
def test_unreadable_folders_below_are_skipped(tmp_path: Path) -> None:
    _touch(tmp_path / "closed" / "a.jpg")
    _touch(tmp_path / "open" / "b.jpg")
    (tmp_path / "closed").chmod(0)
    try:
        assert set(_listed(tmp_path)) == {"open/b.jpg"}
        with pytest.raises(AppError) as caught:
            list(DiskFolders().scan(tmp_path / "closed", True, SUFFIXES))
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert caught.value.code is ErrorCode.FOLDER_UNREADABLE


def test_a_folder_below_that_fails_while_listed_hides_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dying disk or share fails in `scandir` itself; the superuser cannot be refused a real folder."""
    _touch(tmp_path / "bad" / "a.jpg")
    _touch(tmp_path / "good" / "b.jpg")
    real = os.scandir

    def failing(path: str) -> object:
        if str(path).endswith("bad"):
            raise PermissionError(13, "refused")
        return real(path)

    monkeypatch.setattr(os, "scandir", failing)
    assert set(_listed(tmp_path)) == {"good/b.jpg"}
    with pytest.raises(AppError) as caught:
        list(DiskFolders().scan(tmp_path / "bad", True, SUFFIXES))
    assert caught.value.code is ErrorCode.FOLDER_UNREADABLE
