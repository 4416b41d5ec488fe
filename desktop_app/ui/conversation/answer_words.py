"""What is said under an answer: figures, how it ended, and what was sent."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from desktop_app.domain.answers import FinishReason, SentPicture
from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.ui.report import note_text

_KB = 1024


class AnswerWords(QObject):
    """Wording only; everything is told from the answer itself."""

    def figures(self, answer: Answer) -> str:
        """For example "Qwen2-VL-7B · 312 in, 96 out · first word 0.4 s · 71 tokens/s"."""
        if answer.was_read_here:
            parts = [self.tr("built-in reader: text in the picture, no vision model")]
        else:
            parts = [answer.model] if answer.model else []
        if answer.usage is not None:
            counts = self.tr("{read} in, {written} out")
            parts.append(
                counts.format(
                    read=_whole(answer.usage.prompt_tokens), written=_whole(answer.usage.completion_tokens)
                )
            )
        if answer.timings is not None:
            if answer.timings.first_token_s is not None:
                parts.append(
                    self.tr("first word {seconds} s").format(seconds=_tenths(answer.timings.first_token_s))
                )
            speed = answer.timings.tokens_per_second(answer.usage) if answer.usage is not None else None
            if speed is not None:
                parts.append(self.tr("{speed} tokens/s").format(speed=_whole(round(speed))))
            else:
                parts.append(self.tr("{seconds} s").format(seconds=_tenths(answer.timings.total_s)))
        return " · ".join(parts)

    def ending(self, answer: Answer) -> str:
        """How it ended when that is not simply the end; "" otherwise."""
        match answer.state:
            case AnswerState.STOPPED if not (answer.text.strip() or answer.reasoning):
                return self.tr("Stopped by you before anything arrived.")
            case AnswerState.STOPPED:
                return self.tr("Stopped by you. What arrived is kept.")
            case AnswerState.INTERRUPTED:
                return self.tr("Interrupted when Lightdesk closed. Ask again for the whole answer.")
            case AnswerState.DONE if answer.finish is FinishReason.LENGTH:
                return self.tr(
                    "Stopped at the length limit. To get all of it, raise the longest answer in the options "
                    "and ask again."
                )
            case AnswerState.DONE if not answer.text.strip():
                return self.tr("The answer is empty. Ask in other words, or ask again.")
            case _:
                return ""

    def sent(self, answer: Answer) -> str:
        """What was sent, one line for one picture and a sum for several."""
        pictures = answer.pictures
        if not pictures:
            return ""
        if answer.was_read_here:
            return self.tr("Read on this computer; nothing was sent.")
        if len(pictures) == 1:
            return self.tr("Sent: {what}").format(what=self._one(pictures[0]))
        total = self.tr("Sent: {count} pictures, {tokens} image tokens, {size} KB")
        return total.format(
            count=len(pictures),
            tokens=_whole(sum(picture.predicted_tokens for picture in pictures)),
            size=_whole(round(sum(picture.sent_bytes for picture in pictures) / _KB)),
        )

    def sent_in_full(self, answer: Answer) -> str:
        """A line for each picture with everything that was done to it."""
        lines = []
        for number, picture in enumerate(answer.pictures, 1):
            if picture.sent_bytes:
                lines.append(f"{number}. {picture.picture.name}: {self._one(picture)}")
            lines += [f"    {note_text(note)}" for note in picture.notes]
        return "\n".join(lines)

    def reasoning(self, answer: Answer, seconds: float | None) -> str:
        """The heading of the collapsed reasoning; `seconds` it took, None when that was not seen."""
        if answer.state is AnswerState.STREAMING and not answer.text:
            return self.tr("Thinking…")
        if seconds is None:
            return self.tr("Thoughts before the answer")
        return self.tr("Thought for {seconds} s").format(seconds=_whole(max(1, round(seconds))))

    def waiting(self, answer: Answer) -> str:
        """Shown in place of the answer until the first word."""
        if not answer.pictures:
            return self.tr("Preparing the picture…")
        return self.tr("Waiting for the first word…")

    def _one(self, picture: SentPicture) -> str:
        original, sent = picture.original_size, picture.sent_size
        region = picture.region
        if region is not None:
            # The part that was asked about, in pixels of the original.
            original_text = self.tr("part of {width} × {height}").format(
                width=round(region.width), height=round(region.height)
            )
        else:
            original_text = f"{original.width} × {original.height}"
        if region is None and original == sent:
            sizes = original_text
        else:
            sizes = f"{original_text} → {sent.width} × {sent.height}"
        size = max(1, round(picture.sent_bytes / _KB))
        rest = self.tr("{tokens} image tokens, {size} KB {format}").format(
            tokens=_whole(picture.predicted_tokens), size=_whole(size), format=picture.sent_format
        )
        return f"{sizes}, {rest}" if picture.sent_bytes else original_text


def failure_of(answer: Answer) -> AppError | None:
    """The error an answer ended with, as it can be shown."""
    return None if answer.failure is None else answer.failure.as_error()


def _whole(number: int) -> str:
    return QLocale().toString(number)


def _tenths(number: float) -> str:
    return QLocale().toString(float(number), "f", 1)
