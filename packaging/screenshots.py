"""Takes pictures of the running desk: `python packaging/screenshots.py FOLDER [SERVER_URL]`.

Each one is the real window in a home folder of its own, without a screen: the first start, an answer of the
built-in reader, a server that does not answer, and with SERVER_URL an answer of a vision model and a run with
its table; light, dark, English and Chinese, small and large.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.assembly.desk import Desk
    from desktop_app.assembly.shell import Shell

NOBODY = "http://127.0.0.1:9/v1"
"""The discard port: nothing listens there."""


@dataclass(frozen=True)
class Shot:
    """One picture of the window.

    Attributes:
        question: asked about the first sample; "" for none.
        server: base URL, "" for the built-in reader.
        while_streaming: take it as soon as there is some text.
        is_run: ask the question about all pictures, or fill in the form of that name.
        form: name of a form, "" for the question.
    """

    name: str
    theme: str = "light"
    language: str = "en"
    size: tuple[int, int] = (1280, 800)
    question: str = ""
    server: str = ""
    while_streaming: bool = False
    is_run: bool = False
    form: str = ""


def shots(server_url: str) -> list[Shot]:
    """What is taken."""
    wanted = [
        Shot("first-light"),
        Shot("first-dark", "dark"),
        Shot("first-chinese", language="zh_CN"),
        Shot("first-large", size=(2560, 1440)),
        Shot("first-small", size=(900, 600)),
        Shot("desk", "dark", question="Read all the text, line by line."),
        Shot("reader-light", question="Read all the text, line by line."),
        Shot("reader-streaming", "dark", question="Read all the text.", while_streaming=True),
        Shot("no-server", question="Is there corrosion?", server=NOBODY),
        Shot("no-server-chinese", "dark", "zh_CN", question="有锈蚀吗？", server=NOBODY),
    ]
    if server_url:
        wanted.append(Shot("server", "dark", question="What is in this image?", server=server_url))
        wanted.append(Shot("run", question="What is in this image?", server=server_url, is_run=True))
        wanted.append(Shot("run-form", "dark", server=server_url, is_run=True, form="Count and condition"))
        wanted.append(
            Shot("run-large", size=(2560, 1440), server=server_url, is_run=True, form="Count and condition")
        )
    return wanted


def take(shot: Shot, folder: Path) -> None:
    """Start the desk, play the scene, save the window; runs in a process of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LIGHTDESK_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        settings = Path(home, "config", "settings.toml")
        settings.parent.mkdir()
        settings.write_text(_settings(shot), encoding="utf-8")
        from desktop_app.app import open_desk

        async def scene(desk: Desk, shell: Shell) -> None:
            shell.window.resize(*shot.size)
            while not desk.picture.is_shown:
                await asyncio.sleep(0.05)
            await asyncio.sleep(2)
            if shot.is_run:
                await _run(desk, shell, shot)
            elif shot.question:
                await _ask(desk, shot)
            await asyncio.sleep(1)
            shell.window.grab().save(str(folder / f"{shot.name}.png"))

        open_desk(None, scene)


def _settings(shot: Shot) -> str:
    lines = ["version = 1", "[window]", f'theme = "{shot.theme}"', f'language = "{shot.language}"']
    if shot.server:
        lines[1:1] = ["[[servers]]", 'name = "GPU box"', f'base_url = "{shot.server}"']
    return "\n".join(lines)


async def _ask(desk: Desk, shot: Shot) -> None:
    asking = asyncio.ensure_future(desk.conversation.questions.ask(shot.question))
    if not shot.while_streaming:
        await asking
        return
    while True:
        await asyncio.sleep(0.1)
        thread = await desk.conversations.thread(desk.conversation.pictures)
        answer = thread.turns[-1].answer if thread.turns else None
        if answer is not None and answer.text.count("\n") > 4:
            return


async def _run(desk: Desk, shell: Shell, shot: Shot) -> None:
    """Through the dialog, until the run has come to rest."""
    from desktop_app.ui.runs.new_run.view import NewRunDialog

    await desk.runs.new_run()
    dialog = shell.window.findChild(NewRunDialog)
    assert dialog is not None
    if shot.form:
        dialog.question.what.setCurrentIndex(max(0, dialog.question.what.findText(shot.form)))
    dialog.question.prompt.setPlainText(shot.question)
    dialog.all.click()
    async with asyncio.timeout(30):
        while not desk.runs.working:
            await asyncio.sleep(0.01)
    while desk.runs.working:
        await asyncio.sleep(0.1)


def main() -> None:
    """Take them all, one after the other."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for shot in shots(sys.argv[2] if len(sys.argv) > 2 else ""):
        process = multiprocessing.get_context("spawn").Process(target=take, args=(shot, folder))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
