"""The office that this installation serves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import cache_of
from models.office import Office

#: The code of an office whose own code nobody has told us yet.
UNNAMED: Final = "-"
#: The setting with the ways of visiting that count, as codes of the home visit form.
WAYS: Final = "visits_that_count"
#: Seconds that an office's settings are remembered.
REMEMBERED: Final = 30.0
_UNNAMED_NAME: Final = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"


def the_office(session: Session, *, now: datetime) -> Office:
    """The first office of this installation; made when there is none yet."""
    office = session.scalars(select(Office).order_by(Office.id).limit(1)).first()
    return office or _make(session, UNNAMED, now=now)


def first_id(session: Session) -> int | None:
    """The id of the installation's office; None while there is none."""
    return session.scalar(select(Office.id).order_by(Office.id).limit(1))


def office_of_code(session: Session, code: str, *, now: datetime) -> Office:
    """The office with a code. The first code ever named becomes that of the unnamed office."""
    found = session.scalars(select(Office).where(Office.code == code)).first()
    if found is not None:
        return found
    unnamed = session.scalars(select(Office).where(Office.code == UNNAMED)).first()
    if unnamed is None:
        return _make(session, code, now=now)
    unnamed.code = code
    return unnamed


def settings_of(session: Session, office_id: int) -> Mapping[str, Any]:
    """The rules that an office has set, at most `REMEMBERED` seconds old: every turn asks."""
    cache = cache_of(session)
    known = cache.get((Office, office_id))
    if known is None or known[0] < monotonic():
        settings = session.scalars(select(Office.settings).where(Office.id == office_id)).one()
        known = cache[Office, office_id] = (monotonic() + REMEMBERED, settings)
    found: Mapping[str, Any] = known[1]
    return found


def counted_ways(session: Session, office_id: int) -> tuple[str, ...] | None:
    """Which ways of visiting count as visited (P22); None where the office counts all of them."""
    ways = settings_of(session, office_id).get(WAYS)
    return tuple(ways) if isinstance(ways, list) else None


def _make(session: Session, code: str, *, now: datetime) -> Office:
    office = Office(code=code, name=_UNNAMED_NAME, settings={}, created_at=now)
    session.add(office)
    session.flush()  # schools and channels point to its id
    return office
