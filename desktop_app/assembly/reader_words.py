"""The built-in reader's own words in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop_app.services.reader_answers import ReaderTexts


def reader_words() -> ReaderTexts:
    """Call it after the translations were installed."""
    translate = QCoreApplication.translate
    return ReaderTexts(
        heading=translate("reader", "Picture {number}: {name}"),
        nothing=translate("reader", "No text was found in this picture."),
        about=translate(
            "reader",
            "This is the text in the picture, found by the built-in reader, not an answer to the question: "
            "connect to a server with a vision model to ask what a picture shows and means.",
        ),
    )
