"""Colour changes nothing about the code."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.ui.conversation.markdown.code_colours import CodeRun, code_parts, coloured_part


def coloured(code: str, language: str, dark: bool) -> list[CodeRun]:
    return [run for part in code_parts(code) for run in coloured_part(part, language, dark)]


@pytest.mark.parametrize("dark", [False, True])
def test_keywords_and_strings_look_different(dark: bool) -> None:
    runs = coloured("def f():\n    return 'x'\n", "python", dark)
    colours = {run.text.strip(): run.colour for run in runs}
    assert colours["def"] != colours["'x'"]


@pytest.mark.parametrize("language", ["", "nosuchlanguage"])
def test_unknown_languages_stay_plain(language: str) -> None:
    assert [run.text for run in coloured("x = 1", language, dark=False)] == ["x = 1"]


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["python", "json", "html", "c", "bash", ""]))
def test_the_text_stays_the_same(code: str, language: str) -> None:
    code = code.replace("\r", "")
    assert "".join(run.text for run in coloured(code, language, dark=True)) == code
