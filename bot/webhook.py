"""`POST /callback`: what LINE delivers, taken event by event, each its own transaction.

Plain WSGI and not a Flask view: it is the busiest door, and it needs nothing but the raw bytes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import structlog

from bot.turns import Turns
from core.clock import Clock
from core.errors import TransientFault
from core.settings import Settings

log = structlog.get_logger()

#: LINE's own requests are far smaller.
MAX_BODY: Final = 1024 * 1024
#: Seconds after which the rest of a request is left to redelivery: LINE waits two for an answer.
PATIENCE: Final = 1.5
PATH: Final = "/callback"
#: How much of a body that is too large is read away, and in what pieces.
MAX_DRAINED: Final = 16 * MAX_BODY
CHUNK: Final = 64 * 1024

Environ = dict[str, Any]
StartResponse = Any  # PEP 3333's callable, in a shape that type checkers agree on nowhere


class Webhook:
    """The WSGI application behind `/callback`."""

    def __init__(self, settings: Settings, turns: Turns, clock: Clock) -> None:
        assert settings.line_channel_secret is not None
        self._secret = settings.line_channel_secret.get_secret_value().encode()
        self._turns = turns
        self._clock = clock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        status = self._answer(environ)
        start_response(status, [("Content-Length", "0"), ("Content-Type", "text/plain")])
        return [b""]

    def _answer(self, environ: Environ) -> str:
        started, received_at = time.monotonic(), self._clock.now()
        if environ["PATH_INFO"] != PATH:
            return "404 Not Found"
        if environ["REQUEST_METHOD"] != "POST":
            return "405 Method Not Allowed"
        body = _read(environ)
        if body is None:
            return "413 Content Too Large"
        if not self._is_signed(body, environ.get("HTTP_X_LINE_SIGNATURE", "")):
            log.warning("webhook.not_signed", bytes=len(body))
            return "401 Unauthorized"
        try:
            payload = json.loads(body)
        except (ValueError, RecursionError):  # bad UTF-8 is a ValueError too
            return "400 Bad Request"
        events = payload.get("events") if isinstance(payload, dict) else None
        known = events if isinstance(events, list) else []
        return self._take_all(known, started, received_at)

    def _take_all(self, events: list[Any], started: float, received_at: datetime) -> str:
        status = "200 OK"
        for taken, raw in enumerate(events):
            if time.monotonic() - started > PATIENCE:
                log.warning("webhook.out_of_time", taken=taken, events=len(events))
                return "503 Service Unavailable"
            try:
                self._turns.take(raw, received_at=received_at)
            except TransientFault as fault:
                # What is committed is known by its event id when LINE delivers again.
                log.warning("webhook.transient_fault", fault=str(fault), taken=taken)
                return "503 Service Unavailable"
            except Exception:
                # Not even kept as failed: it has to come again, and costs its neighbours nothing.
                log.exception("webhook.event_not_kept", taken=taken)
                status = "503 Service Unavailable"
        return status

    def _is_signed(self, body: bytes, signature: str) -> bool:
        """LINE signs the raw bytes ("Signature validation"); compared in constant time."""
        digest = base64.b64encode(hmac.digest(self._secret, body, hashlib.sha256))
        return hmac.compare_digest(digest, signature.encode("utf-8", "replace"))


def _read(environ: Environ) -> bytes | None:
    """The body, or None when it is too large."""
    try:
        announced = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        announced = 0
    stream = environ["wsgi.input"]
    if announced > MAX_BODY:
        # Read to the end, within reason: who is cut off while sending never hears the answer.
        for _ in range(min(announced, MAX_DRAINED) // CHUNK + 1):
            if not stream.read(CHUNK):
                break
        return None
    body: bytes = stream.read(announced) if announced else stream.read(MAX_BODY + 1)
    return body if len(body) <= MAX_BODY else None
