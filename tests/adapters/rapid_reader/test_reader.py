"""The real reader on rendered pictures; it runs in a process of its own without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop_app.adapters.rapid_reader.reader import RapidReader
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Raster
from desktop_app.ui.resources import resource

CHINESE_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)


@pytest.fixture(scope="module")
def reader() -> Iterator[RapidReader]:
    running = RapidReader()
    yield running
    running.close()


def page(*lines: tuple[int, int, str], size: tuple[int, int] = (640, 300), font: str = "") -> Image.Image:
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    face = ImageFont.truetype(font, 30) if font else ImageFont.load_default(30)
    for x, y, text in lines:
        draw.text((x, y), text, fill="black", font=face)
    return image


def raster(image: Image.Image) -> Raster:
    return Raster(Size(*image.size), image.tobytes())


def test_english_lines_with_their_places(reader: RapidReader) -> None:
    image = page((40, 30, "Invoice 2024-117"), (40, 120, "Total"), (420, 122, "98.50"))
    first, second = reader.read(raster(image))
    assert first.text == "Invoice 2024-117"
    assert second.text.split() == ["Total", "98.50"]
    ink = ink_of(image.crop((0, 0, 640, 90)))
    found = (first.box.left, first.box.top, first.box.right, first.box.bottom)
    assert all(abs(seen - drawn) < 14 for seen, drawn in zip(found, ink, strict=True))
    assert 0.5 <= first.confidence <= 1.0


def test_an_eye_is_no_letter(reader: RapidReader) -> None:
    with Image.open(resource("samples", "8-cat.jpg")) as cat:
        assert list(reader.read(raster(cat.convert("RGB")))) == []


def ink_of(image: Image.Image) -> tuple[int, int, int, int]:
    dark = image.convert("L").point(lambda value: 255 if value < 128 else 0)
    bounds = dark.getbbox()
    assert bounds is not None
    return bounds


def test_chinese_lines(reader: RapidReader) -> None:
    font = next((name for name in CHINESE_FONTS if Path(name).exists()), "")
    if not font:
        pytest.skip("no Chinese font is installed to draw the test picture with")
    image = page((40, 30, "增值税普通发票"), (40, 110, "合计金额：壹万元整"), font=font)
    assert [line.text.replace(":", "：") for line in reader.read(raster(image))] == [
        "增值税普通发票",
        "合计金额：壹万元整",
    ]


def test_a_tall_screenshot_is_read_whole_and_nothing_twice(reader: RapidReader) -> None:
    wanted = [f"Message number {i}" for i in range(9)]
    image = page(*((30, 40 + 160 * i, text) for i, text in enumerate(wanted)), size=(500, 1500))
    assert [line.text for line in reader.read(raster(image))] == wanted


def test_a_large_picture_gives_places_in_its_own_pixels(reader: RapidReader) -> None:
    image = page((200, 100, "Harbour")).resize((6400, 3000))
    (line,) = reader.read(raster(image))
    assert line.text == "Harbour"
    assert 1900 < line.box.left < 2150


def test_upside_down_text_is_read(reader: RapidReader) -> None:
    (line,) = reader.read(raster(page((40, 120, "Inspection passed")).rotate(180)))
    assert line.text == "Inspection passed"


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (64, 64)])
def test_pictures_without_text(reader: RapidReader, size: tuple[int, int]) -> None:
    assert list(reader.read(raster(Image.new("RGB", size, (90, 120, 160))))) == []


def test_reading_that_is_broken_off_ends_the_process_and_the_next_starts_another() -> None:
    reader = RapidReader()
    lines = reader.read(raster(page((40, 30, "one"), (40, 120, "two"))))
    try:
        next(lines)
        lines.close()  # type: ignore[attr-defined]
        assert [line.text for line in reader.read(raster(page((40, 30, "three"))))] == ["three"]
    finally:
        reader.close()


def test_closing_while_another_thread_reads_ends_it_with_an_error() -> None:
    reader = RapidReader()
    raised: list[AppError] = []

    def read() -> None:
        try:
            list(reader.read(raster(page((40, 30, "one")))))
        except AppError as problem:
            raised.append(problem)

    thread = threading.Thread(target=read)
    thread.start()
    while reader._process is None:
        thread.join(0.01)
    reader.close()
    thread.join(10)
    assert not thread.is_alive()
    assert [problem.code for problem in raised] == [ErrorCode.READER_FAILED]


PROBE = """
import socket, sys
from desktop_app.adapters.rapid_reader.child import refuse_network
sys.addaudithook(refuse_network)
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9), 1),
    lambda: socket.getaddrinfo("example.com", 80),
    lambda: socket.gethostbyaddr("127.0.0.1"),
    lambda: datagrams.sendto(b"x", ("127.0.0.1", 9)),
    *([lambda: datagrams.sendmsg([b"x"], [], 0, ("127.0.0.1", 9))] if hasattr(datagrams, "sendmsg") else []),
):
    try:
        attempt()
    except PermissionError:
        continue
    sys.exit(1)
datagrams.close()
from desktop_app.adapters.rapid_reader.engine import RapidEngine
import numpy
assert list(RapidEngine(1).read(numpy.full((64, 64, 3), 200, numpy.uint8))) == []
"""


def test_it_loads_and_reads_where_every_connection_is_refused() -> None:
    finished = subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", PROBE],
        check=False,
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""


def test_nothing_heavy_is_imported_here() -> None:
    code = "import sys, desktop_app.adapters.rapid_reader.reader; print(*sys.modules)"
    finished = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"rapidocr", "cv2", "onnxruntime", "numpy"} & set(finished.stdout.split())
