from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.incoming import can_accept, incoming_from_mime


def _image(colour: str = "#d02030") -> QImage:
    image = QImage(12, 7, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_local_files_win_over_pixels_and_addresses(qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    names = [tmp_path / "a b.jpg", tmp_path / "照片.png"]
    mime.setUrls([*(QUrl.fromLocalFile(str(name)) for name in names)])
    mime.setImageData(_image())
    incoming = incoming_from_mime(mime)
    assert incoming.paths == tuple(names)
    assert incoming.image is None
    assert incoming.addresses == ()


def test_a_picture_dragged_from_a_browser_comes_as_its_pixels(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/page.html")])
    mime.setImageData(_image())
    incoming = incoming_from_mime(mime)
    assert incoming.addresses == ()
    assert incoming.image is not None
    back = QImage.fromData(incoming.image, "PNG")  # type: ignore[arg-type]
    assert (back.width(), back.height()) == (12, 7)
    assert back.pixelColor(3, 3) == QColor("#d02030")


def test_png_bytes_are_taken_as_they_are(qtbot: QtBot) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(_image())
    png = bytes(buffer.data().data())
    mime = QMimeData()
    mime.setData("image/png", QByteArray(png))
    assert incoming_from_mime(mime).image == png


def test_a_link_without_pixels_stays_an_address(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/r%C3%A9.jpg?x=1#top"), QUrl("mailto:a@b.c"), QUrl("ftp://x/y")])
    assert incoming_from_mime(mime).addresses == ("https://example.org/r%C3%A9.jpg?x=1#top",)


@pytest.mark.parametrize(
    ("text", "paths", "addresses"),
    [
        ("/home/me/a picture.jpg", ("/home/me/a picture.jpg",), ()),
        ("/home/me/a.jpg\n/home/me/b.jpg\n", ("/home/me/a.jpg", "/home/me/b.jpg"), ()),
        ("file:///home/me/a%20b.jpg", ("/home/me/a b.jpg",), ()),
        ("  https://example.org/a.png  ", (), ("https://example.org/a.png",)),
        (r"C:\Pictures\span 4.jpg", (r"C:\Pictures\span 4.jpg",), ()),
        (r'"\\server\share\span 4.jpg"', (r"\\server\share\span 4.jpg",), ()),
    ],
)
def test_text_that_is_paths_or_addresses(
    qtbot: QtBot, text: str, paths: tuple[str, ...], addresses: tuple[str, ...]
) -> None:
    mime = QMimeData()
    mime.setText(text)
    incoming = incoming_from_mime(mime)
    assert incoming.paths == tuple(Path(path) for path in paths)
    assert incoming.addresses == addresses
    assert can_accept(mime)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Is there corrosion?",
        "see https://example.org/a.png and tell me",
        "/help",
        "// a comment",
        "/home/me/a.jpg\nand a sentence",
        "http://[::1",
        "https://",
    ],
)
def test_other_text_is_left_to_the_text_box(qtbot: QtBot, text: str) -> None:
    mime = QMimeData()
    mime.setText(text)
    assert incoming_from_mime(mime).is_empty
    assert not can_accept(mime)
