"""Asks one picture for a form: the schema enforced where the server can, checked here in any case."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
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


@dataclass(eq=False)
class Abilities:
    """What was learnt about one server and model while asking it.

    Attributes:
        schema: it is asked to enforce schemas.
        logprobs: it is asked for probabilities.
        strays: answers in a row that no enforced schema would allow.
    """

    schema: bool = True
    logprobs: bool = True
    strays: int = 0


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

    def __init__(self, vision_model: VisionModel, clock: Callable[[], float] = time.monotonic) -> None:
        self._vision_model = vision_model
        self._clock = clock
        self._abilities: dict[tuple[str, str], Abilities] = {}

    def method(self, target: ServerTarget, form: Form) -> AskingMethod:
        """How this server is asked for this form, as far as it is known now."""
        if form.is_plain:
            return AskingMethod.PLAIN
        return AskingMethod.SCHEMA if self._of(target).schema else AskingMethod.PROMPTED

    def first_request(self, target: ServerTarget, question: FormQuestion) -> ChatRequest:
        """What `ask` would send first, as far as the server is known now; for those who send it themselves.

        Raises:
            AppError: SERVER_CONTEXT_TOO_LONG.
        """
        return self._request(target, question, self._messages(target, question))

    async def ask(self, target: ServerTarget, question: FormQuestion) -> ItemAnswer:
        """One question, and one attempt to repair an answer that does not fit.

        Raises:
            AppError: whatever keeps the server from answering; an answer that does not fit is none of it.
        """
        started = self._clock()
        messages = self._messages(target, question)
        first = await self._complete(target, question, messages)
        self._note_shape(target, question.form, first)
        reading = read_completion(question.form, first)
        if not reading.problems:
            return _answer(target, question, first, reading, first.usage, self._clock() - started)
        second = await self._repaired(target, question, messages, first, reading)
        usage = _sum(first.usage, second.usage if second else None)
        mended = read_completion(question.form, second) if second else FormReading()
        if second is None or len(mended.values) <= len(reading.values):
            return _answer(target, question, first, reading, usage, self._clock() - started)
        answer = _answer(target, question, second, mended, usage, self._clock() - started)
        return replace(answer, repaired=True)

    async def _repaired(
        self,
        target: ServerTarget,
        question: FormQuestion,
        messages: Sequence[RequestMessage],
        first: Completion,
        reading: FormReading,
    ) -> Completion | None:
        """The second answer; None when it cannot be had, which must not cost the first one."""
        wrong = repair_prompt(question.form, reading.problems, target.family.name)
        answered = said(question.form, first) or "{}"
        again = (
            RequestMessage("assistant", (TextPart(answered),)),
            RequestMessage("user", (TextPart(wrong),)),
        )
        try:
            return await self._complete(target, question, (*messages, *again))
        except AppError:
            return None

    def _messages(self, target: ServerTarget, question: FormQuestion) -> tuple[RequestMessage, ...]:
        form = question.form
        if self.method(target, form) is AskingMethod.PROMPTED:
            form = replace(form, describe=True)  # nothing else tells what is wanted
        prompt = form_prompt(form, question.instructions, target.family.name)
        asked = RequestMessage("user", (ImagePart(question.picture.encoded), TextPart(prompt)))
        system = question.options.system.strip()
        return (RequestMessage("system", (TextPart(system),)), asked) if system else (asked,)

    async def _complete(
        self, target: ServerTarget, question: FormQuestion, messages: Sequence[RequestMessage]
    ) -> Completion:
        """With all the server can do; what it refuses is left out from then on."""
        while True:
            request = self._request(target, question, messages)
            try:
                return await self._vision_model.complete(target, request)
            except AppError as problem:
                if not self._can_do_without(target, request, problem):
                    raise

    def _request(
        self, target: ServerTarget, question: FormQuestion, messages: Sequence[RequestMessage]
    ) -> ChatRequest:
        form, can = question.form, self._of(target)
        image_tokens = question.picture.predicted_tokens + MARKER_TOKENS
        longest = longest_answer(question.options.max_tokens, target, messages, image_tokens)
        has_options = any(isinstance(one.kind, YesNo | Choice) for one in form.fields)
        return ChatRequest(
            tuple(messages),
            question.options.temperature,
            longest,
            schema=schema_of(form) if can.schema and not form.is_plain else None,
            top_logprobs=TOP_LOGPROBS if can.logprobs and has_options else 0,
        )

    def _can_do_without(self, target: ServerTarget, request: ChatRequest, problem: AppError) -> bool:
        """Whether the server refused something that need not be asked for; then it is not asked for again."""
        if problem.code is not ErrorCode.SERVER_REQUEST_REFUSED:
            return False
        can, words = self._of(target), problem.detail.lower()
        if request.top_logprobs and ("logprob" in words or request.schema is None):
            can.logprobs = False
            return True
        if request.schema is not None:
            can.schema = False
            return True
        return False

    def _note_shape(self, target: ServerTarget, form: Form, completion: Completion) -> None:
        """Learn from an answer whether the server enforces schemas or only seems to."""
        can = self._of(target)
        if form.is_plain or not can.schema:
            return
        can.strays = 0 if said(form, completion).lstrip().startswith("{") else can.strays + 1
        can.schema = can.strays < IGNORED_UNTIL_BELIEVED

    def _of(self, target: ServerTarget) -> Abilities:
        return self._abilities.setdefault((target.profile.base_url, target.model), Abilities())


def _answer(
    target: ServerTarget,
    question: FormQuestion,
    completion: Completion,
    reading: FormReading,
    usage: Usage | None,
    seconds: float,
) -> ItemAnswer:
    asked = Asked(question.form, question.picture, target.family.name, target.profile.name, target.model)
    return item_answer(asked, completion, reading, usage, seconds)


def _sum(first: Usage | None, second: Usage | None) -> Usage | None:
    if first is None or second is None:
        return first or second
    return Usage(
        first.prompt_tokens + second.prompt_tokens, first.completion_tokens + second.completion_tokens
    )
