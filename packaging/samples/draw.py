"""Draws the sample pictures that are no photographs: `python packaging/samples/draw.py`.

Needs the fonts DejaVu and Noto CJK; the results are kept in `resources/samples`, so nobody else needs them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import papers
import things
from PySide6.QtGui import QFontDatabase, QGuiApplication

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "samples"
FONTS = ("DejaVu Sans", "DejaVu Sans Mono", "Noto Sans CJK SC", "Noto Serif CJK SC")


def main() -> int:
    application = QGuiApplication(sys.argv)
    missing = [name for name in FONTS if name not in QFontDatabase.families()]
    if missing:
        sys.stderr.write(f"These fonts are missing: {', '.join(missing)}\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw, quality in (
        ("1-receipt.jpg", papers.receipt, 84),
        ("2-sign.jpg", things.sign, 84),
        ("3-gauge.jpg", things.gauge, 84),
        ("4-table.png", papers.table, 0),
        ("5-chart.png", papers.chart, 0),
        ("6-notice.png", papers.notice, 0),
    ):
        path = FOLDER / name
        if not draw().save(str(path), quality=quality):
            raise SystemExit(f"{path} could not be written")
        sys.stdout.write(f"{name}: {path.stat().st_size:,} bytes\n")
    del application
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
