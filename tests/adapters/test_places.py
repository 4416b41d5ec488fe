from __future__ import annotations

from pathlib import Path

from desktop_app.adapters.places import find_places


def test_home_moves_everything(tmp_path: Path) -> None:
    places = find_places({"LIGHTDESK_HOME": str(tmp_path / "here")})

    assert places.is_moved
    paths = [value for value in places if isinstance(value, Path)]
    assert all(path.is_relative_to(tmp_path / "here") for path in paths)
    assert len(set(paths)) == len(paths)
    assert not (tmp_path / "here").exists()


def test_without_home_the_systems_folders_count() -> None:
    places = find_places({"LIGHTDESK_HOME": "  "})

    assert not places.is_moved
    assert places.settings.is_absolute()
    assert not places.defaults.is_relative_to(Path.home())
    assert "lightdesk" in str(places.library)


def test_a_relative_home_becomes_absolute() -> None:
    assert find_places({"LIGHTDESK_HOME": "here"}).library.is_absolute()
