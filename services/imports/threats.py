"""The office's list of sub-types of threats: `group,code,th` and `en,my,km` where they are known.

A file is the whole list. One that differs from the list in force becomes a new version of it; cases
keep the version that they were raised with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.i18n import lazy as _
from models.incident import ThreatGroup
from models.threat import Threat
from services.imports import cells
from services.imports.rows import Outcome, Refused, Row, RowReport
from services.offices import the_office
from services.urgent import threats
from services.urgent.threats import LANGUAGES, Kind

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


class ThreatImport:
    """Takes a list in, whole or not at all; codes are added and never given a new meaning."""

    columns: Final = ("group", "code", *LANGUAGES)
    required: Final = ("group", "code", "th")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._kinds: list[Kind] = []
        self._refused: dict[int, Refused] = {}
        self._codes: dict[int, str] = {}
        self._before: threats.Threats | None = None

    def survey(self, rows: Sequence[Row]) -> None:
        """Read all of them: a version is written in one piece."""
        self._kinds, self._refused, self._codes = [], {}, {}
        seen: set[str] = set()
        for row in rows:
            try:
                kind = _read(row)
                if kind.code in seen:
                    raise Refused("code", _("This code stands in the list twice"))
            except Refused as refused:
                self._refused[row.number] = refused
                continue
            seen.add(kind.code)
            self._kinds.append(kind)
            self._codes[row.number] = kind.code

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        office_id = the_office(session, now=self._now).id
        if self._before is None:
            self._before = threats.current(session, office_id)
        if self._kinds and not self._refused:
            self._write(session, office_id, self._before)
        return [self._report(row, self._before) for row in rows]

    def leave(self, session: Session, *, limit: int) -> int | None:
        return None

    def _write(self, session: Session, office_id: int, before: threats.Threats) -> None:
        """The new version, once; the same list again is none."""
        version = before.version + 1
        written = session.scalar(
            select(Threat.id).where(Threat.office_id == office_id, Threat.version == version)
        )
        if written is not None or tuple(self._kinds) == before.kinds:
            return
        for position, kind in enumerate(self._kinds):
            session.add(
                Threat(
                    office_id=office_id, version=version, group=kind.group, code=kind.code,
                    labels=dict(kind.labels), position=position, created_at=self._now,
                )
            )  # fmt: skip
        session.flush()

    def _report(self, row: Row, before: threats.Threats) -> RowReport:
        if row.number in self._refused:
            return RowReport(row.number, Outcome.REFUSED, (self._refused[row.number].remark,))
        if self._refused:
            waits = Refused("code", _("Another row was refused, so no new list was made"))
            return RowReport(row.number, Outcome.REFUSED, (waits.remark,))
        kind = next(each for each in self._kinds if each.code == self._codes[row.number])
        known = {each.code: each for each in before.kinds}
        if kind.code not in known:
            return RowReport(row.number, Outcome.TAKEN)
        same = known[kind.code] == kind
        return RowReport(row.number, Outcome.UNCHANGED if same else Outcome.CHANGED)


def _read(row: Row) -> Kind:
    group = cells.one_of(row, "group", [group.value for group in ThreatGroup])
    code = cells.required(row, "code", most=60)
    if not _CODE.fullmatch(code):
        raise Refused("code", _("Write a code of small letters, digits and _"))
    labels = {"th": cells.required(row, "th", most=60)}
    labels |= {language: row[language].strip() for language in LANGUAGES[1:] if row[language]}
    return Kind(ThreatGroup(group), code, labels)
