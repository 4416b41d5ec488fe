"""Asks for the files that forms are read from and written to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.widgets.questions import answered

ENDING = ".form.toml"


async def ask_for_form_file(parent: QWidget) -> Path | None:
    """The file that was chosen; None when the question was cancelled."""
    dialog = QFileDialog(parent, QCoreApplication.translate("FormFiles", "Import a form"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _chosen(dialog)


async def ask_where_to_save(parent: QWidget, name: str) -> Path | None:
    """Where to write a form; a file that is there already is asked about."""
    dialog = QFileDialog(parent, QCoreApplication.translate("FormFiles", "Save the form as a file"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ENDING.removeprefix("."))
    dialog.selectFile(f"{name}{ENDING}")
    return await _chosen(dialog)


async def _chosen(dialog: QFileDialog) -> Path | None:
    forms = QCoreApplication.translate("FormFiles", "Forms")
    everything = QCoreApplication.translate("FormFiles", "All files")
    dialog.setNameFilters([f"{forms} (*{ENDING} *.toml)", f"{everything} (*)"])
    accepted = await answered(dialog)
    paths = dialog.selectedFiles() if accepted else []
    dialog.deleteLater()
    return Path(paths[0]) if paths else None
