"""A dialog whose choice is looked at before it closes: what is wrong is told in it, nothing typed is lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.ui.theme.theme import Theme
from desktop_app.ui.widgets.error_notice import ErrorNotice

Choice = TypeVar("Choice")


class CheckedDialog(QDialog):
    """Has the form, the buttons and the place for what is wrong."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer: asyncio.Future[bool] | None = None
        self._is_over = False
        self._column = QVBoxLayout(self)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(theme.sizes.margin)
        self.form.setVerticalSpacing(theme.sizes.margin)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.problem = ErrorNotice(theme, icon="triangle-alert")
        self.problem.hide()
        self.go = QPushButton()
        self.go.setProperty("look", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(lambda: self._settle(True))
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.finished.connect(self._end)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(theme.sizes.gap)
        self.buttons.addWidget(self.leave)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.go)

    def lay_out(self, *below: QWidget) -> None:
        """The form, these below it, then what is wrong and the buttons."""
        sizes = self._theme.sizes
        column = self._column
        column.setContentsMargins(*[sizes.margin * 2] * 4)
        column.setSpacing(sizes.margin * 2)
        column.addLayout(self.form)
        for widget in (*below, self.problem):
            column.addWidget(widget)
        column.addStretch(1)
        column.addLayout(self.buttons)

    def keep_column(self) -> None:
        """Leave the labels the room of the widest of all, so that nothing moves sideways when it is shown."""
        role = QFormLayout.ItemRole.LabelRole
        items = [self.form.itemAt(row, role) for row in range(self.form.rowCount())]
        labels = [label for item in items if item is not None and (label := item.widget()) is not None]
        labels[0].setMinimumWidth(max(label.sizeHint().width() for label in labels))

    @contextlib.contextmanager
    def fitted(self) -> Iterator[None]:
        """Around a change of what is shown: only what is below it moves, and the dialog stays as high as it
        must be, or as much higher as the person has made it.
        """
        spare = max(0, self.height() - self._least_height())
        yield
        self.resize(self.width(), self._least_height() + spare)

    def _least_height(self) -> int:
        self._column.activate()
        return self._column.totalHeightForWidth(self.width())

    async def chosen(
        self, choice: Callable[[], Choice | None], check: Callable[[Choice], Awaitable[bool]]
    ) -> Choice | None:
        """What was chosen and passed; None when the person changed their mind.

        Args:
            choice: what the dialog says now.
            check: whether to go on with it; raises what is wrong with it.
        """
        self.open()
        try:
            while await self._pressed():
                made = choice()
                if made is None or not await self._passes(made, check):
                    continue
                if self._is_over:
                    return None  # the person changed their mind while it was looked at
                self.accept()
                return made
        except asyncio.CancelledError:
            self.close()
            raise
        return None

    async def _passes(self, made: Choice, check: Callable[[Choice], Awaitable[bool]]) -> bool:
        self.problem.hide()
        self.go.setEnabled(False)
        try:
            return await check(made)
        except AppError as problem:
            self.problem.show_error(problem)
            self.problem.show()
            self.resize(self.width(), max(self.height(), self._least_height()))
            return False
        finally:
            self.go.setEnabled(True)

    async def _pressed(self) -> bool:
        if self._is_over:
            return False
        self._answer = asyncio.get_running_loop().create_future()
        return await self._answer

    def _end(self) -> None:
        self._is_over = True
        self._settle(False)

    def _settle(self, goes_on: bool) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(goes_on)
