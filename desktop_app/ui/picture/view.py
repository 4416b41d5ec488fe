"""The picture area of the desk: the picture, the bar below it, and full screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.errors import AppError
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import Note, PictureFacts
from desktop_app.domain.vision_tokens import SizePlan
from desktop_app.ui.picture.actions import PictureActions
from desktop_app.ui.picture.bar import PictureBar
from desktop_app.ui.picture.full_screen import FullScreenWindow
from desktop_app.ui.picture.overlay import NONE
from desktop_app.ui.picture.pixels import PicturePixels
from desktop_app.ui.picture.stage import Stage
from desktop_app.ui.report import note_text
from desktop_app.ui.theme.theme import Theme


class PictureView(QWidget):
    """Shows what its presenter tells it and says what the person wants.

    Its `actions()` are for the window's menu; their keys work in the whole window.

    Signals:
        step_requested: another picture is wanted: 1 for the next, -1 for the one before.
        open_requested: a folder is to be opened.
        detail_wanted: the present zoom asks for more pixels.
        facts_toggled: whether facts about the file are wanted.
        evidence_hovered: index of the mark under the cursor, -1 for none.
        boxes_taken, boxes_left: the person is done with drawing boxes, and keeps them or does not.
        left: Escape was pressed where it ends nothing else.
    """

    step_requested = Signal(int)
    open_requested = Signal()
    detail_wanted = Signal()
    facts_toggled = Signal(bool)
    evidence_hovered = Signal(int)
    boxes_taken = Signal()
    boxes_left = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full_screen: FullScreenWindow | None = None
        self._stage = Stage(theme, self)
        self._bar = PictureBar(theme, self)
        self._actions = PictureActions(self, self._stage.canvas, self._bar)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._stage, 1)
        self._column.addWidget(self._bar)
        self._keys: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self.step_requested.emit(-1),
            Qt.Key.Key_PageUp: lambda: self.step_requested.emit(-1),
            Qt.Key.Key_Right: lambda: self.step_requested.emit(1),
            Qt.Key.Key_PageDown: lambda: self.step_requested.emit(1),
            Qt.Key.Key_F: self.toggle_full_screen,
            Qt.Key.Key_F11: self.toggle_full_screen,
            Qt.Key.Key_E: self._bar.evidence.toggle,
            Qt.Key.Key_I: self._bar.facts.toggle,
        }
        self._connect()
        self._actions.set_picture_shown(False)
        self.setFocusProxy(self._stage)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def canvas(self) -> QWidget:
        """The widget the keyboard works on, for the focus order of the desk."""
        return self._stage.canvas

    @property
    def is_full_screen(self) -> bool:
        return self._full_screen is not None

    # What the presenter tells

    def screen_size(self) -> Size:
        """Room for the picture in device pixels."""
        return self._stage.canvas.screen_size

    def wanted_size(self) -> Size:
        """Pixels that all of the shown picture covers at the present zoom, at most its own."""
        return self._stage.canvas.viewport.wanted_pixels

    def show_empty(self) -> None:
        """No picture is chosen."""
        self._stage.show_empty()
        self._stage.show_facts(None)
        self._set_picture_shown(False)
        self.hide_plan()

    def show_loading(self, name: str) -> None:
        """Another picture was chosen."""
        self._stage.show_loading(name)
        self._bar.set_notes(())

    def show_picture(
        self, name: str, pixels: PicturePixels, original: Size, notes: Sequence[Note], *, keep_view: bool
    ) -> None:
        """Show pixels; `keep_view` when the same picture was read again."""
        canvas = self._stage.canvas
        self._stage.show_picture()
        canvas.setAccessibleName(
            self.tr("{name}, {width} × {height} pixels").format(
                name=name, width=original.width, height=original.height
            )
        )
        canvas.set_picture(pixels, original, keep_view=keep_view)
        self._set_picture_shown(True)
        self._bar.set_notes([note_text(note) for note in notes])
        self._view_changed()

    def add_pixels(self, pixels: PicturePixels) -> None:
        """More pixels of the picture on screen."""
        self._stage.canvas.add_pixels(pixels)

    def show_error(self, error: AppError) -> None:
        """The picture cannot be shown."""
        self._stage.show_error(error)
        self._set_picture_shown(False)

    def show_plan(self, original: Size, plan: SizePlan) -> None:
        """What would be sent."""
        tokens = self.tr("{count} tokens").format(count=QLocale().toString(plan.tokens))
        sent = self.tr("{width} × {height}").format(width=plan.sent.width, height=plan.sent.height)
        if plan.sent == original:
            text = self.tr("Will be sent as it is: {sent}, {tokens}")
        else:
            text = self.tr("Will be sent: {original} → {sent}, {tokens}")
        size = self.tr("{width} × {height}").format(width=original.width, height=original.height)
        short = self.tr("→ {sent}, {tokens}").format(sent=sent, tokens=tokens)
        self._bar.set_sent(text.format(original=size, sent=sent, tokens=tokens), short)

    def show_plan_too_long(self) -> None:
        """The picture is too long and thin to be sent whole."""
        self._bar.set_sent(self.tr("Too long and thin to be sent whole"))

    def hide_plan(self) -> None:
        """Nothing would be sent, or nothing is known of it."""
        self._bar.set_sent("")

    def show_facts(self, facts: PictureFacts | None) -> None:
        """What the file says about itself; None while that is not known."""
        self._stage.show_facts(facts)

    def set_evidence(self, marks: Sequence[tuple[int, Evidence]]) -> None:
        """Marks on the shown picture: index in the answer's evidence, and the evidence."""
        self._stage.canvas.set_evidence(marks)

    def highlight(self, index: int | None) -> None:
        """Point out a mark."""
        self._stage.canvas.highlight(NONE if index is None else index)

    def begin_boxes(self, heading: str, boxes: Sequence[Box], most: int) -> None:
        """Let boxes be drawn on the picture that is shown."""
        self._stage.begin_boxes(heading, boxes, most)

    def boxes(self) -> list[list[int]] | None:
        """The boxes that were drawn, in whole pixels; None when they are as they were."""
        editor = self._stage.canvas.boxes
        return editor.draft.whole() if editor.is_changed else None

    def end_boxes(self) -> None:
        """No boxes are drawn any more."""
        self._stage.end_boxes()

    def zoom_to_evidence(self, index: int) -> None:
        """Bring a mark close, by its place in the answer's evidence."""
        self._stage.canvas.zoom_to_mark(index)

    # Full screen and keys

    def toggle_full_screen(self) -> None:
        """Show the picture alone on the whole screen, or come back."""
        if self._full_screen is not None:
            self._full_screen.close()
            return
        title = self._stage.canvas.accessibleName() or self.tr("Picture")
        window = FullScreenWindow(self._stage, title, self._handle_key)
        window.closed.connect(self._leave_full_screen)
        self._full_screen = window
        window.showFullScreen()
        self._stage.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        """Keys that the canvas leaves alone; Esc is the desk's own unless the picture fills the screen."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Escape and self._stage.canvas.boxes.is_active:
            self.boxes_left.emit()
            return True
        if event.key() == Qt.Key.Key_Escape and self._full_screen is not None:
            self._full_screen.close()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        action = self._keys.get(event.key())
        if action is None:
            return False
        action()
        return True

    def _leave_full_screen(self) -> None:
        window, self._full_screen = self._full_screen, None
        if window is None:
            return
        self._column.insertWidget(0, self._stage, 1)
        self._stage.show()
        self._stage.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        window.deleteLater()

    def _connect(self) -> None:
        canvas, bar = self._stage.canvas, self._bar
        self._stage.open_requested.connect(self.open_requested)
        self._stage.boxes_taken.connect(self.boxes_taken)
        self._stage.boxes_left.connect(self.boxes_left)
        canvas.detail_wanted.connect(self.detail_wanted)
        canvas.evidence_hovered.connect(self.evidence_hovered)
        canvas.view_changed.connect(self._view_changed)
        bar.step_requested.connect(self.step_requested)
        bar.fit_requested.connect(canvas.fit)
        bar.actual_requested.connect(canvas.show_actual_pixels)
        bar.full_screen_requested.connect(self.toggle_full_screen)
        bar.evidence_toggled.connect(canvas.show_evidence)
        bar.facts_toggled.connect(self._facts_toggled)

    def _set_picture_shown(self, shown: bool) -> None:
        self._bar.set_picture_shown(shown)
        self._actions.set_picture_shown(shown)

    def _facts_toggled(self, shown: bool) -> None:
        if not shown:
            self._stage.show_facts(None)
        self.facts_toggled.emit(shown)

    def _view_changed(self) -> None:
        canvas = self._stage.canvas
        if canvas.has_picture:
            self._bar.set_zoom(canvas.viewport.zoom, canvas.viewport.is_fitted)
