"""What is kept for follow-up questions stays within its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.domain.pictures import Picture
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.vision_tokens import QWEN2_VL, QWEN3_VL
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.prepared_pictures import PreparedPictures


@pytest.fixture
def workers() -> Iterator[PictureWorkers]:
    threads = PictureWorkers()
    yield threads
    threads.close()


def noise(folder: Path, number: int) -> AskedPicture:
    path = folder / f"{number}.png"
    Image.effect_noise((280, 280), 60 + number).convert("RGB").save(path)
    return AskedPicture(Picture(path))


async def test_the_same_plan_gives_the_kept_picture(workers: PictureWorkers, tmp_path: Path) -> None:
    pictures = PreparedPictures(PillowPictureFiles(50), workers)
    asked = noise(tmp_path, 1)
    (first,) = await pictures.prepare([asked], QWEN2_VL, 100)
    assert (await pictures.prepare([asked], QWEN2_VL, 100))[0] is first
    assert (await pictures.prepare([asked], QWEN3_VL, 100))[0] is not first
    assert (await pictures.prepare([asked], QWEN2_VL, 50))[0].encoded.size != first.encoded.size


async def test_old_pictures_make_room(workers: PictureWorkers, tmp_path: Path) -> None:
    asked = [noise(tmp_path, number) for number in range(6)]
    measuring = PreparedPictures(PillowPictureFiles(50), workers)
    await measuring.prepare(asked, QWEN2_VL, 100)
    half = measuring.kept_bytes // 2
    bounded = PreparedPictures(PillowPictureFiles(50), workers, keep_bytes=half)
    for one in asked:
        await bounded.prepare([one], QWEN2_VL, 100)
        assert bounded.kept_bytes <= half
    (newest,) = await bounded.prepare([asked[-1]], QWEN2_VL, 100)
    assert (await bounded.prepare([asked[-1]], QWEN2_VL, 100))[0] is newest
    assert bounded.kept_bytes > 0
