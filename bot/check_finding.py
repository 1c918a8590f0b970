"""A line of `doolae check`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.i18n import Lazy


class Level(StrEnum):
    """How a finding is meant."""

    GREEN = "green"  #: good
    YELLOW = "yellow"  #: works, and should be looked at
    RED = "red"  #: does not work


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, what was seen, and what to do about it."""

    level: Level
    subject: Lazy
    seen: Lazy | str
    todo: Lazy | None = None
