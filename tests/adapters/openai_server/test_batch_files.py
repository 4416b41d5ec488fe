"""Result files in every shape that batch services write, and files of requests that cannot be written."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.adapters.guarded_transport import GuardedClients
from desktop_app.adapters.host_scopes import system_resolve
from desktop_app.adapters.openai_server.batch_files import OpenAiBatchFiles
from desktop_app.adapters.openai_server.server_kinds import ServerKinds
from desktop_app.domain.answers import FinishReason, Usage
from desktop_app.domain.chat_request import ChatRequest, RequestMessage, TextPart
from desktop_app.domain.completions import Completion
from desktop_app.domain.errors import AppError, ErrorCode
from desktop_app.domain.geometry import Size
from desktop_app.domain.pictures import EncodedPicture
from desktop_app.domain.runs.batch import BatchRequest, BatchResult
from desktop_app.domain.servers import ServerProfile, ServerTarget
from desktop_app.domain.vision_tokens import QWEN2_VL

TARGET = ServerTarget(ServerProfile("none", "http://127.0.0.1:9/v1"), "", "qwen2-vl", QWEN2_VL)
PICTURE = EncodedPicture(b"jpeg", "image/jpeg", Size(28, 28), "7788")
ANSWER = {
    "model": "qwen",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "Rust."}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 7, "completion_tokens": 2},
}


@pytest.fixture
def service() -> OpenAiBatchFiles:
    return OpenAiBatchFiles(ServerKinds(GuardedClients(system_resolve).for_profile))


def read(service: OpenAiBatchFiles, path: Path, *lines: Any) -> list[BatchResult]:
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return list(service.read(path))


def line(body: Any = None, status: Any = 200, error: Any = None, **more: Any) -> dict[str, Any]:
    response = {"status_code": status, "request_id": "r", "body": body}
    return {"id": "x", "custom_id": "one", "response": response, "error": error, **more}


def test_an_answer_is_read_with_its_figures_and_probabilities(
    service: OpenAiBatchFiles, tmp_path: Path
) -> None:
    token = {"token": "Rust", "logprob": -0.1, "top_logprobs": [{"token": "Rust", "logprob": -0.1}]}
    with_chances = json.loads(json.dumps(ANSWER))
    with_chances["choices"][0]["logprobs"] = {"content": [token]}
    (result,) = read(service, tmp_path / "r", line(with_chances))
    assert isinstance(result.outcome, Completion)
    assert (result.custom_id, result.outcome.text, result.outcome.model) == ("one", "Rust.", "qwen")
    assert (result.outcome.usage, result.outcome.finish) == (Usage(7, 2), FinishReason.STOP)
    assert result.outcome.tokens[0].others == (("Rust", -0.1),)


def test_a_mark_at_the_beginning_and_empty_lines_do_no_harm(
    service: OpenAiBatchFiles, tmp_path: Path
) -> None:
    (tmp_path / "r").write_bytes(b"\xef\xbb\xbf" + json.dumps(line(ANSWER)).encode() + b"\r\n\r\n")
    assert [result.custom_id for result in service.read(tmp_path / "r")] == ["one"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (line(None, 400, {"error": {"message": "failed to load image"}}), "SERVER_PICTURE_REFUSED"),
        (line({"error": {"message": "cannot identify image"}}, 400), "SERVER_PICTURE_REFUSED"),
        (line(None, 400, "Request must not be sent in stream mode"), "SERVER_REQUEST_REFUSED"),
        (line(None, 404, {"message": "The model `x` does not exist."}), "SERVER_MODEL_UNKNOWN"),
        (line(None, 429, {"message": "slow down"}), "SERVER_BUSY"),
        (line(None, None, {"code": "batch_expired", "message": "Too late"}, response=None), "SERVER_FAILED"),
        (line({"object": "list", "data": []}), "SERVER_NOT_AN_API"),
        (line("words"), "SERVER_NOT_AN_API"),
        (line(None), "SERVER_NOT_AN_API"),
        (line(ANSWER, 200, None, response=[1]), "SERVER_NOT_AN_API"),
        (line({**ANSWER, "choices": []}), "SERVER_NOT_AN_API"),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_why(
    service: OpenAiBatchFiles, tmp_path: Path, told: dict[str, Any], code: str
) -> None:
    (result,) = read(service, tmp_path / "r", told)
    assert result.custom_id == "one"
    assert isinstance(result.outcome, AppError)
    assert result.outcome.code is ErrorCode[code]


@pytest.mark.parametrize(
    "told", [[], "one", 7, {}, {"custom_id": 7, "response": {}}, {"custom_id": "one", "url": "/v1"}]
)
def test_what_is_no_result_has_no_name(service: OpenAiBatchFiles, tmp_path: Path, told: object) -> None:
    (result,) = read(service, tmp_path / "r", told)
    assert result.custom_id is None


def test_a_request_is_told_from_a_result(service: OpenAiBatchFiles, tmp_path: Path) -> None:
    asked = {"custom_id": "one", "method": "POST", "url": "/v1/chat/completions", "body": {}}
    (result,) = read(service, tmp_path / "r", asked)
    assert (result.custom_id, result.is_question) == ("one", True)
    (result,) = read(service, tmp_path / "r", {"custom_id": "one", "response": {"body": {}}, "error": None})
    assert not result.is_question


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "error", "code", "status_code", "body", "a"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_json, _json, _json)
def test_no_line_of_json_breaks_the_reading(
    service: OpenAiBatchFiles, tmp_path: Path, body: Any, status: Any, error: Any
) -> None:
    (result,) = read(service, tmp_path / "r", line(body, status, error))
    assert result.custom_id == "one"


def test_a_file_that_is_not_there_is_told(service: OpenAiBatchFiles, tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        list(service.read(tmp_path / "gone.jsonl"))
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.IMPORT_FAILED, "gone.jsonl")


async def requests(count: int, problem: AppError | None = None) -> AsyncIterator[BatchRequest]:
    for number in range(count):
        asked = ChatRequest((RequestMessage("user", (TextPart(f"Zeile\n{number} “ü”"),)),), 0.0, 10)
        yield BatchRequest(f"id-{number}", asked)
    if problem is not None:
        raise problem


def texts_in(folder: Path) -> list[tuple[str, str]]:
    return [(path.name, path.read_text()) for path in folder.iterdir()]


async def test_each_request_is_one_line(service: OpenAiBatchFiles, tmp_path: Path) -> None:
    count = await service.write(tmp_path / "a.jsonl", TARGET, requests(3), ask_server=False)
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert count == 3
    assert [line["custom_id"] for line in lines] == ["id-0", "id-1", "id-2"]
    assert lines[2]["body"]["messages"] == [{"role": "user", "content": "Zeile\n2 “ü”"}]


async def test_an_export_that_breaks_off_leaves_the_old_file(
    service: OpenAiBatchFiles, tmp_path: Path
) -> None:
    (tmp_path / "a.jsonl").write_text("the old one")
    problem = AppError(ErrorCode.FOLDER_MISSING, name="x")
    with pytest.raises(AppError) as caught:
        await service.write(tmp_path / "a.jsonl", TARGET, requests(3, problem), ask_server=False)
    assert caught.value is problem
    assert texts_in(tmp_path) == [("a.jsonl", "the old one")]


async def test_a_place_that_cannot_be_written_is_told(service: OpenAiBatchFiles, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AppError) as caught:
        await service.write(tmp_path / "file" / "a.jsonl", TARGET, requests(1), ask_server=False)
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_DENIED, "file")


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_done(
    service: OpenAiBatchFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")  # the superuser, who may run this, can write anywhere

    assert service.in_the_way([tmp_path / "a.jsonl"]) == 0
    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    with pytest.raises(AppError) as caught:
        service.in_the_way([tmp_path / "a.jsonl"])
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_DENIED, tmp_path.name)


@pytest.mark.parametrize("others", [False, True])
def test_a_copy_for_which_there_is_no_room_leaves_nothing_and_takes_nothing_along(
    service: OpenAiBatchFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, others: bool
) -> None:
    if others:
        service.save_picture(tmp_path / "pictures" / "ab" / "abcd.jpg", PICTURE)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AppError) as caught:
        service.save_picture(tmp_path / "pictures" / "77" / "7788.jpg", PICTURE)
    assert (caught.value.code, caught.value.values["name"]) == (ErrorCode.EXPORT_NO_ROOM, "pictures")
    left = sorted(path.name for path in tmp_path.rglob("*"))
    assert left == (["ab", "abcd.jpg", "pictures"] if others else [])
