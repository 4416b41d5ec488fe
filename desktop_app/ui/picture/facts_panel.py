"""Facts about the picture's file, floating over the picture."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop_app.domain.pictures import PictureFacts
from desktop_app.ui.theme.theme import Theme

_WIDEST = 240
"""Longer values go on in the next line."""

_WORTH_TELLING = 0.1
"""Smaller pictures have no megapixels to speak of."""


class FactsPanel(QFrame):
    """Shows what the file says about itself; nothing of it is sent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("area", "float")
        self.setAccessibleName(self.tr("Facts about this file"))
        self._grid = QGridLayout(self)
        sizes = theme.sizes
        self._grid.setContentsMargins(sizes.margin, sizes.gap, sizes.margin, sizes.gap)
        self._grid.setHorizontalSpacing(sizes.margin)
        self._grid.setVerticalSpacing(sizes.unit)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    def show_facts(self, facts: PictureFacts) -> None:
        """Replace what is shown."""
        self._clear()
        rows = self._rows(facts)
        for row, (name, value) in enumerate(rows):
            caption, text = QLabel(name, self), QLabel(value, self)
            caption.setProperty("role", "caption")
            text.setProperty("role", "secondary")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.ensurePolished()
            text.setFixedWidth(min(text.fontMetrics().horizontalAdvance(value) + 1, _WIDEST))
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(text, row, 1)
        self.setAccessibleDescription("; ".join(f"{name}: {value}" for name, value in rows))
        self.adjustSize()

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _rows(self, facts: PictureFacts) -> list[tuple[str, str]]:
        locale = QLocale()
        megapixels = facts.size.pixels / 1e6
        words = self.tr("{width} × {height} pixels, {megapixels} megapixels")
        if megapixels < _WORTH_TELLING:
            words = self.tr("{width} × {height} pixels")
        size = words.format(
            width=facts.size.width,
            height=facts.size.height,
            megapixels=locale.toString(megapixels, "f", 1),
        )
        rows = [
            (self.tr("Size"), size),
            (self.tr("File"), f"{facts.file_format}, {locale.formattedDataSize(facts.size_bytes)}"),
            (self.tr("Colour"), facts.colour),
        ]
        if facts.frames > 1:
            rows.append((self.tr("Frames or pages"), locale.toString(facts.frames)))
        if facts.taken is not None:
            rows.append((self.tr("Taken"), _short(facts.taken, locale)))
        if facts.camera:
            rows.append((self.tr("Camera"), facts.camera))
        rows.append((self.tr("Changed"), _short(facts.modified, locale)))
        place = self.tr("In the file; never sent") if facts.has_location else self.tr("None in the file")
        rows.append((self.tr("Location"), place))
        return rows


def _short(moment: datetime, locale: QLocale) -> str:
    text = moment.replace(tzinfo=None).isoformat(timespec="seconds")
    return locale.toString(QDateTime.fromString(text, Qt.DateFormat.ISODate), QLocale.FormatType.ShortFormat)
