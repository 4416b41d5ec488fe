"""What went wrong with a request, told from what the openai library raised or from what came as a success."""

from __future__ import annotations

import httpx2

from desktop_app.adapters.openai_server.error_words import words_in_body, words_in_text
from desktop_app.adapters.openai_server.errors import Asked, error_of_answer, error_of_connection, not_an_api
from desktop_app.adapters.openai_server.retries import RequestFailedError, failed_answer, failed_connection


async def check_is_stream(response: httpx2.Response, asked: Asked) -> None:
    """Raise when a success is a page, or an error object that came with status 200."""
    content_type = response.headers.get("content-type", "text/event-stream")
    if "event-stream" in content_type:
        return
    text = (await response.aread()).decode("utf-8", "replace")
    words = words_in_text(text)
    if words.is_api:
        raise failed_answer(error_of_answer(words.status or 500, words, asked), words.status or 500)
    raise failed_connection(not_an_api(asked, f"{content_type}: {words.message}"))


def failure_of_request(
    problem: Exception, asked: Asked, answered: bool, spoke: bool
) -> tuple[RequestFailedError, int | None]:
    """The failure, and the HTTP status the server gave.

    Args:
        problem: what was raised.
        asked: for the sentence.
        answered: whether a status and headers had arrived.
        spoke: whether text had arrived.
    """
    response = getattr(problem, "response", None)
    if isinstance(response, httpx2.Response):
        status, words = response.status_code, words_in_text(response.text)
        retry_after = response.headers.get("retry-after")
        return failed_answer(error_of_answer(status, words, asked), status, retry_after), status
    body = getattr(problem, "body", None)
    if body is not None:
        words = words_in_body(body)
        status = words.status or 500
        return failed_answer(error_of_answer(status, words, asked), status), status
    if isinstance(problem, ValueError) and not spoke:
        return failed_connection(not_an_api(asked, f"{type(problem).__name__}: {problem}")), None
    too_slow = isinstance(problem.__cause__ or problem, httpx2.TimeoutException)
    mid_answer = spoke or (answered and not too_slow)
    return failed_connection(error_of_connection(problem, asked, mid_answer)), None
