"""Runs with the real adapters, real files and a library on disk, against fake servers."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from PIL import Image

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, system_resolve
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.domain.conversations import AskOptions
from desktop_app.domain.forms.form import Choice, Form, FormField, YesNo
from desktop_app.domain.runs.item import RunItem
from desktop_app.domain.runs.run import ItemState, Run, RunPlan, RunScope, RunServer
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.engine import EngineParts
from desktop_app.services.runs.form_asking import FormAsking
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.progress import RunProgress
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.runs.runs import Runs
from tests.fakes.fake_server import FakeServer, Received, closed_port, picture_of
from tests.fakes.library_runs import LibraryRuns
from tests.fakes.waiting import until

FORM = Form(
    "Condition",
    (FormField("rust", "Is there rust?", YesNo()), FormField("part", "Part", Choice(("bolt", "plate")))),
    "Look at the picture.",
)
ANSWER = json.dumps({"rust": True, "part": "bolt"})
OPTIONS = AskOptions(max_tokens=200)


class RunLab:
    """One process's runs.

    Attributes:
        folder: its pictures.
        key: sent to every server.
        told: every progress that was reported.
    """

    def __init__(
        self, folder: Path, library: Path, busy_timeout_s: float = 3.0, silence_s: float = 1.0
    ) -> None:
        clients = GuardedClients(system_resolve)
        kinds = ServerKinds(clients.for_profile)
        self.folder = folder
        self.key = ""
        self.told: list[RunProgress] = []
        self.probe = OpenAiServerProbe(clients.for_profile, kinds, DnsHostScopes(system_resolve))
        self.vision_model = OpenAiVisionModel(clients.for_profile, kinds, silence_s=silence_s)
        self.library = Library(library, busy_timeout_s=busy_timeout_s)
        self.files = PillowPictureFiles(50)
        self.workers = PictureWorkers(name="run pictures")
        self.repository = LibraryRuns(self.library)
        self.pictures = RunPictures(self.files, self.workers, self.repository)
        self.way = RightOfWay()
        stores = self.repository.stores
        self.at_work = RunsAtWork(
            EngineParts(stores, FormAsking(self.vision_model), self.pictures, self.reach, self.way)
        )
        self.runs = Runs(stores, self.at_work)
        self.at_work.watch(self.told.append)

    async def close(self) -> None:
        async with AsyncExitStack() as parts:
            parts.push_async_callback(self.library.close)
            parts.push_async_callback(self.vision_model.aclose)
            parts.callback(self.workers.close)
            parts.push_async_callback(self.at_work.close)

    async def reach(self, server: RunServer) -> ServerTarget:
        profile = ServerProfile(server.name, server.base_url, server.model)
        cards = await self.probe.models(profile, self.key)
        return ServerTarget(profile, self.key, cards[0].id, QWEN2_VL)

    def paint(self, count: int, first: int = 0) -> list[Path]:
        """So many pictures, no two alike."""
        return [self.picture(f"{number:04}.png", number) for number in range(first, first + count)]

    def picture(self, name: str, colour: int) -> Path:
        path = self.folder / name
        Image.new("RGB", (28, 28), (colour % 256, colour // 256, 77)).save(path)
        return path

    async def make(
        self,
        paths: Iterable[Path],
        *servers: FakeServer | str,
        form: Form = FORM,
        concurrency: int = 8,
        name: str = "Bridge",
    ) -> Run:
        addresses = [one if isinstance(one, str) else one.base_url for one in servers]
        named = tuple(RunServer(f"box {n}", address, "fake-vl") for n, address in enumerate(addresses))
        plan = RunPlan(name, form, OPTIONS, named, RunScope(self.folder), "1", concurrency)
        return await self.runs.create(plan, [(str(path), path.name) for path in paths])

    async def sent_digest(self, path: Path) -> str:
        """The digest by which a fake server knows a picture."""
        prepared = await asyncio.to_thread(self.files.prepare, path, QWEN2_VL, OPTIONS.image_tokens)
        return hashlib.sha256(prepared.encoded.data).hexdigest()

    async def names(self, paths: Iterable[Path]) -> dict[str, str]:
        """File names by the digests fake servers know."""
        return {await self.sent_digest(path): path.name for path in paths}

    async def items(self, run: Run, *states: ItemState) -> list[RunItem]:
        items = await self.repository.items(run.id)
        return [item for item in items if not states or item.state in states]

    def in_flight(self, run: Run) -> int:
        progress = self.at_work.progress(run.id)
        return 0 if progress is None else progress.in_flight

    async def until(self, condition: Callable[[], bool]) -> None:
        await until(condition)


def states(items: Iterable[RunItem]) -> Counter[str]:
    return Counter(item.state.value for item in items)


def answering(names: dict[str, str], asked: list[str] | None = None) -> Callable[[Received], str]:
    """Says of each picture what only it can be told: rust in those with an even number."""

    def answer(request: Received) -> str:
        name = names[picture_of(request)]
        if asked is not None:
            asked.append(name)
        return json.dumps({"rust": int(name[:4]) % 2 == 0, "part": "bolt"})

    return answer


def plain(form: Form, prompt: str) -> Form:
    """The form with other instructions."""
    return replace(form, instructions=prompt)


def nobody() -> str:
    """An address at which nobody answers."""
    return f"http://127.0.0.1:{closed_port()}/v1"
