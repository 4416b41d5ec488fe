"""The conversation's presenter over the real service, with its answers scripted and its view remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_app.domain.conversations import Answer, AskOptions, Turn
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.services.conversations import Conversations
from desktop_app.services.settings import SettingsService
from desktop_app.ui.conversation.presenter import ConversationPresenter
from tests.fakes.memory_conversations import MemoryConversations
from tests.fakes.memory_settings import MemorySettings
from tests.fakes.scripted_asking import ScriptedAsking
from tests.fakes.waiting import until
from tests.ui.conversation.conftest import PICTURES

ONE, TWO = PICTURES[:1], PICTURES[1:2]


@dataclass
class RememberingView:
    """What stands on the screen."""

    pictures: tuple[Picture, ...] = ()
    turns: dict[int, Turn] = field(default_factory=dict)
    streaming: bool = False
    draft: str = ""
    editing: bool = False
    pinned: bool = False
    options: AskOptions | None = None
    has_server: bool | None = None
    undo: int = 0
    errors: list[ErrorCode] = field(default_factory=list)
    thumbnails: dict[Path, Raster] = field(default_factory=dict)
    highlighted: tuple[int, int | None] | None = None
    groups: tuple[int, int] = (0, 0)
    run_answer: RunAnswer | None = None

    def show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        self.pictures = pictures

    def show_turns(self, turns: Sequence[Turn], begin_anew: bool) -> None:
        self.turns = {turn.id: turn for turn in turns}

    def grow(self, turn_id: int, answer_id: int, text: str, reasoning: str) -> None:
        turn = self.turns[turn_id]
        self.turns[turn_id] = replace(
            turn,
            answers=tuple(
                replace(one, text=one.text + text, reasoning=one.reasoning + reasoning)
                if one.id == answer_id
                else one
                for one in turn.answers
            ),
        )

    def show_answer(self, turn_id: int, answer: Answer) -> None:
        turn = self.turns[turn_id]
        self.turns[turn_id] = replace(
            turn, answers=tuple(answer if one.id == answer.id else one for one in turn.answers)
        )

    def show_run_answer(self, told: RunAnswer | None) -> None:
        self.run_answer = told

    def set_streaming(self, streaming: bool) -> None:
        self.streaming = streaming

    def set_draft(self, text: str) -> None:
        self.draft = text

    def set_editing(self, editing: bool) -> None:
        self.editing = editing

    def set_pinned(self, pinned: bool) -> None:
        self.pinned = pinned

    def show_options(self, options: AskOptions) -> None:
        self.options = options

    def show_source(self, has_server: bool) -> None:
        self.has_server = has_server

    def set_thumbnail(self, path: Path, raster: Raster) -> None:
        self.thumbnails[path] = raster

    def show_undo(self, count: int, was_edit: bool = False) -> None:
        self.undo = count

    def show_groups(self, number: int, count: int, pictures: int) -> None:
        self.groups = (number, count)

    def show_error(self, error: AppError) -> None:
        self.errors.append(error.code)

    def highlight_evidence(self, turn_id: int, index: int | None) -> None:
        self.highlighted = (turn_id, index)

    @property
    def texts(self) -> list[str]:
        return [turn.answer.text for turn in self.turns.values() if turn.answer is not None]

    @property
    def questions(self) -> list[str]:
        return [turn.question for turn in self.turns.values()]


class Desk:
    """Everything joined, as the window joins it."""

    def __init__(self) -> None:
        self.view = RememberingView()
        self.asking = ScriptedAsking()
        self.repository = MemoryConversations()
        self.service = Conversations(self.repository, self.asking)
        self.settings = SettingsService(MemorySettings())
        self.told: list[tuple[tuple[Picture, ...], tuple[Evidence, ...]]] = []
        self.hovered: list[int | None] = []
        self.run_answers: dict[Picture, RunAnswer] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.presenter = ConversationPresenter(
            self.view,
            self.service,
            self.settings,
            self._no_server,
            self.start,
            self._thumbnail,
            on_evidence=lambda pictures, evidence: self.told.append((pictures, evidence)),
            on_evidence_hovered=self.hovered.append,
            find_run_answer=self._find_run_answer,
        )

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        return task

    async def until(self, true: Callable[[], bool]) -> None:
        await until(true)

    async def close(self) -> None:
        self.presenter.close()
        await self.service.close()
        await asyncio.gather(*self.tasks)

    async def _find_run_answer(self, picture: Picture) -> RunAnswer | None:
        await asyncio.sleep(0)
        return self.run_answers.get(picture)

    async def _no_server(self) -> None:
        return None

    async def _thumbnail(self, picture: Picture) -> Raster:
        if picture == PICTURES[5]:
            raise AppError(ErrorCode.PICTURE_BROKEN, name=picture.name)
        return Raster(Size(1, 1), b"\0\0\0")
