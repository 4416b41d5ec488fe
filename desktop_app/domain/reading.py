"""Text found in a picture by recognition on this computer."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text.

    Attributes:
        text: the words as recognised.
        box: upright rectangle around them, in pixels of the picture that was read.
        confidence: 0 to 1, the recogniser's own estimate.
    """

    text: str
    box: Box
    confidence: float
