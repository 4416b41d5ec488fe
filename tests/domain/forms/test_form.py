from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.forms.form import (
    PLAIN_FIELD,
    Form,
    FormField,
    Text,
    YesNo,
    is_key,
    key_for,
    plain_form,
)
from desktop_app.domain.forms.records import form_of, record_of


@given(st.text(max_size=80), st.sets(st.sampled_from(["field", "rust", "a", *"bcd"]) | st.text(max_size=3)))
def test_a_key_made_of_any_label_is_a_key_of_its_own(label: str, taken: set[str]) -> None:
    key = key_for(label, taken)
    assert is_key(key)
    assert key not in taken


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("Is it open?", (), "is_it_open"),
        ("Größe (mm)", (), "groe_mm"),
        ("Café", (), "cafe"),
        ("2nd  floor", (), "nd_floor"),
        ("锈蚀程度", (), "field"),
        ("锈蚀程度", ("field", "field_2"), "field_3"),
        ("Rust", ("rust",), "rust_2"),
        ("x" * 50, ("x" * 32,), "x" * 32 + "_2"),
        ("???", (), "field"),
    ],
)
def test_keys_of_labels(label: str, taken: tuple[str, ...], key: str) -> None:
    assert key_for(label, taken) == key


@pytest.mark.parametrize("text", ["a", "rust_2", "A" * 40])
def test_what_is_a_key(text: str) -> None:
    assert is_key(text)


@pytest.mark.parametrize("text", ["", "2nd", "_a", "a b", "a-b", "é", "锈", "a\n", "A" * 41])
def test_what_is_no_key(text: str) -> None:
    assert not is_key(text)


@given(st.text(), st.text(max_size=20))
def test_a_plain_prompt_is_a_form_that_can_be_kept(prompt: str, name: str) -> None:
    form = plain_form(prompt, name)
    assert form.is_plain
    assert form.instructions == prompt
    assert form_of(record_of(form)) == form


@pytest.mark.parametrize(
    ("prompt", "name", "shown"),
    [
        ("Is there rust?", "", "Is there rust?"),
        ("\n  First line \nsecond", "", "First line"),
        ("x" * 59 + " yz", "", "x" * 59),
        ("Is there rust?", "Rust", "Rust"),
        ("  \n ", " ", "Answer"),
    ],
)
def test_the_name_of_a_plain_prompt(prompt: str, name: str, shown: str) -> None:
    assert plain_form(prompt, name).name == shown


def test_only_the_plain_field_alone_makes_a_plain_form() -> None:
    assert not Form("Two", (PLAIN_FIELD, FormField("b", "B", YesNo()))).is_plain
    assert not Form("Short", (FormField("answer", "Answer", Text(max_length=300)),)).is_plain


def test_fields_are_found_by_their_keys() -> None:
    form = Form("Two", (FormField("a", "A", YesNo()), FormField("b", "B", Text())))
    assert form.keys == ("a", "b")
    assert form.field_named("b") == form.fields[1]
    assert form.field_named("c") is None
