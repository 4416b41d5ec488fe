"""The bar above the rows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.runs.row_filters import Attention, RowFilters
from desktop_app.ui.runs.grid.filter_bar import FilterBar
from desktop_app.ui.theme.theme import Theme
from tests.fakes.languages import speaking


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_is_as_high_with_every_button_as_with_none(
    theme: Theme, qapp: QApplication, qtbot: QtBot, language: str
) -> None:
    with speaking(qapp, language):
        bar = FilterBar(theme)
        qtbot.addWidget(bar)
        bar.show()
        QApplication.processEvents()
        alone = bar.sizeHint().height()
        bar.show_note("Changed.", can_undo=True)
        bar.show_filters(RowFilters(search="x"), 3, 12)
        bar.show_attention(dict.fromkeys(Attention, 9))
        QApplication.processEvents()
        assert bar.sizeHint().height() == alone
