"""The style sheet: what it refers to is there, and Qt understands it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.theme.style_sheet import style_sheet
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.theme.tokens import DARK, LIGHT, SIZES, Colours


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_picture_in_it_can_be_drawn(qapp: QApplication, colours: Colours) -> None:
    urls = set(re.findall(r'url\("([^"]+)"\)', style_sheet(colours, SIZES)))
    assert len(urls) >= 3
    for url in urls:
        assert Path(url).is_file()
        assert QSvgRenderer(url).isValid()


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_a_ticked_box_differs_from_an_empty_one_by_a_tick_that_stands_out(
    qapp: QApplication, qtbot: QtBot, choice: ThemeChoice
) -> None:
    theme = Theme(qapp, choice)
    box = QCheckBox("x")
    qtbot.addWidget(box)
    box.setChecked(True)
    box.show()
    picture = box.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(18) for y in range(picture.height())}
    assert theme.colour("accent").name() in colours
    assert theme.colour("on_accent").name() in colours


def _entry(menu: QMenu, checked: bool) -> QImage:
    action = menu.actions()[0]
    action.setChecked(checked)
    return menu.grab(menu.actionGeometry(action)).toImage()


def test_a_menu_shows_what_is_switched_on_beside_an_icon_that_keeps_off_the_edge(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme = Theme(qapp, ThemeChoice.LIGHT)
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction(theme.icon("panel-left"), "x").setCheckable(True)
    menu.adjustSize()
    off, on = _entry(menu, False), _entry(menu, True)
    accent = theme.colour("accent").name()
    assert accent in _colours(on)
    assert accent not in _colours(off)
    assert len(_colours(off.copy(0, 0, SIZES.unit, off.height()))) == 1


def _colours(picture: QImage) -> set[str]:
    places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return {picture.pixelColor(x, y).name() for x, y in places}
