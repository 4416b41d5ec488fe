"""From a vision model's whole answer about one picture to what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.answers import FinishReason, Usage
from desktop_app.domain.completions import Completion
from desktop_app.domain.forms.confidence import confidences
from desktop_app.domain.forms.finding import find_object
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.places import in_original_pixels
from desktop_app.domain.forms.reading import FormReading, read_answer
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import ItemAnswer


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is an answer to.

    Attributes:
        form: its fields.
        instructions: the form's own, variables filled in; "" when that is not known.
        picture: what was sent.
        family: name of the vision family, which decides what coordinates mean.
        server: who was asked.
        model: who answers when the server does not say.
    """

    form: Form
    instructions: str
    picture: PreparedPicture
    family: str
    server: str
    model: str


def read_completion(form: Form, completion: Completion) -> FormReading:
    """The values in an answer, and what is wrong with it."""
    return read_answer(form, said(form, completion), completion.finish is FinishReason.LENGTH)


def said(form: Form, completion: Completion) -> str:
    """The answer; with some reasoning parsers the JSON lands in the reasoning."""
    if completion.text.strip() or find_object(completion.reasoning, form.keys) is None:
        return completion.text
    return completion.reasoning


def item_answer(
    asked: Asked, completion: Completion, reading: FormReading, usage: Usage | None, seconds: float
) -> ItemAnswer:
    """What is kept of an answer.

    Args:
        reading: from `read_completion`.
        usage: tokens of all requests it took.
        seconds: from the first request to the answer, 0 when that is not known.
    """
    form, picture = asked.form, asked.picture
    return ItemAnswer(
        values=in_original_pixels(reading.values, form, picture, asked.family),
        raw=said(form, completion),
        problems=reading.problems,
        confidence=confidences(form, completion.tokens, dict(reading.values)),
        content_hash=picture.content_hash,
        original_size=picture.original_size,
        server=asked.server,
        model=completion.model or asked.model,
        usage=usage,
        seconds=seconds,
        asked="" if asked.instructions == form.instructions else asked.instructions,
        sent_size=picture.encoded.size if form.is_plain else None,
        family=asked.family if form.is_plain else "",
    )
