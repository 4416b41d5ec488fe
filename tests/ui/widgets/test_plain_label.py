from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.widgets.plain_label import plain_label


def test_markup_is_shown_as_it_is_written(qapp: QApplication, qtbot: QtBot) -> None:
    written, marked = plain_label("caption", "<h1>span</h1>"), plain_label("caption", "span")
    for label in (written, marked):
        qtbot.addWidget(label)
    assert written.property("role") == "caption"
    assert written.sizeHint().width() > marked.sizeHint().width()
    assert written.sizeHint().height() == marked.sizeHint().height()


@pytest.mark.parametrize("selectable", [True, False])
def test_words_can_be_copied_only_where_that_was_wanted(
    qapp: QApplication, qtbot: QtBot, selectable: bool
) -> None:
    label = plain_label(text="span 4", selectable=selectable)
    qtbot.addWidget(label)
    flags = label.textInteractionFlags()
    assert bool(flags & Qt.TextInteractionFlag.TextSelectableByMouse) is selectable
