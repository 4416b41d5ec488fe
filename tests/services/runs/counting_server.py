"""A fake server in a process of its own: `counting_server.py [SECONDS]`, the time it thinks about an answer.

Says its address on a line, and at /asked how often it was asked about each picture. Ends with its input.
"""

from __future__ import annotations

import json
import sys

from tests.fakes.fake_server import Exchange, FakeServer, Received, picture_of, status, whole


def answer(request: Received) -> str:
    """What only this picture can be told."""
    return json.dumps({"words": picture_of(request)[:12]})


def main(after_s: float) -> None:
    with FakeServer() as server:
        server.default = whole(answer, after_s=after_s)

        async def asked(exchange: Exchange) -> None:
            await status(200, server.asked)(exchange)

        server.pages["/asked"] = asked
        print(server.base_url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0)
