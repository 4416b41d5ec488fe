"""The dialog for a batch service: what it says is what is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.runs.batch import BatchItems, BatchOptions, BatchPictures
from desktop_app.ui.runs.handover.batch_dialog import BatchDialog
from desktop_app.ui.runs.handover.offers import BatchOffer
from desktop_app.ui.theme.theme import Theme


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    widget = QWidget()
    widget.show()
    yield widget
    widget.deleteLater()


@pytest.fixture
def dialog(qapp: QApplication, window: QWidget, tmp_path: Path) -> BatchDialog:
    counts = {BatchItems.LEFT: 1284, BatchItems.FAILED: 12, BatchItems.ALL: 2000}
    return BatchDialog(Theme(qapp), BatchOffer("Bridge", tmp_path, tmp_path / "span 4", counts, 500), window)


def options(dialog: BatchDialog) -> BatchOptions:
    choice = dialog.choice()
    assert choice is not None
    return choice.options


def test_it_proposes_what_is_left_inside_the_files(dialog: BatchDialog, tmp_path: Path) -> None:
    choice = dialog.choice()
    assert choice is not None
    assert choice.path == tmp_path / "Bridge.jsonl"
    assert choice.options == BatchOptions(items=BatchItems.LEFT)
    assert "1,284" in dialog.summary.text()
    assert "Bridge-001.jsonl" in dialog.summary.text()
    assert "Bridge-003.jsonl" in dialog.summary.text()


def test_the_files_follow_what_is_chosen(dialog: BatchDialog) -> None:
    dialog.items.setCurrentIndex(dialog.items.findData(BatchItems.FAILED))
    assert options(dialog).items is BatchItems.FAILED
    assert "Bridge.jsonl" in dialog.summary.text()
    dialog.lines.setValue(5)
    assert options(dialog).lines == 5
    assert "Bridge-003.jsonl" in dialog.summary.text()
    dialog.place.name.setText("other.jsonl")
    choice = dialog.choice()
    assert choice is not None
    assert choice.path.name == "other.jsonl"
    dialog.place.name.setText("")
    assert not dialog.go.isEnabled()


@pytest.mark.parametrize(("how", "here"), [(BatchPictures.COPIES, "."), (BatchPictures.ORIGINALS, "span 4")])
def test_pictures_by_name_are_named_as_the_service_sees_them(
    dialog: BatchDialog, tmp_path: Path, how: BatchPictures, here: str
) -> None:
    dialog.show()
    assert not dialog.there.isVisible(), "nothing is to be named while pictures travel inside"
    dialog.pictures.setCurrentIndex(dialog.pictures.findData(how))
    assert dialog.there.isVisible()
    assert (options(dialog).local_prefix, options(dialog).server_prefix) == (None, "")
    dialog.there.setText("/mnt/pictures ")
    assert options(dialog) == BatchOptions(
        items=BatchItems.LEFT, pictures=how, local_prefix=tmp_path / here, server_prefix="/mnt/pictures"
    )
    dialog.close()


def test_a_server_out_of_reach_can_be_left_alone(dialog: BatchDialog) -> None:
    dialog.ask_server.setChecked(False)
    assert not options(dialog).ask_server
