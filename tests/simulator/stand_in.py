"""A bot of a few lines: keeps the webhooks it gets and answers as a test tells it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[[int], int | None]


@dataclass(frozen=True, slots=True)
class Webhook:
    """One request as it arrived."""

    headers: list[tuple[str, str]]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.raw)
        return parsed

    @property
    def events(self) -> list[dict[str, Any]]:
        return list(self.body["events"])

    def header(self, name: str) -> str:
        """The value of a header in any case of its name."""
        return next(value for key, value in self.headers if key.lower() == name.lower())


@dataclass(slots=True)
class StandIn:
    """The bot; `answer` gets the number of the request, from 0, and says its status."""

    url: str = ""
    webhooks: list[Webhook] = field(default_factory=list)
    answer: Answer = lambda _: 200
    news: threading.Condition = field(default_factory=threading.Condition)

    def reset(self) -> None:
        """Forget what came, and answer 200 again."""
        with self.news:
            self.webhooks.clear()
            self.answer = lambda _: 200

    def keep(self, webhook: Webhook) -> int:
        """Keep one more; the status to answer."""
        with self.news:
            self.webhooks.append(webhook)
            number = len(self.webhooks) - 1
            self.news.notify_all()
        return self.answer(number) or 200

    def wait(self, number: int, *, seconds: float = 10) -> list[Webhook]:
        """The webhooks, when there are at least `number`; raises AssertionError."""
        end = time.monotonic() + seconds
        with self.news:
            while len(self.webhooks) < number:
                assert self.news.wait(end - time.monotonic()), f"only {len(self.webhooks)} came"
            return list(self.webhooks)

    def events(self) -> list[dict[str, Any]]:
        """All events that came, in the order in which they came."""
        with self.news:
            return [event for webhook in self.webhooks for event in webhook.events]


def serve(stand_in: StandIn) -> ThreadingHTTPServer:
    """A server for the bot on a free port; its url is put into `stand_in`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            status = stand_in.keep(Webhook(list(self.headers.items()), raw))
            self.wfile.write(f"HTTP/1.1 {status} -\r\nContent-Length: 0\r\n\r\n".encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}/callback"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
