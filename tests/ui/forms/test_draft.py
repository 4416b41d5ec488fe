"""Drafts of forms, what is wrong with them, and the changes that can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.forms.form import MOST_FIELDS, Form
from desktop_app.domain.forms.records import KIND_NAMES, form_of, record_of
from desktop_app.ui.forms.checks import Mistake, Part, problems_of
from desktop_app.ui.forms.draft import FieldDraft, FormDraft, Kind, draft_of
from desktop_app.ui.forms.editing import (
    History,
    with_copy,
    with_field,
    with_field_edited,
    with_field_moved,
    without_field,
)
from tests.fakes.forms import any_form, every_kind


def test_every_kind_of_a_form_file_can_be_edited() -> None:
    assert set(Kind) == set(KIND_NAMES)


def test_a_form_of_every_kind_comes_out_as_it_went_in() -> None:
    form = every_kind()
    assert draft_of(form).form(form.version) == form
    assert problems_of(draft_of(form)) == ()


@given(any_form)
def test_a_draft_without_mistakes_is_a_form_that_can_be_kept(form: Form) -> None:
    draft = draft_of(form)
    if not problems_of(draft):
        made = draft.form()
        assert form_of(record_of(made)) == made


def one(kind: Kind = Kind.YES_NO, **typed: Any) -> FormDraft:
    field = FieldDraft(1, "Rust", "rust", kind=kind)
    return FormDraft("Bridge", fields=(replace(field, **typed),))


@pytest.mark.parametrize(
    ("draft", "part", "mistake"),
    [
        (replace(one(), name=" "), Part.NAME, Mistake.NAME_MISSING),
        (replace(one(), name="Receipt"), Part.NAME, Mistake.NAME_TAKEN),
        (replace(one(), instructions="Of {{who}}"), Part.INSTRUCTIONS, Mistake.VARIABLE_UNKNOWN),
        (replace(one(), fields=()), Part.FIELDS, Mistake.NO_FIELDS),
        (one(label="  "), Part.LABEL, Mistake.LABEL_MISSING),
        (one(key="1st"), Part.KEY, Mistake.KEY_UNUSABLE),
        (one(key=""), Part.KEY, Mistake.KEY_UNUSABLE),
        (one(Kind.NUMBER, minimum="ten"), Part.MINIMUM, Mistake.NOT_A_NUMBER),
        (one(Kind.NUMBER, maximum="1,000"), Part.MAXIMUM, Mistake.NOT_A_NUMBER),
        (one(Kind.NUMBER, maximum="1_000"), Part.MAXIMUM, Mistake.NOT_A_NUMBER),
        (one(Kind.NUMBER, maximum="inf"), Part.MAXIMUM, Mistake.NOT_A_NUMBER),
        (one(Kind.NUMBER, minimum="2", maximum="1"), Part.MAXIMUM, Mistake.RANGE_EMPTY),
        (
            one(Kind.NUMBER, minimum="0.2", maximum="0.8", whole=True),
            Part.MAXIMUM,
            Mistake.NO_WHOLE_NUMBER,
        ),
        (one(Kind.CHOICE, options=" \n"), Part.OPTIONS, Mistake.OPTIONS_MISSING),
        (one(Kind.CHOICES, options="rust\nRUST"), Part.OPTIONS, Mistake.OPTION_TWICE),
    ],
)
def test_a_mistake_is_told_at_its_place(draft: FormDraft, part: Part, mistake: Mistake) -> None:
    assert [(told.part, told.mistake) for told in problems_of(draft, {"Receipt"})] == [(part, mistake)]


def test_two_fields_with_one_key_are_both_told() -> None:
    draft = one()
    twice = replace(draft, fields=(*draft.fields, FieldDraft(2, "Other", "rust")))
    assert [told.field_id for told in problems_of(twice)] == [1, 2]


def test_a_form_has_an_end() -> None:
    fields = tuple(FieldDraft(number, "F", f"f{number}") for number in range(MOST_FIELDS + 1))
    assert [told.mistake for told in problems_of(FormDraft("Long", fields=fields))] == [
        Mistake.TOO_MANY_FIELDS
    ]


def test_what_belongs_to_another_kind_keeps_nobody_from_saving() -> None:
    assert problems_of(one(Kind.DATE, minimum="ten", options="a\na")) == ()


def test_a_key_follows_the_label_until_one_is_typed() -> None:
    draft, field_id = with_field(FormDraft(), Kind.NUMBER, None)
    draft = with_field_edited(draft, replace(draft.fields[0], label="Missing bolts"))
    assert draft.fields[0].key == "missing_bolts"
    draft = with_field_edited(draft, replace(draft.fields[0], key="bolts"))
    draft = with_field_edited(draft, replace(draft.fields[0], label="Bolts that are gone"))
    assert draft.fields[0].key == "bolts"
    draft = with_field_edited(draft, replace(draft.fields[0], key=""))
    assert draft.fields[0].key == ""
    draft = with_field_edited(draft, replace(draft.fields[0]))
    assert draft.fields[0].key == "bolts_that_are_gone"
    assert draft.fields[0].id == field_id


def test_keys_made_from_labels_are_all_different() -> None:
    draft = FormDraft()
    for label in ("Rust", "Rust!", "锈", "裂缝"):
        draft, field_id = with_field(draft, Kind.YES_NO, None)
        field = draft.field_with(field_id)
        assert field is not None
        draft = with_field_edited(draft, replace(field, label=label))
    assert [field.key for field in draft.fields] == ["rust", "rust_2", "field", "field_2"]


def test_answers_of_a_saved_form_keep_their_key_when_the_label_changes() -> None:
    draft = draft_of(every_kind())
    changed = with_field_edited(draft, replace(draft.fields[0], label="Something else"))
    assert changed.fields[0].key == draft.fields[0].key


def labels(draft: FormDraft) -> str:
    return "".join(field.label for field in draft.fields)


def abc() -> FormDraft:
    return FormDraft("F", fields=tuple(FieldDraft(i, label, label) for i, label in enumerate("abc", 1)))


@pytest.mark.parametrize(
    ("field_id", "to", "order"), [(1, 2, "bca"), (3, 0, "cab"), (2, 9, "acb"), (1, -4, "abc")]
)
def test_fields_are_moved_and_the_ends_hold(field_id: int, to: int, order: str) -> None:
    assert labels(with_field_moved(abc(), field_id, to)) == order


def test_a_copy_stands_behind_its_model_with_a_key_of_its_own() -> None:
    draft, copy_id = with_copy(abc(), 1)
    assert labels(draft) == "aabc"
    assert draft.fields[1].id == copy_id
    assert draft.fields[1].key == "a_2"


def test_when_a_field_goes_its_neighbour_is_next() -> None:
    draft, following = without_field(abc(), 3)
    assert (labels(draft), following) == ("ab", 2)
    assert without_field(one(), 1) == (replace(one(), fields=()), None)


@given(st.lists(st.tuples(st.sampled_from("nft"), st.sampled_from(["", "name", "label"])), max_size=30))
def test_undoing_everything_leads_back_and_redoing_forward(changes: list[tuple[str, str]]) -> None:
    history = History(abc())
    for number, (place, what) in enumerate(changes):
        history.change(replace(history.draft, name=f"{place}{number}"), what)
    last = history.draft
    while history.can_undo:
        history.undo()
    assert history.draft == abc()
    while history.can_redo:
        history.redo()
    assert history.draft == last


def test_words_typed_in_one_place_are_undone_as_one() -> None:
    history = History(abc())
    for name in ("B", "Br", "Bri"):
        history.change(replace(history.draft, name=name), "name")
    history.change(replace(history.draft, instructions="L"), "instructions")
    history.undo()
    assert history.draft.name == "Bri"
    history.undo()
    assert history.draft == abc()
