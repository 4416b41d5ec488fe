from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import plain_form
from desktop_app.domain.forms.variables import (
    OF_PICTURE,
    check_variables,
    earlier_field,
    fill_variables,
    variables_in,
)

PLAIN = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=12)
NAMES = st.sampled_from([*OF_PICTURE, "corrosion.rust", "锈.度", "two words"])
BLANKS = st.sampled_from(["", " ", "\n", "   "])
PARTS = st.lists(st.tuples(PLAIN, NAMES, BLANKS, BLANKS), max_size=6)


@given(PARTS, PLAIN, st.dictionaries(NAMES, st.text(max_size=9) | st.just("{{file}}")))
def test_each_variable_gives_way_to_its_value_and_everything_else_stays(
    parts: list[tuple[str, str, str, str]], end: str, values: dict[str, str]
) -> None:
    prompt = "".join(f"{text}{{{{{before}{name}{behind}}}}}" for text, name, before, behind in parts) + end
    assert variables_in(prompt) == tuple(dict.fromkeys(name for _, name, _, _ in parts))
    filled = "".join(text + (values.get(name) or "unknown") for text, name, _, _ in parts) + end
    assert fill_variables(prompt, values) == filled


@given(st.text(st.sampled_from("{}{} abfile.\n"), max_size=60))
def test_no_text_makes_it_fail(prompt: str) -> None:
    filled = fill_variables(prompt, dict.fromkeys(variables_in(prompt), "x"))
    assert "unknown" not in filled
    if not variables_in(prompt):
        assert filled == prompt


@pytest.mark.parametrize(
    ("prompt", "names"),
    [
        ("{{file}} of {{ folder }}, {{file}}", ("file", "folder")),
        ('{"rust": true}', ()),
        ("{file}", ()),
        ("{{}}", ()),
        ("{{{file}}}", ("file",)),
        ("{{a{b}c}}", ()),
        ("{{ run one.rust }}", ("run one.rust",)),
        ("{{file", ()),
        ("{{" + " " * 50_000, ()),
    ],
)
def test_what_is_a_variable(prompt: str, names: tuple[str, ...]) -> None:
    assert variables_in(prompt) == names


@pytest.mark.parametrize(
    ("variable", "field"),
    [
        ("corrosion.rust", ("corrosion", "rust")),
        ("run of 1.5.2026.rust", ("run of 1.5.2026", "rust")),
        ("corrosion . rust", ("corrosion", "rust")),
        ("file", None),
        (".rust", None),
        ("corrosion.", None),
        (" . ", None),
    ],
)
def test_fields_of_earlier_runs(variable: str, field: tuple[str, str] | None) -> None:
    assert earlier_field(variable) == field


@pytest.mark.parametrize(
    "prompt", ["", "What is in {{file}}?", "{{taken}} {{size}} {{folder}} {{a.b}}", "{x}"]
)
def test_known_variables_pass(prompt: str) -> None:
    check_variables(prompt)


@pytest.mark.parametrize(
    ("prompt", "name"), [("{{flie}}", "flie"), ("{{file}} {{ .b }}", ".b"), ("{{ }}", "")]
)
def test_a_variable_that_nothing_is_known_by_is_refused_by_its_name(prompt: str, name: str) -> None:
    with pytest.raises(AppError) as caught:
        check_variables(prompt)
    assert caught.value.code is ErrorCode.PROMPT_VARIABLE
    assert dict(caught.value.values)["name"] == name


def test_a_run_is_called_after_its_prompt_so_that_another_prompt_can_name_it() -> None:
    name = plain_form("Is {{file}} rusty?\nSay yes or no.").name
    assert name == "Is file rusty?"
    assert earlier_field(variables_in(f"{{{{{name}.answer}}}}")[0]) == (name, "answer")
