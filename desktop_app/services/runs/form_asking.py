"""Asks one picture for a form: the schema enforced where the server can, checked here in any case."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.domain.answers import Usage
from desktop_app.domain.chat_request import ChatRequest, ImagePart, RequestMessage, TextPart
from desktop_app.domain.completions import Completion
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Choice, Form, YesNo
from desktop_app.domain.forms.prompts import form_prompt, repair_prompt
from desktop_app.domain.forms.reading import FormReading
from desktop_app.domain.forms.schema import schema_of
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.domain.runs.run import AskingMethod
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.vision_tokens import MARKER_TOKENS
from desktop_app.services.chat_building import longest_answer
from desktop_app.services.ports import VisionModel
from desktop_app.services.runs.answer_reading import Asked, item_answer, read_completion, said

TOP_LOGPROBS = 10
"""Likeliest tokens asked for at each place; vLLM gives 20 at most by default."""

IGNORED_UNTIL_BELIEVED = 2
"""Answers outside the schema after which a server is taken to ignore schemas."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What one server and model are asked for, by what was learnt while asking.

    Attributes:
        schema: to enforce schemas.
        logprobs: for probabilities.
    """

    schema: bool = True
    logprobs: bool = True


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """What one picture is asked.

    Attributes:
        form: its fields.
        instructions: the form's own, variables filled in.
        options: system prompt, temperature, tokens.
        picture: ready to be sent.
    """

    form: Form
    instructions: str
    options: AskOptions
    picture: PreparedPicture


class FormAsking:
    """Asks through a vision model; remembers what each server can do."""

    def __init__(self, vision_model: VisionModel) -> None:
        self._vision_model = vision_model
        self._abilities: dict[tuple[str, str], Abilities] = {}
        self._strays: dict[tuple[str, str], int] = {}

    def method(self, target: ServerTarget, form: Form) -> AskingMethod:
        """How this server is asked for this form, as far as it is known now."""
        if form.is_plain:
            return AskingMethod.PLAIN
        return AskingMethod.SCHEMA if self._can(target).schema else AskingMethod.PROMPTED

    def first_request(self, target: ServerTarget, question: FormQuestion) -> ChatRequest:
        """What `ask` would send first, as far as the server is known now; for those who send it themselves.

        Raises:
            AppError: SERVER_CONTEXT_TOO_LONG.
        """
        return _request(target, question, self._can(target), ())

    async def ask(self, target: ServerTarget, question: FormQuestion) -> ItemAnswer:
        """One question, and one attempt to repair an answer that does not fit; a plain one always does.

        Raises:
            AppError: whatever keeps the server from answering; an answer that does not fit is none of it.
        """
        started = time.monotonic()
        first = await self._complete(target, question)
        self._note_shape(target, question.form, first)
        reading = read_completion(question.form, first)
        if not reading.problems or question.form.is_plain:
            return _answer(target, question, first, reading, first.usage, time.monotonic() - started)
        second = await self._repaired(target, question, first, reading)
        usage = _sum(first.usage, second.usage if second else None)
        mended = read_completion(question.form, second) if second else FormReading()
        if second is None or len(mended.values) <= len(reading.values):
            return _answer(target, question, first, reading, usage, time.monotonic() - started)
        answer = _answer(target, question, second, mended, usage, time.monotonic() - started)
        return replace(answer, repaired=True)

    async def _repaired(
        self, target: ServerTarget, question: FormQuestion, first: Completion, reading: FormReading
    ) -> Completion | None:
        """The second answer; None when it cannot be had, which must not cost the first one."""
        wrong = repair_prompt(question.form, reading.problems, target.family.name)
        answered = said(question.form, first) or "{}"
        again = (
            RequestMessage("assistant", (TextPart(answered),)),
            RequestMessage("user", (TextPart(wrong),)),
        )
        try:
            return await self._complete(target, question, again)
        except AppError:
            return None

    async def _complete(
        self, target: ServerTarget, question: FormQuestion, further: tuple[RequestMessage, ...] = ()
    ) -> Completion:
        """With all the server can do. What it refuses is left out, and if it then answers, not asked for
        any more; a picture that it refuses in any case proves nothing.
        """
        can = known = self._can(target)
        while True:
            request = _request(target, question, can, further)
            try:
                completion = await self._vision_model.complete(target, request)
            except AppError as problem:
                less = _without(can, request, problem)
                if less is None:
                    raise
                can = less
            else:
                if can != known:
                    self._learn(target, can)
                return completion

    def _note_shape(self, target: ServerTarget, form: Form, completion: Completion) -> None:
        """Learn from an answer whether the server enforces schemas or only seems to."""
        if form.is_plain or not self._can(target).schema:
            return
        place = _place(target)
        strays = 0 if said(form, completion).lstrip().startswith("{") else self._strays.get(place, 0) + 1
        self._strays[place] = strays
        if strays >= IGNORED_UNTIL_BELIEVED:
            self._learn(target, Abilities(schema=False))

    def _can(self, target: ServerTarget) -> Abilities:
        return self._abilities.get(_place(target), Abilities())

    def _learn(self, target: ServerTarget, can: Abilities) -> None:
        """Another request may have learnt something else meanwhile."""
        known = self._can(target)
        learnt = Abilities(known.schema and can.schema, known.logprobs and can.logprobs)
        self._abilities[_place(target)] = learnt


def _place(target: ServerTarget) -> tuple[str, str]:
    return target.profile.base_url, target.model


def _request(
    target: ServerTarget, question: FormQuestion, can: Abilities, further: Sequence[RequestMessage]
) -> ChatRequest:
    form = question.form
    messages = (*_messages(target, question, can), *further)
    image_tokens = question.picture.predicted_tokens + MARKER_TOKENS
    longest = longest_answer(question.options.max_tokens, target, messages, image_tokens)
    has_options = any(isinstance(one.kind, YesNo | Choice) for one in form.fields)
    return ChatRequest(
        messages,
        question.options.temperature,
        longest,
        schema=schema_of(form) if can.schema and not form.is_plain else None,
        top_logprobs=TOP_LOGPROBS if can.logprobs and has_options else 0,
    )


def _messages(target: ServerTarget, question: FormQuestion, can: Abilities) -> tuple[RequestMessage, ...]:
    form = question.form
    if not can.schema:
        form = replace(form, describe=True)  # nothing else tells what is wanted
    prompt = form_prompt(form, question.instructions, target.family.name)
    asked = RequestMessage("user", (ImagePart(question.picture.encoded), TextPart(prompt)))
    system = question.options.system.strip()
    return (RequestMessage("system", (TextPart(system),)), asked) if system else (asked,)


def _without(can: Abilities, request: ChatRequest, problem: AppError) -> Abilities | None:
    """What to ask for instead of what the server refused; None when it refused something else."""
    if problem.code is not ErrorCode.SERVER_REQUEST_REFUSED:
        return None
    if request.top_logprobs and ("logprob" in problem.detail.lower() or request.schema is None):
        return replace(can, logprobs=False)
    if request.schema is not None:
        return replace(can, schema=False)
    return None


def _answer(
    target: ServerTarget,
    question: FormQuestion,
    completion: Completion,
    reading: FormReading,
    usage: Usage | None,
    seconds: float,
) -> ItemAnswer:
    profile, family = target.profile, target.family
    asked = Asked(
        question.form, question.instructions, question.picture, family.name, profile.name, target.model
    )
    return item_answer(asked, completion, reading, usage, seconds)


def _sum(first: Usage | None, second: Usage | None) -> Usage | None:
    if first is None or second is None:
        return first or second
    return Usage(
        first.prompt_tokens + second.prompt_tokens, first.completion_tokens + second.completion_tokens
    )
