"""Boxes in a run's answers as marks on the picture."""

from __future__ import annotations

from typing import cast

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.forms.form import Form, Places
from desktop_app.domain.geometry import Box
from desktop_app.domain.runs.item import RunItem


def evidence_of(form: Form, item: RunItem) -> tuple[Evidence, ...]:
    """Every box of the item's answer, as a person has left it, named by its field."""
    found = []
    for one in form.fields:
        if isinstance(one.kind, Places):
            boxes = cast("list[list[int]]", item.value(one.key) or [])
            found += [Evidence(1, one.label, Box(*map(float, box))) for box in boxes]
    return tuple(found)
