"""Takes control tokens out of streamed text that was asked for with `skip_special_tokens: false`.

Qwen2-VL's box markers are special tokens, so a server hides them unless told to show all special tokens
(vllm-project/vllm#27636). Then the ones that mean nothing to a reader arrive, too.
"""

from __future__ import annotations

HIDDEN_TOKENS = (
    "<|im_start|>",
    "<|im_end|>",
    "<|endoftext|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
"""Markers of references, boxes and quadrangles are not among them: they are the answer."""


class SpecialTokenFilter:
    """Feed it pieces of text; text that may be the start of a token is held back until it is decided."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, text: str) -> str:
        """The text that is sure to be no control token, in order."""
        held = self._held + text
        for token in HIDDEN_TOKENS:
            held = held.replace(token, "")
        keep = _undecided(held)
        self._held = held[len(held) - keep :]
        return held[: len(held) - keep]

    def finish(self) -> str:
        """What is left: the start of a token that never came."""
        rest, self._held = self._held, ""
        return rest


def _undecided(text: str) -> int:
    """Length of the end of `text` that could still become a control token."""
    start = text.rfind("<")
    tail = text[start:] if start >= 0 else ""
    return len(tail) if tail and any(token.startswith(tail) for token in HIDDEN_TOKENS) else 0
