"""What a test of a server found out, as plain lines with a mark each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.domain.servers import NetworkScope, ServerKind, ServerReport
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label


class Mark(Enum):
    """How good a finding is: icon and colour role."""

    GOOD = ("circle-check", "good")
    PLAIN = ("info", "text_soft")
    UNSURE = ("circle-help", "text_soft")
    CARE = ("triangle-alert", "warn")
    BAD = ("circle-x", "bad")


@dataclass(frozen=True, slots=True)
class Line:
    """One finding."""

    mark: Mark
    text: str


_PROGRAMS = {
    ServerKind.VLLM: "vLLM",
    ServerKind.LLAMA_CPP: "llama.cpp",
    ServerKind.SGLANG: "SGLang",
    ServerKind.OLLAMA: "Ollama",
    ServerKind.LM_STUDIO: "LM Studio",
}


class ReportPanel(QWidget):
    """Shows a `ServerReport`; hidden while it has nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self._marks: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.sizes.gap)
        self._grid.setVerticalSpacing(theme.sizes.unit)
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName(self.tr("Result of the test"))
        theme.changed.connect(self._tint)
        self.hide()

    @property
    def lines(self) -> tuple[Line, ...]:
        return self._lines

    def clear(self) -> None:
        self._show(())
        self.hide()

    def show_report(self, report: ServerReport, *, key_given: bool) -> None:
        """Word the report; `key_given` tells "accepted" from "not needed"."""
        self._show(
            (
                Line(Mark.GOOD, self._reached(report)),
                self._key(key_given),
                Line(Mark.GOOD, self._model(report)),
                self._sight(report),
                *self._limits(report),
                self._place(report.scope),
                self._program(report),
            )
        )
        self.show()

    def _reached(self, report: ServerReport) -> str:
        milliseconds = max(1, round(report.seconds * 1000))
        return self.tr("The server answers, in {milliseconds} ms.").format(milliseconds=milliseconds)

    def _key(self, key_given: bool) -> Line:
        if key_given:
            return Line(Mark.GOOD, self.tr("The key is accepted."))
        return Line(Mark.GOOD, self.tr("No key is needed."))

    def _model(self, report: ServerReport) -> str:
        count = len(report.models)
        if count > 1:
            text = self.tr("Model: {model}, one of {count} on this server")
            return text.format(model=report.model.id, count=count)
        return self.tr("Model: {model}").format(model=report.model.id)

    def _sight(self, report: ServerReport) -> Line:
        if report.sees_pictures is None:
            return Line(Mark.UNSURE, self.tr("Whether the model sees pictures could not be found out."))
        if report.sees_pictures:
            return Line(Mark.GOOD, self.tr("The model sees pictures."))
        return Line(
            Mark.BAD,
            self.tr("The model does not see pictures. Choose a vision-language model such as Qwen2-VL."),
        )

    def _limits(self, report: ServerReport) -> tuple[Line, ...]:
        if report.limits.picture_limit is None:
            pictures = Line(Mark.UNSURE, self.tr("Pictures in one question: the server does not say."))
        else:
            count = report.limits.picture_limit
            pictures = Line(
                Mark.PLAIN, self.tr("Pictures in one question: up to {count}").format(count=count)
            )
        tokens = report.model.context_tokens
        if tokens is None:
            context = Line(Mark.UNSURE, self.tr("Context length: the server does not say."))
        else:
            text = self.tr("Context length: {tokens} tokens").format(tokens=self.locale().toString(tokens))
            context = Line(Mark.PLAIN, text)
        return (pictures, context, self._size(report))

    def _size(self, report: ServerReport) -> Line:
        if report.family is None:
            return Line(Mark.UNSURE, self.tr("Largest picture: not known for this model."))
        pixels = report.family.max_pixels
        side = round(pixels**0.5)
        if pixels >= 1_000_000:
            megapixels = self.locale().toString(pixels / 1_000_000, "f", 1)
            text = self.tr(
                "Largest picture the model sees: {megapixels} megapixels, such as {side} × {side} pixels"
            )
            return Line(Mark.PLAIN, text.format(megapixels=megapixels, side=side))
        text = self.tr(
            "Largest picture the model sees: about {side} × {side} pixels; larger ones are made smaller"
        )
        return Line(Mark.CARE, text.format(side=side))

    def _place(self, scope: NetworkScope) -> Line:
        match scope:
            case NetworkScope.THIS_COMPUTER:
                return Line(Mark.GOOD, self.tr("The server runs on this computer."))
            case NetworkScope.LAN:
                return Line(Mark.GOOD, self.tr("The server is on your local network."))
            case _:
                return Line(Mark.CARE, self.tr("The server is outside your local network."))

    def _program(self, report: ServerReport) -> Line:
        program = _PROGRAMS.get(report.kind)
        if program is None:
            return Line(Mark.UNSURE, self.tr("Which program runs the server is not known."))
        return Line(
            Mark.PLAIN, self.tr("Program: {program}").format(program=f"{program} {report.version}".strip())
        )

    def _show(self, lines: tuple[Line, ...]) -> None:
        self._lines = lines
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._marks = []
        for row, line in enumerate(lines):
            mark = QLabel()
            mark.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(plain_label(text=line.text, selectable=True), row, 1)
            self._marks.append(mark)
        self._tint()

    def _tint(self) -> None:
        side = self._theme.sizes.icon
        for mark, line in zip(self._marks, self._lines, strict=True):
            icon, role = line.mark.value
            mark.setPixmap(self._theme.icon(icon, role).pixmap(side, side))
