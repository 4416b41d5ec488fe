"""The thread on the screen: found, kept up to date while it streams, with all that belongs to it."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.conversation_changes import (
    AnswerChanged,
    AnswerGrew,
    ConversationChange,
    TurnsChanged,
)
from desktop_app.domain.conversations import Answer, Conversation
from desktop_app.domain.errors import AppError
from desktop_app.ui.conversation.drafts import Drafts
from desktop_app.ui.conversation.front import FrontAnswer
from desktop_app.ui.conversation.protocols import Pictures, Threads, View
from desktop_app.ui.conversation.question_groups import QuestionGroups
from desktop_app.ui.conversation.removed_turns import RemovedTurns
from desktop_app.ui.conversation.shown_run_answer import ShownRunAnswer
from desktop_app.ui.conversation.tray_thumbnails import TrayThumbnails


class ShownThread:
    """One at a time; threads that stream go on while others are shown.

    Attributes:
        removed: the turns that went last.
        groups: those that a question was asked in last.
    """

    def __init__(
        self,
        view: View,
        conversations: Threads,
        drafts: Drafts,
        front: FrontAnswer,
        run_answer: ShownRunAnswer,
        thumbnails: TrayThumbnails,
    ) -> None:
        """
        Args:
            front: told which answers there are.
            run_answer, thumbnails: looked up with the thread.
        """
        self._view = view
        self._conversations = conversations
        self._drafts = drafts
        self._front = front
        self._run_answer = run_answer
        self._thumbnails = thumbnails
        self._visit = 0
        self._now = Conversation(0, ())
        self.removed = RemovedTurns(view.show_undo, lambda: self._now.id)
        self.groups = QuestionGroups()
        self._stop_watching = conversations.watch(self._changed)

    @property
    def now(self) -> Conversation:
        """The thread as it is now; its id is 0 until it is found."""
        return self._now

    @property
    def pictures(self) -> Pictures:
        """What it is about."""
        return self._now.pictures

    def close(self) -> None:
        """Listen no longer."""
        self._stop_watching()

    async def open(self, pictures: Pictures) -> None:
        """Show the thread of these; of several begun at once the last one counts."""
        self._visit += 1
        visit = self._visit
        self._now = Conversation(0, pictures)
        self._view.show_pictures(pictures)
        self._view.show_undo(0)
        self._show_groups(pictures)
        # Until the thread is found the question box must not still be in the state of the one before.
        self._view.set_streaming(False)
        self._drafts.show(pictures)
        self._thumbnails.bring(pictures)
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
            self.removed.show()

    async def refresh_run_answer(self) -> None:
        """Another run was opened, none any more, or what it holds of the picture has changed."""
        visit = self._visit
        found = await self._run_answer.look_up(self.pictures)
        if visit == self._visit and self._run_answer.show(found):
            self._front.show(self._now, found.answer, begin_anew=False)

    def _show_groups(self, pictures: Pictures) -> None:
        number, count = self.groups.number_of(pictures), len(self.groups.groups)
        self._view.show_groups(number or 0, 0 if number is None else count, len(self.groups.pictures))

    def _adopt(self, thread: Conversation, begin_anew: bool) -> None:
        self._now = thread
        self._front.show(thread, self._run_answer.now, begin_anew)
        self._view.show_turns(thread.turns, begin_anew)
        self._view.set_streaming(self._conversations.is_streaming(thread.id))

    def _changed(self, change: ConversationChange) -> None:
        match change:
            case AnswerGrew() if change.conversation_id == self._now.id:
                self._view.grow(change.turn_id, change.answer_id, change.text, change.reasoning)
            case AnswerChanged() if change.conversation_id == self._now.id:
                self._answer_changed(change.turn_id, change.answer)
            case TurnsChanged() if self._is_shown(change.conversation):
                self.removed.note(change.conversation)
                self._adopt(replace(change.conversation, pictures=self.pictures), begin_anew=False)
            case _:
                pass

    def _is_shown(self, conversation: Conversation) -> bool:
        if self._now.id:
            return conversation.id == self._now.id
        return conversation.pictures == self.pictures and bool(self.pictures)

    def _answer_changed(self, turn_id: int, answer: Answer) -> None:
        self._now = self._now.with_answer(turn_id, answer)
        self._front.keep(self._now)
        self._view.show_answer(turn_id, answer)
        self._view.set_streaming(self._conversations.is_streaming(self._now.id))
