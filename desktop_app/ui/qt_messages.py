"""Sends what Qt has to say to the program's log; nobody reads the terminal of a window."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS = {
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_qt_messages() -> None:
    """From now on Qt writes to the logger "lightdesk.qt"; only what ends the process also goes to stderr."""
    # Until the log file is open, what is said is nowhere; without a handler Python would print it.
    logging.getLogger("lightdesk").addHandler(logging.NullHandler())
    qInstallMessageHandler(_handle)


def _handle(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
    level = _LEVELS.get(kind)
    if level is not None:
        logging.getLogger("lightdesk.qt").log(level, "%s", text)
    if kind is QtMsgType.QtFatalMsg:
        sys.stderr.write(f"{text}\n")
