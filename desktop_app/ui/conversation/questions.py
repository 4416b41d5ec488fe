"""Questions of the shown thread: asked, asked again, changed, stopped, removed and brought back."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from desktop_app.domain.errors import AppError
from desktop_app.ui.conversation.drafts import Drafts
from desktop_app.ui.conversation.protocols import Pictures, Preferences, Resolve, Threads, View
from desktop_app.ui.conversation.question_groups import QuestionGroups
from desktop_app.ui.conversation.shown_thread import ShownThread


class Questions:
    """What fails is told where the person looks, and no word that was typed is lost."""

    def __init__(
        self,
        view: View,
        conversations: Threads,
        settings: Preferences,
        resolve_target: Resolve,
        drafts: Drafts,
        shown: ShownThread,
    ) -> None:
        """`resolve_target`: finds the server to ask, None for the built-in reader."""
        self._view = view
        self._conversations = conversations
        self._settings = settings
        self._resolve = resolve_target
        self._drafts = drafts
        self._shown = shown

    async def ask(self, question: str) -> None:
        """Ask in the shown thread; returns when the answer has ended."""
        thread = self._shown.now
        if not thread.pictures or not question.strip():
            return
        options = self._settings.current.asking
        editing = self._drafts.take()
        removed = self._shown.removed
        removed.take()
        try:
            if editing is not None:
                removed.will_be_replaced(thread, editing)
                await self._conversations.edit(thread.id, editing, question, options, self._resolve)
            else:
                await self._conversations.ask(thread, question, options, self._resolve)
        except AppError as error:
            self._give_back(thread.pictures, question, error)

    def stop(self) -> None:
        """Stop the answer of the shown thread."""
        self._conversations.stop(self._shown.now.id)

    async def ask_again(self, turn_id: int) -> None:
        """Another answer to the same question, asked as the options say now."""
        thread, options = self._shown.now, self._settings.current.asking
        await self._guarded(self._conversations.ask_again(thread.id, turn_id, options, self._resolve))

    async def ask_in_groups(self, turn_id: int, limit: int) -> None:
        """Ask a turn's question about the pictures in groups of at most `limit`, one after the other.

        Each group is a thread of its own; it is shown as long as the person does not go elsewhere. The view
        leads back to the others. Nothing is pinned: whoever chooses another picture next means that one.
        """
        turn, pictures = self._shown.now.turn(turn_id), self._shown.pictures
        if turn is None or limit < 1:
            return
        self._shown.groups = QuestionGroups.split(pictures, limit)
        groups = self._shown.groups.groups
        for place, group in enumerate(groups):
            if place == 0 or self._shown.pictures == groups[place - 1]:
                await self._shown.open(group)
            thread = await self._conversations.thread(group)
            options = self._settings.current.asking
            await self._guarded(self._conversations.ask(thread, turn.question, options, self._resolve))

    async def delete(self, turn_id: int) -> None:
        """Remove a question and its answers; `undo` brings them back."""
        await self._remove((turn_id,))

    async def clear(self) -> None:
        """Begin a new conversation about the same pictures; `undo` brings the old one back."""
        await self._remove(tuple(turn.id for turn in self._shown.now.turns))

    async def undo(self) -> None:
        """Bring back what was removed last; after an edit the new question stays behind the earlier ones."""
        conversation_id, turn_ids = self._shown.removed.take()
        if turn_ids:
            await self._guarded(self._conversations.restore_turns(conversation_id, turn_ids))

    async def _remove(self, turn_ids: tuple[int, ...]) -> None:
        thread = self._shown.now
        if not turn_ids:
            return
        self._drafts.leave_editing()
        if await self._guarded(self._conversations.delete_turns(thread.id, turn_ids)):
            self._shown.removed.were_deleted(thread.id, turn_ids)

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> bool:
        """True when it worked."""
        try:
            await work
        except AppError as error:
            self._view.show_error(error)
            return False
        return True

    def _give_back(self, pictures: Pictures, question: str, error: AppError) -> None:
        """The question was not kept: its words must not be lost, nor those in the box since."""
        self._shown.removed.were_not_replaced()
        self._drafts.give_back(pictures, question)
        self._view.show_error(error)
