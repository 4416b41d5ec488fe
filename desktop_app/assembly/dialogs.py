"""Opens the dialogs of the desk; each is loaded and made when it is first wanted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMessageBox

from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.composition.program_version import program_version
from desktop_app.domain.intake import Incoming
from desktop_app.domain.pictures import Picture, Raster
from desktop_app.ui.tasks import Tasks
from desktop_app.ui.widgets.questions import answered

if TYPE_CHECKING:
    from desktop_app.assembly.form_builder import FormBuilder
    from desktop_app.ui.servers.presenter import ServersPresenter
    from desktop_app.ui.servers.view import ServersDialog
    from desktop_app.ui.settings.presenter import SettingsPresenter
    from desktop_app.ui.settings.view import SettingsDialog


class Dialogs(QObject):
    """Servers, forms, settings, shortcuts, about.

    Signals:
        forms_changed: a form was saved, deleted or brought back.
    """

    forms_changed = Signal()

    def __init__(
        self,
        shell: Shell,
        core: Core,
        tasks: Tasks,
        clear_thumbnails: Callable[[], None],
        picture: Callable[[], Picture | None],
        step: Callable[[int], None],
        small: Callable[[Picture], Awaitable[Raster]],
    ) -> None:
        """
        Args:
            clear_thumbnails: empties the thumbnail cache; it may take long and is called in a thread.
            picture: the one that is selected in the gallery.
            step: selects one that stands so many places further on.
            small: a picture, small.
        """
        super().__init__(shell.window)
        self._shell, self._core, self._tasks = shell, core, tasks
        self._clear_thumbnails = clear_thumbnails
        self._servers: tuple[ServersDialog, ServersPresenter] | None = None
        self._settings: tuple[SettingsDialog, SettingsPresenter] | None = None
        self._forms: FormBuilder | None = None
        self._picture, self._step, self._small = picture, step, small
        core.forms.watch(self.forms_changed.emit)

    def open_servers(self) -> None:
        if self._servers is None:
            from desktop_app.ui.servers.presenter import ServersPresenter
            from desktop_app.ui.servers.view import ServersDialog
            from desktop_app.ui.servers.wiring import join_servers

            dialog = ServersDialog(self._shell.theme, self._shell.window)
            presenter = ServersPresenter(
                dialog,
                self._core.servers,
                self._core.scopes,
                self._tasks.start,
                lambda: self._core.settings.current.privacy.never_outside,
            )
            join_servers(dialog, presenter, self._tasks.start)
            self._servers = dialog, presenter
        dialog, presenter = self._servers
        if not dialog.isVisible():
            presenter.open()
        dialog.open()

    def open_forms(self) -> None:
        if self._forms is None:
            from desktop_app.assembly.form_builder import FormBuilder

            self._forms = FormBuilder(
                self._shell, self._core, self._tasks, self._picture, self._step, self._small
            )
            self._forms.dialog.trial.connect_requested.connect(self.open_servers)
        self._forms.open()

    def open_settings(self) -> None:
        if self._settings is None:
            from desktop_app.ui.settings.presenter import SettingsPresenter
            from desktop_app.ui.settings.view import SettingsDialog
            from desktop_app.ui.settings.wiring import join_settings

            dialog = SettingsDialog(self._shell.theme, self._shell.window)
            presenter = SettingsPresenter(dialog, self._core.settings, self._clear)
            join_settings(dialog, presenter, self._tasks.start)
            self._settings = dialog, presenter
        dialog, presenter = self._settings
        presenter.open()
        dialog.open()

    def open_shortcuts(self) -> None:
        from desktop_app.ui.widgets.shortcuts_window import ShortcutsWindow

        window = ShortcutsWindow(self._shell.theme, self._shortcuts(), self._shell.window)
        window.left.connect(window.deleteLater)
        window.show()

    def open_about(self) -> None:
        box = QMessageBox(self._shell.window)
        box.setWindowTitle(self.tr("About Lightdesk"))
        box.setText(self.tr("Lightdesk {version}").format(version=program_version()))
        box.setInformativeText(
            self.tr(
                "Get answers out of folders of pictures. Licence: Apache-2.0.\n"
                "Your files are kept in {folder}"
            ).format(folder=self._shell.places.library.parent)
        )
        box.finished.connect(box.deleteLater)
        box.open()

    async def choose_pictures(self, take: Callable[[Incoming], Awaitable[None]]) -> None:
        """Let the person choose picture files and hand them on."""
        dialog = QFileDialog(self._shell.window, self.tr("Add pictures to the question"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{suffix}" for suffix in sorted(self._core.files.suffixes))
        dialog.setNameFilters([f"{self.tr('Pictures')} ({endings})", f"{self.tr('All files')} (*)"])
        accepted = await answered(dialog)
        paths = tuple(Path(path) for path in dialog.selectedFiles()) if accepted else ()
        dialog.deleteLater()
        if paths:
            await take(Incoming(paths=paths))

    async def _clear(self) -> None:
        await asyncio.to_thread(self._clear_thumbnails)

    def _shortcuts(self) -> list[tuple[str, QKeySequence | str]]:
        actions = self._shell.window.actions_of_desk
        desk = [
            (action.text(), action.shortcut()) for action in actions.all() if not action.shortcut().isEmpty()
        ]
        return [
            (self.tr("Desk"), ""),
            *desk,
            (self.tr("Gallery"), ""),
            (self.tr("Next or previous picture"), "Left, Right, Up, Down"),
            (self.tr("See the picture in full"), "Return"),
            (self.tr("Select all"), "Ctrl+A"),
            (self.tr("Picture"), ""),
            (self.tr("Fit into the window"), "Ctrl+0"),
            (self.tr("One picture pixel for one screen pixel"), "Ctrl+1"),
            (self.tr("Zoom in"), "+"),
            (self.tr("Zoom out"), "-"),
            (self.tr("Show or hide evidence"), "E"),
            (self.tr("Facts about the file"), "I"),
            (self.tr("Full screen"), "F"),
            (self.tr("Answers of a run"), ""),
            (self.tr("Show the picture and its conversation; Esc leads back"), "Return"),
            (self.tr("The whole answer"), "Ctrl+I"),
            (self.tr("Change a value, or draw the boxes on the picture"), "F2"),
            (self.tr("Change the values of all selected rows"), "Ctrl+F2"),
            (self.tr("Copy a value; paste it into the selected rows"), "Ctrl+C, Ctrl+V"),
            (self.tr("The first row's value in all selected rows"), "Ctrl+D"),
            (self.tr("Back to the vision model's answer"), "Del"),
            (self.tr("Undo or redo a change"), "Ctrl+Z, Ctrl+Y"),
            (self.tr("Filter the column"), "Alt+Down"),
            (self.tr("Search"), "Ctrl+F"),
            (self.tr("Ask again about the selected rows"), "Ctrl+R"),
            (self.tr("Boxes while they are drawn"), ""),
            (self.tr("Move the box; with Ctrl ten times as far"), "Left, Right, Up, Down"),
            (self.tr("Move its right or lower side"), "Shift+Left, Shift+Right, Shift+Up, Shift+Down"),
            (self.tr("Add a box; remove it"), "N, Del"),
            (self.tr("Choose the next box; the one before"), "., ,"),
            (self.tr("Keep the boxes; leave them as they were"), "Return, Esc"),
            (self.tr("Conversation"), ""),
            (self.tr("Ask"), "Ctrl+Return"),
            (self.tr("Move a picture of the question"), "Alt+Left, Alt+Right"),
        ]
