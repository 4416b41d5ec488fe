from __future__ import annotations

import pytest

from desktop_app.ui.widgets.spoken import spoken


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("&Save", "Save"),
        ("Impo&rt…", "Import…"),
        ("名称(&M)", "名称"),
        ("导入(&R)…", "导入…"),
        ("Plain", "Plain"),
    ],
)
def test_the_letter_that_is_underlined_is_not_spoken(text: str, words: str) -> None:
    assert spoken(text) == words
