from __future__ import annotations

import asyncio
import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Awaitable, Iterator
from pathlib import Path

import pytest

from desktop_app.adapters.sqlite_store.conversations import SqliteConversations
from desktop_app.adapters.sqlite_store.library import Library
from desktop_app.adapters.sqlite_store.troubles import as_app_error
from desktop_app.domain.conversations import AnswerState, AskOptions
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.pictures import Picture
from desktop_app.services.picture_workers import PictureWorkers
from tests.adapters.sqlite_store.conftest import OpenLibrary

PICTURE = Picture(Path("/nowhere/a.jpg"))


async def test_nothing_is_made_before_the_first_job(path: Path, open_library: OpenLibrary) -> None:
    library = open_library()
    assert not path.parent.exists()
    await library.read(lambda connection: None)
    assert path.exists()  # noqa: ASYNC240


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
async def test_the_library_is_private(path: Path, open_library: OpenLibrary) -> None:
    await open_library().write(lambda connection: connection.execute("PRAGMA user_version").fetchone())

    modes = {item.name: stat.S_IMODE(item.stat().st_mode) for item in path.parent.iterdir()}
    assert modes["library.sqlite"] == modes["library.sqlite-wal"] == 0o600


async def test_a_job_that_fails_changes_nothing(open_library: OpenLibrary) -> None:
    library = open_library()

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO server_limits VALUES ('a', 'b', 1, 2, 3)")
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        await library.write(fail)
    count = await library.read(lambda c: c.execute("SELECT count(*) FROM server_limits").fetchone())
    assert count == (0,)


async def test_a_mistake_in_the_program_is_no_trouble_with_the_disk(open_library: OpenLibrary) -> None:
    library = open_library()
    with pytest.raises(sqlite3.OperationalError):
        await library.write(lambda connection: connection.execute("SELECT nonsense").fetchone())
    with pytest.raises(sqlite3.IntegrityError):
        await SqliteConversations(library, PictureWorkers()).add_turn(99, "What?", AskOptions())


async def test_all_jobs_run_on_one_thread_of_their_own(open_library: OpenLibrary) -> None:
    library = open_library()
    names = await asyncio.gather(*(library.read(lambda c: threading.current_thread()) for _ in range(20)))

    assert len(set(names)) == 1
    assert names[0] is not threading.current_thread()


async def test_closed_twice_and_used_after(open_library: OpenLibrary) -> None:
    library = open_library()
    await library.write(lambda connection: None)
    await library.close()
    await library.close()
    with pytest.raises(AppError) as caught:
        await library.read(lambda connection: None)

    assert caught.value.code is ErrorCode.STORE_UNAVAILABLE


async def test_what_was_written_is_durable(open_library: OpenLibrary) -> None:
    pragmas = await open_library().read(
        lambda c: [c.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    )

    assert pragmas == ["wal", 2]


INSERT = "INSERT INTO server_limits VALUES (?, 'b', 1, 2, 3)"


async def servers(library: Library) -> list[str]:
    """What the other tests of changes wrote."""
    rows = await library.read(lambda c: c.execute("SELECT base_url FROM server_limits").fetchall())
    return [name for (name,) in rows]


def disk_mode(connection: sqlite3.Connection) -> int:
    """1 for a change that does not wait for the disk, 2 for one that does."""
    return int(connection.execute("PRAGMA synchronous").fetchone()[0])


async def test_only_notes_do_not_wait_for_the_disk(open_library: OpenLibrary) -> None:
    library = open_library()
    assert await library.note(INSERT, "a") == 1
    assert await library.read(disk_mode) == 1
    assert await library.write(disk_mode) == 2
    with pytest.raises(sqlite3.IntegrityError):
        await library.note(INSERT, "a")
    await library.execute(INSERT, "b")
    assert await library.read(disk_mode) == 2


async def test_a_note_is_there_for_everybody_and_after_a_restart(open_library: OpenLibrary) -> None:
    first, second = open_library(), open_library()
    await first.note(INSERT, "a")
    await first.close()
    assert await servers(second) == ["a"]


async def test_a_statement_tells_how_many_rows_it_changed(open_library: OpenLibrary) -> None:
    library = open_library()
    for name in ("a", "b"):
        assert await library.execute(INSERT, name) == 1
    assert await library.execute("UPDATE server_limits SET model = ?", "c") == 2
    assert await library.execute("UPDATE server_limits SET model = ? WHERE model = ?", "d", "b") == 0


class Busy:
    """Keeps a library's thread busy until it is let go, and sees what it is told to do from then on."""

    def __init__(self, library: Library) -> None:
        self.told: list[str] = []
        self._go_on = threading.Event()
        self._working = asyncio.ensure_future(library.read(self._work))

    def _work(self, connection: sqlite3.Connection) -> None:
        self._go_on.wait(20)
        connection.set_trace_callback(self.told.append)

    async def end(self) -> None:
        await asyncio.sleep(0)  # whoever was started comes first
        self._go_on.set()
        await self._working

    def times(self, statement: str) -> int:
        return self.told.count(statement)


async def test_changes_that_wait_together_wait_for_the_disk_once(open_library: OpenLibrary) -> None:
    library = open_library()
    await library.owner()
    busy = Busy(library)
    changes = [
        asyncio.ensure_future(one)
        for one in (
            library.note(INSERT, "a"),
            library.write(disk_mode),
            library.execute(INSERT, "b"),
            library.write(lambda c: c.execute(INSERT, ("c",)).rowcount),
        )
    ]
    await asyncio.sleep(0)
    await busy.end()

    assert await asyncio.gather(*changes) == [1, 2, 1, 1]
    assert busy.times("COMMIT") == 2  # that of the job that kept the thread busy, too
    assert await servers(library) == ["a", "b", "c"]


async def test_a_change_that_follows_at_once_from_another_shares_its_wait_for_the_disk(
    open_library: OpenLibrary,
) -> None:
    library = open_library()
    told: list[str] = []
    await library.read(lambda connection: connection.set_trace_callback(told.append))
    first = asyncio.ensure_future(library.execute(INSERT, "a"))
    await asyncio.sleep(0)  # the first has come
    follows = asyncio.ensure_future(library.execute(INSERT, "b"))
    assert [*await asyncio.gather(first, follows)] == [1, 1]
    assert told.count("BEGIN IMMEDIATE") == 1


async def test_what_was_noted_together_is_told_one_after_the_other(open_library: OpenLibrary) -> None:
    library, loop, turns, told = open_library(), asyncio.get_running_loop(), [0], list[int]()

    def turn() -> None:
        turns[0] += 1
        ticking[0] = loop.call_soon(turn)

    async def wait_for(change: Awaitable[int]) -> None:
        await change
        told.append(turns[0])

    ticking = [loop.call_soon(turn)]
    try:
        await asyncio.gather(*(wait_for(library.note(INSERT, name)) for name in "abc"))
        await asyncio.gather(*(wait_for(library.execute(INSERT, name)) for name in "xyz"))
    finally:
        ticking[0].cancel()
    assert len(set(told[:3])) == 3
    assert len(set(told[3:])) == 1
    assert await servers(library) == ["a", "b", "c", "x", "y", "z"]


async def test_what_has_come_is_done_before_the_file_is_closed(open_library: OpenLibrary) -> None:
    library = open_library()
    change = asyncio.ensure_future(library.execute(INSERT, "a"))
    await asyncio.sleep(0)
    await library.close()
    assert await change == 1
    assert await servers(open_library()) == ["a"]


async def test_a_change_that_fails_takes_none_of_the_others_along(open_library: OpenLibrary) -> None:
    library = open_library()
    await library.execute(INSERT, "taken")
    busy = Busy(library)
    names = ["a", "taken", "b"]
    changes = [asyncio.ensure_future(library.execute(INSERT, name)) for name in names]
    await asyncio.sleep(0)
    await busy.end()

    first, refused, last = await asyncio.gather(*changes, return_exceptions=True)
    assert (first, last) == (1, 1)
    assert isinstance(refused, sqlite3.IntegrityError)
    assert sorted(await servers(library)) == ["a", "b", "taken"]


async def test_jobs_are_done_in_the_order_they_come(open_library: OpenLibrary) -> None:
    library = open_library()
    busy = Busy(library)
    seen: list[asyncio.Task[object]] = []
    for name in ("a", "b"):
        seen.append(asyncio.ensure_future(servers(library)))
        seen.append(asyncio.ensure_future(library.execute(INSERT, name)))
    seen.append(asyncio.ensure_future(servers(library)))
    await asyncio.sleep(0)
    await busy.end()

    assert await asyncio.gather(*seen) == [[], 1, ["a"], 1, ["a", "b"]]


async def test_a_change_that_nobody_waits_for_any_more_is_not_begun(open_library: OpenLibrary) -> None:
    library = open_library()
    await library.owner()
    busy = Busy(library)
    given_up, wanted = (asyncio.ensure_future(library.execute(INSERT, name)) for name in ("a", "b"))
    await asyncio.sleep(0)
    given_up.cancel()
    await busy.end()
    await wanted

    assert await servers(library) == ["b"]


async def test_closing_does_what_waits(open_library: OpenLibrary) -> None:
    library = open_library()
    busy = Busy(library)
    changes = [asyncio.ensure_future(library.execute(INSERT, name)) for name in ("a", "b")]
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(library.close())
    await busy.end()

    assert await asyncio.gather(*changes) == [1, 1]
    await closing
    assert await servers(open_library()) == ["a", "b"]


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program holds the library."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def test_a_locked_library_says_so_and_works_again_later(path: Path, open_library: OpenLibrary) -> None:
    await open_library().write(lambda connection: None)
    library = open_library(busy_timeout_s=0.05)
    conversations = SqliteConversations(library, PictureWorkers())
    with locked(path):
        with pytest.raises(AppError) as caught:
            await conversations.create([PICTURE])
        assert caught.value.code is ErrorCode.STORE_UNAVAILABLE
        assert "SQLITE_BUSY" in caught.value.detail

    assert (await conversations.create([PICTURE])).id == 1


async def test_changes_that_wait_for_a_locked_library_wait_once(
    path: Path, open_library: OpenLibrary
) -> None:
    library = open_library(busy_timeout_s=0.05)
    await library.execute(INSERT, "before")
    busy = Busy(library)
    changes = [asyncio.ensure_future(library.execute(INSERT, name)) for name in ("a", "b", "c")]
    await asyncio.sleep(0)
    with locked(path):
        await busy.end()
        problems = await asyncio.gather(*changes, return_exceptions=True)

    assert [getattr(problem, "code", None) for problem in problems] == [ErrorCode.STORE_UNAVAILABLE] * 3
    assert len(set(map(id, problems))) == 3
    assert busy.times("BEGIN IMMEDIATE") == 1
    assert await servers(library) == ["before"]


async def test_a_new_library_locked_at_once_can_be_opened_later(
    path: Path, open_library: OpenLibrary
) -> None:
    path.parent.mkdir()
    library = open_library(busy_timeout_s=0.05)
    with locked(path), pytest.raises(AppError) as caught:
        await library.write(lambda connection: None)
    assert caught.value.code is ErrorCode.STORE_UNAVAILABLE

    await library.write(lambda connection: None)


@pytest.mark.parametrize("content", [b"This is a letter, not a library. " * 100, b""])
async def test_a_file_of_another_kind_is_left_alone(
    path: Path, open_library: OpenLibrary, content: bytes
) -> None:
    path.parent.mkdir()
    if content:
        path.write_bytes(content)  # noqa: ASYNC240
    else:
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE turns (recipe TEXT)")
            other.commit()
    with pytest.raises(AppError) as caught:
        await open_library().read(lambda connection: None)

    assert caught.value.code is (ErrorCode.STORE_BROKEN if content else ErrorCode.STORE_UNAVAILABLE)
    if content:
        assert caught.value.values == {"path": str(path)}
        assert path.read_bytes() == content  # noqa: ASYNC240


async def test_a_folder_that_cannot_be_made(path: Path, open_library: OpenLibrary) -> None:
    path.parent.write_text("a file where the folder should be")
    with pytest.raises(AppError) as caught:
        await open_library().read(lambda connection: None)

    assert caught.value.code is ErrorCode.STORE_UNAVAILABLE


async def fill(conversations: SqliteConversations) -> tuple[int, str]:
    """Save a growing answer until the disk is full; returns its id and the last text that was kept."""
    thread = await conversations.create([PICTURE])
    turn = await conversations.add_turn(thread.id, "What?", AskOptions())
    answer = await conversations.begin_answer(turn.id, "", "")
    kept, code = "", None
    while code is None and len(kept) < 10_000_000:
        text = kept + "x" * 50_000
        try:
            await conversations.save_progress(answer.id, text, "")
        except AppError as problem:
            code = problem.code
        else:
            kept = text
    assert code is ErrorCode.DISK_FULL
    return answer.id, kept


async def kept_text(conversations: SqliteConversations) -> str:
    thread = await conversations.find([PICTURE])
    assert thread is not None
    answer = thread.turns[0].answer
    assert answer is not None
    return answer.text


async def test_a_library_that_may_not_grow(open_library: OpenLibrary, workers: PictureWorkers) -> None:
    library = open_library()
    conversations = SqliteConversations(library, workers)
    await library.read(lambda connection: connection.execute("PRAGMA max_page_count = 200").fetchone())
    answer_id, kept = await fill(conversations)
    assert await kept_text(conversations) == kept

    await library.read(lambda connection: connection.execute("PRAGMA max_page_count = 100000").fetchone())
    await conversations.end_answer(answer_id, AnswerState.DONE, kept + "y", "")
    assert await kept_text(conversations) == kept + "y"


async def test_a_full_disk(small_disk: Path, workers: PictureWorkers) -> None:
    library = Library(small_disk / "library.sqlite")
    conversations = SqliteConversations(library, workers)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"\0" * 500_000)
    answer_id, kept = await fill(conversations)
    assert await kept_text(conversations) == kept

    ballast.unlink()
    await conversations.end_answer(answer_id, AnswerState.DONE, kept, "")
    await library.close()

    again = SqliteConversations(Library(small_disk / "library.sqlite"), workers)
    assert await kept_text(again) == kept
    await again.close()


def test_a_file_size_limit_keeps_what_was_there(path: Path) -> None:
    """A quota shows as an input/output error; the library must survive it whole."""
    resource = pytest.importorskip("resource")
    program = (
        "import asyncio, resource, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop_app.adapters.sqlite_store.conversations import SqliteConversations\n"
        "from desktop_app.adapters.sqlite_store.library import Library\n"
        "from desktop_app.domain.conversations import AskOptions\n"
        "from desktop_app.domain.errors import AppError\n"
        "from desktop_app.domain.pictures import Picture\n"
        "from desktop_app.services.picture_workers import PictureWorkers\n"
        "async def main():\n"
        "    store = SqliteConversations(Library(Path(sys.argv[1])), PictureWorkers())\n"
        "    thread = await store.create([Picture(Path('/nowhere/a.jpg'))])\n"
        "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, resource.RLIM_INFINITY))\n"
        "    for number in range(1000):\n"
        "        try:\n"
        "            await store.add_turn(thread.id, 'x' * 20_000, AskOptions())\n"
        "        except AppError as problem:\n"
        "            print(number, problem.code.value)\n"
        "            break\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
        "    await store.add_turn(thread.id, 'after', AskOptions())\n"
        "    print(len((await store.load(thread.id)).turns))\n"
        "    await store.close()\n"
        "asyncio.run(main())\n"
    )
    assert resource is not None
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    run = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    first, second = run.stdout.splitlines()
    written, code = first.split()

    assert code in (ErrorCode.STORE_UNAVAILABLE, ErrorCode.DISK_FULL)
    assert int(second) == int(written) + 1


def test_only_outside_causes_are_translated(tmp_path: Path) -> None:
    assert as_app_error(ValueError("ours"), tmp_path / "l") is None
    assert as_app_error(sqlite3.ProgrammingError("ours"), tmp_path / "l") is None
    full = as_app_error(OSError(28, "No space left on device"), tmp_path / "l")
    assert full is not None
    assert full.code is ErrorCode.DISK_FULL


def test_two_programs_may_open_a_new_library_at_once(path: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path;"
        "from desktop_app.adapters.sqlite_store.limits import SqliteLimits;"
        "from desktop_app.adapters.sqlite_store.library import Library;"
        "from desktop_app.domain.servers import ServerLimits\n"
        "async def main():\n"
        "    library = Library(Path(sys.argv[1]), busy_timeout_s=30)\n"
        "    sys.stdin.readline()\n"
        "    await SqliteLimits(library).save_limits(sys.argv[2], 'm', ServerLimits(1, 2, 3))\n"
        "    await library.close()\n"
        "asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), f"server{number}"],
            stdin=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for number in range(4)
    ]
    for running in programs:
        assert running.stdin is not None
        running.stdin.write("go\n")
        running.stdin.flush()
    for running in programs:
        running.communicate()
        assert running.returncode == 0
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM server_limits").fetchone() == (4,)
