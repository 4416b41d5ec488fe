"""A program that streams an answer into a library until it is killed: `streaming_program.py LIBRARY`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.pictures import Picture
from desktop_app.services.conversations import Conversations
from desktop_app.services.picture_workers import PictureWorkers
from tests.fakes.scripted_asking import ScriptedAsking

PICTURE = Picture(Path("/nowhere/a.jpg"))


async def no_server() -> None:
    return None


async def main(library: Path) -> None:
    repository = SqliteConversations(Library(library), PictureWorkers())
    asking = ScriptedAsking()
    service = Conversations(repository, asking, save_every_s=0.05)
    thread = await service.thread([PICTURE])
    task = asyncio.ensure_future(service.ask(thread, "What?", AskOptions(), no_server))
    for number in range(100_000):
        asking.say("What?", f"word{number} ")
        await asyncio.sleep(0.005)
        if number == 100:
            print("streaming", flush=True)
    await task


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
