"""Conversations in memory; held to the same contract as the library."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from desktop_app.domain.answers import AnswerEnd, EvidenceFound, SentPicture
from desktop_app.domain.conversations import (
    Answer,
    AnswerFailure,
    AnswerState,
    AskOptions,
    Conversation,
    Turn,
)
from desktop_app.domain.errors import AppError
from desktop_app.domain.geometry import Box
from desktop_app.domain.pictures import Picture


class MemoryConversations:
    """Fulfils `ConversationRepository`.

    Attributes:
        trouble: when set, every change raises it, as a full disk would.
        calls: names of the changes asked for, in order.
    """

    def __init__(self) -> None:
        self.trouble: AppError | None = None
        self.calls: list[str] = []
        self._pictures: dict[int, tuple[Picture, ...]] = {}
        self._contents: dict[int, dict[int, str]] = {}
        self._turns: dict[int, tuple[int, Turn]] = {}
        self._hidden: set[int] = set()
        self._answers: dict[int, tuple[int, Answer]] = {}

    async def find(self, pictures: Sequence[Picture]) -> Conversation | None:
        wanted = [picture.path for picture in pictures]
        newest_first = sorted(self._pictures, reverse=True)
        for known in newest_first:
            if [picture.path for picture in self._pictures[known]] == wanted:
                return await self._loaded(known, pictures)
        for known in newest_first:
            if len(self._pictures[known]) == len(wanted) and all(
                self._is_same(known, position, picture) for position, picture in enumerate(pictures)
            ):
                self._pictures[known] = tuple(
                    old if old.path.exists() else new
                    for old, new in zip(self._pictures[known], pictures, strict=True)
                )
                return await self._loaded(known, pictures)
        return None

    async def create(self, pictures: Sequence[Picture]) -> Conversation:
        self._change("create")
        conversation_id = len(self._pictures) + 1
        self._pictures[conversation_id] = tuple(pictures)
        self._contents[conversation_id] = {}
        return Conversation(conversation_id, tuple(pictures))

    async def load(self, conversation_id: int) -> Conversation | None:
        if conversation_id not in self._pictures:
            return None
        turns = [
            replace(turn, answers=self._answers_of(turn_id))
            for turn_id, (owner, turn) in self._turns.items()
            if owner == conversation_id and turn_id not in self._hidden
        ]
        return Conversation(conversation_id, self._pictures[conversation_id], tuple(turns))

    async def add_turn(
        self, conversation_id: int, question: str, options: AskOptions, regions: Sequence[Box | None] = ()
    ) -> Turn:
        self._change("add_turn")
        turn = Turn(len(self._turns) + 1, question, options, regions=tuple(regions))
        self._turns[turn.id] = conversation_id, turn
        return turn

    async def begin_answer(self, turn_id: int, server: str, model: str) -> Answer:
        self._change("begin_answer")
        answer = Answer(
            len(self._answers) + 1, AnswerState.STREAMING, datetime.now(UTC), server=server, model=model
        )
        self._answers[answer.id] = turn_id, answer
        return answer

    async def save_source(self, answer_id: int, server: str, model: str) -> None:
        self._change("save_source")
        self._update(answer_id, server=server, model=model)

    async def save_pictures(self, answer_id: int, pictures: Sequence[SentPicture]) -> None:
        self._change("save_pictures")
        self._update(answer_id, pictures=tuple(pictures))
        conversation_id, _ = self._turns[self._answers[answer_id][0]]
        self._contents[conversation_id] = {n: sent.content_hash for n, sent in enumerate(pictures)}

    async def save_progress(self, answer_id: int, text: str, reasoning: str) -> None:
        self._change("save_progress")
        self._update(answer_id, text=text, reasoning=reasoning)

    async def save_evidence(self, answer_id: int, found: EvidenceFound) -> None:
        self._change("save_evidence")
        self._update(answer_id, evidence=found.evidence)

    async def end_answer(
        self,
        answer_id: int,
        state: AnswerState,
        text: str,
        reasoning: str,
        end: AnswerEnd | None = None,
        failure: AnswerFailure | None = None,
    ) -> Answer:
        self._change("end_answer")
        self._update(answer_id, state=state, text=text, reasoning=reasoning, failure=failure)
        if end is not None:
            self._update(
                answer_id,
                finish=end.finish,
                model=end.model,
                server=end.server,
                usage=end.usage,
                timings=end.timings,
            )
        return self._answers[answer_id][1]

    async def delete_turns(self, turn_ids: Sequence[int]) -> None:
        self._change("delete_turns")
        self._hidden |= set(turn_ids)

    async def restore_turns(self, turn_ids: Sequence[int]) -> None:
        self._change("restore_turns")
        self._hidden -= set(turn_ids)

    async def mark_interrupted(self) -> int:
        """Nothing in memory outlives its process."""
        return 0

    async def answered_paths(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        states = {}
        for answer_id in sorted(self._answers):
            turn_id, answer = self._answers[answer_id]
            if turn_id not in self._hidden:
                for picture in self._pictures[self._turns[turn_id][0]]:
                    states[str(picture.path)] = answer.state
        return {path: states[path] for path in paths if path in states}

    async def close(self) -> None:
        self.calls.append("close")

    def _change(self, name: str) -> None:
        self.calls.append(name)
        if self.trouble is not None:
            raise self.trouble

    def _update(self, answer_id: int, **changes: Any) -> None:
        turn_id, answer = self._answers[answer_id]
        self._answers[answer_id] = turn_id, replace(answer, **changes)

    def _answers_of(self, turn_id: int) -> tuple[Answer, ...]:
        return tuple(answer for owner, answer in self._answers.values() if owner == turn_id)

    def _is_same(self, conversation_id: int, position: int, picture: Picture) -> bool:
        if self._pictures[conversation_id][position].path == picture.path:
            return True
        content = self._contents[conversation_id].get(position)
        return picture.path.is_file() and hashlib.sha256(picture.path.read_bytes()).hexdigest() == content

    async def _loaded(self, conversation_id: int, pictures: Sequence[Picture]) -> Conversation | None:
        found = await self.load(conversation_id)
        return None if found is None else replace(found, pictures=tuple(pictures))
