"""How sure a vision model was of a yes/no or a choice, from the probabilities of its tokens.

vLLM's logprobs are those before the grammar's mask and before the temperature. At every token where the
answer could still have become another option, the probability of the chosen one is set against all options
that were possible there; words that are no option do not count. The product over these tokens is the
confidence. Looking at the first token alone would be wrong where options begin alike.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence

from desktop_app.domain.completions import TokenChance
from desktop_app.domain.forms.form import Choice, Form, FormField, YesNo
from desktop_app.domain.forms.reading import CellValue


def confidences(form: Form, tokens: Sequence[TokenChance], values: dict[str, CellValue]) -> dict[str, float]:
    """Confidence, 0 to 1, of each yes/no and choice field whose value can be found among the tokens.

    Args:
        form: what was asked.
        tokens: the answer's tokens in order; empty when the server gives no probabilities.
        values: as read from the same answer.
    """
    text = "".join(token.text for token in tokens)
    found: dict[str, float] = {}
    for one in form.fields:
        options = _written_options(one)
        value = values.get(one.key)
        start = _start_of_value(text, one.key) if options and value is not None else None
        if start is None:
            continue
        sure = _confidence(tokens, start, options, json.dumps(value, ensure_ascii=False))
        if sure is not None:
            found[one.key] = sure
    return found


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


def _start_of_value(text: str, key: str) -> int | None:
    """Where the value of a key begins in the JSON; None when the key is not there."""
    match = re.search(rf"{re.escape(json.dumps(key))}\s*:\s*", text)
    return None if match is None else match.end()


def _confidence(
    tokens: Sequence[TokenChance], start: int, options: Sequence[str], chosen: str
) -> float | None:
    alive, sure, position = [*options], 1.0, 0
    for token in tokens:
        begins, position = position, position + len(token.text)
        if position <= start:
            continue
        # A token may begin before the value, with the colon or a blank; what came before it is certain.
        lead = token.text[: max(0, start - begins)]
        behind = max(0, begins - start)
        written = chosen[:behind]
        alive = [option for option in alive if option.startswith(written)]
        if len(alive) < 2:
            return sure
        share = _share(token, lead, behind, alive, chosen)
        if share is None:
            return None
        sure *= share
        if behind + len(token.text) - len(lead) >= len(chosen):
            return sure
    return None


def _share(token: TokenChance, lead: str, behind: int, alive: Sequence[str], chosen: str) -> float | None:
    """Probability of going on towards the chosen option, among all that were possible here."""
    towards, all_of_them = 0.0, 0.0
    for text, logprob in {token.text: token.logprob, **dict(token.others)}.items():
        # Both with the same beginning, or both with blanks before the value.
        tail = text[len(lead) :] if lead and text.startswith(lead) else text.lstrip() if not behind else text
        if not tail:
            continue
        fits = [option for option in alive if _agree(option[behind:], tail)]
        if not fits:
            continue
        chance = math.exp(logprob)
        all_of_them += chance
        if chosen in fits:
            # One token that leaves several options open says nothing for or against any of them.
            towards += chance
    return None if not all_of_them else min(1.0, towards / all_of_them)


def _agree(rest: str, token: str) -> bool:
    """Whether a token can be the next piece of what is left of an option; it may reach beyond its end."""
    return rest.startswith(token) or (bool(rest) and token.startswith(rest))
