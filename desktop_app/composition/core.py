"""Joins adapters and services for whoever runs them: the window and the command line.

It imports all that is heavy; a window, which is painted before, imports it in a thread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from desktop_app.adapters.exporters.registry import exporter_of
from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import DnsHostScopes, system_resolve
from desktop_app.adapters.imaging.document_pictures import DocumentPictures
from desktop_app.adapters.imaging.formats.registry import suffixes_of
from desktop_app.adapters.imaging.picture_files import PillowPictureFiles
from desktop_app.adapters.keyring_secrets import KeyringSecrets
from desktop_app.adapters.openai_server.batch_files import OpenAiBatchFiles
from desktop_app.adapters.openai_server.probe import OpenAiServerProbe
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.adapters.openai_server.vision_model import OpenAiVisionModel
from desktop_app.adapters.picture_fetcher import HttpPictureFetcher
from desktop_app.adapters.places import Places
from desktop_app.adapters.rapid_reader.reader import RapidReader
from desktop_app.adapters.sqlite_store.forms import SqliteForms
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.limits import SqliteLimits
from desktop_app.adapters.sqlite_store.run_answers import SqliteRunAnswers
from desktop_app.adapters.sqlite_store.run_changes import SqliteRunChanges
from desktop_app.adapters.sqlite_store.run_holding import SqliteRunHolding
from desktop_app.adapters.sqlite_store.run_queue import SqliteRunQueue
from desktop_app.adapters.sqlite_store.run_twins import SqliteRunTwins
from desktop_app.adapters.sqlite_store.runs import SqliteRuns
from desktop_app.domain.servers import NetworkScope
from desktop_app.services.asking import Asking
from desktop_app.services.forms import SOURCE_LANGUAGE, Forms
from desktop_app.services.picture_workers import PictureWorkers
from desktop_app.services.ports import SecretStore
from desktop_app.services.processor_cores import threads_for_pictures, usable_cores
from desktop_app.services.reader_answers import ReaderAnswers, ReaderTexts
from desktop_app.services.runs.at_work import RunsAtWork
from desktop_app.services.runs.batch_files import BatchFiles, BatchParts
from desktop_app.services.runs.engine import EngineParts
from desktop_app.services.runs.following import RunFollower
from desktop_app.services.runs.form_asking import FormAsking
from desktop_app.services.runs.form_trial import FormTrial
from desktop_app.services.runs.handing_over import HandingOver
from desktop_app.services.runs.pictures import RunPictures
from desktop_app.services.runs.ports import RunAnswers, RunStores
from desktop_app.services.runs.reaching import Reaching
from desktop_app.services.runs.right_of_way import RightOfWay
from desktop_app.services.runs.runs import Runs
from desktop_app.services.servers import Servers
from desktop_app.services.settings import SettingsService
from desktop_app.ui.resources import resource

READING_LIMIT_S = 300.0
"""A page full of small text takes half a minute on a slow computer."""


@dataclass(frozen=True, slots=True)
class Core:
    """What both front ends use. It lives on one event loop and is closed on it.

    Attributes:
        places: where files go.
        settings: settings in use.
        library: the library file, opened at first use; repositories share it.
        scopes: where hosts are.
        files: opens pictures.
        workers: threads for opening pictures.
        fetcher: fetches pictures from web addresses.
        vision_model: asks servers; `warm_up` loads its library in a thread.
        reader: recognises text in a process of its own.
        servers: profiles, keys and limits.
        asking: answers questions.
        runs: one form over many pictures.
        runs_at_work: those that this process works on.
        answers: what runs hold of their pictures.
        follower: what other programs do to runs.
        handing_over: writes runs as tables, documents and files for training.
        batch_files: takes runs to batch services and back.
        forms: the user's own and the shipped ones.
        trial: a form asked of one picture.
        reader_workers, run_workers: threads for the text reader, and for the pictures of runs.
    """

    places: Places
    settings: SettingsService
    library: Library
    scopes: DnsHostScopes
    files: PillowPictureFiles
    workers: PictureWorkers
    fetcher: HttpPictureFetcher
    vision_model: OpenAiVisionModel
    reader: RapidReader
    servers: Servers
    asking: Asking
    runs: Runs
    runs_at_work: RunsAtWork
    answers: RunAnswers
    follower: RunFollower
    handing_over: HandingOver
    batch_files: BatchFiles
    forms: Forms
    trial: FormTrial
    reader_workers: PictureWorkers
    run_workers: PictureWorkers

    async def close(self) -> None:
        """End what runs: processes, threads, connections; settings and library are on disk afterwards.

        One part that fails does not keep the others from being closed.
        """
        async with AsyncExitStack() as parts:  # closes in reverse order
            parts.push_async_callback(self.settings.close)
            parts.push_async_callback(self.library.close)
            parts.push_async_callback(self.vision_model.aclose)
            parts.callback(self.workers.close)
            parts.callback(self.reader_workers.close)
            parts.callback(self.run_workers.close)
            parts.callback(self.reader.close)
            parts.push_async_callback(self.runs_at_work.close)  # before everything it works with


def _secrets(places: Places) -> SecretStore:
    """A program whose files were moved away from the usual folders leaves no key in the keyring."""
    return KeyringSecrets(places.keys, use_keyring=not places.is_moved)


def build_core(
    places: Places,
    settings: SettingsService,
    reader_texts: ReaderTexts | None = None,
    markdown: bool = True,
    on_connection: Callable[[str, NetworkScope, bool], None] = lambda host, scope, allowed: None,
    language: str = SOURCE_LANGUAGE,
    table_words: Callable[[str], str] = str,
) -> Core:
    """Join everything; opens, starts and connects nothing yet.

    Args:
        places: where files go.
        settings: loaded by the caller, who may need them sooner.
        reader_texts: the built-in reader's own words, in the user's language.
        markdown: whether answers are shown as Markdown, or as plain text.
        on_connection: the connection log: host, scope, whether it was allowed.
        language: of the shipped forms.
        table_words: puts the words of tables into the user's language.
    """
    clients = GuardedClients(system_resolve, lambda: settings.current.privacy.never_outside, on_connection)
    scopes = DnsHostScopes(system_resolve)
    kinds = ServerKinds(clients.for_profile)
    vision_model = OpenAiVisionModel(clients.for_profile, kinds)
    library = Library(places.library)
    servers = Servers(
        settings,
        _secrets(places),
        OpenAiServerProbe(clients.for_profile, kinds, scopes),
        SqliteLimits(library),
    )
    files = PillowPictureFiles(settings.current.pictures.max_megapixels)
    settings.watch(lambda changed: files.limit_to(changed.pictures.max_megapixels))
    workers = PictureWorkers()
    reader = RapidReader()
    reader_workers = PictureWorkers(threads=1, limit_s=READING_LIMIT_S, name="text reader")
    answers = ReaderAnswers(files, workers, reader, reader_workers, reader_texts, markdown)
    run_workers = PictureWorkers(threads_for_pictures(usable_cores()), name="run pictures")
    right_of_way = RightOfWay()
    run_answers = SqliteRunAnswers(library)
    stores = RunStores(
        SqliteRuns(library), SqliteRunHolding(library), SqliteRunQueue(library), SqliteRunTwins(library)
    )
    run_pictures, form_asking = RunPictures(files, run_workers, run_answers), FormAsking(vision_model)
    reach = Reaching(servers).reach
    at_work = RunsAtWork(EngineParts(stores, form_asking, run_pictures, reach, right_of_way))
    runs = Runs(stores, at_work)
    service = OpenAiBatchFiles(kinds)
    batch = BatchParts(runs, at_work, stores, run_answers, form_asking, run_pictures, reach, service)
    return Core(
        places=places,
        settings=settings,
        library=library,
        scopes=scopes,
        files=files,
        workers=workers,
        fetcher=HttpPictureFetcher(clients.for_fetch, lambda: settings.current.pictures, suffixes_of),
        vision_model=vision_model,
        reader=reader,
        servers=servers,
        asking=Asking(files, workers, vision_model, answers, lessons=servers, right_of_way=right_of_way),
        runs=runs,
        runs_at_work=at_work,
        answers=run_answers,
        follower=RunFollower(runs, at_work, SqliteRunChanges(library)),
        handing_over=HandingOver(
            runs, run_answers, exporter_of, DocumentPictures(files), run_workers, table_words
        ),
        batch_files=BatchFiles(batch),
        forms=Forms(SqliteForms(library), TomlFormFiles(), resource("forms"), language),
        trial=FormTrial(files, workers, run_pictures, form_asking, right_of_way, stores.runs),
        reader_workers=reader_workers,
        run_workers=run_workers,
    )
