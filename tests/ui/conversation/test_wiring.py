"""The pane, its presenter and the real service together, used as a person uses them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.services.conversations import Conversations
from desktop_app.services.settings import SettingsService
from desktop_app.ui.conversation.presenter import ConversationPresenter
from desktop_app.ui.conversation.turn_widget import TurnWidget
from desktop_app.ui.conversation.view import ConversationView
from desktop_app.ui.conversation.wiring import join_conversation
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.theme.theme import Theme
from tests.fakes.memory_conversations import MemoryConversations
from tests.fakes.memory_settings import MemorySettings
from tests.fakes.scripted_asking import END, ScriptedAsking
from tests.ui.conversation.conftest import PICTURES
from tests.ui.event_loop import until


class Pane:
    def __init__(self, theme: Theme) -> None:
        self.problems: list[BaseException] = []
        self.tasks = Tasks(self.problems.append)
        self.asking = ScriptedAsking()
        self.service = Conversations(MemoryConversations(), self.asking)
        self.view = ConversationView(theme)
        self.presenter = ConversationPresenter(
            self.view, self.service, SettingsService(MemorySettings()), self._no_server, self.tasks.start
        )
        join_conversation(self.view, self.presenter, self.tasks.start)
        self.view.resize(380, 600)
        self.view.show()

    async def until(self, true: Callable[[], bool]) -> None:
        await until(true)

    def shown(self) -> list[str]:
        widgets = self.view._thread._widgets.values()
        return [widget.bubble.text.toPlainText() for widget in widgets if widget.bubble is not None]

    def turn(self, turn_id: int) -> TurnWidget:
        found = self.view._thread.widget_of(turn_id)
        assert found is not None
        return found

    def type_and_ask(self, question: str) -> None:
        box = self.view._composer._box
        QTest.keyClicks(box, question)
        QTest.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    async def close(self) -> None:
        self.presenter.close()
        await self.service.close()
        await self.tasks.close()
        self.view.close_workers()
        self.view.close()
        self.view.deleteLater()
        QApplication.processEvents()
        assert self.problems == []

    async def _no_server(self) -> None:
        return None


@pytest.fixture
async def pane(theme: Theme) -> AsyncIterator[Pane]:
    made = Pane(theme)
    await made.presenter.show(PICTURES[:1])
    yield made
    await made.close()


async def test_ask_watch_it_grow_and_stop(pane: Pane) -> None:
    pane.type_and_ask("What is it?")
    pane.asking.say("What is it?", "A **red** ")
    await pane.until(lambda: pane.shown() == ["A red"])
    assert pane.view._composer.draft == ""
    pane.asking.say("What is it?", "circle")
    await pane.until(lambda: pane.shown() == ["A red circle"])
    QTest.keyClick(pane.view._composer._box, Qt.Key.Key_Escape)
    await pane.until(lambda: not pane.service.is_streaming(1))
    await pane.until(lambda: pane.view._composer._ask.text() == "Ask")
    bubble = pane.turn(1).bubble
    assert bubble is not None
    assert "Stopped by you" in bubble._ending.text()
    assert pane.shown() == ["A red circle"]


async def test_delete_and_undo_by_button(pane: Pane) -> None:
    pane.type_and_ask("a")
    pane.asking.say("a", "one", END)
    await pane.until(lambda: pane.shown() == ["one"] and not pane.service.is_streaming(1))
    pane.turn(1).delete_requested.emit(1)
    await pane.until(lambda: pane.shown() == [] and pane.view._undo.isVisible())
    pane.view._undo._undo.click()
    await pane.until(lambda: pane.shown() == ["one"] and not pane.view._undo.isVisible())


async def test_editing_goes_through_the_box(pane: Pane) -> None:
    pane.type_and_ask("first try")
    pane.asking.say("first try", "one", END)
    await pane.until(lambda: pane.shown() == ["one"] and not pane.service.is_streaming(1))
    pane.turn(1).edit_requested.emit(1, "first try")
    assert pane.view._composer.draft == "first try"
    pane.type_and_ask(" again")
    pane.asking.say("first try again", "two", END)
    await pane.until(lambda: pane.shown() == ["two"])


async def test_closing_while_streaming_is_clean(pane: Pane) -> None:
    pane.type_and_ask("a")
    pane.asking.say("a", "some")
    await pane.until(lambda: pane.shown() == ["some"])
