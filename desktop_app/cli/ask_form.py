"""`lightdesk ask --form`: one picture asked for a form; its values come as JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any, cast

from desktop_app.cli.answer_words import evidence_json, picture_json, tell_notes, tell_pictures
from desktop_app.cli.ask_pictures import named_pictures
from desktop_app.cli.asking_options import ask_options
from desktop_app.cli.forms import find_form
from desktop_app.cli.output import DONE, PICTURE_FAILED, say, tell, tell_error
from desktop_app.cli.targets import find_target
from desktop_app.composition.core import Core
from desktop_app.domain.answers import FinishReason
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.forms.form import Form, Places
from desktop_app.domain.forms.prompts import repair_prompt
from desktop_app.domain.forms.values import ProblemKind
from desktop_app.domain.geometry import Box
from desktop_app.domain.questions import AskedPicture
from desktop_app.domain.runs.item import ItemAnswer
from desktop_app.services.runs.form_trial import TrialAnswer


async def ask_form(core: Core, options: argparse.Namespace) -> int:
    """Returns the exit code: an answer that does not fit the form counts as a picture that failed.

    Raises:
        AppError: whatever keeps the answer from coming.
    """
    if len(options.pictures) > 1:
        reason = "A form asks about one picture at a time; for many there is: lightdesk run"
        raise AppError(ErrorCode.WRONG_USE, reason=reason)
    form = await find_form(core, None, options.form)
    target = await find_target(core, options.server, options.model)
    if target is None:
        reason = (
            "A form needs a vision model: name a server with --server, or set one up with: "
            "lightdesk servers add NAME URL"
        )
        raise AppError(ErrorCode.WRONG_USE, reason=reason)
    async with named_pictures(core, options.pictures) as pictures:
        how = ask_options(core.settings.current.asking, options, form)
        asked = AskedPicture(pictures[0], options.region)
        trial = await core.trial.ask(target, form, how, asked)
    if options.json:
        tell_notes(1, trial.sent)
        say(json.dumps(_as_json(form, trial), ensure_ascii=False))
    else:
        tell_pictures((trial.sent,))
        _show(trial.answer)
    return _told_problems(form, trial.answer, options.verbose)


def _show(answer: ItemAnswer) -> None:
    """The values; where there are none, what the vision model said instead."""
    if answer.is_usable:
        say(json.dumps(dict(answer.values), ensure_ascii=False, indent=2))
    else:
        say(answer.raw)


def _told_problems(form: Form, answer: ItemAnswer, verbose: bool) -> int:
    if not answer.problems:
        return DONE
    if not answer.values:
        tell_error(AppError(ErrorCode.ANSWER_NOT_A_FORM, detail=answer.raw), verbose)
        return PICTURE_FAILED
    # What the vision model was told to put right, which it did not.
    for line in repair_prompt(form, answer.problems, "").splitlines()[1:-1]:
        tell(f"No valid value: {line.removeprefix('- ')}")
    return PICTURE_FAILED


def _as_json(form: Form, trial: TrialAnswer) -> dict[str, Any]:
    """The object that `ask --json` always prints, with the values in `fields` beside it."""
    answer, usage = trial.answer, trial.answer.usage
    cut_off = any(problem.kind is ProblemKind.CUT_OFF for problem in answer.problems)
    return {
        "answer": answer.raw,
        "fields": dict(answer.values),
        "confidence": {key: round(sure, 4) for key, sure in answer.confidence.items()},
        "problems": [{"field": one.key or None, "kind": one.kind.value} for one in answer.problems],
        "reasoning": None,
        "finish_reason": (FinishReason.LENGTH if cut_off else FinishReason.STOP).value,
        "model": answer.model,
        "server": answer.server,
        "usage": None
        if usage is None
        else {"prompt_tokens": usage.prompt_tokens, "completion_tokens": usage.completion_tokens},
        "timings": {"first_token_s": None, "total_s": answer.seconds},
        "pictures": [picture_json(trial.sent)],
        "evidence": [evidence_json(one) for one in _evidence(form, answer)],
    }


def _evidence(form: Form, answer: ItemAnswer) -> list[Evidence]:
    """The boxes of all fields that hold some, under the field's label."""
    return [
        Evidence(1, field.label, Box(*box))
        for field in form.fields
        if isinstance(field.kind, Places)
        for box in cast("list[list[int]]", answer.values.get(field.key) or [])
    ]
