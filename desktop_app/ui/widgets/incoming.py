"""Reads a drop or the clipboard into `Incoming`, the same way for every place that accepts pictures."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage, QImageWriter

from desktop_app.domain.intake import Incoming

PNG_QUALITY = 80
"""Qt's scale, where 100 is uncompressed: light compression, so that a pasted screen does not stall."""

_PNG = "image/png"
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WINDOWS_PATH = re.compile(r'(?:[A-Za-z]:[\\/]|\\\\)[^<>"|?*]+')


def can_accept(mime: QMimeData) -> bool:
    """Whether a drag holds anything of use; cheap, for drag-enter events."""
    return mime.hasImage() or mime.hasFormat(_PNG) or mime.hasUrls() or _from_text(mime) is not None


def incoming_from_mime(mime: QMimeData) -> Incoming:
    """The best kind of what is offered: local files first, image data next, http(s) addresses last.

    One kind only, because programs offer the same thing in several ways: a browser sends a dragged picture
    as pixels and as its address, a file manager sends a copied file as its path and as a preview. Text
    counts when every line of it is an absolute path or an http(s) address. Nothing is opened, looked up or
    fetched here.
    """
    offered = _from_urls(mime.urls())
    if offered.paths:
        return offered
    image = _image_bytes(mime)
    if image is not None:
        return Incoming(image=image)
    if offered.is_empty:
        return _from_text(mime) or offered
    return offered


def _from_urls(urls: list[QUrl]) -> Incoming:
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile())
    addresses = tuple(
        url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in urls if _is_web(url)
    )
    return Incoming(paths=paths, addresses=addresses)


def _is_web(url: QUrl) -> bool:
    return url.scheme().lower() in {"http", "https"} and bool(url.host())


def _image_bytes(mime: QMimeData) -> bytes | None:
    """PNG bytes as they are offered, else the offered image encoded as PNG."""
    offered = bytes(mime.data(_PNG).data())
    if offered.startswith(_PNG_SIGNATURE):
        return offered
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage):
        to_image = getattr(image, "toImage", None)
        image = to_image() if to_image is not None else None
    if image is None or image.isNull():
        return None
    return _png(image)


def _png(image: QImage) -> bytes | None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"PNG"))
    writer.setQuality(PNG_QUALITY)
    return bytes(buffer.data().data()) if writer.write(image) else None


def _from_text(mime: QMimeData) -> Incoming | None:
    if not mime.hasText():
        return None
    lines = [line.strip().strip("\"'") for line in mime.text().splitlines() if line.strip()]
    paths = [path for path in map(_path_in, lines) if path is not None]
    addresses = [line for line in lines if _is_web_text(line)]
    if not lines or len(paths) + len(addresses) < len(lines):
        return None
    return Incoming(paths=tuple(paths), addresses=tuple(addresses))


def _path_in(line: str) -> Path | None:
    if line.startswith("file://"):
        return Path(QUrl(line).toLocalFile()) if QUrl(line).isLocalFile() else None
    # One slash alone is how commands and asides begin ("/ is the root"); a path worth pasting has a folder.
    is_posix = line.startswith("/") and not line.startswith("//") and line.count("/") > 1
    return Path(line) if is_posix or _WINDOWS_PATH.fullmatch(line) else None


def _is_web_text(line: str) -> bool:
    if any(character.isspace() for character in line):
        return False
    try:
        parts = urlsplit(line)
        return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # for example an unfinished IPv6 address
        return False
