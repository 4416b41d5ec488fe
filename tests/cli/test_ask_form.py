"""`lightdesk ask --form` as a process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.fakes.fake_server import FakeServer, whole
from tests.fakes.lightdesk_command import lightdesk

FORM = """\
name = "Steel"
[[field]]
key = "rust"
label = "Is there rust"
kind = "yes_no"
[[field]]
key = "where"
label = "rust spot"
kind = "boxes"
"""


@pytest.fixture
def asked(server: FakeServer, tmp_path: Path) -> list[str]:
    """The command, without what a test adds to it."""
    Image.new("RGB", (560, 280), (120, 60, 30)).save(tmp_path / "beam.png")
    (tmp_path / "steel.form.toml").write_text(FORM)
    form = ["--form", str(tmp_path / "steel.form.toml")]
    return ["ask", str(tmp_path / "beam.png"), *form, "--server", server.base_url]


def test_the_values_go_to_stdout(server: FakeServer, asked: list[str]) -> None:
    server.default = whole('{"rust": true, "where": [[0, 0, 500, 1000]]}')
    done = lightdesk(*asked)
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"rust": True, "where": [[0, 0, 280, 280]]}
    assert "beam.png, 560x280, sent as 560x280" in done.stderr


def test_in_json_they_are_fields_beside_the_answer(server: FakeServer, asked: list[str]) -> None:
    said = '{"rust": true, "where": [[0, 0, 500, 1000]]}'
    server.default = whole(said)
    found = json.loads(lightdesk(*asked, "--json", "--max-tokens", "99").stdout)
    assert found["answer"] == said
    assert found["fields"] == {"rust": True, "where": [[0, 0, 280, 280]]}
    assert found["evidence"] == [{"picture": 1, "label": "rust spot", "box": [0, 0, 280, 280]}]
    assert (found["finish_reason"], found["problems"]) == ("stop", [])
    assert found["usage"] == {"prompt_tokens": 30, "completion_tokens": 5}
    assert found["pictures"][0]["predicted_tokens"] == 200
    assert server.chats[0].json["max_tokens"] == 99


def test_an_answer_that_is_no_form_is_printed_and_fails(server: FakeServer, asked: list[str]) -> None:
    server.default = whole("There is rust.", finish="length")
    done = lightdesk(*asked)
    assert (done.returncode, done.stdout) == (1, "There is rust.\n")
    assert "The answer does not fit the form." in done.stderr
    found = json.loads(lightdesk(*asked, "--json").stdout)
    assert (found["fields"], found["finish_reason"]) == ({}, "length")
    assert found["problems"] == [{"field": None, "kind": "cut-off"}]


def test_a_field_without_a_valid_value_is_named(server: FakeServer, asked: list[str]) -> None:
    server.default = whole('{"rust": "perhaps", "where": []}')
    done = lightdesk(*asked)
    assert (done.returncode, json.loads(done.stdout)) == (1, {"where": []})
    assert 'No valid value: "rust" must be true or false.' in done.stderr


def test_a_form_asks_about_one_picture_and_needs_a_server(asked: list[str]) -> None:
    two = lightdesk(*asked[:2], *asked[1:])
    assert two.returncode == 2
    assert "for many there is: lightdesk run" in two.stderr
    reader = lightdesk(*asked[:4])
    assert reader.returncode == 2
    assert "A form needs a vision model: name a server" in reader.stderr
