"""The new-run dialog, joined to the gallery, the forms and the servers."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from desktop_app.adapters.folders.picture_lists import common_folder, find_named, name_below, read_list
from desktop_app.assembly.dialogs import Dialogs
from desktop_app.assembly.shell import Shell
from desktop_app.composition.core import Core
from desktop_app.composition.program_version import program_version
from desktop_app.domain.pictures import FolderEntry
from desktop_app.services.gallery import Gallery
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.runs.planning import Planning
from desktop_app.ui.desk.presenter import DeskPresenter
from desktop_app.ui.prompt_check import PromptCheck
from desktop_app.ui.runs.new_run.pictures import ListedPictures, OfferedPictures
from desktop_app.ui.runs.new_run.presenter import NewRunPresenter
from desktop_app.ui.runs.new_run.view import NewRunDialog
from desktop_app.ui.tasks import Tasks

_NAMES_AT_ONCE = 500
"""A share that answers slowly is asked about so many names before the time limit counts anew."""


class ListFiles:
    """`PictureLists` in threads that are given up when a place does not answer."""

    def __init__(self, workers: PictureWorkers) -> None:
        self._workers = workers

    async def read(self, path: Path, folder: Path | None) -> ListedPictures:
        names = await self._workers.run(partial(read_list, path), path.name)
        folders = [path.parent] + ([folder] if folder is not None else [])
        found: dict[Path, None] = {}
        missing: list[str] = []
        for start in range(0, len(names), _NAMES_AT_ONCE):
            some = partial(find_named, names[start : start + _NAMES_AT_ONCE], folders)
            named = await self._workers.run(some, path.name)
            found |= dict.fromkeys(named.found)
            missing += named.missing
        if not found:
            return ListedPictures(path.parent, (), missing)
        common = common_folder([str(one) for one in found])
        return ListedPictures(common, [(str(one), name_below(common, one)) for one in found], missing)


def make_new_run(
    shell: Shell, core: Core, tasks: Tasks, galleries: Gallery, desk: DeskPresenter, dialogs: Dialogs
) -> tuple[NewRunDialog, NewRunPresenter]:
    """The dialog and what leads it; whoever asks for it listens to `begun`."""
    dialog = NewRunDialog(shell.theme, shell.window)

    def selected() -> list[FolderEntry]:
        return list(desk.selection.entries) if desk.selection is not None else []

    presenter = NewRunPresenter(
        dialog,
        dialog.scopes,
        galleries,
        OfferedPictures(galleries, core.answers, ListFiles(core.workers), selected),
        core.forms,
        core.servers,
        Planning(core.servers, core.settings, program_version()),
        core.runs,
        lambda: shell.conversation.draft,
    )
    check = PromptCheck(core.trial.check, dialog.question.show_problem, tasks.start)
    dialog.question.prompt_changed.connect(partial(check.look))  # a mere method would not keep it alive
    dialog.connect_requested.connect(dialogs.open_servers)
    dialog.forms_requested.connect(dialogs.open_forms)
    dialog.scopes.list_chosen.connect(lambda path: tasks.start(presenter.read_list(path)))
    dialogs.forms_changed.connect(lambda: tasks.start(presenter.renew()))
    return dialog, presenter
