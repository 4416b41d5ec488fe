"""The Chinese texts: complete, fitting their sources, and what the window really loads."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from desktop_app.domain.error_texts import ERROR_TEXTS
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.ui import report
from desktop_app.ui.translations import LANGUAGES, language_for
from tests.fakes.languages import speaking

ROOT = Path(__file__).resolve().parents[2]


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_tool", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TOOL = load_tool()
MESSAGES = [message for message in TOOL.messages(TOOL.ts_path("zh_CN")) if message.translation]


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[QApplication]:
    with speaking(qapp, "zh_CN"):
        yield qapp


def test_nothing_is_missing_unfinished_or_stale() -> None:
    assert TOOL.problems("zh_CN") == []


def test_every_language_offered_has_a_file() -> None:
    assert {*TOOL.LANGUAGES, "en"} == set(LANGUAGES)


def test_placeholders_shortcuts_and_ends_are_those_of_the_source() -> None:
    wrong = []
    for message in MESSAGES:
        source, chinese = message.source, message.translation
        same_values = sorted(re.findall(r"{[^}]*}|%n", source)) == sorted(re.findall(r"{[^}]*}|%n", chinese))
        same_keys = bool(re.search(r"&\w", source)) == bool(re.search(r"&\w", chinese))
        same_end = source.endswith("…") == chinese.endswith(("…", "…）"))
        same_blanks = source[:1].isspace() == chinese[:1].isspace()
        if not (same_values and same_keys and same_end and same_blanks):
            wrong.append((source, chinese))
    assert wrong == []


def test_chinese_is_written_with_chinese_marks() -> None:
    """No Latin comma, stop or question mark behind a Chinese sign."""
    odd = [
        m.translation
        for m in MESSAGES
        if re.search(r"[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff]\.(\s|$)", m.translation)
    ]
    assert odd == []


def test_the_window_speaks_chinese_and_so_does_qt(chinese: QApplication) -> None:
    assert QCoreApplication.translate("ScopeBadge", "This computer") == "本机"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert "取消" in box.buttons()[0].text()
    box.deleteLater()


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_error_is_told_in_chinese(chinese: QApplication, code: ErrorCode) -> None:
    sentence = report.sentence(AppError(code))
    if ERROR_TEXTS[code].sentence != "{reason}":
        assert re.search(r"[\u4e00-\u9fff]", sentence)


@pytest.mark.parametrize(
    ("choice", "system", "language"),
    [
        ("en", ["zh-Hans-CN"], "en"),
        ("zh_CN", ["en-GB"], "zh_CN"),
        ("", ["zh-Hans-CN", "en-US"], "zh_CN"),
        ("", ["zh-TW"], "zh_CN"),
        ("", ["de-DE", "en-US", "zh-CN"], "en"),
        ("", ["de-DE", "zh_CN", "en"], "zh_CN"),
        ("", ["C"], "en"),
        ("", [], "en"),
        ("xx", ["zh-CN"], "en"),
    ],
)
def test_the_language_follows_the_choice_then_the_system(
    monkeypatch: pytest.MonkeyPatch, choice: str, system: list[str], language: str | None
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:  # noqa: N802
            return system

    monkeypatch.setattr("desktop_app.ui.translations.QLocale.system", lambda: System())
    assert language_for(choice) == language
