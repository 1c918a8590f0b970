"""Webhook requests as the bytes that go over the wire, signed beforehand."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

SECRET: Final = "channel-secret-of-the-benchmark"
TOKEN: Final = "channel-token-of-the-benchmark"
DESTINATION: Final = "U" + "d" * 32

_LENGTH: Final = struct.Struct("!I")


def tap(user_id: str, data: str, *, at_ms: int) -> dict[str, Any]:
    """The event of a tapped quick reply, complete as LINE sends it."""
    return {
        "type": "postback",
        "postback": {"data": data},
        "webhookEventId": "01" + os.urandom(12).hex().upper(),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": at_ms,
        "source": {"type": "user", "userId": user_id},
        "replyToken": os.urandom(16).hex(),
        "mode": "active",
    }


def request(event: dict[str, Any]) -> bytes:
    """One `POST /callback` with one event, headers and body."""
    body = json.dumps(
        {"destination": DESTINATION, "events": [event]}, ensure_ascii=False, separators=(",", ":")
    ).encode()
    signature = base64.b64encode(hmac.digest(SECRET.encode(), body, hashlib.sha256)).decode()
    head = (
        "POST /callback HTTP/1.1\r\n"
        "Host: 127.0.0.1\r\n"
        "User-Agent: LineBotWebhook/2.0\r\n"
        "Content-Type: application/json; charset=utf-8\r\n"
        f"X-Line-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def write(path: Path, requests: Iterable[bytes]) -> None:
    """Keep requests for the process that sends them."""
    with path.open("wb") as file:
        for each in requests:
            file.write(_LENGTH.pack(len(each)) + each)


def read(path: Path) -> Iterator[bytes]:
    """The requests that `write` kept."""
    kept = path.read_bytes()
    place = 0
    while place < len(kept):
        (length,) = _LENGTH.unpack_from(kept, place)
        place += _LENGTH.size
        yield kept[place : place + length]
        place += length
