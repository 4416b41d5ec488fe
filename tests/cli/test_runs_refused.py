"""`lightdesk runs` where something is wrong: one plain sentence and the right exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import MakeFolder
from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.lightdesk_command import lightdesk

OF_A_RUN = [
    ("show",),
    ("pause",),
    ("resume",),
    ("retry",),
    ("delete", "--yes"),
    ("export", "--out", "t.csv"),
    ("export-batch", "--out", "b.jsonl"),
    ("import-batch", "results.jsonl"),
]


def sentences(told: str) -> list[str]:
    """What is told, without the usage line that stands before what is wrong with an option."""
    return [line for line in told.splitlines() if line.startswith("lightdesk")]


@pytest.mark.parametrize("action", OF_A_RUN, ids=lambda action: str(action[0]))
def test_a_run_that_is_not_there_is_told_whatever_was_wanted_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = lightdesk("runs", action[0], "nope", *action[1:])
    assert (done.returncode, done.stdout) == (2, "")
    told = "lightdesk: There is no run named nope. Runs are listed by: lightdesk runs list\n"
    assert done.stderr == told
    assert not {"t.csv", "b.jsonl"} & {path.name for path in tmp_path.iterdir()}


def test_a_name_is_found_with_blanks_around_it_and_has_to_be_one(
    server: FakeServer, folder_of: MakeFolder
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "my run")
    assert lightdesk("runs", "show", " my run\n").stdout.startswith("Name:         my run\n")
    done = lightdesk("runs", "show", "  ")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentences(done.stderr) == ["lightdesk runs show: error: argument NAME: must not be empty"]


@pytest.mark.parametrize(("content", "code"), [(b"This is a letter, no library. " * 100, 1), (b"", 0)])
def test_a_library_that_is_damaged_is_named_and_an_empty_one_is_new(
    tmp_path: Path, content: bytes, code: int
) -> None:
    library = tmp_path / "lightdesk-home" / "data" / "library.sqlite"
    library.parent.mkdir(parents=True)
    library.write_bytes(content)
    done = lightdesk("runs", "list")
    assert (done.returncode, done.stdout) == (code, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(
        f"lightdesk: The library {library} is damaged" if content else "There are no"
    )


def test_nothing_to_write_for_a_batch_service_is_told_with_what_to_do(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "r")
    out = tmp_path / "b.jsonl"
    for items, told in (
        ("left", "Nothing of this run is left to ask, and nothing has failed."),
        ("queued", "Nothing of this run is left to ask."),
        ("failed", "Nothing of this run has failed."),
    ):
        done = lightdesk("runs", "export-batch", "r", "--items", items, "--out", out)
        assert done.returncode == 2
        assert done.stderr == f"lightdesk: {told} To write all of its pictures, add: --items all\n"
    assert lightdesk("runs", "export-batch", "r", "--items", "all", "--out", out).returncode == 0


def test_results_that_cannot_be_taken_in_are_told(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole("Blue.")
    lightdesk("run", folder_of(1), "-p", "x", "--server", server.base_url, "--name", "r")
    (tmp_path / "letter.txt").write_text("Dear all")
    for name, told in (
        ("none.jsonl", "none.jsonl cannot be read. Check that it is there"),
        (".", "cannot be read. Check that it is there"),
        ("letter.txt", "letter.txt is no file of batch results. Choose the JSON Lines file"),
    ):
        done = lightdesk("runs", "import-batch", "r", tmp_path / name)
        assert (done.returncode, done.stdout, told in done.stderr) == (2, "", True), done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_a_folder_with_something_in_it_is_wrong_usage(
    server: FakeServer, folder_of: MakeFolder, tmp_path: Path
) -> None:
    server.default = whole('{"number": 1}')
    folder = folder_of(1)
    form = tmp_path / "boxes.form.toml"
    form.write_text(
        'lightdesk_form = 1\nname = "Boxes"\nversion = 1\n'
        '[[field]]\nkey = "where"\nlabel = "Where"\nkind = "boxes"\nrequired = false\n',
        encoding="utf-8",
    )
    lightdesk("run", folder, "--form", form, "--server", server.base_url, "--name", "r")
    done = lightdesk("runs", "export", "r", "--format", "yolo", "--out", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentences(done.stderr) == [
        "lightdesk: There is something in scans already. Choose a new or an empty folder."
    ]
    assert len(list(folder.iterdir())) == 1
