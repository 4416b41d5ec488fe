"""Names of pictures where there is too little room for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics


def short_name(metrics: QFontMetrics, name: str, width: int) -> str:
    """A path below the run's folder in so much room: folders are left out, as long as that helps.

    The nearest folder and the file's own name tell pictures apart, not where they all lie.
    """
    if metrics.horizontalAdvance(name) <= width:
        return name
    start = max(name.rfind("/"), name.rfind("\\"))
    folder, file = name[: max(0, start)], name[max(0, start) :]
    room = width - metrics.horizontalAdvance(file)
    if folder and room >= metrics.horizontalAdvance("…"):
        return metrics.elidedText(folder, Qt.TextElideMode.ElideLeft, room) + file
    return metrics.elidedText(name[start + 1 :], Qt.TextElideMode.ElideMiddle, width)
