"""A run's requests as files for a batch service, and the names that lead its results back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from urllib.parse import quote

from desktop_app.domain.chat_request import ChatRequest
from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Note
from desktop_app.domain.runs.export_format import LINES_PER_SHARD

BATCH = "batch"
"""Stands for the server in the answers of a batch."""


class BatchItems(StrEnum):
    """Which pictures of a run go into the files."""

    QUEUED = "queued"
    FAILED = "failed"
    LEFT = "left"
    """Both of these."""
    ALL = "all"


class BatchPictures(StrEnum):
    """How the pictures travel."""

    DATA = "data"
    """Inside the file, ready for the vision model; works everywhere."""
    COPIES = "copies"
    """Ready for the vision model in a folder beside the file, which names them."""
    ORIGINALS = "originals"
    """The files themselves are named; the server makes them ready its own way."""


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How to write the files.

    Attributes:
        items: which pictures.
        pictures: how they travel.
        lines: most requests in one file.
        local_prefix: folder on this computer, and
        server_prefix: the same folder as the batch service sees it; for named pictures.
        ask_server: learn from the run's server how it wants to be asked. Otherwise the model's name has to
            do, and a vLLM of today is assumed.
    """

    items: BatchItems = BatchItems.QUEUED
    pictures: BatchPictures = BatchPictures.DATA
    lines: int = LINES_PER_SHARD
    local_prefix: PurePath | None = None
    server_prefix: str = ""
    ask_server: bool = True


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One line of a file.

    Attributes:
        custom_id: leads the result back.
        request: what the engine would ask.
        addresses: by digest, where a picture is that does not travel inside the file.
    """

    custom_id: str
    request: ChatRequest
    addresses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchResult:
    """One line of a result file; without a custom id it is no result at all.

    Attributes:
        is_question: it is a request that nobody has answered.
    """

    custom_id: str | None
    outcome: Completion | AppError
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class BatchExport:
    """What was written: the files, the number of requests, and pictures that could not be opened."""

    files: tuple[Path, ...]
    count: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchImport:
    """What was read: answers, failures, results that changed nothing, and why files were of no use."""

    answered: int
    failed: int
    notes: tuple[Note, ...] = ()
    refused: tuple[AppError, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchName:
    """What a custom id tells; enough to read the answer where the picture is out of reach.

    Attributes:
        run_id, item_id: where the answer belongs.
        family: name of the vision family, which decides what coordinates mean.
        original_size, sent_size: pixels of the picture as seen, and as it was sent.
        content_hash: hexadecimal SHA-256 of the picture's bytes.
    """

    run_id: int
    item_id: int
    family: str
    original_size: Size
    sent_size: Size
    content_hash: str

    def __str__(self) -> str:
        original, sent = self.original_size, self.sent_size
        return (
            f"lightdesk_{self.run_id}_{self.item_id}_{self.family}_{original.width}x{original.height}"
            f"_{sent.width}x{sent.height}_{self.content_hash}"
        )


_NAME = re.compile(
    r"lightdesk_(\d{1,18})_(\d{1,18})_([a-z0-9.-]{1,40})_(\d{1,7})x(\d{1,7})_(\d{1,7})x(\d{1,7})_([0-9a-f]{64})",
    re.ASCII,
)


def name_in(custom_id: str) -> BatchName | None:
    """What a custom id tells; None when it is not one of Lightdesk's."""
    found = _NAME.fullmatch(custom_id)
    if found is None:
        return None
    run, item, family, width, height, sent_width, sent_height, content = found.groups()
    original, sent = Size(int(width), int(height)), Size(int(sent_width), int(sent_height))
    if not (original.width and original.height and sent.width and sent.height):
        return None
    return BatchName(int(run), int(item), family, original, sent, content)


def shard_paths(path: Path, count: int, lines: int) -> list[Path]:
    """The files that so many requests fill; more than one are numbered."""
    shards = max(1, -(-count // lines))
    if shards == 1:
        return [path]
    return [path.with_name(f"{path.stem}-{number:03}{path.suffix}") for number in range(1, shards + 1)]


def file_address(path: PurePath, local_prefix: PurePath | None = None, server_prefix: str = "") -> str:
    """The `file://` address at which a batch service finds a file of this computer.

    Args:
        path: absolute path here.
        local_prefix, server_prefix: the same folder here and there; a path elsewhere stays as it is.
    """
    place = path.as_posix()
    if local_prefix is not None and path.is_relative_to(local_prefix):
        below = path.relative_to(local_prefix).as_posix()
        place = f"{server_prefix.replace(chr(92), '/').rstrip('/')}/{below}"
    return "file://" + quote(place if place.startswith("/") else f"/{place}")
