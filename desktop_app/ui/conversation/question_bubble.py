"""One question as it was asked, with its small actions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from desktop_app.ui.conversation.action_row import ActionRow
from desktop_app.ui.conversation.fitted_text import FittedText
from desktop_app.ui.theme.theme import Theme


class QuestionBubble(QFrame):
    """Shows a question.

    Signals:
        edit_requested, delete_requested: the person chose so.
    """

    edit_requested = Signal()
    delete_requested = Signal()

    def __init__(self, theme: Theme, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("area", "question")
        self.setAccessibleName(self.tr("Question"))
        self._text = FittedText(self)
        self._text.setAccessibleName(self.tr("Question"))
        self._text.setPlainText(question)
        self._text.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._actions = ActionRow(theme, self, floating=True)
        for icon, text, call in (
            ("pencil", self.tr("Edit and ask again"), self.edit_requested.emit),
            ("copy", self.tr("Copy the question"), self._copy),
            ("trash-2", self.tr("Delete question and answer"), self.delete_requested.emit),
        ):
            self._actions.add(icon, text, call)
        column = QVBoxLayout(self)
        sizes = theme.sizes
        column.setContentsMargins(sizes.gap + 2, sizes.gap, sizes.gap + 2, sizes.gap)
        column.addWidget(self._text)

    @property
    def question(self) -> str:
        return self._text.toPlainText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(self.tr("Copy selected text"), self._text.copy)
        copy.setEnabled(self._text.textCursor().hasSelection())
        menu.addSeparator()
        self._actions.add_to(menu)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.question)
