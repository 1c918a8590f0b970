"""The sub-types of threats: the office's own list by version, and the one in force before it.

A case keeps code and version, so that it can be read after the list has changed. Version 0 is the
list of `threats.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.incident import ThreatGroup
from models.threat import Threat

_FILE: Final = Path(__file__).with_name("threats.toml")
#: Languages a label may be in; the first stands in for the others.
LANGUAGES: Final = ("th", "en", "my", "km")
#: No native reader has read our own words in these: Thai stands beside them.
_UNREAD: Final = ("my", "km")


@dataclass(frozen=True, slots=True)
class Kind:
    """One sub-type; `labels` by language, Thai always among them."""

    group: ThreatGroup
    code: str
    labels: Mapping[str, str]

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels["th"]


@dataclass(frozen=True, slots=True)
class Threats:
    """The list in force."""

    version: int
    kinds: tuple[Kind, ...]

    def of_group(self, group: str) -> Sequence[Kind]:
        """The sub-types of a group; of no known group, none."""
        return [kind for kind in self.kinds if kind.group == group]


def current(session: Session, office_id: int) -> Threats:
    """The newest list of an office, or the default one."""
    newest = session.scalar(select(func.max(Threat.version)).where(Threat.office_id == office_id))
    return of_version(session, office_id, newest or 0)


def of_version(session: Session, office_id: int, version: int) -> Threats:
    """A list as it was."""
    if version == 0:
        return _default()
    rows = session.scalars(
        select(Threat)
        .where(Threat.office_id == office_id, Threat.version == version)
        .order_by(Threat.position)
    )
    return Threats(version, tuple(Kind(row.group, row.code, row.labels) for row in rows))


def label(
    session: Session, office_id: int, code: str | None, version: int | None, language: str
) -> str:
    """A case's sub-type in words; empty where none was chosen."""
    if code is None:
        return ""
    kinds = of_version(session, office_id, version or 0).kinds
    return next((kind.label(language) for kind in kinds if kind.code == code), code)


@cache
def _default() -> Threats:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return Threats(
        0,
        tuple(
            Kind(
                ThreatGroup(row["group"]),
                row["code"],
                {language: _ours(row, language) for language in LANGUAGES if language in row},
            )
            for row in data["threat"]
        ),
    )


def _ours(row: Mapping[str, str], language: str) -> str:
    """A label of our own list; an office's own is its own to have read."""
    return f"{row[language]} · {row['th']}" if language in _UNREAD else row[language]
