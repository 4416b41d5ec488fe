"""Which Lightdesk this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """As it was installed; in words where it runs without having been."""
    try:
        return version("lightdesk")
    except PackageNotFoundError:
        return "(not installed)"
