"""What a run can be handed over as, and how."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode

LINES_PER_SHARD = 500
"""`vllm run-batch` reads all of a file at once and writes its results at the very end."""


class ExportFormat(StrEnum):
    """Formats, by the names the command line takes."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    HTML = "html"
    COCO = "coco"
    """One JSON file with the boxes."""
    YOLO = "yolo"
    """A folder with a file of boxes for each picture."""
    CAPTIONS = "captions"
    """A text file beside each picture, or in a folder."""


SUFFIXES: dict[str, ExportFormat] = {
    ".csv": ExportFormat.CSV,
    ".xlsx": ExportFormat.XLSX,
    ".jsonl": ExportFormat.JSONL,
    ".ndjson": ExportFormat.JSONL,
    ".html": ExportFormat.HTML,
    ".htm": ExportFormat.HTML,
    ".json": ExportFormat.COCO,
}
"""Formats that a file's name tells; the others have to be named."""


def format_of(path: Path, name: str = "") -> ExportFormat:
    """The format that is named, or the one that the file's name tells.

    Raises:
        AppError: EXPORT_FORMAT when neither is known.
    """
    if not name:
        found = SUFFIXES.get(path.suffix.lower())
    else:
        found = next((one for one in ExportFormat if one.value == name.lower()), None)
    if found is None:
        raise AppError(ErrorCode.EXPORT_FORMAT, name=name or path.name)
    return found


class PictureSize(StrEnum):
    """How large the pictures in a document are."""

    NONE = "none"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def px(self) -> int:
        """Longest side as it is shown; 0 for no pictures."""
        return {
            PictureSize.NONE: 0,
            PictureSize.SMALL: 96,
            PictureSize.MEDIUM: 160,
            PictureSize.LARGE: 256,
        }[self]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How to write.

    Attributes:
        for_excel: begin a CSV file with a mark by which Excel knows its encoding.
        pictures: in XLSX and HTML.
        overwrite: replace caption files that Lightdesk did not write.
        caption: key of the field that becomes the caption, "" for all fields.
        copy_pictures: put copies of the pictures into a YOLO folder, which trainers expect there.
    """

    for_excel: bool = False
    pictures: PictureSize = PictureSize.SMALL
    overwrite: bool = False
    caption: str = ""
    copy_pictures: bool = False
