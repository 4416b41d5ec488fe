"""Words of real servers, and what the user is told."""

from __future__ import annotations

import json
import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.adapters.openai_server.error_words import LONGEST_DETAIL, sanitised, words_in_text
from desktop_app.adapters.openai_server.errors import Asked, error_of_answer
from desktop_app.adapters.openai_server.retries import RequestFailedError, Retry, RetryRules, seconds_to_wait
from desktop_app.domain.error_texts import ERROR_TEXTS
from desktop_app.domain.errors import AppError, ErrorCode

ASKED = Asked("gpu-box:8000", "qwen", "sk-secret")

NEW = "This model's maximum context length is 2048 tokens. However, your prompt contains at least 2049 input"
WORDINGS = [
    (
        400,
        "At most 4 image(s) may be provided in one prompt. (parameter=image)",
        "SERVER_TOO_MANY_PICTURES",
        4,
    ),
    (400, "At most 0 image(s) may be provided in one prompt.", "SERVER_NO_VISION", None),
    (400, NEW, "SERVER_CONTEXT_TOO_LONG", 2048),
    (
        400,
        "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (8000 in",
        "SERVER_CONTEXT_TOO_LONG",
        8192,
    ),
    (
        400,
        "The decoder prompt (length 15301) is longer than the maximum model length of 8192. Make sure that",
        "SERVER_CONTEXT_TOO_LONG",
        8192,
    ),
    (
        400,
        "Input length (9000) exceeds model's maximum context length (8192).",
        "SERVER_CONTEXT_TOO_LONG",
        8192,
    ),
    (
        400,
        "max_tokens=4000 cannot be greater than max_model_len=2048. Please request fewer output tokens.",
        "SERVER_CONTEXT_TOO_LONG",
        2048,
    ),
    (
        400,
        "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
        "SERVER_CONTEXT_TOO_LONG",
        8192,
    ),
    (
        400,
        "request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it",
        "SERVER_CONTEXT_TOO_LONG",
        4096,
    ),
    (
        400,
        "The image item with 5000 embedding tokens, which exceeds the pre-allocated encoder cache size 4096.",
        "SERVER_PICTURE_REFUSED",
        None,
    ),
    (400, "Failed to load image: cannot identify image file", "SERVER_PICTURE_REFUSED", None),
    (400, "Failed to apply Qwen2VLProcessor on data={'images': []}", "SERVER_PICTURE_REFUSED", None),
    (501, "Only base64 data URLs are supported for now.", "SERVER_PICTURE_REFUSED", None),
    (400, "qwen2-7b is not a multimodal model", "SERVER_NO_VISION", None),
    (
        500,
        "image input is not supported - hint: you may need to provide the mmproj",
        "SERVER_NO_VISION",
        None,
    ),
    (404, "The model `x` does not exist.", "SERVER_MODEL_UNKNOWN", None),
    (404, "Not Found", "SERVER_NOT_AN_API", None),
    (401, "Unauthorized", "SERVER_KEY", None),
    (403, "Forbidden", "SERVER_KEY", None),
    (405, "Method Not Allowed", "SERVER_NOT_AN_API", None),
    (413, "too large", "SERVER_BODY_TOO_LARGE", None),
    (422, "field required", "SERVER_REQUEST_REFUSED", None),
    (429, "slow down", "SERVER_BUSY", None),
    (500, "EngineCore encountered an issue. See stack trace (above)", "SERVER_ENGINE_DEAD", None),
    (500, "Cannot connect to host 127.0.0.1:1", "SERVER_FAILED", None),
    (502, "Bad Gateway", "SERVER_GATEWAY", None),
    (503, "The model is currently scaling", "SERVER_BUSY", None),
    (504, "Gateway Timeout", "SERVER_GATEWAY", None),
]

SHAPES: dict[str, Callable[[str, int], object]] = {
    "nested": lambda words, status: {"error": {"message": words, "type": "BadRequestError", "code": status}},
    "flat": lambda words, status: {"object": "error", "message": words, "param": None, "code": status},
    "string": lambda words, status: {"error": words},
    "detail": lambda words, status: {"detail": words},
}


@pytest.mark.parametrize(("status", "words", "code", "limit"), WORDINGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_wordings(shape: str, status: int, words: str, code: str, limit: int | None) -> None:
    body = json.dumps(SHAPES[shape](words, status))
    error = error_of_answer(status, words_in_text(body), ASKED)
    assert error.code is ErrorCode[code]
    assert error.values.get("limit") == limit
    assert words[:60] in error.detail


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "SERVER_NOT_AN_API"),
        (404, "SERVER_NOT_AN_API"),
        (500, "SERVER_FAILED"),
        (520, "SERVER_GATEWAY"),
        (503, "SERVER_GATEWAY"),
    ],
)
def test_pages_of_gateways(status: int, code: str) -> None:
    page = "<html><head><title>Oops</title><style>p{}</style></head><body><p>nginx &amp; Co</p></body></html>"
    error = error_of_answer(status, words_in_text(page), ASKED)
    assert error.code is ErrorCode[code]
    assert "Oops: nginx" in error.detail
    assert "<p>" not in error.detail


@given(
    body=st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["error", "message", "detail", "code", "x"]), inner)
        ),
    ),
    status=st.integers(400, 599),
)
def test_any_body_gives_an_error_whose_sentence_can_be_filled(body: object, status: int) -> None:
    error = error_of_answer(status, words_in_text(json.dumps(body)), ASKED)
    assert len(error.detail) <= LONGEST_DETAIL + 1
    text = ERROR_TEXTS[error.code]
    needed = {
        name for part in (text.sentence, text.advice) for _, name, _, _ in string.Formatter().parse(part)
    }
    assert {name for name in needed if name} <= set(error.values)


def test_details_hold_neither_key_nor_picture() -> None:
    shown = sanitised("key sk-secret, data:image/png;base64,iVBORw0KGgo= and " + "QUJD" * 100, "sk-secret")
    assert shown == "key …, data:… and …"


@pytest.mark.parametrize(
    ("header", "seconds"), [(None, None), ("", None), ("3", 3.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None)]
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(header) == seconds


def test_retry_after_as_a_date() -> None:
    assert seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


@given(tries=st.integers(1, 6), elapsed=st.floats(0, 30), asked=st.none() | st.floats(0, 120))
def test_no_retry_begins_after_the_limit(tries: int, elapsed: float, asked: float | None) -> None:
    failure = RequestFailedError(AppError(ErrorCode.SERVER_BUSY), Retry.SOME, asked)
    wait = RetryRules().wait(failure, tries, elapsed)
    if wait is not None:
        assert tries <= Retry.SOME.value
        assert elapsed + wait <= RetryRules().within_s
        assert wait >= (asked or 0.0)
