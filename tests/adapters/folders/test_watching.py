from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.folders import watching
from desktop_app.adapters.folders.disk_folders import DiskFolders

LONG_S = 10.0


class Told:
    """Counts what a watch tells; waits for the next one."""

    def __init__(self) -> None:
        self.count = 0
        self._event = threading.Event()

    def __call__(self) -> None:
        self.count += 1
        self._event.set()

    def wait(self) -> bool:
        came = self._event.wait(LONG_S)
        self._event.clear()
        return came


@pytest.fixture(params=["notices", "looks"])
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, Told]]:
    """A folder watched with folders below, in both ways."""
    (tmp_path / "pictures" / "below").mkdir(parents=True)
    folder, told = tmp_path / "pictures", Told()
    os.utime(folder, ns=(1, 1))  # the clock of a file system may be coarse; the first change must differ
    os.utime(folder / "below", ns=(1, 1))
    if request.param == "notices":
        stop = DiskFolders().watch(folder, True, told)
    else:
        teller = watching._Teller(told)
        looks = watching._Looks(folder, True, teller, 0.05)
        stop = looks.stop
        threading.Event().wait(0.15)  # its first look must be over before anything changes
    yield folder, told
    stop()


def test_a_new_file_is_told(watched: tuple[Path, Told]) -> None:
    folder, told = watched
    (folder / "a.jpg").write_bytes(b"1")
    assert told.wait()


def test_a_file_below_is_told(watched: tuple[Path, Told]) -> None:
    folder, told = watched
    (folder / "below" / "a.jpg").write_bytes(b"1")
    assert told.wait()


def test_a_burst_is_told_a_few_times_only(watched: tuple[Path, Told]) -> None:
    folder, told = watched
    for number in range(300):
        (folder / f"{number}.jpg").write_bytes(b"1")
    assert told.wait()
    threading.Event().wait(watching.SETTLE_S * 2)
    assert told.count < 10


def test_reading_is_no_change(tmp_path: Path) -> None:
    """The gallery reads every picture it shows; that must not make it list the folder again."""
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"123")
    told = Told()
    stop = DiskFolders().watch(tmp_path, False, told)
    picture.read_bytes()
    list(tmp_path.iterdir())
    threading.Event().wait(watching.SETTLE_S * 2)
    assert told.count == 0
    picture.write_bytes(b"4")
    assert told.wait()
    stop()


def test_nothing_is_told_after_stop(tmp_path: Path) -> None:
    told = Told()
    stop = DiskFolders().watch(tmp_path, False, told)
    stop()
    (tmp_path / "a.jpg").write_bytes(b"1")
    threading.Event().wait(watching.SETTLE_S * 2)
    assert told.count == 0


def test_without_notices_from_the_system_it_looks_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.api import BaseObserver

    def refused(*_: object, **__: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(BaseObserver, "schedule", refused)
    os.utime(tmp_path, ns=(1, 1))
    told = Told()
    stop = watching.watch_folder(tmp_path, False, told, look_every_s=0.05)
    threading.Event().wait(0.2)
    (tmp_path / "a.jpg").write_bytes(b"1")
    assert told.wait()
    stop()


MOUNTS = """\
/dev/vda / ext4 rw 0 0
//nas/share /mnt/nas cifs rw 0 0
/dev/sdb1 /mnt/nas/local ext4 rw 0 0
host:/x /mnt/two\\040words nfs4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me", "ext4"),
        ("/mnt/nas", "cifs"),
        ("/mnt/nas/a/b", "cifs"),
        ("/mnt/nas2", "ext4"),
        ("/mnt/nas/local/a", "ext4"),
        ("/mnt/two words/a", "nfs4"),
    ],
)
def test_file_system_by_longest_mount_point(path: str, kind: str) -> None:
    assert watching.file_system_of(path, MOUNTS) == kind


@given(st.text(), st.text())
def test_any_mounts_text_can_be_read(path: str, mounts: str) -> None:
    assert isinstance(watching.file_system_of(path, mounts), str)
