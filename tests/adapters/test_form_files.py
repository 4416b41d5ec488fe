"""Form files: written, read back, and what is said when they cannot be used."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from desktop_app.adapters.form_files import TomlFormFiles
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.forms.form import Form
from tests.fakes.forms import any_form, every_kind

FILES = TomlFormFiles()

GOOD = """\
name = "Bridge"
[[field]]
key = "rust"
kind = "yes_no"
"""


def reason(path: Path, content: str | bytes) -> str:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(AppError) as caught:
        FILES.load(path)
    assert caught.value.code is ErrorCode.FORM_BROKEN
    return str(caught.value.values["reason"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(any_form)
def test_any_form_is_read_as_it_was_written(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "a.form.toml"
    FILES.save(path, form)
    assert FILES.load(path) == form


def test_several_lines_stay_lines_for_whoever_edits_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.form.toml"
    FILES.save(path, every_kind())
    written = path.read_text("utf-8")
    assert "Look at {{file}}.\n\n" in written
    assert "Frage „1“ 問" in written
    assert FILES.load(path) == every_kind()


def test_a_file_by_hand_needs_little(tmp_path: Path) -> None:
    path = tmp_path / "a.form.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    form = FILES.load(path)
    assert (form.name, form.version, form.keys, form.fields[0].label) == ("Bridge", 1, ("rust",), "rust")


def test_a_mistake_in_the_writing_is_told_with_its_line(tmp_path: Path) -> None:
    told = reason(tmp_path / "bridge.form.toml", GOOD.replace('"rust"', '"rust'))
    assert told.startswith("bridge.form.toml: It is not TOML at line 3: ")
    assert told.endswith(".")


def test_a_file_that_ends_too_early_is_told_as_such(tmp_path: Path) -> None:
    assert "at the end of the file" in reason(tmp_path / "a.form.toml", 'name = """Bridge')


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "A form has 1 to 40 fields."),
        (GOOD.replace("yes_no", "maybe"), 'Field 1: there is no kind "maybe"'),
        (GOOD.replace('name = "Bridge"', ""), 'The form has no "name".'),
        (GOOD.replace('"rust"', '"two words"'), 'the key "two words" must be letters'),
        (GOOD.replace("yes_no", 'number"\nminimum = nan\nunit = "'), '"minimum" must be a number'),
        (GOOD.encode("utf-16"), "not text in UTF-8"),
        (b"\xff\xd8\xff\xe0 a picture", "not text in UTF-8"),
        ("# far too long\n" * 100_000, "far too large"),
        ("a = " + "[" * 5000, "not TOML"),
    ],
)
def test_what_is_no_form_is_told_in_words(tmp_path: Path, content: str | bytes, told: str) -> None:
    said = reason(tmp_path / "a.form.toml", content)
    assert said.startswith("a.form.toml: ")
    assert told in said


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none.form.toml", "no such file"), (tmp_path, "cannot be read")):
        with pytest.raises(AppError) as caught:
            FILES.load(path)
        assert caught.value.code is ErrorCode.FORM_BROKEN
        assert told in str(caught.value.values["reason"])


def test_a_form_of_a_newer_program_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.form.toml"
    path.write_text("lightdesk_form = 2\n" + GOOD)
    with pytest.raises(AppError) as caught:
        FILES.load(path)
    assert caught.value.code is ErrorCode.FORM_NEWER


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.form.toml"
    path.mkdir()
    (path / "inside").write_text("kept")
    with pytest.raises(AppError) as caught:
        FILES.save(path, every_kind())
    assert caught.value.code is ErrorCode.FORM_UNWRITABLE
    assert caught.value.values == {"name": "a.form.toml"}
    assert [one.name for one in tmp_path.iterdir()] == ["a.form.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits of this kind are POSIX's")
def test_a_colleague_may_read_the_file(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        FILES.save(tmp_path / "a.form.toml", every_kind())
    finally:
        os.umask(before)
    assert (tmp_path / "a.form.toml").stat().st_mode & 0o777 == 0o644
