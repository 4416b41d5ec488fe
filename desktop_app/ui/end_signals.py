"""Notices that the system wants the program to end, also while Qt waits for events."""

from __future__ import annotations

import asyncio
import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Ctrl+C, a person's or a system's `kill`, a terminal that is closed, Windows' Ctrl+Break."""


class EndSignals(QObject):
    """From its making until `release`; to be made on the main thread.

    Python's own handlers run between two of its instructions, and there are none while Qt waits. The system
    writes each signal into a socket that Qt watches.

    Attributes:
        exit_code: what the shell is told when a signal ended the program, 128 and its number; 0 before.
    """

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__()
        self.exit_code = 0
        self._wanted = asyncio.Event()
        self._application = application
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._descriptor = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        self._before = {
            number: signal.signal(number, _left_to_socket)
            for number in numbers
            if signal.getsignal(number) is not signal.SIG_IGN
        }
        application.commitDataRequest.connect(self._session_ends)

    async def wanted(self) -> None:
        """Return when the program is to end."""
        await self._wanted.wait()

    def release(self) -> None:
        """Leave signals to whoever had them before."""
        self._application.commitDataRequest.disconnect(self._session_ends)
        for number, handler in self._before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        signal.set_wakeup_fd(self._descriptor)
        self._notifier.setEnabled(False)
        for end in (self._reading, self._writing):
            end.close()

    def _read(self) -> None:
        for number in self._reading.recv(64):
            if number in self._before:
                self.exit_code = self.exit_code or 128 + number
                self._wanted.set()

    def _session_ends(self) -> None:
        self._wanted.set()


def _left_to_socket(number: int, frame: FrameType | None) -> None:
    """Only a signal with a handler is written into the socket."""
