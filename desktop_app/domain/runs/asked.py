"""The very texts that a run asks with, for whoever wants to repeat it."""

from __future__ import annotations

import json
from dataclasses import replace

from desktop_app.domain.forms.prompts import form_prompt
from desktop_app.domain.forms.schema import schema_of
from desktop_app.domain.runs.run import AskingMethod, Run, RunServer
from desktop_app.domain.vision_tokens import likely_family


def system_text(run: Run) -> str:
    """What the vision model is told before the question; "" when it is nothing."""
    return run.plan.options.system.strip()


def prompts_of(run: Run) -> tuple[str, ...]:
    """The text that follows the picture, word for word, variables still named by their braces.

    More than one where servers of different vision families want coordinates told in different ways.
    """
    form = run.plan.form
    if run.method is AskingMethod.PROMPTED:
        form = replace(form, describe=True)
    told = (form_prompt(form, form.instructions, _family(one)) for one in run.plan.servers)
    return tuple(dict.fromkeys(told))


def schema_text(run: Run) -> str:
    """The JSON schema that the server enforces; "" where it is not asked to."""
    if run.plan.form.is_plain or run.method is AskingMethod.PROMPTED:
        return ""
    return json.dumps(schema_of(run.plan.form), ensure_ascii=False)


def _family(server: RunServer) -> str:
    return likely_family(server.family, server.model).name
