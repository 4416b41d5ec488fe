"""The desk: the window with its areas, menus and status bar. It arranges and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.desk.actions import DeskActions
from desktop_app.ui.desk.menus import build_menus
from desktop_app.ui.desk.status_line import StatusLine
from desktop_app.ui.desk.top_bar import TopBar
from desktop_app.ui.theme.theme import Theme

if TYPE_CHECKING:
    from desktop_app.domain.errors import AppError
    from desktop_app.domain.intake import Incoming
    from desktop_app.ui.desk.notice_bar import NoticeBar
    from desktop_app.ui.desk.rows import Rows

_STRETCH = (0, 1, 0)
"""A larger window gives its room to the picture; gallery and conversation stay as wide as they were made."""


class MainWindow(QMainWindow):
    """Gallery, picture and conversation side by side; each side area can be resized, hidden and restored.

    Closing only asks: `close_requested` is emitted and the main coroutine shuts the program down. A person
    may ask before anybody listens; `is_close_wanted` remembers it.

    Attributes:
        actions_of_desk, menus, status: what the assembly joins with the rest.
    """

    close_requested = Signal()
    recent_chosen = Signal(str)
    trouble = Signal(object)
    """An exception to be told; may be emitted from any thread."""

    def __init__(self, theme: Theme) -> None:
        """The frame alone, so that it can be painted at once; `fill` brings the areas."""
        super().__init__()
        self._theme = theme
        self._may_close = False
        self.is_close_wanted = False
        self.trouble.connect(self.show_error)
        self.setWindowTitle(self.tr("Lightdesk"))
        self.actions_of_desk = DeskActions(theme, self)
        self.menus = build_menus(self, self.actions_of_desk)
        self.menus.recent_chosen.connect(self.recent_chosen)
        self._areas = self._build_areas()
        self._notices: NoticeBar | None = None
        self._rows: Rows | None = None
        self._take: Callable[[Incoming, bool], object] | None = None
        centre = QWidget(self)
        self._column = column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = TopBar(theme, self.actions_of_desk, self.menus.recent, self)
        column.addWidget(self._bar)
        column.addWidget(self._areas, 1)
        self.setCentralWidget(centre)
        self.status = StatusLine(theme, self)
        self.setStatusBar(self.status)
        self._connect_area_toggles()
        self.resize(1280, 800)

    def fill(
        self, gallery: QWidget, picture: QWidget, conversation: QWidget, switcher: QWidget, badge: QWidget
    ) -> None:
        """Put the areas and the parts of the bars in their places."""
        self.actions_of_desk.tint()
        self.menus.show_picture_actions(picture.actions())
        for place, area in enumerate((gallery, picture, conversation)):
            blank = self._areas.widget(place)
            hidden = blank is not None and blank.isHidden()
            self._areas.replaceWidget(place, area)
            self._areas.setStretchFactor(place, _STRETCH[place])  # belonged to the blank one
            area.setHidden(hidden)
            if blank is not None:
                blank.deleteLater()
        self._bar.fill(switcher)
        self.status.fill(badge)

    def add_runs(self, runs: QWidget, stored: QSettings) -> None:
        """Put the runs area below the others; it is shown and hidden by its action."""
        from desktop_app.ui.desk.rows import Rows

        self._rows = Rows(self._theme, self._column, self._areas, runs)
        self._rows.restore(stored)
        self.actions_of_desk.show_runs.toggled.connect(runs.setVisible)

    def were_runs_shown(self, stored: QSettings) -> bool:
        """Whether the runs area was on screen when the window was last closed."""
        return str(stored.value("window/runs", "false")).lower() == "true"

    def show_folder(self, path: Path, *, samples: bool = False) -> None:
        """Name the open folder in the top bar and in the window's title."""
        parts = [part for part in path.parts[-2:] if part != path.anchor]
        words = self.tr("Sample pictures")
        self._bar.show_folder(words if samples else " › ".join(parts), str(path))
        self.setWindowTitle(f"{words if samples else path.name} — Lightdesk")

    def show_error(self, problem: BaseException) -> None:
        """Tell an error that belongs to no area."""
        self._notice_bar().show_error(problem)

    def show_refused(self, refused: Sequence[AppError]) -> None:
        """Tell what came in and is no picture; nothing takes the words about earlier ones away."""
        if refused:
            self._notice_bar().show_refused(refused)
        elif self._notices is not None:
            self._notices.forget_refused()

    def show_nothing_pasted(self) -> None:
        """Tell that nothing on the clipboard could be taken in."""
        self._notice_bar().show_nothing_pasted()

    def notice_text(self) -> str:
        """The sentence of the notice across the desk, "" when there is none."""
        shown = self._notices is not None and self._notices.isVisible()
        return self._notices.notice.report.sentence if shown and self._notices is not None else ""

    def when_dropped(self, take: Callable[[Incoming, bool], object]) -> None:
        """Hand `take` what is dropped beside the areas' own places; True when that is on the conversation."""
        self._take = take
        self.setAcceptDrops(True)

    async def may_fetch(self, address: str) -> bool:
        """Ask whether a picture may be fetched from this address."""
        from desktop_app.ui.widgets.questions import confirm

        return await confirm(
            self,
            self.tr("Fetch this picture from the web?"),
            self.tr("Lightdesk would connect to: {address}").format(address=address),
            self.tr("Fetch"),
            self.tr("Do not fetch"),
        )

    async def ask_for_address(self) -> str:
        """The address of a picture, "" when none was given."""
        from desktop_app.ui.widgets.questions import ask_for_text

        return await ask_for_text(
            self, self.tr("Open picture from address"), self.tr("Address of the picture (http or https):")
        )

    def restore_layout(self, stored: QSettings) -> None:
        """Size, place and split as they were when the window was last closed."""
        if (geometry := stored.value("window/geometry")) is not None:
            self.restoreGeometry(geometry)
        if (areas := stored.value("window/areas")) is not None:
            self._areas.restoreState(areas)
        for action in (self.actions_of_desk.show_gallery, self.actions_of_desk.show_conversation):
            shown = stored.value(f"window/{action.objectName()}", "true")
            action.setChecked(str(shown).lower() != "false")

    def save_layout(self, stored: QSettings) -> None:
        stored.setValue("window/geometry", self.saveGeometry())
        stored.setValue("window/areas", self._areas.saveState())
        for action in (self.actions_of_desk.show_gallery, self.actions_of_desk.show_conversation):
            stored.setValue(f"window/{action.objectName()}", action.isChecked())
        stored.setValue("window/runs", self.actions_of_desk.show_runs.isChecked())
        if self._rows is not None:
            self._rows.save(stored)

    def allow_closing(self) -> None:
        """From now on the window closes when told to."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.is_close_wanted = True
        self.close_requested.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Wherever it comes in: the places where it may be dropped are told apart while it moves."""
        from desktop_app.ui.widgets.incoming import can_accept

        if can_accept(event.mimeData()):
            _accept_as_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if self._may_drop(event):
            _accept_as_copy(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        from desktop_app.ui.widgets.incoming import incoming_from_mime

        if self._take is not None and self._may_drop(event):
            _accept_as_copy(event)
            self._take(incoming_from_mime(event.mimeData()), self._is_on_conversation(event))

    def _may_drop(self, event: QDropEvent) -> bool:
        """A picture from the desk itself is in the gallery already: it can only join the question."""
        return event.source() is None or self._is_on_conversation(event)

    def _is_on_conversation(self, event: QDropEvent) -> bool:
        area = self._areas.widget(2)
        place = event.position().toPoint()
        return area is not None and area.isVisible() and area.rect().contains(area.mapFrom(self, place))

    def _notice_bar(self) -> NoticeBar:
        if self._notices is None:
            from desktop_app.ui.desk.notice_bar import NoticeBar

            self._notices = NoticeBar(self._theme, self)
            self._column.insertWidget(1, self._notices)
        return self._notices

    def _build_areas(self) -> QSplitter:
        areas = QSplitter()  # horizontal; with an argument PySide would build all of Qt's enumerations first
        areas.setHandleWidth(self._theme.sizes.hairline)
        areas.setChildrenCollapsible(False)
        for look, stretch in zip(("pane", "ground", "pane"), _STRETCH, strict=True):
            area = QFrame(areas)
            area.setProperty("area", look)
            areas.addWidget(area)
            areas.setStretchFactor(areas.count() - 1, stretch)
        areas.setSizes([300, 600, 380])
        return areas

    def _connect_area_toggles(self) -> None:
        actions = self.actions_of_desk
        for action, place, name in (
            (actions.show_gallery, 0, "gallery"),
            (actions.show_conversation, 2, "conversation"),
        ):
            action.setObjectName(name)
            action.setChecked(True)
            action.toggled.connect(partial(self._show_area, place))

    def _show_area(self, place: int, shown: bool) -> None:
        area = self._areas.widget(place)
        if area is not None:
            area.setVisible(shown)


def _accept_as_copy(event: QDropEvent) -> None:
    """Whatever the other program proposes: nothing is ever moved away from where it is."""
    from PySide6.QtCore import Qt  # not before the first paint, see `fill`

    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
