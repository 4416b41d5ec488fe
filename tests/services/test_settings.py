from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from desktop_app.adapters.settings_file import SettingsFile
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.settings import Settings
from desktop_app.services.settings import SettingsService


def use_server(name: str, settings: Settings) -> Settings:
    return replace(settings, server=name)


def test_a_change_is_saved_and_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    service = SettingsService(SettingsFile(path))
    heard: list[str] = []
    stop = service.watch(lambda settings: heard.append(settings.server))

    service.change(lambda settings: use_server("one", settings))
    stop()
    service.change(lambda settings: use_server("two", settings))

    assert heard == ["one"]
    assert service.current.server == "two"
    assert SettingsFile(path).load()[0].server == "two"


def test_no_change_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    service = SettingsService(SettingsFile(path))
    service.change(lambda settings: settings)

    assert not path.exists()


def test_a_broken_file_is_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[")
    service = SettingsService(SettingsFile(path))

    assert service.problem is not None
    assert service.problem.code is ErrorCode.SETTINGS_BROKEN


def test_a_failed_save_raises_and_the_change_holds(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    service = SettingsService(SettingsFile(tmp_path / "config" / "settings.toml"))
    with pytest.raises(AppError):
        service.change(lambda settings: use_server("one", settings))

    assert service.current.server == "one"


class SlowFile(SettingsFile):
    """A disk that takes its time."""

    def __init__(self, path: Path, go_on: Event) -> None:
        super().__init__(path)
        self.go_on = go_on
        self.saves = 0

    def save(self, settings: Settings) -> None:
        self.go_on.wait(10)
        self.saves += 1
        super().save(settings)


async def test_saving_elsewhere_does_not_wait_and_skips_what_is_overtaken(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    file = SlowFile(path, Event())
    with ThreadPoolExecutor(1) as saving:
        service = SettingsService(file, saving)
        for number in range(20):
            service.change(partial(use_server, f"server {number}"))
        assert not path.exists()
        file.go_on.set()
        await service.close()

    assert SettingsFile(path).load()[0].server == "server 19"
    assert file.saves <= 2


async def test_a_failed_save_elsewhere_is_reported(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    reported: list[AppError] = []
    with ThreadPoolExecutor(1) as saving:
        service = SettingsService(
            SettingsFile(tmp_path / "config" / "settings.toml"), saving, reported.append
        )
        service.change(lambda settings: use_server("one", settings))
        await service.close()

    assert [problem.code for problem in reported] == [ErrorCode.SETTINGS_UNWRITABLE]
