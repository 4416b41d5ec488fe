"""What options take, checked while the command line is read, and told in words."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.domain.geometry import Box
from desktop_app.domain.runs.run import MOST_CONCURRENT


def positive(text: str) -> int:
    number = _whole(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def not_negative(text: str) -> int:
    number = _whole(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def concurrency(text: str) -> int:
    number = _whole(text)
    if not 1 <= number <= MOST_CONCURRENT:
        raise argparse.ArgumentTypeError(f"must be between 1 and {MOST_CONCURRENT}")
    return number


def temperature(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}") from None
    if not 0 <= number <= 2:
        raise argparse.ArgumentTypeError("must be between 0 and 2")
    return number


def region(text: str) -> Box:
    try:
        x, y, width, height = (int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError("must be four whole numbers: X,Y,W,H") from None
    if x < 0 or y < 0 or width < 1 or height < 1:
        raise argparse.ArgumentTypeError("must lie in the picture and have a width and a height")
    return Box(x, y, x + width, y + height)


def run_name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise argparse.ArgumentTypeError("must not be empty")
    return name


def known_run(text: str) -> str:
    name = text.strip()
    if not name:
        raise argparse.ArgumentTypeError("must not be empty")
    return name


def path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("must not be empty")
    return Path(text).expanduser().absolute()


def folder_pair(text: str) -> tuple[Path, str]:
    here, equals, there = text.partition("=")
    if not equals or not here or not there:
        raise argparse.ArgumentTypeError("must be two folders: LOCAL=SERVER")
    return path(here), there


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}") from None
