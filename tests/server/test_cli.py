"""The command line against a real server."""

from __future__ import annotations

import asyncio
import csv
import json
import random
from pathlib import Path

from PIL import Image, ImageDraw

from desktop_app.domain.servers import ServerProfile
from tests.fakes import scenes
from tests.fakes.lightdesk_command import lightdesk
from tests.server.lab import Lab


def circle(path: Path, colour: str, centre: tuple[int, int]) -> Path:
    image = Image.new("RGB", (420, 420), (238, 232, 230))
    x, y = centre
    ImageDraw.Draw(image).ellipse((x - 75, y - 75, x + 75, y + 75), fill=colour)
    image.save(path)
    return path


async def test_ask_streams_an_answer(tiny: Lab, profile: ServerProfile, tmp_path: Path) -> None:
    red = circle(tmp_path / "red.png", "#dc2828", (80, 80))
    done = await asyncio.to_thread(
        lightdesk, "ask", red, "-p", "What is in this image?", "--server", profile.base_url
    )
    assert (done.returncode, done.stdout) == (0, "This is a red circle at the top left.\n")
    assert "16 image tokens" in done.stderr


async def test_several_pictures_and_evidence_in_original_pixels(
    tiny: Lab, profile: ServerProfile, tmp_path: Path
) -> None:
    red = circle(tmp_path / "b.png", "#dc2828", (80, 80))
    blue = circle(tmp_path / "a.png", "#2846dc", (340, 340))
    both = await asyncio.to_thread(
        lightdesk, "ask", red, blue, "-p", "Compare these images.", "--server", profile.base_url, "--json"
    )
    assert json.loads(both.stdout)["answer"] == (
        "Image 1: a red circle at the top left. Image 2: a blue circle at the bottom right."
    )
    located = await asyncio.to_thread(
        lightdesk, "ask", blue, "-p", "Locate the blue circle.", "--server", profile.base_url, "--json"
    )
    answer = json.loads(located.stdout)
    assert answer["answer"] == "blue circle"
    assert answer["usage"]["prompt_tokens"] > 16
    (found,) = answer["evidence"]
    assert found["label"] == "blue circle"
    assert all(abs(seen - drawn) < 45 for seen, drawn in zip(found["box"], (265, 265, 415, 415), strict=True))


async def test_check_and_refusals(tiny: Lab, profile: ServerProfile, tmp_path: Path) -> None:
    report = (await asyncio.to_thread(lightdesk, "servers", "check", profile.base_url)).stdout
    assert "vLLM" in report
    assert "at most 4" in report
    assert "Sees pictures:  yes" in report
    red = circle(tmp_path / "red.png", "#dc2828", (80, 80))
    many = await asyncio.to_thread(lightdesk, "ask", *[red] * 5, "-p", "x", "--server", profile.base_url)
    assert many.returncode == 3
    assert "at most 4 pictures" in many.stderr
    unknown = await asyncio.to_thread(
        lightdesk, "ask", red, "-p", "x", "--server", profile.base_url, "--model", "nope"
    )
    assert unknown.returncode == 3
    assert "no model named nope" in unknown.stderr


SCENE_FORM = """\
name = "Scene"
instructions = "Return JSON."
describe = false

[[field]]
key = "kind"
label = "What it is"
kind = "choice"
options = ["shape", "arrow", "digit"]

[[field]]
key = "color"
label = "Colour"
kind = "choice"
options = ["red", "green", "blue", "yellow", "black", "orange", "purple"]
required = false

[[field]]
key = "shape"
label = "Shape"
kind = "choice"
options = ["circle", "square", "triangle"]
required = false
"""


async def test_a_run_over_scenes_with_a_form_becomes_a_table(
    tiny: Lab, profile: ServerProfile, tmp_path: Path
) -> None:
    dice, folder, drawn = random.Random(3), tmp_path / "scenes", {}
    folder.mkdir()
    for number in range(10):
        colour, kind = dice.choice(list(scenes.COLOURS)), dice.choice(scenes.KINDS)
        scene = scenes.shape(colour, kind, dice.choice(scenes.ROWS), dice.choice(scenes.COLUMNS))
        scene.image.save(folder / f"s{number}.png")
        drawn[f"s{number}.png"] = (colour, kind)
    (tmp_path / "scene.form.toml").write_text(SCENE_FORM)
    asked = ("run", folder, "--form", tmp_path / "scene.form.toml", "--server", profile.base_url)
    done = await asyncio.to_thread(
        lightdesk, *asked, "--name", "scenes", "--temperature", "0", "--out", tmp_path / "t.csv"
    )
    assert done.returncode == 0, done.stderr
    table = list(csv.DictReader((tmp_path / "t.csv").read_text("utf-8").splitlines()))
    assert [row["name"] for row in table] == list(drawn)
    assert all(row["kind"] == "shape" for row in table)
    right = sum((row["color"], row["shape"]) == drawn[row["name"]] for row in table)
    assert right >= 8, table
    shown = (await asyncio.to_thread(lightdesk, "runs", "show", "scenes")).stdout
    assert "State:        done" in shown
    assert "enforced by the server" in shown
