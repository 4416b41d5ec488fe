"""What the services need from outside, as Protocols; adapters fulfil them, `composition` joins the two.

Methods without `async` may block and are called from worker threads only. They raise `AppError` and
nothing else for whatever can go wrong outside the program.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
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
from desktop_app.domain.geometry import Box, Size
from desktop_app.domain.pictures import (
    FolderEntry,
    LoadedPicture,
    Picture,
    PictureFacts,
    PreparedPicture,
    Raster,
)
from desktop_app.domain.reading import TextLine
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
