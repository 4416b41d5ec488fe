"""The pictures that `lightdesk ask` names: files, and addresses whose pictures are fetched first."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import Picture


@asynccontextmanager
async def named_pictures(core: Core, named: list[str]) -> AsyncIterator[list[Picture]]:
    """The pictures in order; those from web addresses are files for as long as the question takes."""
    with ExitStack() as until_asked:
        folder: Path | None = None
        pictures = []
        for name in named:
            if not name.lower().startswith(("http://", "https://")):
                pictures.append(Picture(_file(name)))
                continue
            folder = folder or _new_folder(core.places.cache, name, until_asked)
            pictures.append(Picture(await core.fetcher.fetch(name, folder), origin=name))
        yield pictures


def _new_folder(below: Path, address: str, until: ExitStack) -> Path:
    try:
        below.mkdir(parents=True, exist_ok=True)
        return Path(until.enter_context(tempfile.TemporaryDirectory(prefix="fetched-", dir=below)))
    except OSError as problem:
        raise AppError(ErrorCode.FETCH_FAILED, address=address, detail=str(problem)) from problem


def _file(name: str) -> Path:
    path = Path(name).expanduser().absolute()
    if path.is_dir():
        raise AppError(ErrorCode.WRONG_USE, reason=f"{name} is a folder; name the pictures in it.")
    if "://" in name and not path.exists():
        raise AppError(
            ErrorCode.WRONG_USE, reason=f"{name} is no file, and only http and https addresses are fetched."
        )
    return path
