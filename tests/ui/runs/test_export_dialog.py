"""Where a table goes: endings that follow the format, and files that are not lost unasked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.ui.runs.export_dialog import ExportDialog, with_ending

Until = Callable[[Callable[[], bool]], Awaitable[None]]
Answer = tuple[Path, ExportFormat] | None


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    widget = QWidget()
    widget.show()
    yield widget
    widget.deleteLater()


@pytest.mark.parametrize(
    ("name", "ending", "becomes"),
    [
        ("Bridge", ".xlsx", "Bridge.xlsx"),
        ("Bridge.xlsx", ".csv", "Bridge.csv"),
        ("Bridge 4.5", ".csv", "Bridge 4.5.csv"),
        ("Bridge.XLSX", ".xlsx", "Bridge.XLSX"),
        ("Bridge.htm", ".html", "Bridge.htm"),
        ("Bridge.jsonl", ".json", "Bridge.json"),
        ("Bridge.xlsx", "", "Bridge"),
        ("Bridge", "", "Bridge"),
    ],
)
def test_the_ending_is_that_of_the_format(name: str, ending: str, becomes: str) -> None:
    assert with_ending(Path("a.b", name), ending) == Path("a.b", becomes)


def make(window: QWidget, folder: Path, wanted: ExportFormat) -> ExportDialog:
    dialog = ExportDialog("Bridge", window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(folder))
    chosen = next(words for words, (_, of) in dialog.formats.items() if of is wanted)
    dialog.selectNameFilter(chosen)
    dialog.filterSelected.emit(chosen)
    return dialog


async def ask(dialog: ExportDialog, until: Until, typed: str = "") -> asyncio.Task[Answer]:
    asking = asyncio.ensure_future(dialog.ask(Path("/pictures")))
    await until(dialog.isVisible)
    if typed:
        dialog.selectFile(typed)
    dialog.accept()
    return asking


async def press(window: QWidget, until: Until, words: str) -> None:
    def box() -> QMessageBox | None:
        boxes: list[QMessageBox] = window.findChildren(
            QMessageBox, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        return next((one for one in boxes if one.isVisible()), None)

    await until(lambda: box() is not None)
    shown = box()
    assert shown is not None
    next(button for button in shown.buttons() if button.text() == words).click()


async def test_the_name_shown_is_the_name_written(window: QWidget, tmp_path: Path, until: Until) -> None:
    dialog = make(window, tmp_path, ExportFormat.CSV)
    assert [Path(one).name for one in dialog.selectedFiles()] == ["Bridge.csv"]
    assert await (await ask(dialog, until)) == (tmp_path / "Bridge.csv", ExportFormat.CSV)


@pytest.mark.parametrize(("words", "goes_on"), [("Keep", False), ("Replace", True)])
async def test_a_file_that_only_the_ending_leads_to_is_asked_about(
    window: QWidget, tmp_path: Path, until: Until, words: str, goes_on: bool
) -> None:
    (tmp_path / "Old.csv").write_text("somebody's work")
    asking = await ask(make(window, tmp_path, ExportFormat.CSV), until, "Old")
    await press(window, until, words)
    assert await asking == ((tmp_path / "Old.csv", ExportFormat.CSV) if goes_on else None)
    assert (tmp_path / "Old.csv").read_text() == "somebody's work"


@pytest.mark.parametrize(
    ("words", "name"), [("Beside the pictures", "/pictures"), ("Into the folder", "Bridge"), ("Cancel", "")]
)
async def test_captions_go_beside_the_pictures_or_into_a_folder(
    window: QWidget, tmp_path: Path, until: Until, words: str, name: str
) -> None:
    asking = await ask(make(window, tmp_path, ExportFormat.CAPTIONS), until)
    await press(window, until, words)
    assert await asking == ((tmp_path / name, ExportFormat.CAPTIONS) if name else None)
