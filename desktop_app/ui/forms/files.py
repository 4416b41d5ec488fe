"""Asks for the files that forms are read from and written to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.ui.widgets.questions import answered, confirm

ENDING = ".form.toml"


async def ask_for_form_file(parent: QWidget) -> Path | None:
    """The file that was chosen; None when the question was cancelled."""
    dialog = QFileDialog(parent, QCoreApplication.translate("FormFiles", "Import a form"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return await _chosen(dialog)


async def ask_where_to_save(parent: QWidget, name: str) -> Path | None:
    """Where to write a form, with an ending; a file that is there already is asked about."""
    dialog = QFileDialog(parent, QCoreApplication.translate("FormFiles", "Save the form as a file"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ENDING.removeprefix("."))
    dialog.selectFile(f"{name}{ENDING}")
    chosen = await _chosen(dialog)
    if chosen is None or chosen.name.endswith(".toml"):
        return chosen
    # To the dialog a name such as "Bridge 4.5" has an ending, so it asked about another file than this one.
    ended = chosen.with_name(chosen.name + ENDING)
    return ended if not ended.exists() or await _may_replace(parent, ended.name) else None


async def _may_replace(parent: QWidget, name: str) -> bool:
    return await confirm(
        parent,
        QCoreApplication.translate("FormFiles", "Replace “{name}”?").format(name=name),
        QCoreApplication.translate("FormFiles", "There is a form file of this name. It is lost then."),
        QCoreApplication.translate("FormFiles", "Replace"),
        QCoreApplication.translate("FormFiles", "Keep"),
    )


async def _chosen(dialog: QFileDialog) -> Path | None:
    forms = QCoreApplication.translate("FormFiles", "Forms")
    everything = QCoreApplication.translate("FormFiles", "All files")
    dialog.setNameFilters([f"{forms} (*{ENDING} *.toml)", f"{everything} (*)"])
    accepted = await answered(dialog)
    paths = dialog.selectedFiles() if accepted else []
    dialog.deleteLater()
    return Path(paths[0]) if paths else None
