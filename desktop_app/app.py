"""Runs the window: Qt's application, the event loop, what is told of errors, and an orderly end."""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.domain.errors import AppError
from desktop_app.services.first_of import first_of
from desktop_app.ui.preflight import check_system_libraries, print_problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.adapters.log_files import LogFiles
    from desktop_app.assembly.desk import Desk
    from desktop_app.assembly.shell import Shell
    from desktop_app.ui.tasks import Tasks

NOT_STARTED = 1

While = Callable[["Desk", "Shell"], Awaitable[None]]
"""What goes on while the desk is open; the program ends when it returns."""


def run_window(start_at: Path | None) -> int:
    """Open the desk and return the exit code when it was closed.

    Args:
        start_at: folder or picture to open; None for the folder of last time.
    """
    try:
        check_system_libraries(os.environ)
    except AppError as error:
        print_problem(error)
        return NOT_STARTED
    if _is_brought_back(start_at):
        return 0

    async def until_closed(desk: Desk, shell: Shell) -> None:
        closing = asyncio.Event()
        shell.window.close_requested.connect(closing.set)
        if shell.window.is_close_wanted:
            return
        while True:
            await closing.wait()
            closing.clear()
            if await desk.may_close():
                return

    return open_desk(start_at, until_closed)


def open_desk(start_at: Path | None, until: While, application: QApplication | None = None) -> int:
    """Show the window, then bring it to life; `until` says how long.

    Args:
        application: Qt's application object when there is one already.
    """
    from desktop_app.adapters.places import find_places
    from desktop_app.assembly.shell import build_frame, fill_frame, new_application
    from desktop_app.ui.qt_messages import log_qt_messages

    if application is None:
        log_qt_messages()
        application = new_application()
    frame = build_frame(application, find_places(os.environ))
    frame.window.show()
    application.processEvents()  # the first paint comes before everything that takes time
    shell = fill_frame(frame)
    application.processEvents()
    return _run_loop(application, shell, start_at, until)


def run_self_test() -> int:
    """Start, open the samples, draw, quit: 0 when the installation works."""
    from desktop_app.assembly.self_test import self_test

    return self_test(open_desk)


def _is_brought_back(start_at: Path | None) -> bool:
    """Whether a program that goes on without its window shows it again, so that none has to be started."""
    from desktop_app.adapters.places import find_places
    from desktop_app.assembly.background import background_folder, bring_back

    return bring_back(background_folder(find_places(os.environ).library), start_at)


def _run_loop(application: QApplication, shell: Shell, start_at: Path | None, until: While) -> int:
    from qasync import QEventLoop

    from desktop_app.adapters.log_files import LogFiles
    from desktop_app.ui.end_signals import EndSignals
    from desktop_app.ui.garbage import GuiThreadGarbage

    garbage = GuiThreadGarbage()
    logs = LogFiles(shell.places.log)
    tell = _Reporter(shell)
    tell.catch_everything()
    ending = EndSignals(application)

    async def until_ended(desk: Desk, shell: Shell) -> None:
        await first_of(until(desk, shell), ending.wanted())

    try:
        with asyncio.Runner(loop_factory=lambda: QEventLoop(application)) as runner:
            runner.run(_live(shell, logs, tell, start_at, until_ended))
    finally:
        ending.release()
        tell.release()
        logs.close()
        garbage.release()
    return ending.exit_code


async def _live(shell: Shell, logs: LogFiles, tell: _Reporter, start_at: Path | None, until: While) -> None:
    """The program's main coroutine."""
    from desktop_app.ui.generators import ended_on

    loop = asyncio.get_running_loop()
    loop.set_exception_handler(tell.loop_problem)
    with ended_on(loop):
        await _work(shell, logs, tell, start_at, until)


async def _work(shell: Shell, logs: LogFiles, tell: _Reporter, start_at: Path | None, until: While) -> None:
    from desktop_app.assembly.shell import keep_look
    from desktop_app.ui.tasks import Tasks

    tasks = Tasks(tell)
    desk = await _make_desk(shell, logs, tasks)
    try:
        tasks.start(desk.begin(start_at), "begin")
        await until(desk, shell)
    finally:
        shell.window.save_layout(shell.frame.layout)
        shell.window.hide()
        await desk.close()
        keep_look(shell.frame)
        shell.saver.shutdown()
        shell.window.allow_closing()
        shell.window.close()
        shell.window.deleteLater()


async def _make_desk(shell: Shell, logs: LogFiles, tasks: Tasks) -> Desk:
    """Imports in a thread what takes long; the window is already on screen."""
    await asyncio.to_thread(importlib.import_module, "desktop_app.assembly.desk_building")
    from desktop_app.assembly.desk_building import build_desk

    return build_desk(shell, tasks, logs.connection)


class _Reporter:
    """The one road for errors that nobody handled: to the log, and to the person."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._log = logging.getLogger("lightdesk")
        self._excepthook = sys.excepthook

    def __call__(self, problem: BaseException) -> None:
        if not isinstance(problem, AppError):
            self._log.error("unhandled", exc_info=problem)
        self._shell.window.show_error(problem)

    def loop_problem(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        problem = context.get("exception")
        if isinstance(problem, BaseException):
            self(problem)
        else:
            self._log.error("event loop: %s", context.get("message", ""))

    def catch_everything(self) -> None:
        """Errors in Qt's slots and elsewhere on this thread."""
        sys.excepthook = self._uncaught

    def release(self) -> None:
        sys.excepthook = self._excepthook

    def _uncaught(self, _kind: type[BaseException], problem: BaseException, _trace: object) -> None:
        if isinstance(problem, KeyboardInterrupt):
            self._shell.window.close_requested.emit()
        else:
            self(problem)
