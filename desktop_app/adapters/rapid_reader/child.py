"""The reader's own process: pictures in through its standard input, lines out through its standard output.

Recognition has a process of its own because loading it stalls other threads, it takes hundreds of megabytes
that only the end of a process gives back, and a crash in native code must not end the program. The process
may not open a network connection, ends with its parent, and ends when it has had nothing to do for a while.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

_IDLE_S = 120.0
_MOST_THREADS = 4
_NETWORK_EVENTS = frozenset(
    f"socket.{call}"
    for call in (
        *("connect", "sendto", "sendmsg"),
        *("getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo"),
    )
)


def serve() -> int:
    """Answer requests until the input ends."""
    requests = os.fdopen(0, "rb", closefd=False)
    # Libraries that print must not disturb the answers.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _stay_in_background()
    sys.addaudithook(refuse_network)
    engine: Any = None
    while True:
        idle = threading.Timer(_IDLE_S, os._exit, (0,))
        idle.daemon = True
        idle.start()
        header = requests.readline()
        idle.cancel()
        if not header:
            return 0
        try:
            size = json.loads(header)
            pixels = _read_exactly(requests, 3 * size["width"] * size["height"])
            engine = engine or _load()
            _answer(engine, pixels, size["width"], size["height"], lambda reply: _send(replies, reply))
            _send(replies, {"done": True})
        except (BrokenPipeError, EOFError):
            return 0
        except Exception as problem:  # told to the parent, who raises it
            _send(replies, {"error": f"{type(problem).__name__}: {problem}"[:2000]})


def _load() -> Any:
    from desktop_app.adapters.rapid_reader.engine import RapidEngine

    return RapidEngine(threads=min(os.cpu_count() or 1, _MOST_THREADS))


def _answer(engine: Any, pixels: bytes, width: int, height: int, send: Callable[[object], None]) -> None:
    import numpy as np

    array = np.frombuffer(pixels, np.uint8).reshape(height, width, 3)
    for line in engine.read(array):
        box = line.box
        send(
            {
                "text": line.text,
                "box": [box.left, box.top, box.right, box.bottom],
                "confidence": line.confidence,
            }
        )


def _send(replies: BinaryIO, reply: object) -> None:
    replies.write(json.dumps(reply).encode("ascii") + b"\n")
    replies.flush()


def _read_exactly(requests: BinaryIO, count: int) -> bytes:
    data = requests.read(count)
    if len(data) != count:
        raise EOFError
    return data


def _stay_in_background() -> None:
    """Recognition uses all processors; the window goes first."""
    nice = getattr(os, "nice", None)
    if nice is not None:
        nice(5)


def refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook that refuses every connection and every name lookup of the process."""
    if event in _NETWORK_EVENTS:
        raise PermissionError(f"the text reader may not use the network ({event})")
