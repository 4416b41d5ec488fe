"""Who hears of news, also beside a listener that fails."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from desktop_app.services.listeners import Listeners


def failing(news: str) -> None:
    raise ValueError(news)


async def test_one_that_fails_is_told_to_the_loop_and_the_others_still_hear() -> None:
    listeners, heard, told = Listeners[str]("runs"), list[str](), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context))
    listeners.add(failing)
    stop = listeners.add(heard.append)
    listeners.tell("one")
    stop()
    stop()
    listeners.tell("two")
    assert heard == ["one"]
    assert [(one["message"], str(one["exception"])) for one in told] == [
        ("a listener of runs failed", "one"),
        ("a listener of runs failed", "two"),
    ]


def test_what_is_not_guarded_goes_up() -> None:
    listeners = Listeners[str]()
    listeners.add(failing)
    with pytest.raises(ValueError, match="news"):
        listeners.tell("news")
