"""`lightdesk runs` as a process, on the library that `lightdesk run` filled."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import MakeFolder
from tests.fakes.fake_server import FakeServer, hang, whole
from tests.fakes.lightdesk_command import lightdesk, start_lightdesk
from tests.fakes.waiting import happens


def test_without_runs_the_list_says_how_to_begin_one() -> None:
    done = lightdesk("runs", "list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "lightdesk run FOLDER -p TEXT" in done.stderr


@pytest.mark.parametrize("action", ["show", "pause", "resume", "retry", "delete"])
def test_a_run_nobody_knows_is_told(action: str) -> None:
    done = lightdesk("runs", action, "no such run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no run named no such run. Runs are listed by: lightdesk runs list" in done.stderr


def test_what_failed_is_asked_again(server: FakeServer, folder_of: MakeFolder) -> None:
    folder = folder_of(3)
    sound = (folder / "p 2.png").read_bytes()
    (folder / "p 2.png").write_bytes(b"broken")
    server.default = whole("Blue.")
    assert lightdesk("run", folder, "-p", "x", "--server", server.base_url, "--name", "r").returncode == 1
    assert "Failed:       1 picture: " in lightdesk("runs", "show", "r").stdout
    nothing = lightdesk("runs", "resume", "r")
    assert nothing.returncode == 1
    assert "Nothing is left to ask: 2 answered, 1 failed." in nothing.stderr
    (folder / "p 2.png").write_bytes(sound)
    done = lightdesk("runs", "retry", "r")
    assert (done.returncode, len(server.chats)) == (0, 3)
    assert "1 picture that failed again" in done.stderr
    listed = lightdesk("runs", "list")
    assert listed.stdout.split("\t")[:5] == ["r", "done", "3", "3", "0"]
    assert len(listed.stdout.split("\t")) == len(listed.stderr.split("\t"))
    assert lightdesk("runs", "retry", "r").returncode == 0


def test_plain_answers_that_break_off_are_told(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Once upon a", finish="length")
    told = "2 answered pictures: the answer was too long and was cut off."
    asked = ("-p", "Tell a story.", "--server", server.base_url, "--name", "tales")
    ended = lightdesk("run", folder_of(2), *asked)
    assert (ended.returncode, told in ended.stderr) == (0, True), ended.stderr
    assert told in lightdesk("runs", "show", "tales").stdout


def test_answers_that_lack_a_field_are_told(server: FakeServer, folder_of: MakeFolder) -> None:
    broken_off = '{"number": 7, "words": "once upon a'
    server.default = whole(broken_off, finish="length")
    folder = folder_of(2)
    form = folder.parent / "long.form.toml"
    form.write_text(
        'lightdesk_form = 1\nname = "Long"\nversion = 1\ninstructions = "Read."\n'
        '[[field]]\nkey = "number"\nlabel = "Number"\nkind = "number"\n'
        '[[field]]\nkey = "words"\nlabel = "Words"\nkind = "text"\n',
        encoding="utf-8",
    )
    told = "2 answered pictures: a part of the answer does not fit the form."
    done = lightdesk("run", folder, "--form", form, "--server", server.base_url, "--name", "r")
    assert (done.returncode, f"\n  {told}\n" in done.stderr) == (0, True), done.stderr
    assert f"Incomplete:   {told}\n" in lightdesk("runs", "show", "r").stdout


def test_a_server_that_is_gone_when_a_run_is_resumed_ends_it(folder_of: MakeFolder) -> None:
    with FakeServer() as server:
        server.default = whole("Blue.")
        asked: list[str | Path] = ["run", folder_of(3), "-p", "x", "--server", server.base_url, "--name", "r"]
        lightdesk(*asked, "--sample", "1")
    done = lightdesk("runs", "resume", "r")
    assert done.returncode == 3
    assert "does not answer" in done.stderr
    assert lightdesk("runs", "list").stdout.split("\t")[:3] == ["r", "sample done", "1"]


def test_a_run_that_is_going_on_can_be_seen_but_not_resumed(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.answer_with(whole("Blue."))
    server.default = hang
    with start_lightdesk(
        "run", folder_of(5), "-p", "x", "--server", server.base_url, "--name", "r"
    ) as process:
        happens(lambda: len(server.chats) == 5)
        shown = lightdesk("runs", "show", "r").stdout
        refused = [lightdesk("runs", action, "r") for action in ("resume", "retry", "delete")]
        process.kill()
        process.communicate(timeout=30)
    assert "State:        working in another window or command" in shown
    assert "1 of 5 done" in shown
    assert [one.returncode for one in refused] == [2, 2, 2]
    assert all("is going on in another window or command" in one.stderr for one in refused)
    assert "State:        paused\n" in lightdesk("runs", "show", "r").stdout, "its process is gone"
    server.default = whole("Blue.")
    done = lightdesk("runs", "resume", "r")
    assert (done.returncode, len(server.chats)) == (0, 5 + 4)


def test_a_deleted_run_is_gone(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "r")
    refused = lightdesk("runs", "delete", "r")
    told = 'Deleting "r" loses 1 answer for good. If that is meant, add --yes.\n'
    assert (refused.returncode, refused.stderr) == (2, told)
    assert lightdesk("runs", "list").stdout.startswith("r\t")
    done = lightdesk("runs", "delete", "r", "--yes")
    assert (done.returncode, done.stderr) == (0, "Deleted r: 1 answered.\n")
    assert lightdesk("runs", "list").stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
@pytest.mark.parametrize(
    ("typed", "told", "left"), [("y", "Nothing was deleted.", 1), ("yes", "Deleted r", 0)]
)
def test_a_person_is_asked_before_answers_are_lost(
    server: FakeServer, folder_of: MakeFolder, typed: str, told: str, left: int
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "r")
    person, terminal = os.openpty()
    os.write(person, f"{typed}\n".encode())
    with start_lightdesk("runs", "delete", "r", stdin=terminal) as process:
        _, errors = process.communicate(timeout=60)
    os.close(person)
    os.close(terminal)
    assert process.returncode == 0
    assert "loses 1 answer for good. Write yes to delete it:" in errors.decode()
    assert told in errors.decode()
    assert len(lightdesk("runs", "list").stdout.splitlines()) == left


def test_everything_about_a_run_is_shown(server: FakeServer, folder_of: MakeFolder) -> None:
    server.default = whole("Blue.")
    folder = folder_of(4)
    lightdesk(
        *("run", folder, "-p", "Which\ncolour?", "--server", server.base_url, "--name", "my run"),
        *("--match", "p [12]*", "--recursive", "--system", "Be brief.", "--max-tokens", "77"),
        *("--temperature", "0.5", "--image-tokens", "0", "--concurrency", "3"),
    )
    shown = lightdesk("runs", "show", "my run").stdout
    for line in (
        "Name:         my run",
        "State:        done",
        "Pictures:     2 of 2 done: 2 answered; 0 left",
        f"From:         {folder}, with the folders below, names like p [12]*",
        "Question:     Which colour?",
        "Asked with:   a plain question",
        "System:       Be brief.",
        "Options:      temperature 0.5, at most 77 answer tokens, pictures of the model's own size, "
        "at most 3 requests at once",
        "Tokens:       60 tokens in, 10 out",
    ):
        assert line in shown.splitlines()


def test_a_table_for_excel(server: FakeServer, folder_of: MakeFolder, tmp_path: Path) -> None:
    server.default = whole("=Blue")
    lightdesk("run", folder_of(2), "-p", "x", "--server", server.base_url, "--name", "r")
    done = lightdesk("runs", "export", "r", "--out", tmp_path / "t.csv", "--bom")
    assert (done.returncode, done.stdout) == (0, "")
    content = (tmp_path / "t.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b",=Blue" not in content
    assert f"Written: {tmp_path / 't.csv'}" in done.stderr


def test_pictures_in_a_document_are_as_large_as_is_asked(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "r")
    heights = []
    for size in ("none", "small", "medium", "large"):
        out = tmp_path / f"{size}.xlsx"
        assert lightdesk("runs", "export", "r", "--out", out, "--picture-size", size).returncode == 0
        heights.append(openpyxl.load_workbook(out).worksheets[0].row_dimensions[2].height)
    assert heights == [None, 75, 123, 195], "in points, a quarter less than in pixels"
    refused = lightdesk("runs", "export", "r", "--out", tmp_path / "r.xlsx", "--picture-size", "huge")
    assert (refused.returncode, "argument --picture-size: invalid choice" in refused.stderr) == (2, True)


def test_exports_that_cannot_be(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "r")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none").write_text("a file where the folder should be")
    for arguments, code, told in (
        (["--out", "table.odt"], 2, "cannot tell from table.odt what kind of file"),
        (["--out", "boxes.json"], 2, "has no field for boxes"),
        (["--out", "t.csv", "--caption", "colour"], 2, "The form has no field colour; it has answer."),
        (["--out", "none/there/t.csv"], 1, "Nothing can be written into the folder there. Choose another"),
        ([], 2, "--out"),
    ):
        done = lightdesk("runs", "export", "r", *arguments)
        assert (done.returncode, told in done.stderr) == (code, True), done.stderr


def test_a_run_goes_to_a_batch_service_and_comes_back(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(3), "-p", "x", "--server", server.base_url, "--name", "r", "--sample", "1")
    taken = lightdesk("runs", "export-batch", "r", "--out", tmp_path / "b.jsonl", "--lines", "1")
    assert taken.returncode == 0
    files = sorted(tmp_path.glob("b-*.jsonl"))
    assert [file.name for file in files] == ["b-001.jsonl", "b-002.jsonl"]
    results = []
    for file in files:
        request = json.loads(file.read_text("utf-8"))
        choice = {"index": 0, "message": {"role": "assistant", "content": "Red."}, "finish_reason": "stop"}
        body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        response = {"status_code": 200, "request_id": "1", "body": body}
        results.append({"id": "1", "custom_id": request["custom_id"], "response": response, "error": None})
    (tmp_path / "results.jsonl").write_text("\n".join(map(json.dumps, results)))
    back = lightdesk("runs", "import-batch", "r", tmp_path / "results.jsonl")
    assert (back.returncode, "2 answers taken in" in back.stderr) == (0, True), back.stderr
    assert "Pictures:     3 of 3 done: 3 answered" in lightdesk("runs", "show", "r").stdout
    assert len(server.chats) == 1
    again = lightdesk("runs", "import-batch", "r", tmp_path / "b-001.jsonl")
    assert again.returncode == 2
    assert "holds questions for a batch service" in again.stderr


def test_runs_without_an_action_is_wrong_usage() -> None:
    done = lightdesk("runs")
    assert done.returncode == 2
    assert "ACTION" in done.stderr
