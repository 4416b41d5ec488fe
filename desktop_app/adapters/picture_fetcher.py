"""Fetches one picture from a web address a person named: limited in size and time, judged by its bytes."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

import httpx2

from desktop_app.domain.errors import AppError, ErrorCode, is_disk_full
from desktop_app.domain.settings import PictureSettings

SuffixesOf: TypeAlias = Callable[[bytes], tuple[str, ...]]
"""Suffixes that fit a file with these first bytes, the usual one first; none when it is no picture."""

HEAD_BYTES = 256
"""How much of a file `SuffixesOf` is given, or all of a shorter one."""

_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
_LONGEST_NAME = 80


class HttpPictureFetcher:
    """`PictureFetcher` over guarded clients."""

    def __init__(
        self,
        new_client: Callable[[str], httpx2.AsyncClient],
        settings: Callable[[], PictureSettings],
        suffixes_of: SuffixesOf,
    ) -> None:
        """
        Args:
            new_client: makes a client for exactly the given address.
            settings: asked at every fetch for the limits on size and time.
            suffixes_of: tells pictures from everything else.
        """
        self._new_client = new_client
        self._settings = settings
        self._suffixes_of = suffixes_of

    async def fetch(self, address: str, into: Path) -> Path:
        """Download to a file in `into`, which is made when missing.

        Raises:
            AppError: FETCH_FAILED, FETCH_TOO_LARGE, FETCH_NOT_A_PICTURE, FETCH_TIMEOUT; BLOCKED_HOST and
                BLOCKED_REDIRECT from the guard.
        """
        if not _is_web_address(address):
            detail = "not an http or https address"
            raise AppError(ErrorCode.FETCH_FAILED, address=address[:200], detail=detail)
        limits, shown = self._settings(), _shown(address)
        try:
            async with asyncio.timeout(limits.fetch_timeout_s), self._new_client(address) as client:
                content, name = await self._download(client, address, limits.fetch_limit_mb)
                return await asyncio.to_thread(_write, content, into, name)
        except (TimeoutError, httpx2.TimeoutException) as problem:
            raise AppError(ErrorCode.FETCH_TIMEOUT, address=shown) from problem
        except (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, OSError) as problem:
            raise AppError(ErrorCode.FETCH_FAILED, address=shown, detail=str(problem)[:300]) from problem

    async def _download(self, client: httpx2.AsyncClient, address: str, limit_mb: int) -> tuple[bytes, str]:
        """The file and a name for it; a download that is no picture ends with its first bytes."""
        shown, limit = _shown(address), limit_mb * 1_000_000
        too_large = AppError(ErrorCode.FETCH_TOO_LARGE, address=shown, limit=limit_mb)
        # Compressed transfer gains nothing for pictures and would let a small answer unpack to a huge one.
        async with client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response:
            if not response.is_success:
                detail = f"HTTP {response.status_code} {response.reason_phrase}"
                raise AppError(ErrorCode.FETCH_FAILED, address=shown, detail=detail)
            if int(response.headers.get("content-length", "0")) > limit:
                raise too_large
            content, suffixes = bytearray(), None
            async for chunk in response.aiter_bytes():
                content += chunk
                if len(content) > limit:
                    raise too_large
                if suffixes is None and len(content) >= HEAD_BYTES:
                    suffixes = self._suffixes_of(bytes(content[:HEAD_BYTES]))
                if suffixes == ():
                    break
        fitting = self._suffixes_of(bytes(content)) if suffixes is None else suffixes
        headers = response.headers
        if not fitting:
            found = f"content type: {headers.get('content-type', '')}"
            raise AppError(ErrorCode.FETCH_NOT_A_PICTURE, address=shown, detail=found)
        return bytes(content), file_name(str(response.url), headers.get("content-disposition", ""), fitting)


def file_name(address: str, disposition: str, fitting: tuple[str, ...]) -> str:
    """A name for the file that every system accepts, with a suffix that fits its content.

    Args:
        address: where the picture came from.
        disposition: the Content-Disposition header, or "".
        fitting: suffixes that fit the content; the first is taken unless the name has one of them.
    """
    raw = _disposition_name(disposition) or unquote(urlsplit(address).path.rpartition("/")[2])
    raw = re.split(r"[/\\]", raw)[-1]
    kept = re.sub(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]', "", raw).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    suffix = fitting[0]
    if dot and f".{ending.lower()}" in fitting:
        kept, suffix = stem, f".{ending}"
    kept = kept[:_LONGEST_NAME].strip(" .") or "picture"
    if _RESERVED.match(kept.partition(".")[0]):
        kept = f"picture {kept}"
    return kept + suffix


def _disposition_name(disposition: str) -> str:
    """The file name a server proposes (RFC 6266), "" when it proposes none."""
    extended = re.search(r"filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)", disposition, re.IGNORECASE)
    if extended:
        try:
            return unquote(extended[2], encoding=extended[1], errors="replace")
        except LookupError:
            pass
    plain = re.search(r'filename\s*=\s*(?:"([^"]*)"|([^;\s]+))', disposition, re.IGNORECASE)
    return (plain[1] or plain[2] or "") if plain else ""


def _write(content: bytes, into: Path, name: str) -> Path:
    """Write under a free name; the file appears complete or not at all."""
    into.mkdir(parents=True, exist_ok=True)
    part = into / f".{secrets.token_hex(8)}.part"
    try:
        part.write_bytes(content)
        target = into / name
        number = 2
        while target.exists():
            target = into / f"{Path(name).stem} ({number}){Path(name).suffix}"
            number += 1
        part.replace(target)
    except OSError as problem:
        part.unlink(missing_ok=True)
        if is_disk_full(problem):
            raise AppError(ErrorCode.DISK_FULL, detail=str(problem)) from problem
        raise
    return target


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _shown(address: str) -> str:
    """The address without a password and without its query, which may hold a secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:200]
