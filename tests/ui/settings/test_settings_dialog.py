"""The settings dialog on real settings in a real file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.adapters.settings_file import SettingsFile
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.settings import Settings
from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.services.settings import SettingsService
from desktop_app.ui.settings.presenter import SettingsPresenter
from desktop_app.ui.settings.view import SettingsDialog
from desktop_app.ui.settings.wiring import join_settings
from desktop_app.ui.theme.theme import Theme


class Cache:
    """Counts how often it was emptied; fails when told to."""

    def __init__(self) -> None:
        self.cleared = 0
        self.problem: AppError | None = None

    async def clear(self) -> None:
        if self.problem is not None:
            raise self.problem
        self.cleared += 1


@pytest.fixture
def service(tmp_path: Path) -> SettingsService:
    return SettingsService(SettingsFile(tmp_path / "settings.toml"))


@pytest.fixture
def cache() -> Cache:
    return Cache()


@pytest.fixture
def dialog(
    qapp: QApplication, qtbot: QtBot, service: SettingsService, cache: Cache
) -> Iterator[SettingsDialog]:
    dialog = SettingsDialog(Theme(qapp, ThemeChoice.LIGHT))
    qtbot.addWidget(dialog)
    presenter = SettingsPresenter(dialog, service, cache.clear)
    join_settings(dialog, presenter, asyncio.ensure_future)
    presenter.open()
    dialog.show()
    yield dialog
    presenter.close()


def saved(tmp_path: Path) -> Settings:
    return SettingsService(SettingsFile(tmp_path / "settings.toml")).current


def choose(box: QComboBox, data: object) -> None:
    box.setCurrentIndex(box.findData(data))


def test_it_starts_with_what_is_set_and_changes_nothing_by_opening(
    dialog: SettingsDialog, service: SettingsService
) -> None:
    assert dialog.cache_size.value() == 512
    assert dialog.megapixels.value() == 400
    assert dialog.theme_box.currentText() == "Like the system"
    assert not dialog.restart.isVisible()
    assert service.current == Settings()


def test_every_change_is_on_disk_at_once(dialog: SettingsDialog, tmp_path: Path) -> None:
    choose(dialog.theme_box, ThemeChoice.DARK)
    choose(dialog.language, "zh_CN")
    dialog.recursive.click()
    dialog.never_outside.click()
    dialog.cache_size.setValue(1024)
    dialog.megapixels.setValue(90)
    now = saved(tmp_path)
    assert (now.window.theme, now.window.language) == (ThemeChoice.DARK, "zh_CN")
    assert (now.gallery.recursive, now.privacy.never_outside) == (True, True)
    assert (now.pictures.thumbnail_cache_mb, now.pictures.max_megapixels) == (1024, 90)


def test_the_theme_is_told_as_the_choice_it_is_not_as_text(
    dialog: SettingsDialog, service: SettingsService
) -> None:
    choose(dialog.theme_box, ThemeChoice.DARK)
    assert service.current.window.theme is ThemeChoice.DARK


def test_the_language_is_said_to_need_a_restart_until_it_is_set_back(dialog: SettingsDialog) -> None:
    choose(dialog.language, "zh_CN")
    assert dialog.restart.isVisible()
    choose(dialog.language, "")
    assert not dialog.restart.isVisible()


def test_a_half_typed_number_is_not_kept(dialog: SettingsDialog, service: SettingsService) -> None:
    dialog.cache_size.setFocus()
    dialog.cache_size.selectAll()
    QTest.keyClicks(dialog.cache_size, "200")
    assert service.current.pictures.thumbnail_cache_mb == 512
    QTest.keyClick(dialog.cache_size, Qt.Key.Key_Return)
    assert service.current.pictures.thumbnail_cache_mb == 200
    assert dialog.isVisible(), "Enter in a field keeps the number; it does not close the dialog"


def test_changes_made_elsewhere_are_shown(dialog: SettingsDialog, service: SettingsService) -> None:
    from dataclasses import replace

    service.change(lambda s: replace(s, gallery=replace(s.gallery, recursive=True)))
    assert dialog.recursive.isChecked()


async def test_the_cache_is_cleared_on_demand(dialog: SettingsDialog, cache: Cache) -> None:
    dialog.clear.click()
    assert cache.cleared == 0
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert cache.cleared == 1
    assert dialog.clear.text() == "Cleared"
    assert dialog.clear.isEnabled()


async def test_a_cache_that_cannot_be_cleared_is_told(dialog: SettingsDialog, cache: Cache) -> None:
    cache.problem = AppError(ErrorCode.DISK_FULL)
    dialog.clear.click()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert dialog.notice.report.sentence == "The disk is full."
    assert dialog.notice.isVisible()


def test_escape_closes(dialog: SettingsDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.left):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
