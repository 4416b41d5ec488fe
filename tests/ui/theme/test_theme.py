"""Icons as the theme draws them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPushButton

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.theme import Theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, ThemeChoice.LIGHT)


def drawn_columns(image: QImage) -> list[int]:
    """Columns in which anything is drawn."""
    return [
        x for x in range(image.width()) if any(image.pixelColor(x, y).alpha() for y in range(image.height()))
    ]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_an_icon_beside_words_keeps_its_shape_and_leaves_room(theme: Theme, scale: float) -> None:
    button = QPushButton("Ask")
    theme.put_beside(button, "square")
    side, room = theme.sizes.icon, theme.sizes.unit
    assert button.iconSize() == QSize(side + room, side)
    image = button.icon().pixmap(button.iconSize(), scale).toImage()
    assert (image.width(), image.height()) == (round((side + room) * scale), round(side * scale))
    alone = theme.icon("square").pixmap(QSize(side, side), scale).toImage()
    assert drawn_columns(image) == drawn_columns(alone)
    assert max(drawn_columns(image)) < side * scale


def test_an_icon_alone_has_no_room_behind_it(theme: Theme) -> None:
    theme.put_beside(QPushButton("Ask"), "square")
    side = theme.sizes.icon
    assert theme.icon("square").pixmap(QSize(side, side), 1.0).size() == QSize(side, side)
