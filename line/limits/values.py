"""Limits of single values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from core.errors import DoolaeError
from line.messages import graphemes as count_graphemes

Thing = Mapping[str, Any]

#: Characters of an address: of a link (1,000 before 2026-10-27), of a picture.
URI: Final = 10_000
MEDIA_URI: Final = 2000


class BeyondLimits(DoolaeError):
    """A message that we built is none that LINE takes."""

    def __init__(self, path: str, limit: str) -> None:
        super().__init__(f"{path}: {limit}")
        self.path = path
        self.limit = limit

    def inside(self, step: str) -> BeyondLimits:
        """The same, seen from one level further out."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return BeyondLimits(f"{step}{joint}{self.path}", self.limit)


def utf16(thing: Thing, name: str, most: int, *, least: int = 1) -> None:
    value = thing.get(name)
    if not isinstance(value, str) or len(value) < least:
        raise BeyondLimits(name, "must have words")
    length = len(value)
    if length * 2 > most and length + sum(1 for letter in value if letter > "\uffff") > most:
        raise BeyondLimits(name, f"at most {most} UTF-16 units")


def graphemes(thing: Thing, name: str, most: int, *, least: int = 1) -> None:
    value = thing.get(name)
    if not isinstance(value, str) or len(value) < least:
        raise BeyondLimits(name, "must have words")
    if len(value) > most and count_graphemes(value) > most:
        raise BeyondLimits(name, f"at most {most} graphemes")


_ADDRESS: Final = re.compile(r"(?:https?|line|tel):[!-~]+", re.IGNORECASE)


def uri(thing: Thing, name: str, most: int, *, https: bool = False) -> None:
    value = thing.get(name)
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value):
        raise BeyondLimits(name, "a percent-encoded http, https, line or tel address")
    if https and not value.lower().startswith("https:"):
        raise BeyondLimits(name, "an https address")
    if len(value) > most:
        raise BeyondLimits(name, f"at most {most} characters")


def count(things: Sequence[object], least: int, most: int, path: str) -> None:
    if not least <= len(things) <= most:
        raise BeyondLimits(path, f"{least} to {most} of them")


def known(thing: Thing, properties: frozenset[str]) -> None:
    if not thing.keys() <= properties:
        unknown = min(thing.keys() - properties)
        raise BeyondLimits(unknown, "no property that LINE knows here")
