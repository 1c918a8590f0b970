"""Keeping DMC's facts of a year, sealed as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.secrets import Secrets
from models.dmc_record import DMC_FACTS, DmcRecord
from services.imports.student_rows import Reading


def keep(
    session: Session, pupils: Sequence[tuple[Reading, int]], *, year: int, now: datetime
) -> set[int]:
    """Keep what these rows say about these pupils; returns the numbers of rows with news.

    Within a year a list adds to what is known: an empty cell takes nothing away. A sealed child's
    facts are not kept (P8), so leave those rows out.
    """
    told = [(reading, student_id) for reading, student_id in pupils if reading.facts]
    if not told:
        return set()
    secrets = secrets_of(session)
    known = {
        record.student_id: record
        for record in session.scalars(
            select(DmcRecord).where(
                DmcRecord.student_id.in_([student_id for _reading, student_id in told]),
                DmcRecord.school_year == year,
            )
        )
    }
    new, news = [], set()
    for reading, student_id in told:
        record = known.get(student_id)
        if record is None:
            new.append(_row(secrets, reading, student_id, year, now))
            news.add(reading.row_number)
        elif _change(secrets, record, reading, now):
            news.add(reading.row_number)
    if new:
        session.execute(insert(DmcRecord), new)
    return news


def _row(
    secrets: Secrets, reading: Reading, student_id: int, year: int, now: datetime
) -> dict[str, object]:
    return {
        "office_id": reading.place.office_id,
        "school_id": reading.place.id,
        "student_id": student_id,
        "school_year": year,
        "facts": secrets.seal_json(dict(reading.facts), column=DMC_FACTS),
        "facts_index": _index(secrets, reading.facts),
        "may_have_gone": bool(reading.facts.get("may_have_gone")),
        "listed_at": now,
    }


def _change(secrets: Secrets, record: DmcRecord, reading: Reading, now: datetime) -> bool:
    record.school_id, record.listed_at = reading.place.id, now
    if record.facts_index == _index(secrets, reading.facts):
        return False
    old = secrets.open_json(record.facts, column=DMC_FACTS) if record.facts else {}
    # Whether a pupil may have gone is the newest list's to say, an empty cell included.
    kept = {key: value for key, value in old.items() if not key.startswith("may_have_gone")}
    facts = {**kept, **reading.facts}
    record.may_have_gone = bool(facts.get("may_have_gone"))
    if facts == old:
        return False
    record.facts = secrets.seal_json(facts, column=DMC_FACTS)
    record.facts_index = _index(secrets, facts)
    return True


def _index(secrets: Secrets, facts: Mapping[str, Any]) -> str:
    return secrets.index(json.dumps(facts, sort_keys=True, ensure_ascii=False), column=DMC_FACTS)
