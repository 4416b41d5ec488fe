"""Image-token arithmetic of the Qwen vision-language families.

A picture is cut into squares of `factor` pixels; each square costs one token. The server's own `smart_resize`
(transformers, qwen-vl-utils `vision_process.py`) does not change a picture whose sides are already its
result,
so resizing here with the same function means: sent size = size the model sees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop_app.domain.geometry import Size

MAX_ASPECT_RATIO = 200
"""The reference refuses pictures longer than this; rounding can push a picture over it, see
`SAFE_ASPECT_RATIO`.
"""

SAFE_ASPECT_RATIO = 150
"""Longest shape that is sent as it is; anything longer must be padded or cut first."""

MARKER_TOKENS = 2
"""`<|vision_start|>` and `<|vision_end|>` around each picture."""


@dataclass(frozen=True, slots=True)
class VisionFamily:
    """How one family of vision models sees pictures.

    Attributes:
        name: "qwen2-vl", "qwen2.5-vl" or "qwen3-vl".
        factor: side of one token's square in pixels.
        min_pixels, max_pixels: limits of the hub's preprocessor configuration.
    """

    name: str
    factor: int
    min_pixels: int
    max_pixels: int

    def limited_to(self, max_pixels: int | None) -> VisionFamily:
        """The family as served: a server may be started with a lower `max_pixels` than the model card's."""
        if max_pixels is None or max_pixels >= self.max_pixels:
            return self
        return replace(self, max_pixels=max(max_pixels, self.min_pixels))


QWEN2_VL = VisionFamily("qwen2-vl", factor=28, min_pixels=3_136, max_pixels=12_845_056)
QWEN2_5_VL = VisionFamily("qwen2.5-vl", factor=28, min_pixels=3_136, max_pixels=12_845_056)
QWEN3_VL = VisionFamily("qwen3-vl", factor=32, min_pixels=65_536, max_pixels=16_777_216)
FAMILIES = (QWEN2_VL, QWEN2_5_VL, QWEN3_VL)


def family_named(name: str) -> VisionFamily | None:
    return next((family for family in FAMILIES if family.name == name), None)


def guess_family(model_root: str) -> VisionFamily | None:
    """The family a model path or hub name suggests, or None.

    Give it `root` of the server's model card, not `id`: the id is an alias chosen by whoever started the
    server.
    """
    text = model_root.lower().replace("_", "-").replace("qwen-2", "qwen2").replace("qwen-3", "qwen3")
    if "qwen3" in text:
        return QWEN3_VL
    if "qwen2.5" in text or "qwen2-5" in text:
        return QWEN2_5_VL
    if "qwen2" in text:
        return QWEN2_VL
    return None


def known_family(chosen: str, model: str) -> VisionFamily | None:
    """The family that a person has named, else the one that the model's name suggests; None for neither."""
    return family_named(chosen) or guess_family(model)


def likely_family(chosen: str, model: str) -> VisionFamily:
    """As `known_family`; where nothing tells, the oldest one, whose arithmetic is the finest."""
    return known_family(chosen, model) or QWEN2_VL


def smart_resize(size: Size, family: VisionFamily, max_pixels: int | None = None) -> Size:
    """The size in pixels at which the model sees a picture of `size`.

    Args:
        size: size of the picture in pixels; both sides at least 1.
        family: factor and limits.
        max_pixels: a tighter limit than the family's own, or None.

    Raises:
        ValueError: when one side is more than `MAX_ASPECT_RATIO` times the other.
    """
    if size.aspect_ratio > MAX_ASPECT_RATIO:
        raise ValueError(f"aspect ratio {size.aspect_ratio:.0f} is above {MAX_ASPECT_RATIO}")
    factor = family.factor
    limit = family.max_pixels if max_pixels is None else max_pixels
    # round() is half-to-even here exactly as in the reference.
    height = max(factor, round(size.height / factor) * factor)
    width = max(factor, round(size.width / factor) * factor)
    if height * width > limit:
        shrink = math.sqrt(size.height * size.width / limit)
        height = max(factor, math.floor(size.height / shrink / factor) * factor)
        width = max(factor, math.floor(size.width / shrink / factor) * factor)
    elif height * width < family.min_pixels:
        grow = math.sqrt(family.min_pixels / (size.height * size.width))
        height = math.ceil(size.height * grow / factor) * factor
        width = math.ceil(size.width * grow / factor) * factor
    return Size(width, height)


@dataclass(frozen=True, slots=True)
class SizePlan:
    """The size a picture will be sent at and the image tokens it costs (without markers)."""

    sent: Size
    tokens: int


def plan_size(original: Size, family: VisionFamily, budget_tokens: int) -> SizePlan:
    """Plan the sent size within a budget of image tokens per picture; 0 means the family's own limit.

    The budget never pushes a picture below the family's minimum: the server would enlarge it again.

    Raises:
        ValueError: as `smart_resize`.
    """
    limit = family.max_pixels
    if budget_tokens > 0:
        limit = min(limit, max(budget_tokens * family.factor**2, family.min_pixels))
    sent = _no_longer_than_allowed(smart_resize(original, family, limit))
    # Cutting down to a tiny budget may round to below the family's minimum.
    while (seen := _no_longer_than_allowed(smart_resize(sent, family))) != sent:
        sent = seen
    return SizePlan(sent, sent.pixels // family.factor**2)


def _no_longer_than_allowed(sent: Size) -> Size:
    """Rounding a thin side can push a picture over the ratio the server refuses; its long side gives way."""
    longest = MAX_ASPECT_RATIO * min(sent.width, sent.height)
    return Size(min(sent.width, longest), min(sent.height, longest))
