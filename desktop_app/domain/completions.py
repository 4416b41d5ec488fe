"""A whole answer to one request, for work that nobody watches while it is written."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.answers import FinishReason, Usage


@dataclass(frozen=True, slots=True)
class TokenChance:
    """One token of an answer with its natural-log probability, and those of the likeliest others there."""

    text: str
    logprob: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back.

    Attributes:
        text: the answer without reasoning.
        reasoning: the model's reasoning, "" when there is none.
        finish: why it ended.
        model: the id the server reports.
        usage: tokens, None when the server does not count them.
        tokens: with probabilities, empty unless they were asked for and the server gives them.
    """

    text: str
    reasoning: str
    finish: FinishReason
    model: str
    usage: Usage | None
    tokens: tuple[TokenChance, ...] = ()
