"""`lightdesk ask` as a process, against a fake server and with the built-in reader."""

from __future__ import annotations

import json
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.fakes.fake_server import FakeServer, closed_port, hang, just_end, status, streamed, streamed_then
from tests.fakes.lightdesk_command import lightdesk, start_lightdesk


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "写真 a.png"
    Image.new("RGB", (560, 280), (10, 90, 200)).save(path)
    return path


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    image = Image.new("RGB", (500, 200), "white")
    ImageDraw.Draw(image).text((30, 40), "Total 98.50", fill="black", font=ImageFont.load_default(32))
    path = tmp_path / "receipt.png"
    image.save(path)
    return path


def test_the_answer_goes_to_stdout_and_everything_else_to_stderr(server: FakeServer, picture: Path) -> None:
    server.default = streamed("Es ist blau. 蓝色。")
    done = lightdesk("ask", picture, "-p", "Which colour?", "--server", server.base_url)
    assert (done.returncode, done.stdout) == (0, "Es ist blau. 蓝色。\n")
    assert "写真 a.png, 560x280, sent as 560x280" in done.stderr


def test_asking_needs_no_folder_that_can_be_written(
    server: FakeServer, picture: Path, tmp_path: Path
) -> None:
    server.default = streamed("Blue.")
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    asked: list[str | Path] = ["ask", picture, "-p", "Which colour?", "--server", server.base_url]
    done = lightdesk(*asked, extra={"LIGHTDESK_HOME": str(home)})
    assert (done.returncode, done.stdout) == (0, "Blue.\n")


def test_every_connection_is_in_the_log(server: FakeServer, picture: Path, tmp_path: Path) -> None:
    server.default = streamed("Blue.")
    for address in (server.base_url, "http://8.8.8.8:9/v1"):
        asked: list[str | Path] = ["ask", picture, "-p", "a secret question", "--server", address]
        lightdesk(*asked, extra={"LIGHTDESK_HOME": str(tmp_path / "home")})
    log = (tmp_path / "home" / "log" / "connections.log").read_text("utf-8")
    *allowed, refused = log.splitlines()
    assert len(allowed) == len(server.requests)
    assert all(line.endswith("allowed this-computer 127.0.0.1") for line in allowed)
    assert refused.endswith("refused outside 8.8.8.8")
    assert "secret" not in log


def test_json_is_one_object_of_the_documented_form(server: FakeServer, picture: Path) -> None:
    mark = "<|object_ref_start|>sea<|object_ref_end|><|box_start|>(0,0),(500,1000)<|box_end|>"
    server.default = streamed(f"The {mark}.")
    done = lightdesk("ask", picture, "-p", "Where?", "--server", server.base_url, "--json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["answer"] == "The sea."
    assert found["evidence"] == [{"picture": 1, "label": "sea", "box": [0, 0, 280, 280]}]
    assert list(found) == [
        "answer",
        "reasoning",
        "finish_reason",
        "model",
        "server",
        "usage",
        "timings",
        "pictures",
        "evidence",
    ]
    assert found["reasoning"] is None
    assert found["finish_reason"] == "stop"
    assert found["pictures"][0]["original_size"] == [560, 280]
    assert found["pictures"][0]["predicted_tokens"] == 200


def test_options_reach_the_server(server: FakeServer, picture: Path) -> None:
    done = lightdesk(
        *(
            "ask",
            picture,
            "-p",
            "x",
            "--server",
            server.base_url,
            "--model",
            "other",
            "--system",
            "Be brief.",
        ),
        *("--max-tokens", "7", "--temperature", "0", "--image-tokens", "50", "--region", "0,0,280,280"),
    )
    assert done.returncode == 0
    body = server.chats[0].json
    assert (body["model"], body["max_tokens"], body["temperature"]) == ("other", 7, 0)
    assert body["messages"][0]["role"] == "system"
    assert "560x280 (part of it), sent as 196x196" in done.stderr


def test_pictures_are_sent_in_the_given_order(server: FakeServer, tmp_path: Path) -> None:
    paths = []
    for name, width in (("z.png", 56), ("a.png", 84), ("m.png", 112)):
        Image.new("RGB", (width, 56), "white").save(tmp_path / name)
        paths.append(tmp_path / name)
    done = lightdesk("ask", *paths, "-p", "x", "--server", server.base_url, "--json")
    names = [Path(picture["path"]).name for picture in json.loads(done.stdout)["pictures"]]
    assert names == ["z.png", "a.png", "m.png"]
    kinds = [part["type"] for part in server.chats[0].json["messages"][-1]["content"]]
    assert kinds == ["image_url", "image_url", "image_url", "text"]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_was_done_to_a_picture_is_said(server: FakeServer, tmp_path: Path, form: list[str]) -> None:
    server.default = streamed("Red.")
    frames = [Image.new("RGB", (56, 56), colour) for colour in ("red", "green", "blue")]
    frames[0].save(tmp_path / "moving.png.webp", save_all=True, append_images=frames[1:])
    (tmp_path / "moving.png.webp").rename(tmp_path / "moving.png")
    done = lightdesk("ask", tmp_path / "moving.png", "-p", "x", "--server", server.base_url, *form)
    assert done.returncode == 0
    assert "Picture 1: Only the first of 3 frames or pages is used." in done.stderr
    assert "Picture 1: The name ends in .png, but this is a WebP file." in done.stderr
    assert "first of" not in done.stdout


def test_secrets_of_other_programs_do_not_leak(server: FakeServer, picture: Path) -> None:
    foreign = {
        "OPENAI_API_KEY": "sk-leak",
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "OPENAI_ORG_ID": "org-leak",
        "OPENAI_CUSTOM_HEADERS": "X-Leak: leak",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    done = lightdesk("ask", picture, "-p", "x", "--server", server.base_url, extra=foreign)
    assert done.returncode == 0
    assert "leak" not in repr([request.headers for request in server.requests])


def test_a_picture_from_an_address_is_fetched_here(server: FakeServer, picture: Path) -> None:
    content = picture.read_bytes()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            return

    web = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = Thread(target=web.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{web.server_address[1]}/a.png"
    try:
        done = lightdesk("ask", address, "-p", "x", "--server", server.base_url, "--json")
    finally:
        web.shutdown()
        thread.join()
        web.server_close()
    assert json.loads(done.stdout)["pictures"][0]["path"] == address
    assert server.chats[0].json["messages"][-1]["content"][0]["image_url"]["url"].startswith("data:image/")


def test_without_a_server_the_reader_answers_and_says_what_it_is(receipt: Path) -> None:
    done = lightdesk("ask", receipt, "-p", "What is the total?")
    assert (done.returncode, done.stdout.strip()) == (0, "Total 98.50")
    assert "Built-in reader: text in the picture, no vision model" in done.stderr


def test_the_reader_in_json(receipt: Path) -> None:
    found = json.loads(lightdesk("ask", receipt, "-p", "x", "--json", "--region", "20,30,300,60").stdout)
    assert (found["model"], found["usage"]) == ("built-in reader", None)
    (line,) = found["evidence"]
    assert line["label"] == "Total 98.50"
    left, top, right, bottom = line["box"]
    assert 15 < left < 45
    assert 30 < top < bottom < 90
    assert right < 320


def test_a_missing_picture_among_good_ones_stops_the_question(server: FakeServer, picture: Path) -> None:
    done = lightdesk("ask", picture, "missing.png", "-p", "x", "--server", server.base_url)
    assert (done.returncode, done.stdout) == (1, "")
    assert "The picture missing.png is no longer there." in done.stderr
    assert server.chats == []


def test_a_server_that_does_not_answer() -> None:
    done = lightdesk("ask", __file__, "-p", "x", "--server", f"http://127.0.0.1:{closed_port()}")
    assert (done.returncode, done.stdout) == (3, "")
    assert "does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refusal_shows_details_on_demand(server: FakeServer, picture: Path) -> None:
    server.answer_with(status(400, {"error": {"message": "odd words", "code": 400}}))
    done = lightdesk("ask", picture, "-p", "x", "--server", server.base_url, "--verbose")
    assert done.returncode == 3
    assert "odd words" in done.stderr


def test_an_answer_that_breaks_off_keeps_what_arrived(server: FakeServer, picture: Path) -> None:
    server.default = streamed_then("Half an answer", just_end)
    done = lightdesk("ask", picture, "-p", "x", "--server", server.base_url)
    assert (done.returncode, done.stdout) == (3, "Half an answer\n")
    assert "lost in the middle" in done.stderr


def test_a_host_outside_is_blocked_before_anything_is_sent(picture: Path) -> None:
    done = lightdesk("ask", picture, "-p", "x", "--server", "http://192.88.99.1:8000")
    assert done.returncode == 4
    assert "may not send anything to 192.88.99.1" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "a.png"],
        ["ask", "a.png", "-p", "x", "--region", "1,2,3"],
        ["ask", "a.png", "-p", "x", "--max-tokens", "0"],
        ["ask", "a.png", "-p", "x", "--server", "no-such-name"],
        ["ask", "a.png", "-p", "x", "--model", "m"],
        ["ask", ".", "-p", "x"],
        ["nonsense", "x"],
        ["--nonsense"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    done = lightdesk(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/a.png", "file:///a.png"])
def test_an_address_of_another_kind_is_refused_as_such(address: str) -> None:
    done = lightdesk("ask", address, "-p", "x")
    assert done.returncode == 2
    assert "only http and https addresses" in done.stderr


@pytest.mark.parametrize("option", ["--max-tokens", "--temperature", "--image-tokens"])
def test_what_is_no_number_is_said_in_words(option: str) -> None:
    done = lightdesk("ask", "a.png", "-p", "x", option, "many")
    assert done.returncode == 2
    assert "number, not 'many'" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are POSIX's")
def test_an_interrupt_ends_it_and_the_servers_work(server: FakeServer, picture: Path) -> None:
    server.default = streamed_then("Begun", hang)
    with start_lightdesk("ask", picture, "-p", "x", "--server", server.base_url) as process:
        assert process.stdout is not None
        assert process.stdout.read(5) == b"Begun"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, b"Traceback" in err) == (b"\n", False)
    assert server.left == 1


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently there")
def test_a_reader_that_goes_away_ends_it_quietly(server: FakeServer, picture: Path) -> None:
    server.default = streamed("word " * 400, per_second=200)
    with start_lightdesk("ask", picture, "-p", "x", "--server", server.base_url) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(4)
        process.stdout.close()
        err = process.stderr.read()
        process.wait(30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"Exception" not in err


def test_the_window_path_imports_no_command_line(tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path)]):
        code = (
            "import sys, types\n"
            "window = types.ModuleType('desktop_app.app')\n"
            "window.run_window = lambda folder: print(folder, 'argparse' in sys.modules,"
            " any(name.startswith('desktop_app.cli') for name in sys.modules)) or 0\n"
            "sys.modules['desktop_app.app'] = window\n"
            f"sys.argv = ['lightdesk', *{arguments!r}]\n"
            "import desktop_app.__main__\n"
            "sys.exit(desktop_app.__main__.main())\n"
        )
        done = run_python(code)
        assert done == f"{arguments[0] if arguments else None} False False"


def run_python(code: str) -> str:
    import subprocess

    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_version_and_help() -> None:
    assert lightdesk("--version").stdout.startswith("lightdesk ")
    shown = lightdesk("--help").stdout
    for word in ("ask", "run", "runs", "servers"):
        assert f"\n    {word} " in shown
