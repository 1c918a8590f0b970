"""What a person can send while a question is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.errors import InvalidAnswer
from core.i18n import lazy as _


@dataclass(frozen=True, slots=True)
class Typed:
    """A text message."""

    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A tap on one of the choices of the question at `path`."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A day picked on the phone's calendar."""

    path: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Done:
    """A tap on "finished" below a question that gathers."""

    path: str


@dataclass(frozen=True, slots=True)
class Cleared:
    """A tap on "start this answer over"."""

    path: str


@dataclass(frozen=True, slots=True)
class Photographed:
    """A photo. LINE numbers photos sent together from 1, when it does so at all."""

    media_id: str
    set_id: str | None = None
    index: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A pin on the map, in degrees."""

    latitude: float
    longitude: float
    address: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """Anything no question takes: `sticker`, `audio`, `video`, `file` …"""

    kind: str


Given = Typed | Chosen | Dated | Done | Cleared | Photographed | Located | Other


class NotAsked(InvalidAnswer):
    """The tap belongs to a question that is not open now."""

    def __init__(self, key: str) -> None:
        super().__init__(key, _("That button belongs to another question."))
