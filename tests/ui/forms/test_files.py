"""Where a form's file goes; one that is there is not lost unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from desktop_app.ui.forms.files import ask_where_to_save
from tests.ui.event_loop import until


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    widget = QWidget()
    widget.show()
    yield widget
    widget.deleteLater()


async def save_as(window: QWidget, folder: Path, typed: str) -> asyncio.Task[Path | None]:
    asking = asyncio.ensure_future(ask_where_to_save(window, "Bridge"))
    await until(lambda: window.findChild(QFileDialog) is not None)
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.setDirectory(str(folder))
    dialog.selectFile(typed)
    dialog.accept()
    return asking


@pytest.mark.parametrize(("words", "goes_on"), [("Keep", False), ("Replace", True)])
async def test_a_file_that_only_the_ending_leads_to_is_asked_about(
    window: QWidget, tmp_path: Path, words: str, goes_on: bool
) -> None:
    there = tmp_path / "Bridge 4.5.form.toml"
    there.write_text("somebody's form")
    asking = await save_as(window, tmp_path, "Bridge 4.5")
    await until(lambda: window.findChild(QMessageBox) is not None)
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()
    assert await asking == (there if goes_on else None)


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("Bridge", "Bridge.form.toml"),
        ("Bridge 4.5", "Bridge 4.5.form.toml"),
        ("Bridge.toml", "Bridge.toml"),
        ("Bridge.form.toml", "Bridge.form.toml"),
    ],
)
async def test_a_form_file_ends_as_form_files_do(
    window: QWidget, tmp_path: Path, typed: str, becomes: str
) -> None:
    assert await (await save_as(window, tmp_path, typed)) == tmp_path / becomes
