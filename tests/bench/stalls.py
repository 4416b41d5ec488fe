"""Stalls of the window's thread: `python tests/bench/stalls.py [SECONDS]`.

Eight answers stream 100 pieces a second each into eight threads, one of them on screen, while the gallery
loads thumbnails of 12-megapixel photographs and steps from picture to picture. A timer on the window's thread
measures how late it is called. The same timer on an idle desk is printed too: what the machine itself costs.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

STREAMS, PER_SECOND, PHOTOGRAPHS = 8, 100, 60
TICK_S = 0.002


def serve(pipe: Connection) -> None:
    """A streaming server in a process of its own, so that it shares no interpreter with the window."""
    from tests.fakes.fake_server import FakeServer, streamed

    with FakeServer() as server:
        text = "The lower flange shows **rust** near bolt 7, and the paint has come off. \n\n" * 1000
        server.default = streamed(text, per_second=PER_SECOND)  # a word at a time
        pipe.send(server.base_url)
        pipe.recv()


def photographs(folder: Path) -> None:
    from PIL import Image

    rough = Image.effect_noise((1000, 750), 60).convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC)
    rough.save(folder / "photograph 0.jpg", quality=88)
    whole = (folder / "photograph 0.jpg").read_bytes()
    for number in range(1, PHOTOGRAPHS):
        (folder / f"photograph {number}.jpg").write_bytes(whole)


def told(name: str, late: list[float]) -> None:
    ordered = sorted(late)
    p99 = ordered[int(len(ordered) * 0.99)]
    print(
        f"{name}: median {statistics.median(ordered) * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, "
        f"longest {ordered[-1] * 1000:.1f} ms, {len(ordered)} ticks"
    )


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 15.0
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    process.start()
    address = here.recv()
    with tempfile.TemporaryDirectory() as home:
        os.environ["LIGHTDESK_HOME"] = home
        settings = Path(home, "config", "settings.toml")
        settings.parent.mkdir()
        settings.write_text(f'version = 1\n[[servers]]\nname = "Fake"\nbase_url = "{address}"\n')
        folder = Path(home, "photographs")
        folder.mkdir()
        photographs(folder)
        _measure(folder, seconds)
    here.send("end")
    process.join(5)


def _measure(folder: Path, seconds: float) -> None:
    from PySide6.QtCore import Qt, QTimer

    from desktop_app.app import open_desk
    from desktop_app.assembly.desk import Desk
    from desktop_app.assembly.shell import Shell
    from desktop_app.domain.conversations import AskOptions, Conversation
    from desktop_app.domain.pictures import Picture

    async def play(desk: Desk, shell: Shell) -> None:
        late: list[float] = []
        last = [time.perf_counter()]

        def tick() -> None:
            now = time.perf_counter()
            late.append(max(now - last[0] - TICK_S, 0.0))
            last[0] = now

        timer = QTimer(shell.window)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(tick)
        while not desk.picture.is_shown:
            await asyncio.sleep(0.05)
        await asyncio.sleep(8)
        last[0] = time.perf_counter()
        timer.start(int(TICK_S * 1000))
        await asyncio.sleep(5)
        told("idle desk", late)
        pictures = [Picture(Path(entry.path)) for entry in desk.listed()[:STREAMS]]
        tasks = [
            asyncio.ensure_future(
                desk.conversations.ask(Conversation(0, (picture,)), "Rust?", AskOptions(), desk.resolve)
            )
            for picture in pictures
        ]
        await asyncio.sleep(2)
        late.clear()
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            desk.presenter.step(1)
            await asyncio.sleep(0.4)
        told(f"{STREAMS} streams of {PER_SECOND} pieces/s, thumbnails, browsing", late)
        timer.stop()
        for picture in pictures:
            desk.conversations.stop((await desk.conversations.thread([picture])).id)
        await asyncio.gather(*tasks, return_exceptions=True)

    open_desk(folder, play)


if __name__ == "__main__":
    main()
