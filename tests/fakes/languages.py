"""A language for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.ui.translations import install


@contextmanager
def speaking(application: QApplication, language: str) -> Iterator[None]:
    """Install the translations of `language`, and take them out again."""
    before = application.findChildren(QTranslator)
    locale = QLocale()
    assert install(application, language) == language
    try:
        yield
    finally:
        for translator in application.findChildren(QTranslator):
            if translator not in before:
                application.removeTranslator(translator)
                translator.deleteLater()
        QLocale.setDefault(locale)
