"""Webhook events as we read them: tolerant of what is new, strict about what we use.

We do not use the SDK's parser: of an event it does not know it loses the user and the reply token,
and one odd event costs its neighbours (reference: LINE "Webhook event objects").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Text:
    id: str
    text: str
    #: By it a reply shows the person this message again.
    quote_token: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Photo:
    """An image message. `set_id`, `index`, `total` are there when several were sent at once."""

    id: str
    external: bool = False
    set_id: str | None = None
    index: int | None = None
    total: int | None = None
    quote_token: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Location:
    id: str
    latitude: float
    longitude: float
    title: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class OtherMessage:
    """A sticker, a voice message, a video, a file, or a kind that LINE has yet to invent."""

    id: str
    kind: str


@dataclass(frozen=True, slots=True)
class Postback:
    """A tapped button; `params` has date, time or datetime when a picker was used."""

    data: str
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Follow:
    is_unblocked: bool = False


@dataclass(frozen=True, slots=True)
class Unfollow:
    """The person blocked the account."""


@dataclass(frozen=True, slots=True)
class Unsend:
    message_id: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Anything else: recorded and left alone."""


#: What ids of LINE are made of: users U…, groups C…, numbers of messages, ULIDs of events.
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,40}|L[0-9A-Za-z_-]{1,79}")
_WORD: Final = re.compile(r"[A-Za-z]{1,40}")

Content = Text | Photo | Location | OtherMessage | Postback | Follow | Unfollow | Unsend | Unknown


@dataclass(frozen=True, slots=True)
class Event:
    """One webhook event. `id` is empty when LINE left it out: it cannot be deduplicated then."""

    id: str
    type: str
    happened_at: datetime
    content: Content
    user_id: str | None
    reply_token: str | None
    #: "user", "group", "room", or "" where there is none.
    source: str
    group_id: str | None
    is_redelivery: bool


def read_event(raw: Any) -> Event:
    """Read one event of a webhook body. Raises nothing: what cannot be read is `Unknown`."""
    raw = raw if isinstance(raw, dict) else {}
    source = _dict(raw, "source")
    # `standby`: another module of the channel holds the chat, and we must say nothing.
    active = raw.get("mode", "active") == "active"
    return Event(
        id=_id(raw, "webhookEventId") or "",
        type=kind if _WORD.fullmatch(kind := _text(raw, "type") or "") else "unknown",
        happened_at=_moment(raw.get("timestamp")),
        content=_content(raw) if active else Unknown(),
        user_id=_id(source, "userId"),
        reply_token=_text(raw, "replyToken") if active else None,
        source=_text(source, "type") or "",
        group_id=_id(source, "groupId") or _id(source, "roomId"),
        is_redelivery=_dict(raw, "deliveryContext").get("isRedelivery") is True,
    )


def _content(raw: Mapping[str, Any]) -> Content:
    match raw.get("type"):
        case "message":
            return _message(_dict(raw, "message"))
        case "postback":
            return _postback(_dict(raw, "postback"))
        case "follow":
            return Follow(_dict(raw, "follow").get("isUnblocked") is True)
        case "unfollow":
            return Unfollow()
        case "unsend":
            taken_back = _id(_dict(raw, "unsend"), "messageId")
            return Unsend(taken_back) if taken_back else Unknown()
    return Unknown()


def _message(message: Mapping[str, Any]) -> Content:
    message_id = _id(message, "id")
    if not message_id:
        return Unknown()
    match message.get("type"):
        case "text":
            text = _text(message, "text")
            if text is None:
                return Unknown()
            return Text(message_id, _whole(text), _text(message, "quoteToken"))
        case "image":
            images = _dict(message, "imageSet")
            return Photo(
                message_id,
                external=_dict(message, "contentProvider").get("type") == "external",
                set_id=_text(images, "id"),
                index=_int(images, "index"),
                total=_int(images, "total"),
                quote_token=_text(message, "quoteToken"),
            )
        case "location":
            latitude, longitude = message.get("latitude"), message.get("longitude")
            if not isinstance(latitude, (int, float)) or not isinstance(longitude, (int, float)):
                return Unknown()
            return Location(
                message_id,
                float(latitude),
                float(longitude),
                _whole(_text(message, "title") or "") or None,
                _whole(_text(message, "address") or "") or None,
            )
    return OtherMessage(message_id, str(message.get("type", "unknown"))[:40])


def _postback(postback: Mapping[str, Any]) -> Content:
    data = _text(postback, "data")
    if data is None:
        return Unknown()
    params = {
        key: value for key, value in _dict(postback, "params").items() if isinstance(value, str)
    }
    return Postback(data, params)


def _dict(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, dict) else {}


def _text(raw: Mapping[str, Any], key: str) -> str | None:
    value = raw.get(key)
    return value if isinstance(value, str) else None


def _id(raw: Mapping[str, Any], key: str) -> str | None:
    """An id of LINE's; what could be none of theirs is not stored and not asked for."""
    value = _text(raw, key)
    return value if value is not None and _ID.fullmatch(value) else None


def _whole(text: str) -> str:
    """The text without halves of letters and without zeros, which no database and no LINE takes."""
    if not text.isprintable():
        text = (
            text.replace("\0", "")
            .encode("utf-16-le", "surrogatepass")
            .decode("utf-16-le", "replace")
        )
    return text


def _int(raw: Mapping[str, Any], key: str) -> int | None:
    value = raw.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _moment(value: Any) -> datetime:
    """Milliseconds since 1970; the epoch itself where LINE gave none, so that it is the oldest."""
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
