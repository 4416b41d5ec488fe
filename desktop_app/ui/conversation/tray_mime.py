"""What a picture dragged inside the tray calls itself, so that nothing else takes it for a file."""

from __future__ import annotations

TRAY_MIME = "application/x-lightdesk-tray-place"
