"""What LINE tells us when we ask."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class BotInfo:
    """The account that our token belongs to. `user_id` is a webhook's `destination`."""

    user_id: str
    basic_id: str
    display_name: str
    chat_mode: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How a person calls themselves; chosen by them, changeable, not unique: no identity."""

    display_name: str
    language: str | None
    picture_url: str | None


@dataclass(frozen=True, slots=True)
class Quota:
    """Paid messages of this month: how many may go (None is no limit) and, about, have gone."""

    limit: int | None
    used: int

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)


@dataclass(frozen=True, slots=True)
class WebhookEndpoint:
    """Where LINE sends events, and whether it does."""

    url: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class WebhookTest:
    """How our webhook answered LINE's own test."""

    is_good: bool
    status: int
    #: OK, COULD_NOT_CONNECT, REQUEST_TIMEOUT, ERROR_STATUS_CODE, UNCLASSIFIED.
    reason: str


class ContentStatus(StrEnum):
    """What LINE has of a photo."""

    READY = "ready"  #: written into the file that was given
    PREPARING = "preparing"  #: ask again in a moment (202)
    GONE = "gone"  #: its sender took it back (410)
    MISSING = "missing"  #: unknown, or kept no longer (404)
    TOO_LARGE = "too_large"  #: larger than we take


@dataclass(frozen=True, slots=True)
class Content:
    status: ContentStatus
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class RichMenuAtLine:
    """A menu that the API made, as LINE lists it."""

    id: str
    name: str
