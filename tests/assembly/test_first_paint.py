"""What the first paint waits for; each run is a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

FRAME = """
import json, os, sys
from desktop_app.adapters.places import find_places
from desktop_app.assembly.shell import build_frame, new_application
application = new_application()
frame = build_frame(application, find_places(os.environ))
frame.window.show()
application.processEvents()
print(json.dumps([sorted(sys.modules), "Qt" in vars(sys.modules["PySide6.QtCore"])]))
os._exit(0)
"""

LATER = (
    "PIL", "asyncio", "dataclasses", "httpx2", "keyring", "markdown_it", "msgspec", "numpy", "openai",
    "pydantic", "pygments", "qasync", "rapidocr", "sqlite3", "watchdog", "ziamath", "desktop_app.composition",
    "desktop_app.cli", "desktop_app.services",
)  # fmt: skip


def test_nothing_heavy_is_imported_before_the_window_is_painted() -> None:
    done = subprocess.run([sys.executable, "-c", FRAME], capture_output=True, text=True, check=True)
    modules, namespace_built = json.loads(done.stdout)
    assert [name for name in LATER if name in modules] == []
    assert not namespace_built, "something used an enumeration of Qt's own namespace: 40 ms"
