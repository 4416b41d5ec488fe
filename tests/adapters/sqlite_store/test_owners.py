from __future__ import annotations

import os
import time
from pathlib import Path

from desktop_app.adapters.sqlite_store.owners import Owner


def test_an_owner_lives_until_it_is_released(tmp_path: Path) -> None:
    one, two = Owner(tmp_path / "owners"), Owner(tmp_path / "owners")
    assert one.is_alive(one.id)
    assert one.is_alive(two.id)
    assert two.is_alive(one.id)

    two.release()
    assert not one.is_alive(two.id)
    assert one.is_alive(one.id)
    one.release()
    assert list((tmp_path / "owners").iterdir()) == []


def test_unknown_owners_are_gone(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    assert not owner.is_alive("0123456789abcdef")
    (tmp_path / "crashed").touch()
    assert not owner.is_alive("crashed")
    owner.release()


def test_old_files_of_crashed_programs_are_cleared_and_nothing_else(tmp_path: Path) -> None:
    alive = Owner(tmp_path)
    for name in ("old", "young"):
        (tmp_path / name).touch()
    day_ago = time.time() - 86_400
    os.utime(tmp_path / "old", (day_ago, day_ago))
    os.utime(tmp_path / alive.id, (day_ago, day_ago))
    owner = Owner(tmp_path)

    assert {item.name for item in tmp_path.iterdir()} == {"young", alive.id, owner.id}
    owner.release()
    alive.release()
