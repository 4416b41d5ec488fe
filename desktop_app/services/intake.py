"""Takes in what a person drops, pastes or names by address: folders, pictures, pixels."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full
from desktop_app.domain.intake import Incoming, Taken
from desktop_app.domain.pictures import Picture
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import PictureFetcher, PictureFiles

_MOST_OF_A_NAME = 1000


class IntakeService:
    """Checks what comes in before it is shown or sent anywhere."""

    def __init__(
        self,
        files: PictureFiles,
        workers: PictureWorkers,
        fetcher: PictureFetcher,
        pasted: Path,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """
        Args:
            files: tells pictures from other files.
            workers: threads for that.
            fetcher: downloads.
            pasted: folder for pictures that have no file of their own.
            now: local time, for the names of pasted pictures.
        """
        self._files = files
        self._workers = workers
        self._fetcher = fetcher
        self._pasted = pasted
        self._now = now

    async def take(self, incoming: Incoming) -> Taken:
        """Sort what came in into folders, pictures and refusals, in the order given.

        Files count before pixels (a file manager offers both for one copied file), pixels before addresses:
        those are not fetched here, because the user has to agree first; see `fetch`.
        """
        if incoming.paths:
            return await self._take_paths(incoming.paths)
        if incoming.image:
            return await self._take_pixels(incoming.image)
        return Taken()

    async def fetch(self, address: str) -> Picture:
        """Download a picture the user agreed to fetch.

        Raises:
            AppError: FETCH_... or BLOCKED_...
        """
        return Picture(await self._fetcher.fetch(address, self._pasted), origin=address)

    async def _take_paths(self, paths: Sequence[Path]) -> Taken:
        looked = await asyncio.gather(*(self._look(path.absolute()) for path in dict.fromkeys(paths)))
        return Taken(
            folders=tuple(one for one in looked if isinstance(one, Path)),
            pictures=tuple(one for one in looked if isinstance(one, Picture)),
            refused=tuple(one for one in looked if isinstance(one, AppError)),
        )

    async def _look(self, path: Path) -> Path | Picture | AppError:
        """A folder as its path, a picture file as a picture, anything else as the reason for refusing it."""
        try:
            return await self._workers.run(partial(self._check, path), path.name)
        except AppError as problem:
            return problem

    def _check(self, path: Path) -> Path | Picture:
        if path.is_dir():
            return path
        self._files.check(path)
        return Picture(path)

    async def _take_pixels(self, image: bytes) -> Taken:
        try:
            picture = await self._workers.run(partial(self._save_pixels, image), self._pasted.name)
        except AppError as problem:
            return Taken(refused=(problem,))
        return Taken(pictures=(picture,))

    def _save_pixels(self, image: bytes) -> Picture:
        try:
            path = self._write_new(image)
        except OSError as problem:
            code = ErrorCode.DISK_FULL if is_disk_full(problem) else ErrorCode.PASTE_NOT_SAVED
            raise AppError(code, detail=str(problem), name=str(self._pasted)) from problem
        try:
            self._files.check(path)
        except AppError:
            path.unlink(missing_ok=True)
            raise
        return Picture(path)

    def _write_new(self, image: bytes) -> Path:
        """Write under a dated name that nothing has yet; nothing is left behind when writing fails."""
        self._pasted.mkdir(mode=0o700, parents=True, exist_ok=True)
        stem = f"pasted {self._now():%Y-%m-%d %H.%M.%S}"
        for number in range(1, _MOST_OF_A_NAME):
            path = self._pasted / (f"{stem}.png" if number == 1 else f"{stem} ({number}).png")
            try:
                with path.open("xb") as file:
                    file.write(image)
            except FileExistsError:
                continue
            except OSError:
                path.unlink(missing_ok=True)
                raise
            return path
        raise FileExistsError(errno.EEXIST, "too many pictures were pasted in one second", str(self._pasted))
