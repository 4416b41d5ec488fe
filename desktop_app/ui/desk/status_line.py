"""The line at the window's bottom: which picture, how many are selected, the server, runs that work."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop_app.ui.theme.theme import Theme


class StatusLine(QStatusBar):
    """Shows short phrases that are always true; nothing here comes and goes by itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._position = QLabel(self)
        self._selected = QLabel(self)
        self._state = QLabel(self)
        self._working = QLabel(self)
        margin = theme.sizes.gap
        self.setContentsMargins(margin, 0, margin, 0)
        self.addWidget(self._position)
        self.addWidget(self._selected)
        self.addWidget(self._state, 1)
        self.setSizeGripEnabled(False)

    def fill(self, badge: QWidget) -> None:
        """Put in what the first paint does not wait for."""
        from PySide6.QtCore import Qt  # building all its enumerations takes 40 ms: not before the first paint

        self._state.setTextFormat(Qt.TextFormat.PlainText)  # a server may call a model what it likes
        self.addPermanentWidget(self._working)
        self.addPermanentWidget(badge)

    def show_position(self, position: int, total: int) -> None:
        """Which picture of how many is shown; 0 hides it."""
        text = self.tr("{position} of {total}").format(position=f"{position:,}", total=f"{total:,}")
        self._position.setText(text if position else "")

    def show_selected(self, selected: int, most: int) -> None:
        """How many pictures are selected; `most` are the most one question takes, 0 when all fit."""
        if selected < 2:
            self._selected.setText("")
            return
        text = self.tr("{count} selected").format(count=f"{selected:,}")
        if most:
            text = self.tr("{count} selected; a question takes up to {most}").format(
                count=f"{selected:,}", most=most
            )
        self._selected.setText(text)

    def show_state(self, text: str) -> None:
        """One short phrase about the server."""
        self._state.setText(text)

    def show_working(self, runs: int) -> None:
        """How many runs this window works on."""
        text = self.tr("1 run working") if runs == 1 else self.tr("{count} runs working").format(count=runs)
        self._working.setText(text if runs else "")
