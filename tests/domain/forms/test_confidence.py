from __future__ import annotations

import itertools
import json
import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.completions import TokenChance
from desktop_app.domain.forms.confidence import confidences
from desktop_app.domain.forms.form import Choice, FieldKind, Form, FormField, Number, Text, YesNo
from tests.domain.forms.making import WORDS


def token(text: str, chance: float = 1.0, **others: float) -> TokenChance:
    return told(text, chance, others)


def told(text: str, chance: float, others: dict[str, float]) -> TokenChance:
    """As a server tells it: the token that came stands among the likeliest ones, too."""
    likeliest = {text: chance, **others}
    return TokenChance(text, math.log(chance), tuple((one, math.log(p)) for one, p in likeliest.items()))


def sure_of(
    kind: FieldKind, value: bool | str, tokens: Sequence[TokenChance], required: bool = True
) -> float | None:
    form = Form("One", (FormField("v", "V", kind, required=required),))
    return confidences(form, tokens, {"v": value}).get("v")


def test_yes_against_no() -> None:
    tokens = [token('{"v":'), token(" true", 0.6, **{" false": 0.2, " maybe": 0.2}), token("}")]
    assert sure_of(YesNo(), True, tokens) == pytest.approx(0.75)


def test_null_is_an_option_where_the_field_may_be_null() -> None:
    tokens = [token('{"v":'), told(" true", 0.5, {" false": 0.25, " null": 0.25}), token("}")]
    assert sure_of(YesNo(), True, tokens, required=False) == pytest.approx(0.5)
    assert sure_of(YesNo(), True, tokens) == pytest.approx(0.5 / 0.75)


def test_a_value_that_is_null_has_no_confidence() -> None:
    form = Form("One", (FormField("v", "V", YesNo(), required=False),))
    tokens = [token('{"v":'), told(" null", 0.5, {" true": 0.5}), token("}")]
    assert confidences(form, tokens, {"v": None}) == {}


def test_options_that_begin_alike_are_told_apart_where_they_part() -> None:
    kind = Choice(("rust", "rusty", "paint"))
    tokens = [
        token('{"v": '),
        told('"', 1.0, {}),
        told("rust", 0.8, {"paint": 0.2}),
        told('"', 0.3, {"y": 0.1, "s": 0.6}),
        token("}"),
    ]
    assert sure_of(kind, "rust", tokens) == pytest.approx(0.8 * 0.3 / 0.4)


def test_an_option_that_begins_another_one() -> None:
    kind = Choice(("no", "no rust"))
    tokens = [token('{"v": "'), token("no"), told('"}', 0.7, {" rust": 0.3})]
    assert sure_of(kind, "no", tokens) == pytest.approx(0.7)
    tokens = [token('{"v": "'), token("no"), told(" rust", 0.3, {'"}': 0.7}), token('"}')]
    assert sure_of(kind, "no rust", tokens) == pytest.approx(0.3)


@pytest.mark.parametrize("before", [[":", " "], [": "], [":", "\n  "], [":", " ", " "], [":"]])
def test_blanks_before_the_value_change_nothing(before: list[str]) -> None:
    value = told('"red', 0.6, {'"blue': 0.3, " ": 0.1})
    tokens = [token('{"v"'), *map(token, before), value, token('"}')]
    assert sure_of(Choice(("red", "blue")), "red", tokens) == pytest.approx(0.6 / 0.9)


def test_a_token_may_hold_the_end_of_the_key_and_the_beginning_of_the_value() -> None:
    tokens = [token('{"v'), told('": "', 0.8, {'": null': 0.1, '":': 0.05, "alue": 0.05}), token('red"}')]
    kind = Choice(("red", "blue"))
    tokens[2:] = [told("red", 0.5, {"blue": 0.5}), token('"}')]
    assert sure_of(kind, "red", tokens, required=False) == pytest.approx(0.8 / 0.9 * 0.5)


def test_a_blank_that_came_although_another_option_was_likely() -> None:
    tokens = [token('{"v":'), told(" ", 0.1, {' "blue"': 0.9}), told('"red"', 1.0, {}), token("}")]
    assert sure_of(Choice(("red", "blue")), "red", tokens) == pytest.approx(0.1)


def test_another_way_to_the_same_option_counts_for_it() -> None:
    tokens = [token('{"v": "'), told("r", 0.1, {'red"': 0.9}), told("ed", 0.5, {"ust": 0.5}), token('"}')]
    assert sure_of(Choice(("red", "rust")), "red", tokens) == pytest.approx(0.9 + 0.1 * 0.5)


def test_words_that_are_no_option_do_not_count() -> None:
    tokens = [
        token('{"v": "'),
        told("red", 0.01, {"I": 0.9, "blue": 0.01, "re": 0.0001, "rad": 0.05}),
        token('"}'),
    ]
    assert sure_of(Choice(("red", "blue")), "red", tokens) == pytest.approx(0.0101 / 0.0201)


def test_a_single_option_is_certain() -> None:
    assert sure_of(Choice(("red",)), "red", [token('{"v": "'), token("red", 0.1), token('"}')]) == 1.0


def test_a_value_written_in_its_own_way_has_no_confidence() -> None:
    assert sure_of(YesNo(), True, [token('{"v": "'), told("yes", 0.9, {"no": 0.1}), token('"}')]) is None
    tokens = [token('{"v": "'), told("Red", 0.8, {"red": 0.1, "blue": 0.1}), token('"}')]
    assert sure_of(Choice(("red", "blue")), "red", tokens) is None


def test_pieces_of_a_character_leave_it_unknown() -> None:
    """Nothing tells which options the alternatives were pieces of."""
    kind = Choice(("锈", "镜"))
    for piece in ("", "\N{REPLACEMENT CHARACTER}"):
        tokens = [token('{"v": "'), TokenChance(piece, -0.1), token("锈"), token('"}')]
        assert sure_of(kind, "锈", tokens) is None
    whole = [token('{"v": "'), told("锈", 0.75, {"镜": 0.25}), token('"}')]
    assert sure_of(kind, "锈", whole) == pytest.approx(0.75)


def test_the_key_of_another_object_or_inside_a_text_is_not_taken_for_it() -> None:
    form = Form("Two", (FormField("words", "W", Text()), FormField("v", "V", YesNo())))
    for words in ('"\\"v\\": true"', '{"v": true}', '[{"v": true}]'):
        tokens = [token(f'{{"words": {words}, "v":'), told(" true", 0.6, {" false": 0.4}), token("}")]
        assert confidences(form, tokens, {"v": True})["v"] == pytest.approx(0.6)


def test_what_was_thought_before_the_answer_does_not_count() -> None:
    thought = [token("<think>"), told('{"v": true', 0.9, {}), token("}"), token("</think>")]
    tokens = [*thought, token('{"v":'), told(" true", 0.6, {" false": 0.4}), token("}")]
    assert sure_of(YesNo(), True, tokens) == pytest.approx(0.6)


def test_only_the_last_of_two_values_for_a_key_counts() -> None:
    first = [token('{"v":'), told(" true", 0.9, {" false": 0.1})]
    tokens = [*first, token(', "v":'), told(" true", 0.6, {" false": 0.4}), token("}")]
    assert sure_of(YesNo(), True, tokens) == pytest.approx(0.6)


@pytest.mark.parametrize(
    "tokens",
    [
        [],
        [token("There is rust.")],
        [token('{"v": '), token("true")],
        [token('{"w": '), token("true"), token("}")],
        [token('{"v": '), TokenChance("true", -math.inf), token("}")],
    ],
)
def test_nothing_is_said_where_nothing_is_known(tokens: list[TokenChance]) -> None:
    assert sure_of(YesNo(), True, tokens) is None


def test_a_server_that_tells_impossible_figures_does_no_harm() -> None:
    tokens = [token('{"v": '), TokenChance("true", 1e9, (("true", 1e9), ("false", -1e9))), token("}")]
    assert sure_of(YesNo(), True, tokens) == 1.0


def test_numbers_and_texts_have_none() -> None:
    form = Form("Two", (FormField("n", "N", Number()), FormField("t", "T", Text())))
    tokens = [token('{"n": '), told("1", 0.5, {"2": 0.5}), token(', "t": "a"}')]
    assert confidences(form, tokens, {"n": 1, "t": "a"}) == {}


NAMES = st.text("ab ", min_size=1, max_size=5).filter(lambda text: text.strip() != "")
SHARED = st.lists(NAMES | WORDS, min_size=2, max_size=6, unique_by=lambda text: text.strip().casefold())
CHANCES = st.floats(0.01, 1.0)
NONSENSE = "\a"
"""Stands in no JSON."""


@st.composite
def spelt(draw: st.DrawFn) -> tuple[Choice, str, list[TokenChance], float]:
    """An answer cut into tokens anywhere, and the confidence it has by the definition.

    Every token has for alternatives a step towards any other option that is still possible, and nonsense.
    """
    options = draw(SHARED)
    written = [json.dumps(option, ensure_ascii=False) for option in options]
    chosen = draw(st.sampled_from(written))
    before = draw(st.sampled_from(['{"v":', '{"v" : ', '{\n  "v":\n    ', 'So: {"a": "b:", "v": ']))
    text = before + chosen + draw(st.sampled_from(["}", "\n}", ', "w": 1}']))
    colon, start = before.rindex(":") + 1, len(before)
    edges = sorted({0, len(text), *draw(st.sets(st.integers(1, len(text) - 1)))})
    tokens, exact = [], 1.0
    for begin, end in itertools.pairwise(edges):
        lead, rest = text[begin:start], chosen[max(0, begin - start) :]
        alive = [one for one in written if one.startswith(chosen[: max(0, begin - start)])]
        steps = [one[len(chosen) - len(rest) :][: draw(st.integers(1, 4))] for one in alive]
        away = {lead + step for step in steps if not (rest.startswith(step) or step.startswith(rest))}
        others = {one: draw(CHANCES) for one in sorted(away)} if end > colon else {}
        chance = draw(CHANCES)
        tokens.append(told(text[begin:end], chance, {**others, NONSENSE: draw(CHANCES)}))
        exact *= chance / (chance + sum(others.values()))
    return Choice(tuple(options)), json.loads(chosen), tokens, exact


@settings(max_examples=300)
@given(spelt())
def test_the_confidence_is_the_product_over_all_partings(
    made: tuple[Choice, str, list[TokenChance], float],
) -> None:
    kind, chosen, tokens, exact = made
    assert sure_of(kind, chosen, tokens) == pytest.approx(exact)


@given(spelt())
def test_a_confidence_is_a_share(made: tuple[Choice, str, list[TokenChance], float]) -> None:
    kind, chosen, tokens, _ = made
    for required in (True, False):
        sure = sure_of(kind, chosen, tokens, required)
        assert sure is not None
        assert 0 < sure <= 1
