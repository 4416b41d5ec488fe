"""The style sheet: what it refers to is there, and Qt understands it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.style_sheet import style_sheet
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.theme.tokens import DARK, LIGHT, SIZES


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_picture_in_it_can_be_drawn(qapp: QApplication, colours) -> None:
    urls = set(re.findall(r'url\("([^"]+)"\)', style_sheet(colours, SIZES)))
    assert len(urls) >= 3
    for url in urls:
        assert Path(url).is_file()
        assert QSvgRenderer(url).isValid()


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_a_ticked_box_differs_from_an_empty_one_by_a_tick_that_stands_out(qapp, qtbot, choice) -> None:
    theme = Theme(qapp, choice)
    box = QCheckBox("x")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    picture = box.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(18) for y in range(picture.height())}
    assert theme.colour("accent").name() in colours
    assert theme.colour("on_accent").name() in colours
