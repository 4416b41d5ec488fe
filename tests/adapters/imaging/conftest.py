from __future__ import annotations

import pytest

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles


@pytest.fixture
def files() -> PillowPictureFiles:
    return PillowPictureFiles(max_megapixels=50)
