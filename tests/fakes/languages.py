"""A language for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.ui.translations import install


@contextmanager
def own_language(application: QApplication) -> Iterator[None]:
    """Whatever language is installed meanwhile is taken out again."""
    before = application.findChildren(QTranslator)
    locale = QLocale()
    try:
        yield
    finally:
        for translator in application.findChildren(QTranslator):
            if translator not in before:
                application.removeTranslator(translator)
                translator.deleteLater()
        QLocale.setDefault(locale)


@contextmanager
def speaking(application: QApplication, language: str) -> Iterator[None]:
    """Install the translations of `language`, and take them out again."""
    with own_language(application):
        assert install(application, language) == language
        yield
