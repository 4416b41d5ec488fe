"""Joins the window's parts with the services: who talks to whom is written here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.run_area import RunArea
from desktop_app.assembly.server_in_use import ServerInUse
from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.domain.conversations import AnswerState
from desktop_app.domain.errors import AppError
from desktop_app.domain.pictures import FolderEntry, Picture, Raster
from desktop_app.domain.runs.run_answer import RunAnswer
from desktop_app.domain.servers import ServerTarget
from desktop_app.domain.settings import Settings
from desktop_app.services.asking import Asking
from desktop_app.services.conversations import Conversations
from desktop_app.services.gallery import Gallery
from desktop_app.services.gallery_marks import GalleryMarks
from desktop_app.services.intake import IntakeService
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import ConversationRepository, Folders, Thumbnails
from desktop_app.services.runs.gallery_marks import RunMarks
from desktop_app.services.thumbnails import EDGE_PX, ThumbnailLoader
from desktop_app.services.viewer import ViewerPictures
from desktop_app.ui.conversation.presenter import ConversationPresenter
from desktop_app.ui.conversation.wiring import join_conversation
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.gallery.presenter import GalleryPresenter
from desktop_app.ui.gallery.wiring import join_gallery
from desktop_app.ui.picture.pixels import PicturePixels, develop
from desktop_app.ui.picture.presenter import PicturePresenter
from desktop_app.ui.picture.wiring import join_picture
from desktop_app.ui.resources import resource
from desktop_app.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class DeskAdapters:
    """Adapters that only the window needs."""

    folders: Folders
    thumbnails: Thumbnails
    repository: ConversationRepository
    clear_thumbnails: Callable[[], None]


class Desk:
    """The running desk; lives on one event loop from `begin` to `close`."""

    def __init__(self, shell: Shell, core: Core, adapters: DeskAdapters, tasks: Tasks) -> None:
        self._shell, self._core, self._tasks = shell, core, tasks
        self._thumbnails = adapters.thumbnails
        self._repository = adapters.repository
        self._thumbnail_workers = PictureWorkers(name="thumbnails")
        self._viewer_workers = PictureWorkers(name="viewer")
        self._galleries = Gallery(adapters.folders, core.files.suffixes)
        self.conversations = Conversations(adapters.repository, core.asking, shell.window.show_error)
        self.presenter = DeskPresenter(
            shell.window,
            shell.window.status,
            IntakeService(core.files, core.workers, core.fetcher, core.places.pasted),
            self.listed,
            tasks.start,
        )
        self.gallery = GalleryPresenter(
            shell.gallery,
            self._galleries,
            ThumbnailLoader(adapters.thumbnails, self._thumbnail_workers, tasks.start),
            shell.settings,
            self._answered,
            self.presenter.selected,
            lambda picture: shell.picture.toggle_full_screen(),
            self._folder_opened,
            on_position=shell.window.status.show_position,
        )
        self._server = ServerInUse(shell, core, tasks.start)
        self.picture: PicturePresenter[PicturePixels] = PicturePresenter(
            shell.picture,
            ViewerPictures(core.files, self._viewer_workers, develop),
            tasks.start,
            sending=self._server.sending,
            on_step=self.presenter.step,
            on_evidence_hovered=self.presenter.evidence_hovered_on_picture,
        )
        self.conversation = ConversationPresenter(
            shell.conversation,
            self.conversations,
            shell.settings,
            self.resolve,
            tasks.start,
            self._small,
            on_evidence=self.presenter.show_evidence,
            on_evidence_hovered=self.presenter.evidence_hovered_in_answer,
            on_evidence_chosen=shell.picture.zoom_to_evidence,
            find_run_answer=self._run_answer,
        )
        self.presenter.join(self.gallery, self.picture, self.conversation)
        self._server.on_change = self.picture.refresh_plan
        self._marks = GalleryMarks(self.conversations, self.gallery.set_marks)
        self._dialogs = Dialogs(
            shell,
            core,
            tasks,
            adapters.clear_thumbnails,
            self._selected,
            self.presenter.step,
            self._small,
        )
        self._run_marks = RunMarks(core.answers, self.gallery.set_marks, self._answered, tasks.start)
        self.runs = RunArea(
            shell,
            core,
            tasks,
            self._galleries,
            self.presenter,
            self._dialogs,
            self._run_marks,
            self._raster_of,
        )
        self.runs.on_answer = lambda: tasks.start(self.conversation.refresh_run_answer())
        self._join()

    async def resolve(self) -> ServerTarget | None:
        """Whom a question goes to now; None for the built-in reader."""
        return await self._core.servers.current_target()

    @property
    def asking(self) -> Asking:
        return self._core.asking

    async def begin(self, start_at: Path | None) -> None:
        """Open what was asked for, else the folder of last time, else the sample pictures."""
        shell = self._shell
        if shell.settings.problem is not None:
            shell.window.show_error(shell.settings.problem)
        self._settings_changed(shell.settings.current)
        shell.conversation.prepare()
        await self._mark_interrupted()  # before a thread can be shown with an answer nobody writes any more
        await self.runs.begin()
        recent = shell.settings.current.gallery.recent_folders
        place = start_at or (Path(recent[0]) if recent else resource("samples"))
        await self.presenter.open(place)

    async def may_close(self) -> bool:
        """Whether the window may close; asks while a run works."""
        return await self.runs.may_close()

    async def close(self) -> None:
        """Stop everything; what has arrived is on disk afterwards."""
        self.conversation.close()
        await self.runs.close()
        await self.conversations.close()
        await self._galleries.close()
        await self._tasks.close()
        self._viewer_workers.close()
        self._thumbnail_workers.close()
        await self._repository.close()
        await self._core.close()
        self._shell.conversation.close_workers()

    def _join(self) -> None:
        shell, start = self._shell, self._tasks.start
        join_gallery(shell.gallery, self.gallery, start)
        join_picture(shell.picture, self.picture, start)
        join_conversation(shell.conversation, self.conversation, start)
        presenter = self.presenter
        shell.gallery.incoming.connect(lambda incoming: start(presenter.take_into_gallery(incoming)))
        shell.conversation.incoming.connect(
            lambda incoming: start(presenter.take_into_conversation(incoming))
        )
        shell.conversation.add_requested.connect(
            lambda: start(self._dialogs.choose_pictures(presenter.take_into_conversation))
        )
        shell.conversation.picture_chosen.connect(self._show_chosen)
        shell.conversation.connect_requested.connect(self._dialogs.open_servers)
        shell.picture.open_requested.connect(shell.gallery.choose_folder)
        shell.switcher.manage_requested.connect(self._dialogs.open_servers)
        shell.switcher.chosen.connect(lambda name: start(self._core.servers.use(name or None)))
        shell.badge.activated.connect(self._dialogs.open_servers)
        shell.settings.watch(self._settings_changed)
        self._join_menu()

    def _join_menu(self) -> None:
        shell, start = self._shell, self._tasks.start
        actions = shell.window.actions_of_desk
        actions.open_folder.triggered.connect(shell.gallery.choose_folder)
        actions.open_samples.triggered.connect(lambda: start(self.gallery.open_folder(resource("samples"))))
        actions.open_address.triggered.connect(lambda: start(self._open_address()))
        actions.paste.triggered.connect(shell.gallery.paste)
        actions.settings.triggered.connect(self._dialogs.open_settings)
        actions.quit.triggered.connect(shell.window.close)
        actions.filter.triggered.connect(shell.gallery.focus_filter)
        actions.next_picture.triggered.connect(lambda: self.presenter.step(1))
        actions.previous_picture.triggered.connect(lambda: self.presenter.step(-1))
        actions.full_screen.triggered.connect(shell.picture.toggle_full_screen)
        actions.write_question.triggered.connect(shell.conversation.focus_question)
        actions.stop.triggered.connect(self.conversation.questions.stop)
        actions.stop.setEnabled(False)
        shell.conversation.streaming_changed.connect(actions.stop.setEnabled)
        actions.forms.triggered.connect(self._dialogs.open_forms)
        actions.servers.triggered.connect(self._dialogs.open_servers)
        actions.shortcuts.triggered.connect(self._dialogs.open_shortcuts)
        actions.about.triggered.connect(self._dialogs.open_about)
        shell.window.recent_chosen.connect(lambda folder: start(self.gallery.open_folder(Path(folder))))

    def _folder_opened(self, path: Path) -> None:
        is_samples = path == resource("samples")
        self._shell.window.show_folder(path, samples=is_samples)

    def _settings_changed(self, settings: Settings) -> None:
        shell = self._shell
        shell.theme.choose(settings.window.theme)
        shell.window.menus.show_recent(settings.gallery.recent_folders)
        self._server.settings_changed(settings)

    def listed(self) -> Sequence[FolderEntry]:
        """The pictures in the gallery now, in its order."""
        listing = self._galleries.listing
        return listing.shown.entries if listing is not None else ()

    def _show_chosen(self, picture: Picture) -> None:
        """A picture of the tray was chosen: show it without moving the gallery."""
        self._tasks.start(self.picture.show(picture))

    async def _answered(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        # An unreadable library is told where conversations are shown; the gallery works without marks.
        with suppress(AppError):
            of_runs = await self._run_marks.of(paths)
            return of_runs | await self._repository.answered_paths(paths)
        return {}

    async def _run_answer(self, picture: Picture) -> RunAnswer | None:
        return await self.runs.answer_about(picture)

    def _selected(self) -> Picture | None:
        selection = self.presenter.selection
        return None if selection is None else selection.current

    async def _small(self, picture: Picture) -> Raster:
        return await self._raster_of(picture.path)

    async def _raster_of(self, path: Path) -> Raster:
        def work() -> Raster:
            return self._thumbnails.thumbnail(_entry(Picture(path)), EDGE_PX)

        return await self._thumbnail_workers.run(work, path.name)

    async def _open_address(self) -> None:
        address = await self._shell.window.ask_for_address()
        if address:
            await self.presenter.open_address(address)

    async def _mark_interrupted(self) -> None:
        try:
            await self._repository.mark_interrupted()
        except AppError as error:
            self._shell.window.show_error(error)


def _entry(picture: Picture) -> FolderEntry:
    """The entry a folder listing would make of the file; zeros when it is gone, which opening then tells."""
    try:
        facts = picture.path.stat()
    except OSError:
        return FolderEntry(str(picture.path), picture.name, 0, 0)
    return FolderEntry(str(picture.path), picture.name, facts.st_size, facts.st_mtime_ns)
