from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light look; widgets of later tests do not have its style sheet."""
    made = Theme(qapp, ThemeChoice.LIGHT)
    yield made
    qapp.setStyleSheet("")
