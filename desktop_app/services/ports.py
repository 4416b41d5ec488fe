"""What the services need from outside, as Protocols; adapters fulfil them, `app.py` and `cli` join the two.

Methods without `async` may block and are called from worker threads only. They raise `AppError` and
nothing else for whatever can go wrong outside the program.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from desktop_app.domain.answers import AnswerEnd, EvidenceFound, SentPicture
from desktop_app.domain.chat_request import ChatRequest
from desktop_app.domain.completions import Completion
from desktop_app.domain.conversations import (
    Answer,
    AnswerFailure,
    AnswerState,
    AskOptions,
    Conversation,
    Turn,
)
from desktop_app.domain.errors import AppError
from desktop_app.domain.forms.form import Form
from desktop_app.domain.forms.reading import CellValue
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import (
    EncodedPicture,
    FolderEntry,
    LoadedPicture,
    Note,
    Picture,
    PictureFacts,
    PreparedPicture,
    Raster,
)
from desktop_app.domain.reading import TextLine
from desktop_app.domain.runs.batch import BatchRequest, BatchResult
from desktop_app.domain.runs.exports import ExportFormat, ExportJob
from desktop_app.domain.runs.item import ItemAnswer, QueuedItem, RunItem
from desktop_app.domain.runs.rows import RunRows
from desktop_app.domain.runs.run import AskingMethod, ItemState, Run, RunPlan, RunState
from desktop_app.domain.servers import (
    ModelCard,
    NetworkScope,
    ServerLimits,
    ServerProfile,
    ServerReport,
    ServerTarget,
)
from desktop_app.domain.settings import Settings
from desktop_app.domain.vision_model_events import ModelEvent
from desktop_app.domain.vision_tokens import VisionFamily


class PictureFiles(Protocol):
    """Opens picture files; the viewer's pixels and the vision model's come from the same decoding."""

    @property
    def suffixes(self) -> frozenset[str]:
        """File name endings that are listed as pictures: lower case, with the dot."""
        ...

    def load(self, path: Path, within: Size | None = None) -> LoadedPicture:
        """Decode to upright sRGB pixels, not larger than needed to fill `within` (None: full size)."""
        ...

    def prepare(
        self, path: Path, family: VisionFamily, budget_tokens: int, region: Box | None = None
    ) -> PreparedPicture:
        """Decode, crop to `region` (original pixels), resize for the family and encode without metadata."""
        ...

    def facts(self, path: Path) -> PictureFacts:
        """Read what the file says about itself without decoding all of it where the format allows."""
        ...

    def content_hash(self, path: Path) -> str:
        """Hexadecimal SHA-256 of the file's bytes."""
        ...

    def check(self, path: Path) -> None:
        """Raise unless the file is a picture that can be opened; reads its head only."""
        ...


class Thumbnails(Protocol):
    """Small pictures for the gallery, from the disk cache when it has them."""

    def thumbnail(self, entry: FolderEntry, edge: int) -> Raster:
        """At most `edge` x `edge` pixels, upright, aspect ratio kept."""
        ...


class Folders(Protocol):
    """Lists folders in place."""

    def scan(self, folder: Path, recursive: bool, suffixes: frozenset[str]) -> Iterator[list[FolderEntry]]:
        """Chunks of entries in no promised order; hidden files and folders are left out.

        The first chunk is small, so that something shows at once. Folders below that cannot be read are
        skipped.
        """
        ...

    def watch(self, folder: Path, recursive: bool, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` (from any thread, at most a few times a second) after changes; returns the way to
        stop.
        """
        ...


class PictureFetcher(Protocol):
    """Fetches one picture from a web address the user named."""

    async def fetch(self, address: str, into: Path) -> Path:
        """Download into the folder `into`, check that it is a picture, return the file's path."""
        ...


class VisionModel(Protocol):
    """A vision model behind an OpenAI-style server."""

    def stream(self, target: ServerTarget, request: ChatRequest) -> AsyncIterator[ModelEvent]:
        """Send the request and yield what comes back. Closing the iterator stops the server's work at
        once.
        """
        ...

    async def complete(self, target: ServerTarget, request: ChatRequest) -> Completion:
        """Send the request once and return the whole answer. Cancelling stops the server's work at once;
        trying again is up to the caller.
        """
        ...


class ServerProbe(Protocol):
    """Finds out what a server is and what it can do."""

    async def models(self, profile: ServerProfile, key: str) -> tuple[ModelCard, ...]:
        """Its models in the server's order; at least one, else SERVER_NO_MODELS."""
        ...

    async def check(self, profile: ServerProfile, key: str) -> ServerReport:
        """Reach it, log in, list models, and try a tiny picture."""
        ...

    async def learn_limits(self, profile: ServerProfile, key: str, card: ModelCard) -> ServerLimits:
        """What the server's answers tell about picture size and context, without generating text."""
        ...


class HostScopes(Protocol):
    """Says where on the network a host is."""

    async def scope(self, host: str) -> NetworkScope:
        """Resolve the name; the farthest of its addresses counts."""
        ...


class TextReader(Protocol):
    """Text recognition on this computer."""

    def read(self, raster: Raster) -> Iterator[TextLine]:
        """Lines in reading order, boxes in pixels of `raster`; loads its data at the first call."""
        ...


class ConversationRepository(Protocol):
    """Keeps conversations. Every method returns after the change is on disk."""

    async def find(self, pictures: Sequence[Picture]) -> Conversation | None:
        """The newest thread about exactly these pictures in this order, found by path or by content hash."""
        ...

    async def create(self, pictures: Sequence[Picture]) -> Conversation: ...

    async def load(self, conversation_id: int) -> Conversation | None: ...

    async def add_turn(
        self,
        conversation_id: int,
        question: str,
        options: AskOptions,
        regions: Sequence[Box | None] = (),
    ) -> Turn: ...

    async def begin_answer(self, turn_id: int, server: str, model: str) -> Answer:
        """Add an answer in state STREAMING, owned by this process until it ends."""
        ...

    async def save_source(self, answer_id: int, server: str, model: str) -> None:
        """Note who answers, once that is known."""
        ...

    async def save_pictures(self, answer_id: int, pictures: Sequence[SentPicture]) -> None: ...

    async def save_progress(self, answer_id: int, text: str, reasoning: str) -> None: ...

    async def save_evidence(self, answer_id: int, found: EvidenceFound) -> None: ...

    async def end_answer(
        self,
        answer_id: int,
        state: AnswerState,
        text: str,
        reasoning: str,
        end: AnswerEnd | None = None,
        failure: AnswerFailure | None = None,
    ) -> Answer: ...

    async def delete_turns(self, turn_ids: Sequence[int]) -> None:
        """Hide turns; `restore_turns` brings them back."""
        ...

    async def restore_turns(self, turn_ids: Sequence[int]) -> None: ...

    async def mark_interrupted(self) -> int:
        """At start: answers still STREAMING from a process that is gone become INTERRUPTED; returns how
        many.
        """
        ...

    async def answered_paths(self, paths: Sequence[str]) -> dict[str, AnswerState]:
        """State of the newest answer for each path that has one, for the gallery's marks."""
        ...

    async def close(self) -> None: ...


class RunRepository(Protocol):
    """Keeps runs. Every method returns after the change is on disk."""

    async def create(self, plan: RunPlan, pictures: Sequence[tuple[str, str]]) -> Run:
        """Freeze a run over these pictures, each a path and the name to show.

        Raises:
            AppError: RUN_NAME_TAKEN, RUN_EMPTY, FORM_BROKEN.
        """
        ...

    async def all(self) -> list[Run]:
        """Every run, newest first."""
        ...

    async def find(self, name: str) -> Run | None: ...

    async def load(self, run_id: int) -> Run:
        """
        Raises:
            AppError: RUN_UNKNOWN.
        """
        ...

    async def delete(self, run_id: int) -> None:
        """Remove a run and its answers.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN.
        """
        ...

    async def recover(self) -> int:
        """Runs whose process is gone become PAUSED and what they were asking is queued again; how many."""
        ...

    async def take(self, run_id: int) -> None:
        """Make this process the only one that works on the run until `release` or its own end; what was
        being asked is queued again.

        Raises:
            AppError: RUN_IN_USE, RUN_UNKNOWN.
        """
        ...

    async def release(self, run_id: int) -> None: ...

    async def set_state(self, run_id: int, state: RunState, failure: AnswerFailure | None = None) -> None: ...

    async def add_worked(self, run_id: int, seconds: float) -> None:
        """The run was worked on for so long."""
        ...

    async def failed(self, run_id: int) -> list[RunItem]:
        """The failed items, in order."""
        ...

    async def set_method(self, run_id: int, method: AskingMethod) -> None: ...

    async def queued(self, run_id: int, after: int, most: int) -> list[QueuedItem]:
        """The next queued items behind position `after`, in order."""
        ...

    async def begin_item(self, item_id: int) -> None:
        """Queued becomes asking, and counts as another attempt. After a power cut, and only then, it may be
        queued as before.
        """
        ...

    async def answered_with(self, run_id: int, content_hash: str) -> int | None:
        """The item that was answered about exactly these bytes."""
        ...

    async def answer_item(self, item_id: int, answer: ItemAnswer) -> None:
        """Asking becomes answered, or failed when no field has a value."""
        ...

    async def share_answer(self, item_id: int, from_item: int) -> None:
        """Queued becomes answered with the answer of another item."""
        ...

    async def fail_item(self, item_id: int, failure: AnswerFailure) -> None: ...

    async def requeue_item(self, item_id: int) -> None:
        """Asking becomes queued again without having been answered."""
        ...

    async def requeue(self, run_id: int, item_ids: Sequence[int] | None = None) -> int:
        """Queue these items again, or all failed ones; how many. Values a person set and notes stay."""
        ...

    async def skip(self, item_ids: Sequence[int]) -> None:
        """Leave out those that are queued or failed."""
        ...

    async def items(self, run_id: int, item_ids: Sequence[int] | None = None) -> list[RunItem]:
        """All items in order, or these."""
        ...

    async def rows(self, run_id: int, item_ids: Sequence[int] | None = None) -> RunRows:
        """All items in order, or these, without what only their details show; for 100,000 at once."""
        ...

    async def edit(self, item_id: int, edited: Mapping[str, CellValue]) -> None:
        """Replace the values a person has set; the answer itself is never changed."""
        ...

    async def annotate(self, item_id: int, note: str) -> None:
        """Replace the person's remark."""
        ...

    async def states_of(self, paths: Sequence[str]) -> dict[str, ItemState]:
        """For each path that a run was about its state in the newest such run, for the gallery's marks."""
        ...

    async def field_values(self, run_name: str, key: str, content_hash: str) -> CellValue:
        """What a run holds for a field about these bytes; None when nothing."""
        ...


class FormRepository(Protocol):
    """Keeps the user's forms, every version of each."""

    async def all(self) -> list[Form]:
        """The newest version of each form that is not removed, by name."""
        ...

    async def save(self, form: Form) -> Form:
        """Keep it as the next version of its name; a form that changed nothing is kept as it is."""
        ...

    async def remove(self, name: str) -> None:
        """Hide a form; `restore` brings it back. Runs keep their own copy."""
        ...

    async def restore(self, name: str) -> None: ...


class FormFiles(Protocol):
    """Forms as files (`*.form.toml`) that can be sent to a colleague."""

    def load(self, path: Path) -> Form:
        """
        Raises:
            AppError: FORM_BROKEN with the reason, FORM_NEWER.
        """
        ...

    def save(self, path: Path, form: Form) -> None:
        """Write a new file or replace one in a single step; raises FORM_UNWRITABLE, DISK_FULL."""
        ...


class SmallPictures(Protocol):
    """Makes small pictures to be put into documents."""

    def small_jpeg(self, path: Path, edge: int) -> EncodedPicture:
        """At most `edge` x `edge` pixels, upright, sRGB, without metadata; raises PICTURE_ codes."""
        ...


class RunExporter(Protocol):
    """Writes a run in one format."""

    @property
    def format(self) -> ExportFormat: ...

    def write(self, job: ExportJob) -> Sequence[Note]:
        """Write to the job's path in one step, and return what the user should know.

        Raises:
            AppError: EXPORT_FAILED, DISK_FULL, EXPORT_NO_BOXES; what was there before is then as it was.
        """
        ...


class BatchService(Protocol):
    """Files of requests for a batch service, and its result files."""

    async def write(
        self, path: Path, target: ServerTarget, requests: AsyncIterator[BatchRequest], ask_server: bool
    ) -> int:
        """Write requests as the server would get them, one a line, and return their number.

        The file appears when all are written. `ask_server` False takes the server for a vLLM of today.

        Raises:
            AppError: EXPORT_FAILED, DISK_FULL, and what the iterator raises.
        """
        ...

    def save_picture(self, path: Path, picture: EncodedPicture) -> None:
        """Keep a picture that requests name; one that is there already is kept."""
        ...

    def read(self, path: Path) -> Iterator[BatchResult]:
        """The lines of a result file, in its order.

        Raises:
            AppError: IMPORT_FAILED when the file cannot be read.
        """
        ...


class LimitsRepository(Protocol):
    """Remembers what was learnt about servers."""

    async def limits(self, base_url: str, model: str) -> ServerLimits: ...

    async def save_limits(self, base_url: str, model: str, limits: ServerLimits) -> None: ...


class SettingsRepository(Protocol):
    """Loads and saves settings."""

    def load(self) -> tuple[Settings, AppError | None]:
        """The settings, and SETTINGS_BROKEN when a broken file was set aside."""
        ...

    def save(self, settings: Settings) -> None:
        """Replace the file in one step."""
        ...


class SecretStore(Protocol):
    """Keeps API keys."""

    @property
    def is_protected(self) -> bool:
        """False when there is no keyring and keys go to a file readable by this user alone."""
        ...

    def get(self, name: str) -> str: ...

    def set(self, name: str, secret: str) -> None:
        """Store; an empty secret removes it."""
        ...
