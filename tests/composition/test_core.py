"""The joined program below the window and the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.composition.core import Core
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.settings import Settings


def _with_limit(megapixels: int, settings: Settings) -> Settings:
    return replace(settings, pictures=replace(settings.pictures, max_megapixels=megapixels))


async def test_a_raised_limit_on_pixels_holds_at_once(core: Core, tmp_path: Path) -> None:
    Image.new("L", (1500, 1000)).save(tmp_path / "large.png")
    core.settings.change(lambda settings: _with_limit(1, settings))
    with pytest.raises(AppError) as caught:
        core.files.check(tmp_path / "large.png")
    assert caught.value.code is ErrorCode.PICTURE_TOO_LARGE
    core.settings.change(lambda settings: _with_limit(2, settings))
    core.files.check(tmp_path / "large.png")
