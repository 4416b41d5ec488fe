"""Installs the translations of Lightdesk's own texts and of Qt's."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop_app.ui.resources import resource

SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "zh_CN")
"""Codes of the languages the window speaks; the texts in the source are English."""


def language_for(choice: str) -> str:
    """The language to use for the user's choice: a code of `LANGUAGES`, or "" for the system's.

    The first of the system's languages that Lightdesk speaks counts; Traditional Chinese readers are given
    Simplified Chinese rather than English. A code that is not known means English.
    """
    if choice:
        return choice if choice in LANGUAGES else SOURCE_LANGUAGE
    for wanted in QLocale.system().uiLanguages():
        language = wanted.replace("_", "-").split("-")[0].lower()
        if language == "zh":
            return "zh_CN"
        if language == SOURCE_LANGUAGE:
            return SOURCE_LANGUAGE
    return SOURCE_LANGUAGE


def install(application: QCoreApplication, choice: str) -> str:
    """Load the translations for the user's choice into `application`, before any window is made.

    Numbers follow the language too, when the user chose one that is not the system's. Returns the code of
    the language in use.
    """
    language = language_for(choice)
    if choice:
        QLocale.setDefault(QLocale(language))
    if language != SOURCE_LANGUAGE:
        qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _load(application, f"qtbase_{language}", qt_texts)
        _load(application, f"lightdesk_{language}", str(resource("translations")))
    return language


def _load(application: QCoreApplication, name: str, folder: str) -> None:
    """A file that is missing leaves its texts in English; the tests see to it that ours is there."""
    translator = QTranslator(application)
    if translator.load(name, folder):
        application.installTranslator(translator)
