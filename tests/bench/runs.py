"""Figures of runs: `python tests/bench/runs.py [engine] [preparing] [memory]`.

engine: answers per second, each committed before the next question, against a bare loop over the same openai
client with as many requests at once, the same server in a process of its own and the same ready-made bodies;
then the same with the program's own guarded client, which also packs the bodies.
preparing: 12-megapixel JPEGs made ready per second, against libjpeg-turbo decoding and encoding alone; then$
the same picture as telephones store it, turned and in more colours than sRGB has.
memory: of the process over a run of 10,000 pictures.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy
import simplejpeg
from PIL import ExifTags, Image

from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.openai_server.request_body import body_of
from desktop_app.adapters.openai_server.server_kinds import ServerFacts
from desktop_app.domain.answers import FinishReason, Usage
from desktop_app.domain.chat_request import ChatRequest
from desktop_app.domain.completions import Completion
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import PreparedPicture
from desktop_app.domain.runs.item import QueuedItem
from desktop_app.domain.runs.run import Run, RunPlan, RunState
from desktop_app.domain.servers import ServerKind, ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL, VisionFamily
from desktop_app.services.runs.form_asking import FormAsking, FormQuestion
from tests.adapters.imaging.making import wide_profile
from tests.services.runs.run_lab import FORM, OPTIONS, RunLab, plain

ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).with_name("instant_server.py")
AT_ONCE = 8
ROUNDS = 5
IMAGE_TOKENS = 1280


@contextmanager
def server(after_s: float) -> Iterator[str]:
    """A server in a process of its own; its address."""
    command = [sys.executable, str(SERVER), str(after_s)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        yield running.stdout.readline().strip()
        running.stdin.close()


class BareModel:
    """The openai client and a body that is ready; as a vision model, the least that can be done."""

    def __init__(self, address: str, body: bytes) -> None:
        import openai

        self.client = openai.AsyncOpenAI(base_url=address, api_key="EMPTY", max_retries=0)
        self._kind = openai.types.chat.ChatCompletion
        self._body = body

    async def say(self) -> str:
        answer = await self.client.post("/chat/completions", content=self._body, cast_to=self._kind)
        return answer.choices[0].message.content or ""

    async def complete(self, target: ServerTarget, request: ChatRequest) -> Completion:
        return Completion(await self.say(), "", FinishReason.STOP, target.model, Usage(300, 12))


@dataclass
class Taken:
    """Seconds by the clock and of the processor."""

    clock: float
    processor: float


@contextmanager
def taking() -> Iterator[Taken]:
    taken = Taken(time.perf_counter(), time.process_time())
    yield taken
    taken.clock = time.perf_counter() - taken.clock
    taken.processor = time.process_time() - taken.processor


async def bare(address: str, body: bytes, count: int) -> Taken:
    """A loop that only asks and decodes the answers."""
    model = BareModel(address, body)
    waiting = iter(range(count))

    async def work() -> None:
        for _ in waiting:
            json.loads(await model.say())

    async with model.client:
        with taking() as taken:
            await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return taken


class ReadyMade:
    """In place of the pictures' preparation, which has figures of its own."""

    at_once = 2

    def __init__(self, picture: PreparedPicture) -> None:
        self._picture = picture

    async def prepare(self, plan: RunPlan, item: QueuedItem, family: VisionFamily) -> PreparedPicture:
        return replace(self._picture, content_hash=f"{item.id:064x}")

    async def instructions(
        self, plan: RunPlan, item: QueuedItem, picture: PreparedPicture, family: VisionFamily
    ) -> str:
        return plan.form.instructions


async def engine(
    folder: Path, address: str, count: int, picture: PreparedPicture, body: bytes | None
) -> Taken:
    """A run whose pictures are ready; with a body, bare client in place of the program's own."""
    lab = RunLab(folder, folder / f"library-{time.monotonic_ns()}.sqlite")
    model = BareModel(address, body) if body else None
    lab.at_work._parts = replace(
        lab.at_work._parts,
        asking=FormAsking(model or lab.vision_model),  # type: ignore[arg-type]
        pictures=ReadyMade(picture),  # type: ignore[arg-type]
    )
    try:
        await lab.vision_model.warm_up()
        run = await lab.make([folder / f"{one}.jpg" for one in range(count)], address, concurrency=AT_ONCE)
        with taking() as taken:
            ended = await lab.at_work.work(run.id)
        assert ended.counts.answered == count, ended
        return taken
    finally:
        if model is not None:
            await model.client.close()
        await lab.close()


async def measure_engine(folder: Path) -> None:
    path = folder / "picture.jpg"
    noisy(Size(448, 448), 60).save(path, quality=85)
    picture = PillowPictureFiles(50).prepare(path, QWEN2_VL, IMAGE_TOKENS)
    print(f"engine, {AT_ONCE} requests at once, pictures of {len(picture.encoded.data) / 1000:.0f} kB")
    for after_s in (0.0, 0.02, 0.2):
        with server(after_s) as address:
            target = ServerTarget(ServerProfile("bare", address, "fake-vl"), "", "fake-vl", QWEN2_VL)
            question = FormQuestion(FORM, FORM.instructions, OPTIONS, picture)
            request = FormAsking(None).first_request(target, question)  # type: ignore[arg-type]
            body = b"".join(body_of(target, request, ServerFacts(ServerKind.OTHER), streamed=False).pieces)
            count = 200 if after_s > 0.1 else 500
            await bare(address, body, 50)
            rounds = [
                (
                    await bare(address, body, count),
                    await engine(folder, address, count, picture, body),
                    await engine(folder, address, count, picture, None),
                )
                for _ in range(ROUNDS)
            ]
        print(f"  server that thinks {1000 * after_s:3.0f} ms")
        for place, name in enumerate(("bare loop", "engine", "engine with its own client")):
            rate = statistics.median(count / one[place].clock for one in rounds)
            processor = 1000 * statistics.median(one[place].processor for one in rounds) / count
            ratios = sorted(one[0].clock / one[place].clock for one in rounds)
            print(
                f"    {name:27} {rate:5.0f}/s, {processor:.2f} ms of processor for each,"
                f" ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
            )


def noisy(size: Size, sigma: float) -> Image.Image:
    """Noise of all colours, as work for decoders and encoders."""
    return Image.merge("RGB", [Image.effect_noise((size.width, size.height), sigma) for _ in range(3)])


def photograph(path: Path, **options: object) -> None:
    """12 megapixels."""
    coloured = noisy(Size(1000, 750), 60).resize((4000, 3000), Image.Resampling.BICUBIC)
    coloured.save(path, None, quality=90, **options)


def as_telephones_do() -> dict[str, object]:
    """Stored on its side, in Display P3."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    return {"exif": exif, "icc_profile": wide_profile()}


def seconds_of(work: Callable[[], object], times: int = 7) -> float:
    """Median of processor time; the machine may have other work."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def measure_preparing(folder: Path) -> None:
    path, telephone = folder / "12mp.jpg", folder / "telephone.jpg"
    photograph(path)
    photograph(telephone, **as_telephones_do())
    files = PillowPictureFiles(50)
    data = path.read_bytes()
    prepared = files.prepare(path, QWEN2_VL, IMAGE_TOKENS)
    size = prepared.encoded.size

    small = numpy.asarray(Image.open(io.BytesIO(prepared.encoded.data)).convert("RGB")).copy()

    def least() -> None:
        """Decoding as small as the size allows, which loses detail, and encoding what is sent."""
        simplejpeg.decode_jpeg(data, min_height=size.height, min_width=size.width)
        simplejpeg.encode_jpeg(small, quality=90, colorsubsampling="444")

    def whole() -> None:
        simplejpeg.decode_jpeg(data)
        simplejpeg.encode_jpeg(small, quality=90, colorsubsampling="444")

    def with_resize() -> None:
        Image.fromarray(simplejpeg.decode_jpeg(data)).resize(small.shape[1::-1], Image.Resampling.LANCZOS)
        simplejpeg.encode_jpeg(small, quality=90, colorsubsampling="444")

    ours, theirs = (
        seconds_of(partial(files.prepare, one, QWEN2_VL, IMAGE_TOKENS)) for one in (path, telephone)
    )
    scaled, full, resized = (seconds_of(work) for work in (least, whole, with_resize))
    print(f"preparing 12 MP JPEGs of {len(data) / 1e6:.1f} MB to {size.width} x {size.height}, for each core")
    print(f"  Lightdesk: {1 / ours:5.1f}/s; as telephones store it: {1 / theirs:5.1f}/s")
    print(f"  libjpeg-turbo, decoded scaled, encoded: {1 / scaled:5.1f}/s, ratio {scaled / ours:.2f}")
    print(f"  libjpeg-turbo, decoded whole, encoded:  {1 / full:5.1f}/s, ratio {full / ours:.2f}")
    print(f"  the same with the resize in between:    {1 / resized:5.1f}/s, ratio {resized / ours:.2f}")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def measure_memory(folder: Path) -> None:
    """Real files, real preparation; few different pictures under many names, each asked about."""
    originals = [folder / f"original-{number}.jpg" for number in range(20)]
    for number, path in enumerate(originals):
        noisy(Size(448, 336), 40 + number).save(path, quality=85)
    paths = []
    for number in range(10_000):
        paths.append(folder / f"{number:05}.jpg")
        paths[-1].hardlink_to(originals[number % len(originals)])
    with server(0.0) as address:
        lab = RunLab(folder, folder / "memory.sqlite")
        form = plain(FORM, "Look at {{file}}.")  # so that nothing is shared
        run = await lab.make(paths, address, form=form, concurrency=16)
        lab.at_work.watch(lambda progress: lab.told.clear())
        working = asyncio.ensure_future(lab.at_work.work(run.id))
        print("memory over a run of 10,000 pictures")
        steps = iter(range(1000, 10_001, 1000))
        step, at_step = next(steps), []
        while not working.done():
            await asyncio.sleep(0.02)
            progress = lab.at_work.progress(run.id)
            if progress is not None and progress.run.counts.done >= step:
                at_step.append(resident_mb())
                print(f"  after {step:6}: {at_step[-1]:4.0f} MB")
                step = next(steps, 10_001)
        ended: Run = await working
        assert ended.state is RunState.DONE
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"  peak {peak:.0f} MB; the last nine tenths grew by {at_step[-1] - at_step[0]:+.0f} MB")
        await lab.close()


def main(parts: list[str]) -> None:
    measures: dict[str, Callable[[Path], object]] = {
        "engine": lambda folder: asyncio.run(measure_engine(folder)),
        "preparing": measure_preparing,
        "memory": lambda folder: asyncio.run(measure_memory(folder)),
    }
    for part in parts or measures:
        with tempfile.TemporaryDirectory() as folder:
            measures[part](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
