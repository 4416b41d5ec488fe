"""Boxes in a run's answers as marks on the picture."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from desktop_app.domain.answers import SentPicture
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.forms.form import Form, Places
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.grounding import Grounded, ground
from desktop_app.domain.pictures import Picture
from desktop_app.domain.runs.item import ItemAnswer, RunItem
from desktop_app.domain.runs.run import RunPlan
from desktop_app.domain.vision_tokens import likely_family, plan_size


def evidence_of(form: Form, item: RunItem) -> tuple[Evidence, ...]:
    """Every box of the item's answer, as a person has left it, named by its field."""
    found = []
    for one in form.fields:
        if isinstance(one.kind, Places):
            boxes = cast("list[list[int]]", item.value(one.key) or [])
            found += [Evidence(1, one.label, Box(*map(float, box))) for box in boxes]
    return tuple(found)


def ground_words(plan: RunPlan, item: RunItem, text: str) -> Grounded:
    """An answer in plain words with its places taken out, as those of an answer in a conversation are.

    Args:
        text: the answer, or what a person has made of it.
    """
    answer = item.answer
    if answer is None:
        return Grounded(text, ())
    family = answer.family or _family(plan, answer)
    sent_size = answer.sent_size or _likely_size(plan, answer, family)
    sent = SentPicture(
        Picture(Path(item.path)), answer.content_hash, answer.original_size, sent_size, "", 0, 0
    )
    return ground(text, (sent,), family)


def _family(plan: RunPlan, answer: ItemAnswer) -> str:
    """Of an answer with which it was not kept."""
    chosen = next((one.family for one in plan.servers if one.name == answer.server), "")
    return likely_family(chosen, answer.model).name


def _likely_size(plan: RunPlan, answer: ItemAnswer, family: str) -> Size:
    try:
        return plan_size(answer.original_size, likely_family(family, ""), plan.options.image_tokens).sent
    except ValueError:  # too long and thin; what was sent instead is not known any more
        return answer.original_size
