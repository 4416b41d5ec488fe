"""Cyclic garbage goes on the window's thread, and in no other."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.garbage import GuiThreadGarbage


class Knot:
    """An object in a cycle that notes where it was collected."""

    def __init__(self, places: list[str]) -> None:
        self.me = self
        self._places = places

    def __del__(self) -> None:
        self._places.append(threading.current_thread().name)


@pytest.fixture
def garbage(qtbot: QtBot) -> Iterator[GuiThreadGarbage]:
    gc.enable()
    collector = GuiThreadGarbage()
    yield collector
    collector.release()


def test_a_worker_that_allocates_a_lot_collects_nothing(garbage: GuiThreadGarbage, qtbot: QtBot) -> None:
    places: list[str] = []
    Knot(places)
    worker = threading.Thread(target=lambda: [[n] for n in range(50_000)], name="worker")
    worker.start()
    worker.join()
    assert places == []
    kept: list[list[int]] = []

    def is_collected() -> bool:
        kept.extend([n] for n in range(20_000))  # objects of earlier tests that go meanwhile are subtracted
        return places != []

    qtbot.waitUntil(is_collected)
    assert places == [threading.main_thread().name]


def test_afterwards_python_collects_again(qtbot: QtBot) -> None:
    gc.enable()
    collector = GuiThreadGarbage()
    assert not gc.isenabled()
    knot = Knot([])
    gone = weakref.ref(knot)
    del knot
    collector.release()
    assert gc.isenabled()
    assert gone() is None
