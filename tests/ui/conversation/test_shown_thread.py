"""Which thread is shown, over the real conversations service with its answers scripted."""

from __future__ import annotations

import asyncio

from tests.fakes.scripted_asking import END
from tests.ui.conversation.conftest import PICTURES
from tests.ui.conversation.desk import ONE, TWO, Desk


async def test_another_thread_streams_on_unseen_and_is_whole_on_return(desk: Desk) -> None:
    await desk.presenter.show(ONE)
    desk.start(desk.presenter.questions.ask("first"))
    desk.asking.say("first", "one ")
    await desk.until(lambda: desk.view.texts == ["one "])
    await desk.presenter.show(TWO)
    assert (desk.view.texts, desk.view.streaming) == ([], False)
    desk.start(desk.presenter.questions.ask("second"))
    desk.asking.say("first", "and more")
    desk.asking.say("second", "two")
    await desk.until(lambda: desk.view.texts == ["two"])
    await desk.presenter.show(ONE)
    await desk.until(lambda: desk.view.texts == ["one and more"])
    assert desk.view.streaming
    desk.asking.say("first", END)
    desk.asking.say("second", END)
    await desk.until(lambda: not desk.view.streaming)


async def test_quick_browsing_ends_at_the_last_picture(desk: Desk) -> None:
    for picture in PICTURES[:5]:
        desk.start(desk.presenter.show((picture,)))
    await asyncio.gather(*desk.tasks)
    assert desk.view.pictures == PICTURES[4:5]
    assert desk.presenter.pictures == PICTURES[4:5]


async def test_thumbnails_come_and_broken_ones_do_not_matter(desk: Desk) -> None:
    await desk.presenter.set_tray((PICTURES[0], PICTURES[5]))
    await asyncio.gather(*desk.tasks)
    assert set(desk.view.thumbnails) == {PICTURES[0].path}
