"""Files of OpenAI's batch format, which `vllm run-batch` and batch services take: one request a line.

A result file holds one line for each request, in any order: `{"custom_id", "response": {"status_code",
"body"}, "error"}`, where the body is a chat completion or an error as the server would have sent it.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2

from desktop_app.adapters.atomic_file import SHARED, NewFile, replacing
from desktop_app.adapters.openai_server.error_words import words_in_body
from desktop_app.adapters.openai_server.errors import Asked, error_of_answer, error_of_connection, not_an_api
from desktop_app.adapters.openai_server.request_body import body_of
from desktop_app.adapters.openai_server.server_kinds import ServerFacts, ServerKinds
from desktop_app.adapters.openai_server.whole_answer import completion_of
from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.runs.batch import BATCH, BatchRequest, BatchResult
from desktop_app.domain.runs.export_errors import as_export_error
from desktop_app.domain.servers import ServerKind, ServerTarget

ENDPOINT = "/v1/chat/completions"

_FAILED = 500
"""Taken for the status of an error that comes without one."""


class OpenAiBatchFiles:
    """Fulfils `BatchService`."""

    def __init__(self, kinds: ServerKinds) -> None:
        """`kinds`: tells which program answers, so that its own fields can be used."""
        self._kinds = kinds

    async def write(
        self, path: Path, target: ServerTarget, requests: AsyncIterator[BatchRequest], ask_server: bool
    ) -> int:
        """Write requests as the server would get them, and return their number.

        Raises:
            AppError: EXPORT_FAILED, EXPORT_DENIED, EXPORT_NO_ROOM, any SERVER_ code, and what the iterator
                raises.
        """
        facts = await self._facts(target) if ask_server else ServerFacts(ServerKind.VLLM)
        with as_export_error(path):
            new = await asyncio.to_thread(NewFile, path, SHARED)
            try:
                count = 0
                async for request in requests:
                    await asyncio.to_thread(_append, new.path, target, request, facts)
                    count += 1
                await asyncio.to_thread(new.commit)
            except BaseException:
                new.discard()
                raise
        return count

    def in_the_way(self, paths: Sequence[Path]) -> int:
        """How many of these files, all in one folder, are there.

        Raises:
            AppError: FOLDER_MISSING: it was on a drive that is gone, and is not made anew; EXPORT_DENIED,
                EXPORT_NO_ROOM where nothing can be written into it.
        """
        folder = paths[0].parent
        with as_export_error(paths[0]):
            if not folder.is_dir():
                raise AppError(ErrorCode.FOLDER_MISSING, name=folder.name or str(folder))
            with tempfile.TemporaryFile(dir=folder):
                pass
        return sum(path.exists() for path in paths)

    def save_picture(self, path: Path, picture: EncodedPicture) -> bool:
        """Keep a picture that requests name, two folders below where the requests go; False when it was there
        already.

        Raises:
            AppError: EXPORT_FAILED, EXPORT_DENIED, EXPORT_NO_ROOM.
        """
        with as_export_error(path.parent.parent):  # nobody knows the name of a copy
            if path.exists():
                return False
            try:
                with replacing(path, SHARED, sync=False) as temporary:
                    temporary.write_bytes(picture.data)
            except OSError:
                _remove_if_empty(path.parent, path.parent.parent)
                raise
            return True

    def remove_pictures(self, paths: Sequence[Path]) -> None:
        """Take back what `save_picture` kept for requests that came to nothing, as far as it can be."""
        for path in paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            _remove_if_empty(path.parent, path.parent.parent)

    def read(self, path: Path) -> Iterator[BatchResult]:
        """The lines of a result file, in its order; one that is no result comes without a custom id.

        Raises:
            AppError: IMPORT_FAILED when the file cannot be read.
        """
        try:
            with path.open("rb") as file:
                for line in file:
                    if line.strip():
                        yield _result_of(line)
        except OSError as problem:
            raise AppError(ErrorCode.IMPORT_FAILED, name=path.name, detail=str(problem)) from problem

    async def _facts(self, target: ServerTarget) -> ServerFacts:
        try:
            return await self._kinds.facts(target.profile, target.key)
        except httpx2.HTTPError as problem:
            asked = Asked(target.profile.address, target.model, target.key)
            raise error_of_connection(problem, asked) from problem


def _append(path: Path, target: ServerTarget, request: BatchRequest, facts: ServerFacts) -> None:
    body = body_of(target, request.request, facts, streamed=False, addresses=request.addresses)
    head = json.dumps({"custom_id": request.custom_id, "method": "POST", "url": ENDPOINT})
    with path.open("ab") as file:
        file.write(head[:-1].encode() + b', "body": ')
        for piece in body.pieces:
            file.write(piece)
        file.write(b"}\n")


def _remove_if_empty(*folders: Path) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _result_of(line: bytes) -> BatchResult:
    broken = BatchResult(None, AppError(ErrorCode.SERVER_NOT_AN_API, server=BATCH))
    try:
        told = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return broken
    if not isinstance(told, dict) or not isinstance(told.get("custom_id"), str):
        return broken
    if "response" not in told and "error" not in told:
        return BatchResult(told["custom_id"], broken.outcome, is_question=True) if "body" in told else broken
    return BatchResult(told["custom_id"], _outcome(told))


def _outcome(told: dict[str, Any]) -> Completion | AppError:
    asked = Asked(BATCH)
    response = told.get("response")
    response = response if isinstance(response, dict) else {}
    status, body = response.get("status_code"), response.get("body")
    if told.get("error") or (isinstance(status, int) and status >= 400):
        # vLLM puts the server's answer into the body, others their own words beside it.
        said = body if isinstance(body, dict) and body else told.get("error")
        words = words_in_body(said)
        kind = status if isinstance(status, int) and status >= 400 else words.status or _FAILED
        return error_of_answer(kind, words, asked)
    completion = completion_of(_as_object(body), "")
    return completion or not_an_api(asked, json.dumps(body)[:500])


def _as_object(value: Any) -> Any:
    """JSON with attributes, as the openai library gives it."""
    if isinstance(value, dict):
        return SimpleNamespace(**{name: _as_object(inner) for name, inner in value.items()})
    return [_as_object(inner) for inner in value] if isinstance(value, list) else value
