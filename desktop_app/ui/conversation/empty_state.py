"""What the conversation shows before the first question: what belongs here and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.plain_label import plain_label

_EXAMPLES = 3


class EmptyState(QWidget):
    """Teaches by example.

    Signals:
        example_chosen: words of an example question.
        connect_requested: set up a server.
    """

    example_chosen = Signal(str)
    connect_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = QLabel(self)
        self._heading = plain_label("heading", parent=self)
        self._words = plain_label("secondary", parent=self)
        self._examples: list[QPushButton] = []
        self._reader = plain_label("secondary", parent=self)
        self._connect = QPushButton(self.tr("Connect to a server"), self)
        self._connect.setAccessibleName(self._connect.text())
        self._connect.setToolTip(self.tr("Set up a server with a vision-language model"))
        self._connect.clicked.connect(self.connect_requested)
        sizes = theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.margin, 0, sizes.margin)
        column.setSpacing(sizes.gap)
        column.addStretch(1)
        column.addWidget(self._icon)
        column.addWidget(self._heading)
        column.addWidget(self._words)
        column.addSpacing(sizes.unit)
        self._column = column
        for _ in range(_EXAMPLES):
            self._add_example()
        column.addSpacing(sizes.gap)
        column.addWidget(self._reader)
        column.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        self.setTabOrder(self._examples[-1], self._connect)
        theme.changed.connect(self._paint_icon)
        self._paint_icon()
        self.show_state(0, True)

    def stand_below(self, answer: bool) -> None:
        """Whether a run's answer stands above it; the words then begin at once, for there is little room."""
        self._icon.setVisible(not answer)

    def show_state(self, pictures: int, has_server: bool) -> None:
        """Word it for so many chosen pictures, with a server or with the built-in reader."""
        if pictures == 0:
            self._heading.setText(self.tr("Ask about a picture"))
            self._words.setText(
                self.tr(
                    "Choose a picture on the left, or drop one here. Its questions and answers appear here."
                )
            )
        elif pictures == 1:
            self._heading.setText(self.tr("Ask about this picture"))
            self._words.setText(
                self.tr(
                    "Write a question below, or begin with one of these. The answer stays with the picture."
                )
            )
        else:
            self._heading.setText(self.tr("Ask about these {count} pictures").format(count=pictures))
            self._words.setText(
                self.tr("They are sent together, in the order of their numbers. You can compare them.")
            )
        for example, text in zip(self._examples, self._example_texts(pictures), strict=True):
            example.setText(text)
            example.setAccessibleName(text)
            example.setVisible(pictures > 0)
        self._reader.setText(
            self.tr(
                "No server is connected. The built-in reader finds and reads the text in a picture, on this "
                "computer. To ask about what a picture shows, connect to a server with a vision model."
            )
        )
        self._reader.setVisible(not has_server)
        self._connect.setVisible(not has_server)

    def _example_texts(self, pictures: int) -> tuple[str, str, str]:
        if pictures > 1:
            return (
                self.tr("What is different between them?"),
                self.tr("Describe each picture."),
                self.tr("Which one is the best, and why?"),
            )
        return (
            self.tr("What is in this picture?"),
            self.tr("Read all the text, line by line."),
            self.tr("Is anything damaged? Where?"),
        )

    def _add_example(self) -> None:
        button = QPushButton(self)
        button.setProperty("look", "example")
        button.setToolTip(self.tr("Put this question into the box"))
        button.clicked.connect(lambda: self.example_chosen.emit(button.text()))
        self._examples.append(button)
        self._column.addWidget(button)

    def _paint_icon(self) -> None:
        side = self._theme.sizes.icon_large * 2
        self._icon.setPixmap(self._theme.icon("message-square", "text_faint").pixmap(side, side))
