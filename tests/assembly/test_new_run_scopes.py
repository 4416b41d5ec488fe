"""A new run asks about exactly the pictures that the dialog named: through the real desk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

from desktop_app.assembly.desk import Desk
from desktop_app.assembly.shell import Shell
from desktop_app.domain.runs.run import Run
from desktop_app.ui.runs.new_run.offers import ScopeChoice
from desktop_app.ui.runs.new_run.view import NewRunDialog
from tests.assembly.desk_play import OnDesk, shown
from tests.fakes.fake_server import FakeServer
from tests.fakes.waiting import until
from tests.ui.finding import part


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "bridge"
    place.mkdir()
    for number, name in enumerate(("pier 1", "pier 2", "span 1", "span 2", "span 3", "span 10")):
        Image.new("RGB", (40, 30), (40 * number, 90, 60)).save(place / f"{name}.png")
    return place


async def new_run(desk: Desk, shell: Shell) -> NewRunDialog:
    await desk.runs.new_run()
    return part(shell.window, NewRunDialog)


def offered(dialog: NewRunDialog) -> dict[ScopeChoice, str]:
    return {scope: one.text() for scope, one in dialog.scopes.buttons.items() if one.isVisible()}


async def asked(desk: Desk, dialog: NewRunDialog) -> tuple[Run, list[str]]:
    """Begin, wait for the end, and tell which pictures were asked about, in order."""
    QTest.keyClicks(dialog.question.prompt, "Is there rust?")
    runs = desk._core.runs
    before = len(await runs.all())
    dialog.all.click()
    while len(found := await runs.all()) == before or found[0].counts.left:
        await asyncio.sleep(0.02)
    await desk._core.runs_at_work.idle()
    made = found[0]
    return made, [item.name for item in await desk._core.answers.items(made.id)]


def filter_gallery(shell: Shell, text: str) -> None:
    part(shell.gallery, QLineEdit).setText(text)


def select(shell: Shell, *names: str) -> None:
    """As with Ctrl and the mouse, in this order."""
    view = part(shell.gallery, QAbstractItemView)
    model = view.model()
    rows = {Path(str(model.index(row, 0).data())).name: row for row in range(model.rowCount())}
    flag = QItemSelectionModel.SelectionFlag
    view.selectionModel().clearSelection()
    for name in names:
        view.selectionModel().select(model.index(rows[name], 0), flag.Select)
    view.selectionModel().setCurrentIndex(model.index(rows[names[-1]], 0), flag.NoUpdate)


def test_the_filter_scope_is_what_the_gallery_shows(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "pier 1.png")
        filter_gallery(shell, "span")
        await until(lambda: len(desk.listed()) == 4)
        dialog = await new_run(desk, shell)
        assert offered(dialog)[ScopeChoice.FILTER] == "The 4 pictures that the filter “span” shows"
        assert offered(dialog)[ScopeChoice.FOLDER] == "All 6 pictures in “bridge”"
        assert dialog.scopes.chosen is ScopeChoice.FILTER
        made, names = await asked(desk, dialog)
        assert names == ["span 1.png", "span 2.png", "span 3.png", "span 10.png"]
        assert (made.plan.scope.source, made.plan.scope.match) == ("filter", "span")
        assert len(server.chats) == 4

        filter_gallery(shell, "nothing like it")
        await until(lambda: len(desk.listed()) == 0)
        dialog = await new_run(desk, shell)
        assert set(offered(dialog)) == {ScopeChoice.FOLDER, ScopeChoice.LIST}
        dialog.reject()

    on_desk(play)


def test_the_selection_scope_is_what_is_selected(on_desk: OnDesk, server: FakeServer) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "pier 1.png")
        filter_gallery(shell, "span")
        await until(lambda: len(desk.listed()) == 4)
        select(shell, "span 10.png", "span 1.png", "span 3.png")
        await until(lambda: desk.presenter.selection and len(desk.presenter.selection.entries) == 3)
        dialog = await new_run(desk, shell)
        assert offered(dialog)[ScopeChoice.SELECTION] == "The 3 selected pictures"
        assert dialog.scopes.chosen is ScopeChoice.SELECTION
        made, names = await asked(desk, dialog)
        assert names == ["span 1.png", "span 3.png", "span 10.png"]  # in the gallery's order
        assert made.plan.scope.source == "selection"

    on_desk(play)


def test_pictures_that_come_while_the_dialog_is_open_are_counted_in_it(
    on_desk: OnDesk, server: FakeServer, folder: Path
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "pier 1.png")
        dialog = await new_run(desk, shell)
        QTest.keyClicks(dialog.name, " again")
        Image.new("RGB", (40, 30)).save(folder / "late.png")
        desk._galleries.refresh()
        await until(lambda: offered(dialog)[ScopeChoice.FOLDER] == "All 7 pictures in “bridge”")
        assert dialog.name.text() == "bridge again"
        _, names = await asked(desk, dialog)
        assert "late.png" in names

    on_desk(play)


def test_a_dropped_list_is_asked_about_in_its_order(
    on_desk: OnDesk, server: FakeServer, folder: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "important.txt"
    listed.write_text("span 3.png\n\nspan 1.png\nspan 3.png\ngone.png\n")

    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "pier 1.png")
        dialog = await new_run(desk, shell)
        assert offered(dialog)[ScopeChoice.LIST] == "The pictures named in a list"
        drop(dialog, listed)
        await until(lambda: dialog.scopes.count == 2)
        assert offered(dialog)[ScopeChoice.LIST] == "The 2 pictures named in “important.txt”"
        assert dialog.scopes.about_list.isVisible()
        assert "gone.png" in dialog.scopes.about_list.text()
        assert dialog.name.text() == "important"
        made, names = await asked(desk, dialog)
        assert names == ["span 3.png", "span 1.png"]
        assert (made.plan.scope.source, made.plan.scope.folder) == ("list", folder)

        dialog = await new_run(desk, shell)
        assert dialog.scopes.chosen is ScopeChoice.FOLDER  # the list of last time is forgotten
        drop(dialog, tmp_path / "not there.txt")
        await until(lambda: "cannot be read" in dialog.scopes.about_list.text())
        assert not dialog.all.isEnabled()
        dialog.reject()

    on_desk(play)


def test_a_run_that_cannot_be_made_leaves_the_dialog_open_to_be_mended(
    on_desk: OnDesk, server: FakeServer
) -> None:
    async def play(desk: Desk, shell: Shell) -> None:
        await shown(desk, "pier 1.png")
        dialog = await new_run(desk, shell)
        dialog.name.setFocus()
        QTest.keyClicks(dialog.name, " once more")
        dialog.question.prompt.setPlainText("Is it as {{last year.rust}} says?")
        dialog.all.click()
        await until(lambda: "last year" in shell.window.notice_text())
        assert dialog.isVisible()
        assert dialog.question.prompt.toPlainText() == "Is it as {{last year.rust}} says?"
        assert dialog.name.text() == "bridge once more"
        dialog.question.prompt.clear()
        made, _ = await asked(desk, dialog)
        assert made.plan.name == "bridge once more"
        assert not dialog.isVisible()
        assert (await new_run(desk, shell)).name.text() == "bridge: Is there rust?"
        dialog.reject()

    on_desk(play)


def drop(dialog: NewRunDialog, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(40, 40),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    assert dialog.acceptDrops()
    assert dialog.scopes.takes(mime)
    dialog.dropEvent(event)
