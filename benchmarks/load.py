"""The load, in a process of its own: `python -m benchmarks.load`, settings as JSON on stdin.

Raw sockets and one loop, so that it costs the measured server as little as it can of the cores
that they share.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.webhooks import read

#: A request without an answer for so many seconds ends the measurement.
STUCK: Final = 30.0


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent, and how.

    Without a `rate` each connection sends its next request when the last one is answered (closed
    loop). With a `rate`, requests are due at even distances whatever the server does, and wait for
    a free connection where it must be; that waiting counts (open loop).
    """

    port: int
    requests: str
    seconds: float
    connections: int = 32
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: how many answers, by status, in how many seconds, after which waits."""

    seconds: float
    #: When the first request left, in seconds since 1970.
    began_at: float
    statuses: dict[str, int]
    p50_ms: float
    p95_ms: float
    p99_ms: float
    worst_ms: float
    #: Whether the requests ran out before the time did.
    ran_out: bool

    @property
    def count(self) -> int:
        return sum(self.statuses.values())

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    @property
    def failed(self) -> int:
        return self.count - self.statuses.get("200", 0)


class _Connection:
    """One keep-alive connection with at most one request under way."""

    __slots__ = ("due", "received", "socket")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=STUCK)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.due = 0.0

    def send(self, request: bytes, due: float) -> None:
        self.due = due
        self.socket.sendall(request)

    def status(self) -> str | None:
        """The status of the answer, once it is there as a whole."""
        more = self.socket.recv(65536)
        if not more:
            raise ConnectionError("the server closed a connection")
        self.received += more
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        self.received = b""
        return head[9:12].decode()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    return 0


class _Run:
    """One measurement."""

    def __init__(self, load: Load, requests: Iterator[bytes]) -> None:
        self._load = load
        self._requests = requests
        self._selector = selectors.DefaultSelector()
        self._idle: deque[_Connection] = deque()
        for _ in range(load.connections):
            connection = _Connection(load.port)
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)
            self._idle.append(connection)
        self._busy = 0
        self._waits: list[float] = []
        self._statuses: Counter[str] = Counter()
        self._ran_out = False
        self._began_at = 0.0

    def run(self) -> Answered:
        self._began_at = time.time()
        started = time.perf_counter()
        end = started + self._load.seconds
        sent = 0
        now = started
        while True:
            sent = self._send(started, sent) if now < end and not self._ran_out else sent
            if not self._busy and (now >= end or self._ran_out):
                break
            self._receive(self._patience(started, sent, end))
            now = time.perf_counter()
        return self._answered(time.perf_counter() - started)

    def _send(self, started: float, sent: int) -> int:
        rate = self._load.rate
        while self._idle:
            now = time.perf_counter()
            due = started + sent / rate if rate else now
            if due > now:
                break
            request = next(self._requests, None)
            if request is None:
                self._ran_out = True
                break
            self._idle.popleft().send(request, due)
            self._busy += 1
            sent += 1
        return sent

    def _patience(self, started: float, sent: int, end: float) -> float:
        now = time.perf_counter()
        if not self._load.rate or not self._idle or now >= end or self._ran_out:
            return STUCK
        return max(0.0, started + sent / self._load.rate - now)

    def _receive(self, seconds: float) -> None:
        ready = self._selector.select(seconds)
        if not ready and seconds == STUCK:
            raise TimeoutError(f"no answer for {STUCK:g} s")
        for key, _ in ready:
            connection: _Connection = key.data
            status = connection.status()
            if status is not None:
                self._waits.append(time.perf_counter() - connection.due)
                self._statuses[status] += 1
                self._idle.append(connection)
                self._busy -= 1

    def _answered(self, seconds: float) -> Answered:
        waits = sorted(self._waits)

        def percentile(share: float) -> float:
            return waits[min(len(waits) - 1, int(len(waits) * share))] * 1000 if waits else 0.0

        return Answered(
            seconds=seconds,
            began_at=self._began_at,
            statuses=dict(self._statuses),
            p50_ms=percentile(0.50),
            p95_ms=percentile(0.95),
            p99_ms=percentile(0.99),
            worst_ms=percentile(1.0),
            ran_out=self._ran_out,
        )


def main() -> None:
    """Read what to do from stdin, do it, and write what came back to stdout."""
    given: dict[str, Any] = json.load(sys.stdin)
    load = Load(**given)
    # Read beforehand: the time of the measurement is for sending.
    requests = iter(list(read(Path(load.requests))))
    json.dump(asdict(_Run(load, requests).run()), sys.stdout)


if __name__ == "__main__":
    main()
