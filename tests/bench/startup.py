"""Start-up figures: `python tests/bench/startup.py [RUNS]`.

From the start of the process to the first painted window, the desk against a bare PySide6 window, taken in
turn; and the desk's memory when it has come to rest on the sample pictures.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

WATCH = """
import time
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    painted = 0.0
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.painted:
            self.painted = time.time()
        return False
"""

BARE = (
    WATCH
    + """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.resize(1280, 800)
watch = Watch()
window.installEventFilter(watch)
window.show()
application.processEvents()
print(watch.painted)
"""
)

DESK = (
    """
import os
from desktop_app.adapters.places import find_places
from desktop_app.assembly.shell import build_frame, fill_frame, new_application
"""
    + WATCH
    + """
application = new_application()
frame = build_frame(application, find_places(os.environ))
watch = Watch()
frame.window.installEventFilter(watch)
frame.window.show()
application.processEvents()
shell = fill_frame(frame)
application.processEvents()
print(watch.painted, time.time())
os._exit(0)
"""
)

RESIDENT = """
from pathlib import Path
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024
"""

AT_REST = (
    RESIDENT
    + """
import asyncio
from desktop_app.app import open_desk
async def rest(desk, shell):
    while not desk.picture.is_shown:
        await asyncio.sleep(0.05)
    await asyncio.sleep(6)
    print(resident())
open_desk(None, rest)
"""
)

BARE_MEMORY = RESIDENT + BARE + "print(resident())"


def run(script: str) -> list[str]:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"LIGHTDESK_HOME": home}
        command = [sys.executable, "-c", script]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def seconds(script: str) -> list[float]:
    """Seconds from the start of the process to each moment it reports."""
    began = time.time()
    return [float(moment) - began for moment in run(script)]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    seconds(BARE), seconds(DESK)
    rounds = [(seconds(BARE)[0], *seconds(DESK)) for _ in range(runs)]
    bare, painted, filled = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(desk / other for other, desk, _ in rounds)
    print(f"medians of {runs} starts, seconds from the start of the process:")
    print(f"first paint: bare window {bare:.3f}, desk {painted:.3f}, ratio {ratio:.2f}")
    print(f"all areas painted: {filled:.3f}")
    if sys.platform == "linux":
        empty, desk = float(run(BARE_MEMORY)[1]), float(run(AT_REST)[0])
        print(f"memory at rest on the samples: bare window {empty:.0f} MB, desk {desk:.0f} MB")


if __name__ == "__main__":
    main()
