"""The version that runs are frozen with, and that is told to the user."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError

import pytest

from desktop_app.composition import program_version
from tests.fakes.lightdesk_command import ROOT


def test_it_is_that_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert program_version.program_version() == project["version"]


def test_a_program_that_was_not_installed_has_words_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(program_version, "version", missing)
    assert program_version.program_version() == "(not installed)"
