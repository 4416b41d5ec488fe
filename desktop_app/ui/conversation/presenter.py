"""What the conversation pane does: which pictures it is about, with which options, whose marks are seen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.domain.conversations import Answer, AskOptions
from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.domain.settings import Settings
from desktop_app.ui.conversation.drafts import Drafts
from desktop_app.ui.conversation.front import FrontAnswer
from desktop_app.ui.conversation.protocols import (
    FindRunAnswer,
    Pictures,
    Preferences,
    Resolve,
    Threads,
    View,
)
from desktop_app.ui.conversation.questions import Questions
from desktop_app.ui.conversation.shown_run_answer import ShownRunAnswer
from desktop_app.ui.conversation.shown_thread import ShownThread
from desktop_app.ui.conversation.tray_thumbnails import TrayThumbnails


def _nothing(*_: object) -> None:
    """For callbacks nobody needs."""


async def _no_run(_: Picture) -> RunAnswer | None:
    """Where there are no runs."""
    return None


class ConversationPresenter:
    """The thread follows the gallery's selection until its pictures are pinned: by the pin, or by adding,
    moving or removing pictures in the tray.

    Attributes:
        questions: asks in the shown thread and takes back.
        drafts: the words in the question's box.
    """

    def __init__(
        self,
        view: View,
        conversations: Threads,
        settings: Preferences,
        resolve_target: Resolve,
        start: Callable[[Coroutine[Any, Any, Any]], object],
        thumbnail: Callable[[Picture], Awaitable[Raster]] | None = None,
        on_evidence: Callable[[Pictures, tuple[Evidence, ...]], None] = _nothing,
        on_evidence_hovered: Callable[[int | None], None] = _nothing,
        on_evidence_chosen: Callable[[int], None] = _nothing,
        find_run_answer: FindRunAnswer = _no_run,
    ) -> None:
        """
        Args:
            resolve_target: finds the server to ask, None for the built-in reader.
            start: runs a coroutine as a task, as `Tasks.start` does.
            thumbnail: loads small pixels of a picture for the tray.
            on_evidence: told the marked places of the answer in front and the pictures they count in.
            on_evidence_hovered, on_evidence_chosen: told the number of a mark in that answer's words.
            find_run_answer: what the run that is open holds of a picture.
        """
        self._view = view
        self._settings = settings
        self._front = FrontAnswer(on_evidence)
        self._on_evidence_hovered = on_evidence_hovered
        self._on_evidence_chosen = on_evidence_chosen
        self._selection: Pictures = ()
        self._pinned = False
        self.drafts = Drafts(view)
        self._shown = ShownThread(
            view,
            conversations,
            self.drafts,
            self._front,
            ShownRunAnswer(find_run_answer, view.show_run_answer),
            TrayThumbnails(thumbnail, start, view.set_thumbnail),
        )
        self.questions = Questions(view, conversations, settings, resolve_target, self.drafts, self._shown)
        self._stop_watching = settings.watch(self._settings_changed)
        self._settings_changed(settings.current)

    @property
    def pictures(self) -> Pictures:
        """What the shown thread is about."""
        return self._shown.pictures

    def close(self) -> None:
        """Listen no longer."""
        self._shown.close()
        self._stop_watching()

    async def show(self, pictures: Pictures) -> None:
        """The selection in the gallery changed; shows its thread unless the tray is pinned."""
        self._selection = pictures
        if not self._pinned:
            await self._shown.open(pictures)

    async def add(self, pictures: Sequence[Picture]) -> None:
        """Add pictures to the question; from then on the tray is pinned."""
        new = [picture for picture in pictures if picture not in self.pictures]
        if new:
            await self.set_tray((*self.pictures, *new))

    async def set_tray(self, pictures: Pictures) -> None:
        """The pictures of the question were put together by hand."""
        self._pin(bool(pictures))
        await self._shown.open(pictures or self._selection)

    async def set_pinned(self, pinned: bool) -> None:
        """Keep these pictures, or follow the selection again."""
        self._pin(pinned)
        if not pinned:
            await self._shown.open(self._selection)

    async def show_group(self, number: int) -> None:
        """Show a group of the question that was asked in groups, counted from 1; 0 is all its pictures."""
        pictures = self._shown.groups.pictures_of(number)
        if pictures is not None:
            await self._shown.open(pictures)

    def set_options(self, options: AskOptions) -> None:
        """How to ask from now on, in every thread."""
        try:
            self._settings.change(lambda settings: replace(settings, asking=options))
        except AppError as error:
            self._view.show_error(error)

    async def refresh_run_answer(self) -> None:
        """Another run was opened, none any more, or what it holds of the picture has changed."""
        await self._shown.refresh_run_answer()

    def answer_shown(self, turn_id: int, answer: Answer) -> None:
        """An answer came to the front of its turn or changed."""
        if turn_id == self._front.turn_id:
            self._front.tell(answer.evidence)

    def hover_evidence(self, turn_id: int, index: int) -> None:
        """The pointer is on a mark in the words (-1: on none)."""
        if index >= 0:
            self._front.bring(turn_id)
        self._on_evidence_hovered(index if index >= 0 else None)

    def choose_evidence(self, turn_id: int, index: int) -> None:
        """A mark in the words was clicked."""
        self._front.bring(turn_id)
        self._on_evidence_chosen(index)

    def highlight_evidence(self, index: int | None) -> None:
        """The pointer is on a mark on the picture."""
        self._view.highlight_evidence(self._front.turn_id, index)

    def _pin(self, pinned: bool) -> None:
        self._pinned = pinned
        self._view.set_pinned(pinned)

    def _settings_changed(self, settings: Settings) -> None:
        self._view.show_options(settings.asking)
        self._view.show_source(settings.current_server() is not None)
