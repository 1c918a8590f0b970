"""A stub of LINE that accepts everything: `python -m benchmarks.line_stub`.

It is as cheap as Python allows, for it shares the cores with what is measured: one loop, no
parsing beyond the length, the answer in a single write. `GET /stub` tells what it has seen,
`GET /stub?80` lets it take 80 ms for each further answer and begins to count anew.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from typing import Final

_GOOD: Final = b'{"sentMessages":[{"id":"461230966842064897"}]}'
_PAID: Final = (b"/push", b"/multicast", b"/broadcast", b"/narrowcast")


class Seen:
    """What has been asked of the stub."""

    def __init__(self) -> None:
        self.delay_ms = 0.0
        self.paid = 0
        self.forget()

    def forget(self) -> None:
        """Begin to count anew; paid messages are never forgotten."""
        self.replies = 0
        self.other = 0
        self.last_reply_at = 0.0

    def count(self, path: bytes) -> None:
        if path.endswith(b"/reply"):
            self.replies += 1
            self.last_reply_at = time.time()
        elif path.endswith(_PAID):
            self.paid += 1
        else:
            self.other += 1


class Line(asyncio.Protocol):
    """One connection of the bot's."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._received = b""
        path = head.split(b" ", 2)[1]
        if path.startswith(b"/stub"):
            self._tell(path)
        elif delay := self._seen.delay_ms:
            asyncio.get_running_loop().call_later(delay / 1000, self._accept, path)
        else:
            self._accept(path)

    def _tell(self, path: bytes) -> None:
        _page, asked, delay_ms = path.partition(b"?")
        if asked:
            self._seen.forget()
            self._seen.delay_ms = float(delay_ms)
        self._answer(json.dumps(vars(self._seen)).encode())

    def _accept(self, path: bytes) -> None:
        self._seen.count(path)
        self._answer(_GOOD)

    def _answer(self, body: bytes) -> None:
        assert self._transport is not None
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"x-line-request-id: 00000000-0000-4000-8000-000000000000\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )


def _length(head: bytes) -> int:
    _before, found, after = head.lower().partition(b"content-length:")
    return int(after.split(b"\r\n", 1)[0]) if found else 0


async def _serve() -> None:
    seen = Seen()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(seen), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port}), flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
