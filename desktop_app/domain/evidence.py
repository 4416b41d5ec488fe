"""Evidence: a place in a picture that an answer points at."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.geometry import Box, Point


@dataclass(frozen=True, slots=True)
class Evidence:
    """One marked place.

    Attributes:
        picture: number of the picture in its question, counted from 1.
        label: what is there, in the answer's words.
        box: where, in pixels of the original picture as it is seen; None when `point` is given.
        point: where, for models that point instead of boxing.
        span: start and end of the words in the answer text this belongs to, or None.
    """

    picture: int
    label: str
    box: Box | None = None
    point: Point | None = None
    span: tuple[int, int] | None = None
