"""Asks where a run's table is to go, and as what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.domain.runs.export_format import SUFFIXES, ExportFormat
from desktop_app.ui.widgets.questions import answered, choose, confirm


class ExportDialog(QFileDialog):
    """A file dialog whose kinds of files are the formats; the name's ending follows the kind."""

    def __init__(self, proposed: str, parent: QWidget) -> None:
        """`proposed`: the file's name without an ending."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export the table"))
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.formats = {
            self.tr("Excel workbook (*.xlsx)"): (".xlsx", ExportFormat.XLSX),
            self.tr("CSV table for Excel (*.csv)"): (".csv", ExportFormat.CSV),
            self.tr("Web page with the pictures (*.html)"): (".html", ExportFormat.HTML),
            self.tr("JSON lines (*.jsonl)"): (".jsonl", ExportFormat.JSONL),
            self.tr("Boxes as COCO JSON (*.json)"): (".json", ExportFormat.COCO),
            self.tr("Folder of YOLO boxes (*)"): ("", ExportFormat.YOLO),
            self.tr("Caption texts (*)"): ("", ExportFormat.CAPTIONS),
        }
        self.setNameFilters(list(self.formats))
        self.selectFile(proposed + ".xlsx")
        self.filterSelected.connect(self._follow)

    async def ask(self, pictures: Path) -> tuple[Path, ExportFormat] | None:
        """The answer; None when the person changed their mind.

        Args:
            pictures: the run's folder, which is the answer for captions beside the pictures.
        """
        accepted = await answered(self)
        chosen, named = self.selectedFiles(), self.formats.get(self.selectedNameFilter())
        if not accepted or not chosen or named is None:
            return None
        confirmed, (suffix, wanted) = Path(chosen[0]), named
        path = with_ending(confirmed, suffix)
        if wanted is ExportFormat.CAPTIONS:
            return await self._where_captions_go(path, pictures)
        # The dialog asked about the name as it was typed; a file that the ending leads to is another one.
        if path != confirmed and path.is_file() and not await self._may_replace(path.name):
            return None
        return path, wanted

    async def _may_replace(self, name: str) -> bool:
        return await confirm(
            self._owner(),
            self.tr("Replace “{name}”?").format(name=name),
            self.tr("There is a file of this name. What is in it now is lost."),
            self.tr("Replace"),
            self.tr("Keep"),
        )

    async def _where_captions_go(self, path: Path, pictures: Path) -> tuple[Path, ExportFormat] | None:
        place = await choose(
            self._owner(),
            self.tr("Put each text beside its picture?"),
            self.tr("Otherwise they go into the folder “{name}”. Texts of somebody else are kept.").format(
                name=path.name
            ),
            (self.tr("Beside the pictures"), self.tr("Into the folder"), self.tr("Cancel")),
        )
        return {0: (pictures, ExportFormat.CAPTIONS), 1: (path, ExportFormat.CAPTIONS)}.get(place)

    def _owner(self) -> QWidget:
        """Questions belong to the window; this dialog is hidden by then."""
        owner = self.parentWidget()
        assert owner is not None
        return owner

    def _follow(self, name_filter: str) -> None:
        chosen = self.selectedFiles()
        if chosen and name_filter in self.formats and not Path(chosen[0]).is_dir():
            self.selectFile(with_ending(Path(chosen[0]), self.formats[name_filter][0]).name)


def with_ending(path: Path, ending: str) -> Path:
    """The path with the ending of a format, in place of that of another one; other dots are its name's."""
    wanted, has = SUFFIXES.get(ending), SUFFIXES.get(path.suffix.lower())
    if wanted is not None and wanted is has:
        return path
    return path.with_name((path.name if has is None else path.stem) + ending)
