"""What handing runs over needs from outside, as Protocols; see `ports` for what keeps runs.

Methods without `async` may block and are called from worker threads only. They raise `AppError` and
nothing else for whatever can go wrong outside the program.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from desktop_app.domain.pictures import EncodedPicture, Note
from desktop_app.domain.runs.batch import BatchRequest, BatchResult
from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.domain.runs.exports import ExportJob
from desktop_app.domain.servers import ServerTarget


class SmallPictures(Protocol):
    """Makes small pictures to be put into documents."""

    def small_jpeg(self, path: Path, edge: int) -> EncodedPicture:
        """At most `edge` x `edge` pixels, upright, sRGB, without metadata; raises PICTURE_ codes."""
        ...


class RunExporter(Protocol):
    """Writes a run in one format."""

    @property
    def format(self) -> ExportFormat: ...

    def in_the_way(self, job: ExportJob) -> int:
        """How many files that Lightdesk did not write, or may not have written, would be replaced.

        Raises:
            AppError: FOLDER_MISSING, EXPORT_FOLDER; EXPORT_DENIED, EXPORT_FAILED: nothing can be written.
        """
        ...

    def write(self, job: ExportJob) -> Sequence[Note]:
        """Write to the job's path in one step, and return what the user should know.

        Raises:
            AppError: EXPORT_FAILED, EXPORT_DENIED, EXPORT_NO_ROOM, EXPORT_NO_BOXES, EXPORT_TOO_LONG; what
                was there before is then as it was.
        """
        ...


class BatchService(Protocol):
    """Files of requests for a batch service, and its result files."""

    async def write(
        self, path: Path, target: ServerTarget, requests: AsyncIterator[BatchRequest], ask_server: bool
    ) -> int:
        """Write requests as the server would get them, one a line, and return their number.

        The file appears when all are written. `ask_server` False takes the server for a vLLM of today.

        Raises:
            AppError: EXPORT_FAILED, EXPORT_DENIED, EXPORT_NO_ROOM, and what the iterator raises.
        """
        ...

    def in_the_way(self, paths: Sequence[Path]) -> int:
        """How many of these files, all in one folder, are there.

        Raises:
            AppError: FOLDER_MISSING; EXPORT_DENIED, EXPORT_NO_ROOM: nothing can be written into it.
        """
        ...

    def save_picture(self, path: Path, picture: EncodedPicture) -> bool:
        """Keep a picture that requests name; False when it was there already."""
        ...

    def remove_pictures(self, paths: Sequence[Path]) -> None:
        """Take back what was kept for requests that came to nothing."""
        ...

    def read(self, path: Path) -> Iterator[BatchResult]:
        """The lines of a result file, in its order.

        Raises:
            AppError: IMPORT_FAILED when the file cannot be read.
        """
        ...
