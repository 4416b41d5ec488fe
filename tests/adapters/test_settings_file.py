from __future__ import annotations

import os
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.adapters.settings_file import SettingsFile
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.servers import ServerProfile
from desktop_app.domain.settings import (
    GallerySettings,
    PrivacySettings,
    Settings,
    SortOrder,
    WindowSettings,
)
from desktop_app.domain.theme_choice import ThemeChoice

BOX = ServerProfile("box", "http://gpu-box:8000/v1", allow_outside=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_no_file_means_the_defaults_and_nothing_is_written(path: Path) -> None:
    assert SettingsFile(path).load() == (Settings(), None)
    assert not path.parent.exists()


def test_only_what_differs_is_written(path: Path) -> None:
    file = SettingsFile(path)
    file.load()
    file.save(replace(Settings(), window=WindowSettings(theme=ThemeChoice.DARK)))

    assert written(path) == {"version": 1, "window": {"theme": "dark"}}


def test_back_to_the_default_removes_the_entry(path: Path) -> None:
    file = SettingsFile(path)
    file.load()
    file.save(replace(Settings(), window=WindowSettings(theme=ThemeChoice.DARK), use_reader=True))
    file.save(replace(Settings(), use_reader=True))

    assert written(path) == {"version": 1, "use_reader": True}


option = st.builds(
    AskOptions,
    system=st.text(st.characters(codec="utf-8"), max_size=20),
    temperature=st.floats(0, 2),
    max_tokens=st.integers(1, 100_000),
)
profile = st.builds(
    ServerProfile, name=st.text(st.characters(codec="utf-8"), max_size=8), base_url=st.just("http://h/v1")
)
any_settings = st.builds(
    Settings,
    version=st.just(1),
    servers=st.lists(profile, max_size=3).map(tuple),
    asking=option,
    gallery=st.builds(GallerySettings, recursive=st.booleans(), sort=st.sampled_from(SortOrder)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=any_settings, second=any_settings)
def test_what_was_saved_is_loaded(path: Path, first: Settings, second: Settings) -> None:
    path.unlink(missing_ok=True)
    file = SettingsFile(path)
    file.load()
    file.save(first)
    file.save(second)

    assert SettingsFile(path).load() == (second, None)


def test_a_whole_number_serves_as_temperature(path: Path) -> None:
    put(path, "[asking]\ntemperature = 0\n")

    assert SettingsFile(path).load()[0].asking.temperature == 0.0


def test_a_broken_file_is_set_aside_and_reported(path: Path) -> None:
    put(path, "window = [[[")
    loaded, problem = SettingsFile(path, now=lambda: datetime(2026, 8, 1, 9, 30)).load()

    assert loaded == Settings()
    assert problem is not None
    assert problem.code is ErrorCode.SETTINGS_BROKEN
    assert problem.values["name"] == "settings.broken-20260801-093000.toml"
    assert path.with_name("settings.broken-20260801-093000.toml").read_text() == "window = [[["
    assert SettingsFile(path).load() == (Settings(), None)


def test_one_value_that_does_not_fit_costs_that_value_alone(path: Path) -> None:
    put(path, 'server = "box"\n[window]\ntheme = "purple"\nlanguage = "zh_CN"\n[gallery]\ntile_px = "big"\n')
    loaded, problem = SettingsFile(path).load()

    assert loaded == replace(Settings(), server="box", window=WindowSettings(language="zh_CN"))
    assert problem is not None
    assert problem.code is ErrorCode.SETTINGS_BROKEN
    assert "purple" in problem.detail
    assert SettingsFile(path).load() == (loaded, None)
    assert len(list(path.parent.glob("settings.broken-*.toml"))) == 1


@pytest.mark.parametrize(
    "text", ["window = [[[", '[window]\ntheme = "purple"\nlanguage = "zh_CN"\n', "", None]
)
def test_a_peek_sees_what_would_be_loaded_and_leaves_the_files_alone(path: Path, text: str | None) -> None:
    defaults = path.with_name("defaults.toml")
    put(defaults, '[window]\ntheme = "dark"\n[privacy]\nnever_outside = true\n')
    if text is not None:
        put(path, text)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    peeked = SettingsFile(path, defaults).peek()
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    assert peeked == SettingsFile(path, defaults).load()[0]


def test_not_utf8_is_broken_too(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'server = "\xff\xfe"')
    problem = SettingsFile(path).load()[1]

    assert problem is not None
    assert problem.code is ErrorCode.SETTINGS_BROKEN


def test_keys_of_other_versions_survive(path: Path) -> None:
    put(path, 'version = 7\nnovel = 1\n[window]\nglow = true\ntheme = "light"\n')
    file = SettingsFile(path)
    loaded, problem = file.load()
    file.save(replace(loaded, window=replace(loaded.window, theme=ThemeChoice.DARK)))

    assert problem is None
    assert written(path) == {"version": 7, "novel": 1, "window": {"glow": True, "theme": "dark"}}


def test_two_windows_do_not_undo_each_other(path: Path) -> None:
    one, two = SettingsFile(path), SettingsFile(path)
    one.load()
    two.load()
    one.save(replace(Settings(), servers=(BOX,)))
    two.save(replace(Settings(), window=WindowSettings(theme=ThemeChoice.DARK)))

    assert SettingsFile(path).load()[0] == replace(
        Settings(), servers=(BOX,), window=WindowSettings(theme=ThemeChoice.DARK)
    )


def test_a_deleted_file_is_written_whole_again(path: Path) -> None:
    file = SettingsFile(path)
    file.load()
    file.save(replace(Settings(), servers=(BOX,)))
    path.unlink()
    file.save(replace(Settings(), servers=(BOX,), use_reader=True))

    assert SettingsFile(path).load()[0] == replace(Settings(), servers=(BOX,), use_reader=True)


def rename_colour(document: dict[str, Any]) -> dict[str, Any]:
    window = dict(document.get("window", {}))
    window["theme"] = window.pop("colour", "system")
    return {**document, "window": window}


def drop_shine(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "shine"}


def test_an_older_file_goes_through_every_step_and_is_kept(path: Path) -> None:
    old = 'version = 1\nshine = 3\nuse_reader = true\n[window]\ncolour = "dark"\n'
    put(path, old)
    file = SettingsFile(path, steps={1: rename_colour, 2: drop_shine}, version=3)
    loaded, problem = file.load()
    assert problem is None
    assert loaded.window.theme is ThemeChoice.DARK
    assert path.read_text() == old

    file.save(replace(loaded, server="box"))
    assert written(path) == {"version": 3, "server": "box", "use_reader": True, "window": {"theme": "dark"}}
    assert path.with_name("settings.version-1.toml").read_text() == old


def test_administrators_defaults_lie_below(path: Path, tmp_path: Path) -> None:
    defaults = tmp_path / "defaults.toml"
    put(defaults, 'use_reader = true\n[window]\ntheme = "dark"\nlanguage = "zh_CN"\n')
    file = SettingsFile(path, defaults)
    loaded, _ = file.load()
    assert loaded.use_reader
    assert loaded.window == WindowSettings(ThemeChoice.DARK, "zh_CN")

    file.save(replace(loaded, window=WindowSettings(ThemeChoice.SYSTEM, "zh_CN")))
    assert written(path) == {"version": 1, "window": {"theme": "system"}}
    assert SettingsFile(path, defaults).load()[0].window.theme is ThemeChoice.SYSTEM


def test_the_user_cannot_lift_the_administrators_ban(path: Path, tmp_path: Path) -> None:
    defaults = tmp_path / "defaults.toml"
    put(defaults, "[privacy]\nnever_outside = true\n")
    put(path, "[privacy]\nnever_outside = false\n")

    assert SettingsFile(path, defaults).load()[0].privacy == PrivacySettings(never_outside=True)


def test_a_broken_administrators_file_forbids_going_outside(path: Path, tmp_path: Path) -> None:
    defaults = tmp_path / "defaults.toml"
    put(defaults, "[privacy\n")
    put(path, "[privacy]\nnever_outside = false\n")
    loaded, problem = SettingsFile(path, defaults).load()

    assert loaded.privacy.never_outside
    assert problem is not None
    assert problem.code is ErrorCode.DEFAULTS_BROKEN
    assert defaults.exists()


def test_a_failed_save_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SettingsFile(path)
    file.load()
    file.save(replace(Settings(), server="one"))
    before = path.read_bytes()

    def no_room(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(AppError) as caught:
        file.save(replace(Settings(), server="two"))

    assert caught.value.code is ErrorCode.DISK_FULL
    assert path.read_bytes() == before
    assert [item.name for item in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not synchronised on Windows")
def test_a_share_that_cannot_synchronise_folders_is_no_failure(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SettingsFile(path)
    file.load()
    sync = os.fsync

    def files_only(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(22, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", files_only)
    file.save(replace(Settings(), server="one"))
    assert SettingsFile(path).load()[0].server == "one"


def test_where_nothing_can_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    file = SettingsFile(tmp_path / "config" / "settings.toml")
    assert file.load() == (Settings(), None)

    with pytest.raises(AppError) as caught:
        file.save(replace(Settings(), server="one"))
    assert caught.value.code is ErrorCode.SETTINGS_UNWRITABLE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits or plain symbolic links")
def test_the_file_is_private_and_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    real = tmp_path / "dotfiles.toml"
    path.symlink_to(real)
    file = SettingsFile(path)
    file.load()
    file.save(replace(Settings(), server="one"))

    assert path.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_without_files_loading_imports_no_parser(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop_app.adapters.settings_file import SettingsFile;"
        f"SettingsFile(Path({str(path)!r}), Path('nowhere')).load();"
        "print([m for m in ('tomllib', 'msgspec', 'tomli_w', 'platformdirs') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_stopped_at_any_byte_one_of_both_files_is_there(path: Path) -> None:
    """The step from old to new is a rename; until then nothing touches the old file."""
    file = SettingsFile(path)
    file.load()
    file.save(replace(Settings(), server="one"))
    seen: list[str] = []

    def watching(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any) -> Any:
            seen.append(path.read_text())
            return call(*arguments)

        return wrapped

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", watching(os.fsync))
        file.save(replace(Settings(), server="two"))

    assert 'server = "one"' in seen[0]
    assert 'server = "two"' in path.read_text()
