"""Places that a vision model marks inside its sentences, taken out of the text while it streams.

Qwen2-VL writes `<|object_ref_start|>name<|object_ref_end|><|box_start|>(x1,y1),(x2,y2)<|box_end|>`. A server
that skips special tokens leaves `name(x1,y1),(x2,y2)`. Both are replaced by the name alone; numbers are
0 to 1000 of width and height whatever the size sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<\|([a-z0-9_]{1,24})\|>")
_TOKEN_START = re.compile(r"<(?:\|(?:[a-z0-9_]{0,24}(?:\|)?)?)?\Z")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BARE = re.compile(r"\(\s?(\d{1,4})\s?,\s?(\d{1,4})\s?\)\s?,\s?\(\s?(\d{1,4})\s?,\s?(\d{1,4})\s?\)")
_BARE_START = re.compile(r"\([\d,\s]{0,12}(?:\)[,\s]{0,3}(?:\([\d,\s]{0,12})?)?\Z")
_WORD_BREAK = re.compile(r"[\n.,;:!?()。，；：、！？（）\[\]|]")
_CONNECTIVE = re.compile(
    r"\s*(?:\b(?:is|are|was|located|found|at|in|the|box|position)\b\s*)+$", re.IGNORECASE
)
_LONGEST_MARK = 200
_LONGEST_LABEL = 80
_COORDINATES = {"box_start": "box_end", "quad_start": "quad_end", "point_start": "point_end"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place named in the running text.

    Attributes:
        label: its name in the answer's words.
        span: start and end of the words shown for it.
        numbers: two (a point) or four (a box), 0 to 1000.
    """

    label: str
    span: tuple[int, int]
    numbers: tuple[float, ...]


class MarkReader:
    """Feed it the raw text piece by piece; `marks` grows, and what it returns is the text to show.

    Whatever could be the start of a mark is held back until it is decided. No text makes it fail.
    """

    def __init__(self, bare: bool) -> None:
        """`bare`: also take `(x1,y1),(x2,y2)` without markers for a box; right for Qwen2-VL alone."""
        self.marks: list[Mark] = []
        self._bare = bare
        self._held = ""
        self._shown = ""
        self._name_start: int | None = None
        self._name_span: tuple[int, int] | None = None
        self._closing = ""
        self._after_mark = 0

    @property
    def shown(self) -> str:
        """All text returned so far."""
        return self._shown

    def feed(self, piece: str) -> str:
        before = len(self._shown)
        self._held += piece
        while self._held and self._step():
            pass
        return self._shown[before:]

    def finish(self) -> str:
        """What was held back; a mark cut off by the end counts if its numbers are complete."""
        before = len(self._shown)
        rest, self._held = self._held, ""
        if self._closing:
            self._closing = ""
            self._add_mark(rest)
        else:
            self._shown += rest
        return self._shown[before:]

    def _step(self) -> bool:
        """Consume something from the held text; False when more must arrive first."""
        return self._step_in_mark() if self._closing else self._step_in_text()

    def _step_in_mark(self) -> bool:
        end = self._held.find(f"<|{self._closing}|>")
        if end >= 0:
            content, self._held = self._held[:end], self._held[end + len(self._closing) + 4 :]
            self._closing = ""
            self._add_mark(content)
            return True
        if len(self._held) > _LONGEST_MARK:  # never closed: it was no mark
            self._closing = ""
            return True
        return False

    def _step_in_text(self) -> bool:
        token = _TOKEN.search(self._held)
        bare = _BARE.search(self._held) if self._bare else None
        if bare and (token is None or bare.start() < token.start()):
            self._show(self._held[: bare.start()])
            self._held = self._held[bare.end() :]
            self._add_bare(bare)
            return True
        if token:
            self._show(self._held[: token.start()])
            self._held = self._held[token.end() :]
            self._take_token(token.group(1))
            return True
        return self._show_decided()

    def _show_decided(self) -> bool:
        keep = _TOKEN_START.search(self._held) or (_BARE_START.search(self._held) if self._bare else None)
        ready = keep.start() if keep else len(self._held)
        self._show(self._held[:ready])
        self._held = self._held[ready:]
        return False

    def _show(self, text: str) -> None:
        self._shown += text

    def _take_token(self, name: str) -> None:
        if name == "object_ref_start":
            self._name_start = len(self._shown)
        elif name == "object_ref_end" and self._name_start is not None:
            self._name_span = (self._name_start, len(self._shown))
            self._name_start = None
        elif name in _COORDINATES:
            self._closing = _COORDINATES[name]

    def _add_mark(self, content: str) -> None:
        numbers = corner_numbers([float(number) for number in _NUMBER.findall(content)[:64]])
        if numbers is None:
            return
        span = self._name_span
        if span is None or self._shown[span[1] :].strip(" ,、和and"):
            span = self._number_mark()
            label = ""
        else:
            label = self._shown[span[0] : span[1]].strip()
        self._name_span = span if label else None
        self.marks.append(Mark(label, span, numbers))
        self._after_mark = len(self._shown)

    def _number_mark(self) -> tuple[int, int]:
        """A mark without a name gets a number in brackets, so that there is something to point from."""
        start = len(self._shown)
        self._shown += f"[{len(self.marks) + 1}]"
        return start, len(self._shown)

    def _add_bare(self, match: re.Match[str]) -> None:
        numbers = tuple(float(group) for group in match.groups())
        is_box = numbers[0] < numbers[2] <= 1000 and numbers[1] < numbers[3] <= 1000
        if not is_box:
            self._show(match.group())
            return
        span = self._words_before()
        glued = bool(self._shown) and not self._shown[-1].isspace()
        if not glued or span is None:  # in a sentence the numbers are part of its grammar
            start = span[0] if span else len(self._shown)
            self._show(match.group())
            span = (start, len(self._shown)) if span is None else span
            label = "" if start == len(self._shown) - len(match.group()) else self._shown[span[0] : span[1]]
        else:
            label = self._shown[span[0] : span[1]]
        self.marks.append(Mark(label.strip(), span, numbers))
        self._after_mark = len(self._shown)

    def _words_before(self) -> tuple[int, int] | None:
        """Span of the words that name what comes next, or None when there are none."""
        tail_start = max(self._after_mark, len(self._shown) - _LONGEST_LABEL)
        tail = self._shown[tail_start:]
        body = _CONNECTIVE.sub("", tail).rstrip()
        breaks = [match.end() for match in _WORD_BREAK.finditer(body)]
        begin = breaks[-1] if breaks else 0
        begin += len(body[begin:]) - len(body[begin:].lstrip())
        if begin >= len(body):
            return None
        return tail_start + begin, tail_start + len(body)


def without_marks(text: str) -> str:
    """A finished text as it reads without its markers; numbers that stand there without any are kept."""
    if "<|" not in text:
        return text
    reader = MarkReader(bare=False)
    return reader.feed(text) + reader.finish()


def corner_numbers(numbers: list[float]) -> tuple[float, ...] | None:
    """A point from two numbers, a box from four, the box around a quadrilateral from eight; else None."""
    if len(numbers) in (2, 4):
        return tuple(numbers)
    if len(numbers) == 8:
        xs, ys = numbers[0::2], numbers[1::2]
        return min(xs), min(ys), max(xs), max(ys)
    return None
