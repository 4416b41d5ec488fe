"""Answers drawn into a document, whole or as they come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextDocument

from desktop_app.ui.conversation.markdown.document import AnswerDocument
from desktop_app.ui.conversation.markdown.formulas import Formulas
from desktop_app.ui.conversation.markdown.parser import MarkdownParser
from desktop_app.ui.conversation.markdown.styles import Styles
from desktop_app.ui.theme.theme import Theme


def make(theme: Theme, formulas: Formulas) -> AnswerDocument:
    answer = AnswerDocument(QTextDocument(), MarkdownParser(), formulas)
    answer.set_look(Styles(theme), 1.0, 400)
    return answer


def draw_in_pieces(answer: AnswerDocument, text: str, pieces: Sequence[int]) -> None:
    """As it would come in pieces of so many letters, and the rest at last."""
    position = 0
    for piece in pieces:
        position += piece
        if position >= len(text):
            break
        answer.draw(text[:position], complete=False)
    answer.draw(text)
