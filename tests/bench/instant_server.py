"""A server that costs as little as can be: `instant_server.py SECONDS`, the time it thinks about an answer.

Keeps connections open, reads requests without looking into them, and always says the same. Says its address
on a line; ends with its input.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

ANSWER = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1_700_000_000,
    "model": "fake-vl",
    "choices": [
        {
            "index": 0,
            "message": {"role": "assistant", "content": '{"rust": true, "part": "bolt"}'},
            "finish_reason": "stop",
            "logprobs": None,
        }
    ],
    "usage": {"prompt_tokens": 300, "completion_tokens": 12, "total_tokens": 312},
}
MODELS = {"object": "list", "data": [{"id": "fake-vl", "object": "model"}]}


def packed(status: str, content: object) -> bytes:
    body = json.dumps(content).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


WHOLE, LIST, NOTHING = packed("200 OK", ANSWER), packed("200 OK", MODELS), packed("404 Not Found", {})


class Connection(asyncio.Protocol):
    """One client's."""

    def __init__(self, after_s: float) -> None:
        self._after_s = after_s
        self._head = b""
        self._left = 0
        self._answer = NOTHING

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        while data:
            if self._left:
                taken = data[: self._left]
                data = data[len(taken) :]
                self._left -= len(taken)
                if not self._left:
                    self._say()
                continue
            self._head += data
            head, end, data = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            self._head = b""
            self._begin(head)

    def _begin(self, head: bytes) -> None:
        length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
        self._left = int(length[1]) if length else 0
        path = head.split(b" ", 2)[1]
        self._answer = {b"/v1/chat/completions": WHOLE, b"/v1/models": LIST}.get(path, NOTHING)
        if not self._left:
            self._say()

    def _say(self) -> None:
        if self._after_s and self._answer is WHOLE:
            asyncio.get_running_loop().call_later(self._after_s, self._transport.write, self._answer)
        else:
            self._transport.write(self._answer)


async def main(after_s: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(after_s), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
