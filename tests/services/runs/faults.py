"""What a server does wrong while a run asks it."""

from __future__ import annotations

from tests.fakes.fake_server import Behaviour, Exchange, cut, hang, reset, status


async def promise_more(exchange: Exchange) -> None:
    """An answer that ends before its length."""
    await exchange.head(200, {"Content-Type": "application/json", "Content-Length": "5000"})
    await exchange.raw(b'{"choices": [')


FAULTS: dict[str, Behaviour] = {
    "reset": reset,
    "cut before an answer": cut,
    "cut in an answer": promise_more,
    "silence": hang,
    "429": status(429, {"error": {"message": "slow down"}}, {"Retry-After": "1"}),
    "503": status(503, {"error": {"message": "loading"}}),
    "500": status(500, {"error": {"message": "it broke"}}),
    "500 page": status(500, "Internal Server Error"),
    "502": status(502, "<html><title>502 Bad Gateway</title></html>"),
    "504": status(504, "<html><title>504 Gateway Time-out</title></html>"),
    "408": status(408, {"error": {"message": "too slow"}}),
    "engine dead": status(500, {"error": {"message": "EngineCore encountered an issue."}}),
    "page": status(200, "<html>Log in</html>"),
    "no answer": status(200, {"object": "chat.completion", "choices": []}),
    "no JSON": status(200, b"{{{{"),
    "error with 200": status(200, {"error": {"message": "out of memory", "code": 500}}),
}
