"""Makes a completion of an answer that came in one piece."""

from __future__ import annotations

import math
from typing import Any

from desktop_app.adapters.openai_server.answer_stream import AnswerReader
from desktop_app.domain.answers import ReasoningPiece, TextPiece
from desktop_app.domain.completions import Completion, TokenChance
from desktop_app.domain.vision_model_events import EarlierTextWasReasoning, ModelFinished, ModelStarted


def completion_of(answer: Any, model: str) -> Completion | None:
    """The completion, or None for a body that is no answer (a page, or an object of another kind).

    Args:
        answer: as the openai library decoded it, of whatever shape the server sent.
        model: the id asked for.
    """
    reader = AnswerReader(model)
    events = reader.feed(answer)
    if reader.finish is None:
        return None
    text, reasoning, named = "", "", model
    for event in (*events, *reader.end()):
        match event:
            case ModelStarted(model=said):
                named = said or model
            case TextPiece(text=piece):
                text += piece
            case ReasoningPiece(text=piece):
                reasoning += piece
            case EarlierTextWasReasoning():
                text, reasoning = "", reasoning + text
            case ModelFinished(finish=finish, usage=usage):
                return Completion(text, reasoning, finish, named, usage, _tokens(answer))
    return None


def _tokens(answer: Any) -> tuple[TokenChance, ...]:
    """The tokens with their probabilities; none where the server gave something else in their place."""
    choices = getattr(answer, "choices", None)
    told = getattr(choices[0], "logprobs", None) if isinstance(choices, list) and choices else None
    content = getattr(told, "content", None)
    tokens = [_token(one) for one in content] if isinstance(content, list) else []
    return tuple(token for token in tokens if token is not None)


def _token(told: Any) -> TokenChance | None:
    known = _chance(told)
    others = getattr(told, "top_logprobs", None)
    alike = [_chance(one) for one in others] if isinstance(others, list) else []
    return None if known is None else TokenChance(*known, tuple(one for one in alike if one is not None))


def _chance(told: Any) -> tuple[str, float] | None:
    text, logprob = getattr(told, "token", None), getattr(told, "logprob", None)
    if not isinstance(text, str) or not isinstance(logprob, int | float) or math.isnan(logprob):
        return None
    return text, float(logprob)
