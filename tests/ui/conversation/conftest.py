"""The conversation pane and its presenter, formulas that are waited for, and answers to show."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.answers import FinishReason, SentPicture, Timings, Usage
from desktop_app.domain.conversations import Answer, AnswerState
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import Picture
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.view import ConversationView
from desktop_app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from tests.ui.conversation.desk import Desk

PICTURES = tuple(Picture(Path(f"/pictures/girder {number}.jpg")) for number in range(1, 7))


@pytest.fixture
def formulas(qapp: QApplication) -> Iterator[Formulas]:
    made = Formulas()
    yield made
    made.close()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """The presenter and all that it works with, but for the window."""
    from tests.ui.conversation.desk import Desk

    made = Desk()
    yield made
    await made.close()


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> Iterator[ConversationView]:
    """The pane about one picture, on the screen."""
    made = ConversationView(theme)
    qtbot.addWidget(made)
    made.resize(420, 900)
    made.show()
    made.show_pictures(PICTURES[:1])
    QApplication.processEvents()
    yield made
    made.close_workers()


@pytest.fixture
def parser() -> MarkdownParser:
    return MarkdownParser()


@pytest.fixture
def make_answer() -> Callable[..., Answer]:
    """A finished answer with figures; anything can be said otherwise."""

    def make(text: str = "Yes.", **said: Any) -> Answer:
        sent = SentPicture(PICTURES[0], "ab", Size(4032, 3024), Size(1316, 988), "JPEG", 243_712, 1222)
        usual: dict[str, Any] = {
            "id": 1,
            "state": AnswerState.DONE,
            "created": datetime.now(UTC),
            "text": text,
            "finish": FinishReason.STOP,
            "model": "Qwen2-VL-7B",
            "server": "gpu-box",
            "usage": Usage(312, 96),
            "timings": Timings(0.42, 1.75),
            "pictures": (sent,),
        }
        return Answer(**(usual | said))

    return make
