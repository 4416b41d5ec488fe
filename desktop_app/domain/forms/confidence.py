"""How sure a vision model was of a yes/no or a choice, from the probabilities of its tokens.

vLLM's logprobs are those before the grammar's mask and before the temperature. At every token where the
answer could still have become another option, the probability of going on towards the chosen one is set
against all options that were possible there; words that are no option do not count. The product over these
tokens is the confidence, save that a token which would have completed the chosen option at once leaves
nothing to be sure of behind it. Looking at the first token alone would be wrong where options begin alike.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.completions import TokenChance
from desktop_app.domain.forms.finding import ValuePlace, find_object, places_of_values
from desktop_app.domain.forms.form import Choice, Form, FormField, YesNo
from desktop_app.domain.forms.values import CellValue

_END_OF_REASONING = "</think>"


def confidences(form: Form, tokens: Sequence[TokenChance], values: dict[str, CellValue]) -> dict[str, float]:
    """Confidence, 0 to 1, of each yes/no and choice field whose value can be found among the tokens.

    A value that was written in another way than the schema has it, such as "yes" for true, has none: nothing
    is known of the other ways to write it.

    Args:
        form: what was asked.
        tokens: the answer's tokens in order; empty when the server gives no probabilities.
        values: as read from the same answer.
    """
    if not tokens:
        return {}
    text = "".join(token.text for token in tokens)
    answer_start = max(0, text.rfind(_END_OF_REASONING))
    answer = text[answer_start:]
    found = find_object(answer, form.keys)
    places = places_of_values(answer, found) if found is not None else {}
    sure: dict[str, float] = {}
    for one in form.fields:
        options, value, place = _written_options(one), values.get(one.key), places.get(one.key)
        if not options or value is None or place is None:
            continue
        chosen = json.dumps(value, ensure_ascii=False)
        if answer.startswith(chosen, place.start):
            moved = ValuePlace(answer_start + place.colon, answer_start + place.start)
            share = _confidence([*_steps(tokens, moved, options, chosen)])
            if share is not None:
                sure[one.key] = share
    return sure


def _written_options(one: FormField) -> tuple[str, ...]:
    """The values that are possible, as they stand in JSON."""
    match one.kind:
        case YesNo():
            options: tuple[str, ...] = ("true", "false")
        case Choice(options=named):
            options = tuple(json.dumps(option, ensure_ascii=False) for option in named)
        case _:
            return ()
    return options if one.required else (*options, "null")


@dataclass(frozen=True, slots=True)
class _Step:
    """What could have come in one token's place.

    Attributes:
        settled: probability of tokens that leave the chosen option alone.
        open: of tokens that leave it and others.
        against: of tokens that rule it out and leave others.
        is_readable: the token that came says what it stands for; pieces of a character do not.
    """

    settled: float
    open: float
    against: float
    is_readable: bool = True


def _confidence(steps: Sequence[_Step]) -> float | None:
    sure = 1.0
    for step in reversed(steps):
        possible = step.settled + step.open + step.against
        if not possible or not step.is_readable:
            return None
        sure = (step.settled + step.open * sure) / possible
    return sure


def _steps(
    tokens: Sequence[TokenChance], place: ValuePlace, options: Sequence[str], chosen: str
) -> Iterator[_Step]:
    """One for each token, from the colon on, at which more than the chosen option was possible."""
    position = 0
    for token in tokens:
        begins, position = position, position + len(token.text)
        if position <= place.colon:
            continue
        lead = token.text[: max(0, place.colon - begins)]
        written = chosen[: max(0, begins - place.start)]
        alive = [option for option in options if option.startswith(written)]
        if len(alive) < 2:
            return
        yield _step(token, lead, written, alive, chosen)


def _step(token: TokenChance, lead: str, written: str, alive: Sequence[str], chosen: str) -> _Step:
    """
    Args:
        token: what came, and its alternatives.
        lead: how it begins before the value, up to the colon.
        written: what of the chosen option stood there already.
        alive: the options that were still possible.
        chosen: the option that came of it.
    """
    settled = open_ = against = 0.0
    for text, logprob in {token.text: token.logprob, **dict(token.others)}.items():
        tail = text.removeprefix(lead) if text.startswith(lead) else ""
        if not written:
            tail = tail.lstrip()
        fits = [option for option in alive if _agree(option[len(written) :], tail)]
        if not tail and text != token.text:
            continue  # blanks, or nothing of the value yet: everything would be as before
        chance = math.exp(min(logprob, 0.0))
        if fits == [chosen]:
            settled += chance
        elif chosen in fits:
            open_ += chance
        elif fits:
            against += chance
    return _Step(settled, open_, against, bool(token.text) and "\N{REPLACEMENT CHARACTER}" not in token.text)


def _agree(rest: str, token: str) -> bool:
    """Whether a token can be the next piece of what is left of an option; it may reach beyond its end."""
    return rest.startswith(token) or (bool(rest) and token.startswith(rest))
