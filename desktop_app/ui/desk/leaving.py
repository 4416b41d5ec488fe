"""What a person is asked when the window closes while runs work."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_app.ui.widgets.questions import choose

_MOST_NAMED = 8
"""Pictures that are named one by one."""


class Leaving(Enum):
    """What is to become of the runs."""

    STAY = auto()
    PAUSE = auto()
    GO_ON = auto()
    """Without the window, until they are done."""


class LeavingQuestions(QObject):
    """Asked over the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    async def about_working(self, runs: int) -> Leaving:
        """Runs still work: what is to become of them."""
        one = self.tr("A run is still working.")
        many = self.tr("{count} runs are still working.").format(count=runs)
        choices = (
            self.tr("Pause and close"),
            self.tr("Go on in the background"),
            self.tr("Keep the window open"),
        )
        chosen = await choose(
            self._window,
            one if runs == 1 else many,
            self.tr(
                "Every answer so far is kept. Paused, it goes on where it was next time; in the background "
                "it goes on without this window until it is done. Start Lightdesk again to see the window."
            ),
            choices,
        )
        return (Leaving.PAUSE, Leaving.GO_ON, Leaving.STAY)[chosen]

    async def may_lose_answers(self, pictures: Sequence[str]) -> bool:
        """Whether the window may close though answers about these pictures cannot be kept."""
        named = ", ".join(sorted(pictures)[:_MOST_NAMED])
        rest = len(pictures) - _MOST_NAMED
        if rest > 0:
            named = self.tr("{names} and {count} more").format(names=named, count=rest)
        one = self.tr("An answer cannot be kept: the disk is full, or another program holds the library.")
        many = self.tr(
            "{count} answers cannot be kept: the disk is full, or another program holds the library."
        ).format(count=len(pictures))
        chosen = await choose(
            self._window,
            one if len(pictures) == 1 else many,
            self.tr(
                "As soon as there is room, Lightdesk keeps what it has. If it closes now, that is lost, and "
                "it asks again next time about: {names}"
            ).format(names=named),
            (self.tr("Close and lose it"), self.tr("Keep waiting")),
        )
        return chosen == 0
