"""Failed pictures by reason, so that a person reads ten lines instead of a thousand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.item import RunItem


@dataclass(frozen=True, slots=True)
class FailureGroup:
    """Items that failed alike.

    Attributes:
        example: the failure of the first of them.
        item_ids: all of them, in the order of the run.
    """

    example: AnswerFailure
    item_ids: tuple[int, ...]


def grouped(items: Iterable[RunItem]) -> list[FailureGroup]:
    """One group for each code, the largest first."""
    examples: dict[ErrorCode, AnswerFailure] = {}
    members: dict[ErrorCode, list[int]] = {}
    for item in items:
        failure = item.failure or AnswerFailure(ErrorCode.UNEXPECTED)
        examples.setdefault(failure.code, failure)
        members.setdefault(failure.code, []).append(item.id)
    groups = [FailureGroup(example, tuple(members[code])) for code, example in examples.items()]
    return sorted(groups, key=lambda group: -len(group.item_ids))
