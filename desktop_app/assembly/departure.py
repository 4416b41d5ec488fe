"""What becomes of runs when the window closes: it stays, they are paused, or they go on without it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from desktop_app.assembly.background import Background
from desktop_app.domain.runs.run import RunState
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.progress import RunProgress
from desktop_app.ui.desk.leaving import Leaving, LeavingQuestions
from desktop_app.ui.desk.main_window import MainWindow


class Departure:
    """Lives as long as the desk."""

    def __init__(
        self,
        window: MainWindow,
        runs: RunsAtWork,
        background: Background,
        open_place: Callable[[Path], object],
    ) -> None:
        """`open_place`: opens what the start that brought the window back was to open."""
        self._window, self._runs, self._background = window, runs, background
        self._open_place = open_place
        self._questions = LeavingQuestions(window)

    async def may_close(self) -> bool:
        """Whether the window may close now; asks while a run works, and lets it go on without a window."""
        if not self._runs.working:
            return True
        if self._runs.unsaved:
            return await self._pause()
        match await self._questions.about_working(len(self._runs.working)):
            case Leaving.STAY:
                return False
            case Leaving.PAUSE:
                return await self._pause()
            case Leaving.GO_ON:
                return await self._go_on()

    async def _pause(self) -> bool:
        """Bring every run to rest; asks when answers would be lost."""
        unsaved = await self._runs.come_to_rest()
        return not unsaved or await self._questions.may_lose_answers(unsaved)

    async def _go_on(self) -> bool:
        """Without a window; True when nothing works any more or the program is told to end.

        A run that waits for its server, or for room to keep answers, brings the window back rather than wait
        unseen for ever; so does another start of the program.
        """
        runs, window = self._runs, self._window
        stuck, ending = asyncio.Event(), asyncio.Event()

        def look(progress: RunProgress | None) -> None:
            if progress is not None and (progress.run.state is RunState.WAITING or progress.unsaved):
                stuck.set()

        stop = runs.watch(look)
        for run_id in runs.working:
            look(runs.progress(run_id))
        window.hide()
        self._background.enter()
        window.close_requested.connect(ending.set)
        back = asyncio.ensure_future(self._background.wanted_back())
        waits = [asyncio.ensure_future(wait) for wait in (runs.idle(), ending.wait(), stuck.wait())]
        try:
            await asyncio.wait([*waits, back], return_when=asyncio.FIRST_COMPLETED)
            if waits[0].done() or waits[1].done():
                return True
            self._come_back(back.result() if back.done() else None)
            return False
        finally:
            stop()
            window.close_requested.disconnect(ending.set)
            self._background.leave()
            for wait in (*waits, back):
                wait.cancel()

    def _come_back(self, wanted: Path | None) -> None:
        window = self._window
        window.show()
        window.raise_()
        window.activateWindow()
        if wanted is None:
            window.actions_of_desk.show_runs.setChecked(True)
        else:
            self._open_place(wanted)
