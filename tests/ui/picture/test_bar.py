"""The bar below the picture says what would be sent, however narrow it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QToolButton

from desktop_app.domain.theme_choice import ThemeChoice
from desktop_app.ui.picture.bar import PictureBar
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.elided_label import ElidedLabel

LONG = "Will be sent: 4,000 × 3,000 → 1,344 × 1,008, 1,728 tokens"
SHORT = "→ 1,344 × 1,008, 1,728 tokens"


@pytest.fixture
def bar(qapp: QApplication) -> Iterator[PictureBar]:
    made = PictureBar(Theme(qapp, ThemeChoice.LIGHT))
    made.set_picture_shown(True)
    made.set_zoom(1.0, True)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def at_width(bar: PictureBar, width: int) -> ElidedLabel:
    """The label with what would be sent, in a bar of this width."""
    bar.resize(width, bar.sizeHint().height())
    for _ in range(3):
        QApplication.processEvents()
    return next(label for label in bar.findChildren(ElidedLabel) if label.text() == LONG)


def is_below_buttons(bar: PictureBar, label: ElidedLabel) -> bool:
    lowest = max(button.geometry().bottom() for button in bar.findChildren(QToolButton))
    return label.geometry().top() > lowest


def test_it_stands_among_the_buttons_where_there_is_room(bar: PictureBar) -> None:
    bar.set_sent(LONG, SHORT)
    label = at_width(bar, 1000)
    assert not is_below_buttons(bar, label)
    assert label.width() >= label.fontMetrics().horizontalAdvance(LONG)


def test_in_a_narrow_bar_it_has_a_line_of_its_own(bar: PictureBar) -> None:
    bar.set_sent(LONG, SHORT)
    label = at_width(bar, 420)
    assert is_below_buttons(bar, label)
    assert label.width() >= label.fontMetrics().horizontalAdvance(SHORT)
    assert label.toolTip() in ("", LONG)


def test_it_goes_back_when_the_bar_becomes_wide_or_has_nothing_to_say(bar: PictureBar) -> None:
    bar.set_sent(LONG, SHORT)
    assert not is_below_buttons(bar, at_width(bar, 1000))
    low = bar.sizeHint().height()
    assert is_below_buttons(bar, at_width(bar, 420))
    assert bar.sizeHint().height() > low
    assert not is_below_buttons(bar, at_width(bar, 1000))
    assert is_below_buttons(bar, at_width(bar, 420))
    bar.set_sent("", "")
    QApplication.processEvents()
    assert bar.sizeHint().height() == low


def test_the_short_words_are_never_cut(bar: PictureBar) -> None:
    bar.set_sent(LONG, SHORT)
    bar.set_notes(["Shown turned by 90°."])
    for width in range(400, 1200, 7):
        label = at_width(bar, width)
        assert label.width() >= label.least_width, width
