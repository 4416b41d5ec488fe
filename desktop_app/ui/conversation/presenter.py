"""What the conversation pane does: which thread is shown, asking, stopping, editing, undoing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.domain.conversation_changes import (
    AnswerChanged,
    AnswerGrew,
    ConversationChange,
    TurnsChanged,
)
from desktop_app.domain.conversations import Answer, AskOptions, Conversation
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
from desktop_app.ui.conversation.question_groups import QuestionGroups
from desktop_app.ui.conversation.removed_turns import RemovedTurns
from desktop_app.ui.conversation.shown_run_answer import ShownRunAnswer


def _nothing(*_: object) -> None:
    """For callbacks nobody needs."""


async def _no_run(_: Picture) -> RunAnswer | None:
    """Where there are no runs."""
    return None


class ConversationPresenter:
    """Shows one thread at a time; threads that stream go on while others are shown.

    The thread follows the gallery's selection until its pictures are pinned: by the pin, or by adding,
    moving or removing pictures in the tray.
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
        self._conversations = conversations
        self._settings = settings
        self._resolve = resolve_target
        self._start = start
        self._thumbnail = thumbnail
        self._front = FrontAnswer(on_evidence)
        self._on_evidence_hovered = on_evidence_hovered
        self._on_evidence_chosen = on_evidence_chosen
        self._run_answer = ShownRunAnswer(find_run_answer, view.show_run_answer)
        self._selection: Pictures = ()
        self._pinned = False
        self._visit = 0
        self._thread = Conversation(0, ())
        self._drafts = Drafts()
        self._editing: int | None = None
        self._removed = RemovedTurns(view.show_undo, lambda: self._thread.id)
        self._groups = QuestionGroups()
        self._stop_watching = (conversations.watch(self._changed), settings.watch(self._settings_changed))
        self._settings_changed(settings.current)

    @property
    def pictures(self) -> Pictures:
        """What the shown thread is about."""
        return self._thread.pictures

    def close(self) -> None:
        """Listen no longer."""
        for stop in self._stop_watching:
            stop()

    async def show(self, pictures: Pictures) -> None:
        """The selection in the gallery changed; shows its thread unless the tray is pinned."""
        self._selection = pictures
        if not self._pinned:
            await self._open(pictures)

    async def add(self, pictures: Sequence[Picture]) -> None:
        """Add pictures to the question; from then on the tray is pinned."""
        new = [picture for picture in pictures if picture not in self.pictures]
        if new:
            await self.set_tray((*self.pictures, *new))

    async def set_tray(self, pictures: Pictures) -> None:
        """The pictures of the question were put together by hand."""
        self._pin(bool(pictures))
        await self._open(pictures or self._selection)

    async def set_pinned(self, pinned: bool) -> None:
        """Keep these pictures, or follow the selection again."""
        self._pin(pinned)
        if not pinned:
            await self._open(self._selection)

    def keep_draft(self, text: str) -> None:
        """Words typed but not asked stay with their thread."""
        if self._editing is None:
            self._drafts.keep(self.pictures, text)

    async def ask(self, question: str) -> None:
        """Ask in the shown thread; returns when the answer has ended."""
        thread, editing = self._thread, self._editing
        if not thread.pictures or not question.strip():
            return
        options = self._settings.current.asking
        self._leave_editing()
        if editing is None:
            self._drafts.keep(thread.pictures, "")
        self._view.set_draft(self._drafts.of(thread.pictures))
        self._removed.take()
        try:
            if editing is not None:
                self._removed.will_be_replaced(thread, editing)
                await self._conversations.edit(thread.id, editing, question, options, self._resolve)
            else:
                await self._conversations.ask(thread, question, options, self._resolve)
        except AppError as error:
            self._give_back(thread.pictures, question, error)

    def stop(self) -> None:
        """Stop the answer of the shown thread."""
        self._conversations.stop(self._thread.id)

    async def ask_again(self, turn_id: int) -> None:
        """Another answer to the same question, asked as the options say now."""
        options = self._settings.current.asking
        await self._guarded(self._conversations.ask_again(self._thread.id, turn_id, options, self._resolve))

    async def ask_in_groups(self, turn_id: int, limit: int) -> None:
        """Ask a turn's question about the pictures in groups of at most `limit`, one after the other.

        Each group is a thread of its own; it is shown as long as the person does not go elsewhere. The view
        leads back to the others. Nothing is pinned: whoever chooses another picture next means that one.
        """
        turn = self._thread.turn(turn_id)
        pictures = self.pictures
        if turn is None or limit < 1:
            return
        self._groups = QuestionGroups.split(pictures, limit)
        groups = self._groups.groups
        for place, group in enumerate(groups):
            if place == 0 or self.pictures == groups[place - 1]:
                await self._open(group)
            thread = await self._conversations.thread(group)
            options = self._settings.current.asking
            await self._guarded(self._conversations.ask(thread, turn.question, options, self._resolve))

    async def show_group(self, number: int) -> None:
        """Show a group of the question that was asked in groups, counted from 1; 0 is all its pictures."""
        pictures = self._groups.pictures_of(number)
        if pictures is not None:
            await self._open(pictures)

    def edit(self, turn_id: int, question: str) -> None:
        """Put an earlier question into the box; asking then replaces it and what follows."""
        self._editing = turn_id
        self._view.set_draft(question)
        self._view.set_editing(True)

    def cancel_edit(self) -> None:
        """Leave the earlier question as it is."""
        self._leave_editing()
        self._view.set_draft(self._drafts.of(self.pictures))

    async def delete(self, turn_id: int) -> None:
        """Remove a question and its answers; `undo` brings them back."""
        await self._remove((turn_id,))

    async def clear(self) -> None:
        """Begin a new conversation about the same pictures; `undo` brings the old one back."""
        await self._remove(tuple(turn.id for turn in self._thread.turns))

    async def undo(self) -> None:
        """Bring back what was removed last; after an edit the new question stays behind the earlier ones."""
        conversation_id, turn_ids = self._removed.take()
        if turn_ids:
            await self._guarded(self._conversations.restore_turns(conversation_id, turn_ids))

    def set_options(self, options: AskOptions) -> None:
        """How to ask from now on, in every thread."""
        try:
            self._settings.change(lambda settings: replace(settings, asking=options))
        except AppError as error:
            self._view.show_error(error)

    async def refresh_run_answer(self) -> None:
        """Another run was opened, none any more, or what it holds of the picture has changed."""
        visit = self._visit
        found = await self._run_answer.look_up(self.pictures)
        if visit == self._visit and self._run_answer.show(found):
            self._front.show(self._thread, found.answer, begin_anew=False)

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

    async def _open(self, pictures: Pictures) -> None:
        self._visit += 1
        visit = self._visit
        self._leave_editing()
        self._thread = Conversation(0, pictures)
        self._view.show_pictures(pictures)
        self._view.show_undo(0)
        self._show_groups(pictures)
        # Until the thread is found the question box must not still be in the state of the one before.
        self._view.set_streaming(False)
        self._view.set_draft(self._drafts.of(pictures))
        self._load_thumbnails(pictures)
        if not pictures:
            self._run_answer.show(await self._run_answer.look_up(()))
            self._adopt(Conversation(0, ()), begin_anew=True)
            return
        found = await self._run_answer.look_up(pictures)
        try:
            thread = await self._conversations.thread(pictures)
        except AppError as error:
            if visit == self._visit:
                self._run_answer.show(found)
                self._adopt(Conversation(0, pictures), begin_anew=True)
                self._view.show_error(error)
            return
        if visit == self._visit:
            self._run_answer.show(found)
            self._adopt(replace(thread, pictures=pictures), begin_anew=True)
            self._removed.show()

    def _show_groups(self, pictures: Pictures) -> None:
        number, count = self._groups.number_of(pictures), len(self._groups.groups)
        self._view.show_groups(number or 0, 0 if number is None else count, len(self._groups.pictures))

    def _adopt(self, thread: Conversation, begin_anew: bool) -> None:
        self._thread = thread
        self._front.show(thread, self._run_answer.now, begin_anew)
        self._view.show_turns(thread.turns, begin_anew)
        self._view.set_streaming(self._conversations.is_streaming(thread.id))

    def _changed(self, change: ConversationChange) -> None:
        match change:
            case AnswerGrew() if change.conversation_id == self._thread.id:
                self._view.grow(change.turn_id, change.answer_id, change.text, change.reasoning)
            case AnswerChanged() if change.conversation_id == self._thread.id:
                self._answer_changed(change.turn_id, change.answer)
            case TurnsChanged() if self._is_shown(change.conversation):
                self._removed.note(change.conversation)
                self._adopt(replace(change.conversation, pictures=self.pictures), begin_anew=False)
            case _:
                pass

    def _is_shown(self, conversation: Conversation) -> bool:
        if self._thread.id:
            return conversation.id == self._thread.id
        return conversation.pictures == self.pictures and bool(self.pictures)

    def _answer_changed(self, turn_id: int, answer: Answer) -> None:
        self._thread = self._thread.with_answer(turn_id, answer)
        self._front.keep(self._thread)
        self._view.show_answer(turn_id, answer)
        self._view.set_streaming(self._conversations.is_streaming(self._thread.id))

    async def _remove(self, turn_ids: tuple[int, ...]) -> None:
        thread = self._thread
        if not turn_ids:
            return
        self._leave_editing()
        if await self._guarded(self._conversations.delete_turns(thread.id, turn_ids)):
            self._removed.were_deleted(thread.id, turn_ids)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> bool:
        """True when it worked; an `AppError` is shown where the person looks."""
        try:
            await work
        except AppError as error:
            self._view.show_error(error)
            return False
        return True

    def _give_back(self, pictures: Pictures, question: str, error: AppError) -> None:
        """The question was not kept: its words must not be lost, nor those in the box since."""
        self._removed.were_not_replaced()
        self._drafts.give_back(pictures, question)
        if pictures == self.pictures:
            self._view.set_draft(self._drafts.of(pictures))
        self._view.show_error(error)

    def _leave_editing(self) -> None:
        if self._editing is not None:
            self._editing = None
            self._view.set_editing(False)

    def _pin(self, pinned: bool) -> None:
        self._pinned = pinned
        self._view.set_pinned(pinned)

    def _settings_changed(self, settings: Settings) -> None:
        self._view.show_options(settings.asking)
        self._view.show_source(settings.current_server() is not None)

    def _load_thumbnails(self, pictures: Pictures) -> None:
        if self._thumbnail is not None:
            for picture in pictures:
                self._start(self._load_thumbnail(picture))

    async def _load_thumbnail(self, picture: Picture) -> None:
        assert self._thumbnail is not None
        try:
            raster = await self._thumbnail(picture)
        except AppError:
            return  # the gallery and the viewer tell what is wrong with the file
        self._view.set_thumbnail(picture.path, raster)
