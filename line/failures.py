"""What LINE's refusals mean to us."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
    SSLError,
)

from core.errors import DeliveryFailed, InvalidReplyToken, QuotaExhausted

#: Characters of a reason that are kept.
REASON: Final = 180
#: Nothing was sent when one of these came: there was no connection to send it on.
_NEVER_ARRIVED: Final = (NewConnectionError, ConnectTimeoutError, SSLError)
_MONTHLY: Final = "monthly limit"
_USED_UP: Final = "reply token"


@dataclass(frozen=True, slots=True)
class Answer:
    """LINE's answer to one call."""

    status: int
    body: bytes
    request_id: str | None
    headers: urllib3.HTTPHeaderDict

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> dict[str, Any]:
        """The body as an object; empty where it is something else, such as a gateway's page."""
        try:
            value = json.loads(self.body)
        except ValueError:  # not JSON, or not UTF-8
            return {}
        return value if isinstance(value, dict) else {}


def failure(answer: Answer) -> DeliveryFailed:
    """The error for an answer that is no success.

    LINE's words are no contract ("Error responses"), so they only tell apart what its status codes
    do not: a used reply token from a malformed message, the month's end from a busy second. 401 may
    be tried again: it says nothing about the message, and somebody will mend the token.
    """
    reason = _reason(answer)
    if answer.status == 400 and _USED_UP in reason.casefold():
        return InvalidReplyToken(reason)
    if answer.status == 429 and _MONTHLY in reason.casefold():
        return QuotaExhausted(reason)
    server = answer.status >= 500 or answer.status < 400
    return DeliveryFailed(
        reason,
        status=answer.status,
        may_retry=server or answer.status in {401, 408, 429},
        unclear=server or answer.status == 408,
    )


def no_answer(error: HTTPError) -> DeliveryFailed:
    """The error for a call that got no answer: refused, reset, or timed out."""
    arrived = not isinstance(error, _NEVER_ARRIVED)
    kind = "timed out" if isinstance(error, ReadTimeoutError) else type(error).__name__
    return DeliveryFailed(f"no answer: {kind}", may_retry=True, unclear=arrived)


def _reason(answer: Answer) -> str:
    body = answer.json()
    parts = [str(answer.status), str(body.get("message") or body.get("error_description") or "")]
    parts += [
        f"[{detail.get('property')}: {detail.get('message')}]"
        for detail in body.get("details") or []
        if isinstance(detail, dict)
    ]
    return " ".join(part for part in parts if part)[:REASON]
