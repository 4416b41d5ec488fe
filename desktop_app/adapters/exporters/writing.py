"""What all exporters share: folders that have to be there, and files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop_app.adapters.atomic_file import SHARED, replacing
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.runs.export_errors import as_export_error
from desktop_app.domain.runs.exports import ExportJob


class OneFile:
    """What all exporters of a single file have in common."""

    def in_the_way(self, job: ExportJob) -> int:
        """One where there is a file that would be replaced, else none.

        Raises:
            AppError: FOLDER_MISSING; EXPORT_DENIED, EXPORT_FAILED where it will not be possible to write,
                which is better known before thousands of pictures were opened for it.
        """
        check_folder(job.path.parent, job.path)
        with as_export_error(job.path):
            if not job.path.exists():
                return 0
            with job.path.open("r+b"):  # fails for a folder, and where another program holds the file
                return 1


def check_folder(folder: Path, path: Path) -> None:
    """An export goes into a folder that is there; one that is not was on a drive that is gone.

    Raises:
        AppError: FOLDER_MISSING; EXPORT_DENIED, EXPORT_NO_ROOM where nothing can be written into it.
    """
    with as_export_error(path):
        if not folder.is_dir():
            raise AppError(ErrorCode.FOLDER_MISSING, name=folder.name or str(folder))
        with tempfile.TemporaryFile(dir=folder):
            pass


@contextlib.contextmanager
def new_file(path: Path, sync: bool = True) -> Iterator[Path]:
    """A new file beside `path` to write to, which takes its place when the block ends well.

    Raises:
        AppError: EXPORT_FAILED, EXPORT_DENIED, EXPORT_NO_ROOM; what was at `path` is then as it was.
    """
    with as_export_error(path), replacing(path, SHARED, sync) as temporary:
        yield temporary
