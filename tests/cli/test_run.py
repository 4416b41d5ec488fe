"""`lightdesk run` as a process, against a fake server."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import MakeFolder
from tests.fakes.fake_server import FakeServer, closed_port, hang, status, whole
from tests.fakes.gate import Gate
from tests.fakes.lightdesk_command import lightdesk, posix, start_lightdesk, stderr_until
from tests.fakes.waiting import happens

FORM = """\
name = "Colour"
instructions = "Look closely."
[[field]]
key = "blue"
label = "Is it blue"
kind = "yes_no"
[[field]]
key = "count"
kind = "number"
whole = true
"""


def rows(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(table.read_text("utf-8").splitlines()))


def test_every_picture_is_asked_once_and_the_table_is_written(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole("Blue. 蓝色。")
    done = lightdesk(
        "run", folder_of(11), "-p", "Which colour?", "--server", server.base_url, "--out", tmp_path / "t.csv"
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert len(server.chats) == 11
    table = rows(tmp_path / "t.csv")
    assert [row["name"] for row in table] == [f"p {number}.png" for number in range(1, 12)]
    assert {row["answer"] for row in table} == {"Blue. 蓝色。"}
    assert 'Run "scans, Which colour?": 11 pictures, fake-vl on 127.0.0.1' in done.stderr
    assert "Done: 11 answered; 330 tokens in, 55 out." in done.stderr


def test_a_form_file_is_asked_with_its_schema(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    (tmp_path / "colour.form.toml").write_text(FORM)
    server.default = whole('{"blue": true, "count": 3}')
    asked: list[str | Path] = [
        "run",
        folder_of(2),
        "--form",
        tmp_path / "colour.form.toml",
        "--server",
        server.base_url,
    ]
    done = lightdesk(*asked, "--name", "my run", "--out", tmp_path / "t.jsonl", "--temperature", "0")
    assert done.returncode == 0
    body = server.chats[0].json
    assert body["temperature"] == 0
    assert body["max_tokens"] == 1024
    assert list(body["response_format"]["json_schema"]["schema"]["properties"]) == ["blue", "count"]
    assert "Look closely." in body["messages"][-1]["content"][-1]["text"]
    lines = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text("utf-8").splitlines()]
    assert [(one["values"]["blue"], one["values"]["count"]) for one in lines] == [(True, 3)] * 2
    shown = lightdesk("runs", "show", "my run").stdout
    assert "Form:         Colour, version 1\nFields:       blue, count\n" in shown
    assert "Asked with:   the form's schema, enforced by the server" in shown


def test_a_shipped_form_is_asked_by_name_and_a_server_without_schemas_is_told(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    refused = status(400, {"error": {"message": "response_format is not supported", "code": 400}})
    read = {"merchant": "A", "category": "other", "items": [], "legible": "all of it"}
    server.default = whole(json.dumps(read))
    server.answer_with(*[refused] * 2)
    done = lightdesk("run", folder_of(1), "--form", "receipt", "--server", server.base_url)
    assert "the prompt alone asked for the answer's shape" in done.stderr
    assert server.chats[-1].json["max_tokens"] > 2000, "forty items need more than the usual"
    assert "Merchant" in server.chats[-1].json["messages"][-1]["content"][-1]["text"]


def test_broken_pictures_fail_alone_and_are_told_by_reason(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Blue.")
    folder = folder_of(3)
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(b"no picture at all")
    done = lightdesk("run", folder, "-p", "x", "--server", server.base_url, "--name", "r")
    assert done.returncode == 1
    assert len(server.chats) == 3
    assert "Done: 3 answered, 2 failed;" in done.stderr
    assert "  2 pictures: " in done.stderr
    assert "Ask about those that failed again with: lightdesk runs retry r\n" in done.stderr


def test_a_run_that_is_there_is_not_begun_again(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Blue.")
    asked: list[str | Path] = ["run", folder_of(3), "-p", "x", "--server", server.base_url]
    lightdesk(*asked, "--name", "my run")
    again = lightdesk(*asked, "--name", "my run")
    assert again.returncode == 2
    assert 'There is a run "my run" about this already: 3 answered' in again.stderr
    assert "See it with: lightdesk runs show 'my run'" in again.stderr
    other = lightdesk("run", asked[1], "-p", "y", "--server", server.base_url, "--name", "my run")
    assert other.returncode == 2
    assert "There is a run named my run already. Give another --name" in other.stderr
    assert len(server.chats) == 3
    assert len(lightdesk("runs", "list").stdout.splitlines()) == 1


def test_a_sample_tells_what_the_rest_takes_and_is_gone_on_with(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.default = whole("Blue.", after_s=0.05)
    asked: list[str | Path] = ["run", folder_of(7), "-p", "x", "--server", server.base_url]
    done = lightdesk(*asked, "--sample", "2")
    assert (done.returncode, len(server.chats)) == (0, 2)
    assert " at most, and 175 tokens." in done.stderr
    assert "5 pictures are left. Go on with: lightdesk runs resume 'scans, x'" in done.stderr
    again = lightdesk(*asked)
    assert again.returncode == 2
    assert "Go on with: lightdesk runs resume 'scans, x'" in again.stderr
    rest = lightdesk("runs", "resume", "scans, x")
    assert (rest.returncode, len(server.chats)) == (0, 7)
    assert "Done: 7 answered" in rest.stderr
    new = lightdesk(*asked)
    assert new.returncode == 0, "what is done may be asked anew"
    assert 'Run "scans, x 2": 7 pictures' in new.stderr


@posix
@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupt_pauses_and_says_how_to_go_on(
    server: FakeServer, folder_of: MakeFolder, times: int
) -> None:
    server.answer_with(whole("Blue."), whole("Blue."))
    server.default = hang
    with start_lightdesk(
        "run", folder_of(30), "-p", "x", "--server", server.base_url, "--name", "my run"
    ) as process:
        happens(lambda: len(server.chats) >= 10)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert b"So far: 2 answered;" in err
    assert b"28 pictures are left. Go on with: lightdesk runs resume 'my run'" in err
    assert b"Traceback" not in err
    assert lightdesk("runs", "list").stdout.split("\t")[:5] == ["my run", "paused", "2", "30", "0"]
    server.default = whole("Blue.")
    before = len(server.chats)
    done = lightdesk("runs", "resume", "my run")
    assert (done.returncode, len(server.chats) - before) == (0, 28)


@posix
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("command", ["run", "resume"])
def test_a_program_that_is_told_to_end_pauses_and_says_how_to_go_on(
    server: FakeServer, folder_of: MakeFolder, name: str, code: int, command: str
) -> None:
    begin = ["run", str(folder_of(30)), "-p", "x", "--server", server.base_url, "--name", "my run"]
    server.default = whole("Blue.")
    if command == "resume":
        assert lightdesk(*begin, "--sample", "3").returncode == 0
        begin = ["runs", "resume", "my run"]
    before = len(server.chats)
    server.answer_with(whole("Blue."), whole("Blue."))
    server.default = hang
    with start_lightdesk(*begin) as process:
        happens(lambda: len(server.chats) >= before + 10)  # two of them were answered, and that was kept
        process.send_signal(getattr(signal, name))
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, b"")
    assert b"Go on with: lightdesk runs resume 'my run'" in err
    assert b"Traceback" not in err
    listed = lightdesk("runs", "list").stdout.split("\t")
    assert (listed[1], listed[3], listed[4]) == ("paused", "30", "0")
    server.default = whole("Blue.")
    resumed = lightdesk("runs", "resume", "my run")
    assert (resumed.returncode, "Done: 30 answered" in resumed.stderr) == (0, True)
    kept = len(server.chats) - server.left
    assert kept == 30, "what was answered is not asked again"


@posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_answers_that_cannot_be_kept_are_waited_for_or_named(
    server: FakeServer, folder_of: MakeFolder, name: str
) -> None:
    gate = server.default = Gate(whole("Blue."))
    begin = ("run", folder_of(9), "-p", "x", "--server", server.base_url, "--concurrency", "2", "--name", "r")
    library = Path(os.environ["LIGHTDESK_HOME"], "data", "library.sqlite")
    with start_lightdesk(*begin) as process:
        happens(lambda: len(server.chats) == 2)
        with closing(sqlite3.connect(library, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            gate.open()
            said = stderr_until(process, "the run pauses then.")
            process.send_signal(getattr(signal, name))
            if name == "SIGINT":
                said += stderr_until(process, "Make room and wait, or press Ctrl+C again to give them up.")
                process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=60)
    said += err.decode()
    assert "Waiting: The library of conversations cannot be written." in said
    assert "Lost: 2 answers that could not be kept, about p 1.png, p 2.png.\nThese pictures are asked" in said
    assert "Traceback" not in said
    server.default = whole("Blue.")
    assert lightdesk("runs", "resume", "r").returncode == 0
    assert lightdesk("runs", "list").stdout.split("\t")[1:3] == ["done", "9"]


@posix
def test_a_closed_terminal_is_ignored_where_the_program_was_started_so(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.answer_with(whole("Blue."), whole("Blue."))
    gate = server.default = Gate(whole("Blue."))
    begin = ("run", folder_of(20), "-p", "x", "--server", server.base_url, "--concurrency", "2")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = start_lightdesk(*begin)
    finally:
        signal.signal(signal.SIGHUP, before)
    with process:
        happens(lambda: len(server.chats) >= 4)
        process.send_signal(signal.SIGHUP)
        gate.open()
        process.communicate(timeout=60)
    assert (process.returncode, len(server.chats)) == (0, 20)


@posix
def test_a_server_that_goes_away_is_waited_for(folder_of: MakeFolder) -> None:
    server = FakeServer().start()
    server.answer_with(whole("Blue."), whole("Blue."))
    server.default = hang
    with start_lightdesk(
        "run", folder_of(40), "-p", "x", "--server", server.base_url, "--name", "r", "--concurrency", "2"
    ) as process:
        happens(lambda: len(server.chats) >= 4)
        server.stop()
        said = stderr_until(process, "Waiting: ")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.count("Waiting: ") == 1
    assert "lightdesk runs resume r" in err.decode()


def test_a_server_that_does_not_answer_at_the_start_ends_it(folder_of: MakeFolder) -> None:
    done = lightdesk("run", folder_of(2), "-p", "x", "--server", f"http://127.0.0.1:{closed_port()}")
    assert done.returncode == 3
    assert "does not answer" in done.stderr
    assert lightdesk("runs", "list").stdout == ""


def test_trouble_with_the_key_pauses_the_run(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = status(401, {"error": "Unauthorized"})
    done = lightdesk("run", folder_of(5), "-p", "x", "--server", server.base_url, "--name", "r")
    assert done.returncode == 3
    assert "wants a key. Set it up with: lightdesk servers add NAME URL --key-stdin" in done.stderr
    assert "5 pictures are left. Go on with: lightdesk runs resume r" in done.stderr
    assert "paused: The server" in lightdesk("runs", "show", "r").stdout


def test_a_key_that_is_entered_since_lets_the_run_go_on(folder_of: MakeFolder) -> None:
    with FakeServer() as server:
        server.default = status(401, {"error": "Unauthorized"})
        lightdesk("run", folder_of(3), "-p", "x", "--server", server.base_url, "--name", "r")
        server.default = whole("Blue.")
        lightdesk("servers", "add", "box", server.base_url, "--key-stdin", stdin="secret\n")
        done = lightdesk("runs", "resume", "r")
        assert done.returncode == 0
        assert server.chats[-1].headers["authorization"] == "Bearer secret"


def test_a_table_that_cannot_be_written_costs_no_answer(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Blue.")
    folder = folder_of(2)
    out = folder / "p 1.png" / "table.csv"
    done = lightdesk("run", folder, "-p", "x", "--server", server.base_url, "--name", "r", "--out", out)
    assert done.returncode == 1
    assert "Write them elsewhere with: lightdesk runs export r --out FILE" in done.stderr


def test_a_host_outside_is_blocked(folder_of: MakeFolder) -> None:
    done = lightdesk("run", folder_of(1), "-p", "x", "--server", "http://192.88.99.1:8000")
    assert done.returncode == 4


def test_several_servers_serve_one_run(folder_of: MakeFolder) -> None:
    with FakeServer() as one, FakeServer(model="other-vl") as two:
        one.default = two.default = whole("Blue.", after_s=0.05)
        servers = ["--server", one.base_url, "--server", two.base_url]
        done = lightdesk("run", folder_of(20), "-p", "x", *servers, "--concurrency", "2", "--name", "r")
        assert done.returncode == 0
        assert min(len(one.chats), len(two.chats)) > 2
        assert len(one.chats) + len(two.chats) == 20
        assert one.chats[0].json["model"] != two.chats[0].json["model"]
    assert lightdesk("runs", "show", "r").stdout.count("\nServer: ") == 2


def test_of_several_servers_those_that_cannot_be_asked_keep_no_run_from_being_made(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.default = whole("Blue.", after_s=0.05)
    with FakeServer(key="secret") as keyed:
        away = f"http://127.0.0.1:{closed_port()}"
        servers = [word for one in (keyed.base_url, server.base_url, away) for word in ("--server", one)]
        done = lightdesk("run", folder_of(30), "-p", "x", *servers, "--name", "r", "--concurrency", "2")
        assert (done.returncode, len(server.chats), len(keyed.chats)) == (0, 30, 0)
        assert "Without 127.0.0.1" in done.stderr
        assert "wants a key. Set it up with: lightdesk servers add" in done.stderr
        assert "does not answer." in done.stderr
        assert done.stderr.count("The run goes on with the other servers.") <= 2
    shown = lightdesk("runs", "show", "r").stdout
    assert shown.count("\nServer: ") == 3
    assert shown.count("it has not answered yet") == 2


def test_where_none_of_several_servers_can_be_asked_no_run_is_made(folder_of: MakeFolder) -> None:
    with FakeServer(key="secret") as keyed:
        away = f"http://127.0.0.1:{closed_port()}"
        done = lightdesk("run", folder_of(1), "-p", "x", "--server", keyed.base_url, "--server", away)
    assert done.returncode == 3
    assert "wants a key" in done.stderr
    assert lightdesk("runs", "list").stdout == ""


def test_a_list_from_standard_input_is_asked_in_its_order(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole("Blue.")
    names = "p 3.png\np 1.png\nmissing.png\n"
    asked: list[str | Path] = ["run", folder_of(3), "-p", "x", "--list", "-", "--server", server.base_url]
    done = lightdesk(*asked, "--out", tmp_path / "t.csv", stdin=names)
    assert done.returncode == 1
    found = [(row["name"], row["state"]) for row in rows(tmp_path / "t.csv")]
    assert found == [("p 3.png", "answered"), ("p 1.png", "answered"), ("missing.png", "failed")]


@posix
def test_in_a_terminal_a_bar_is_drawn(server: FakeServer, folder_of: MakeFolder) -> None:
    import pty

    server.default = whole("Blue.")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "desktop_app", "run", str(folder_of(3)), "-p", "x"]
    with subprocess.Popen([*command, "--server", server.base_url], stderr=theirs, stdin=theirs) as process:
        os.close(theirs)
        said = b""
        while piece := _read(ours):
            said += piece
    os.close(ours)
    assert process.returncode == 0
    assert b"\r[####################] 100%  3 of 3" in said


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["."], "one of the arguments -p/--prompt --form is required"),
        ([".", "-p", "x", "--form", "receipt"], "not allowed with"),
        (["-p", "x"], "Name a folder"),
        (["missing", "-p", "x"], "The folder missing is not there."),
        (["file.txt", "-p", "x"], "is a file; name its folder"),
        ([".", "-p", " "], "The question is empty."),
        ([".", "-p", "x"], "There is no picture to ask about."),
        ([".", "--form", "no such form"], "There is no form named no such form."),
        ([".", "--form", "broken.form.toml"], "broken.form.toml: It is not TOML at line 2"),
        ([".", "--form", "none.form.toml"], "none.form.toml: There is no such file."),
        ([".", "-p", "x", "--out", "table.odt"], "cannot tell from table.odt what kind of file"),
        ([".", "-p", "{{colour}}"], "The prompt names colour"),
        ([".", "-p", "x", "--concurrency", "65"], "must be between 1 and 64"),
        ([".", "-p", "x", "--sample", "0"], "must be 1 or more"),
        ([".", "-p", "x", "--list", "none.txt"], "The list none.txt cannot be read."),
        (["pictures", "-p", "x"], "A run needs a server"),
    ],
)
def test_wrong_usage(
    arguments: list[str], told: str, tmp_path: Path, folder_of: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_of(1, "pictures")
    (tmp_path / "file.txt").write_text("x")
    (tmp_path / "broken.form.toml").write_text('name = "x"\nfield = =\n')
    monkeypatch.chdir(tmp_path)
    done = lightdesk("run", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
