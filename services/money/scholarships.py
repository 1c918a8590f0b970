"""Scholarships from elsewhere: grants and pupils are counted apart, nothing is typed as a sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import fiscal_year
from models.fund import ScholarshipGrant, ScholarshipSource
from models.office import School
from models.timeline import Event
from services import timeline
from services.people import StaffMember

#: What entering leaves on the timeline, so that one form is entered once.
ENTERED: Final = "scholarship.entered"


@dataclass(frozen=True, slots=True)
class SourceTotal:
    """What one source gave in a fiscal year. `pupils` counts known pupils once."""

    labels: dict[str, Any]
    is_inside: bool
    grants: int
    pupils: int
    satang: int


@dataclass(frozen=True, slots=True)
class Totals:
    """All sources of a fiscal year. A pupil with two grants is one pupil and two grants."""

    sources: tuple[SourceTotal, ...]
    grants: int
    pupils: int
    inside: int
    outside: int
    satang: int


@dataclass(frozen=True, slots=True)
class Granted:
    """Grants of one source on one day, as they were typed in. `granted_on` is an ISO day."""

    source_id: int
    granted_on: str
    count: int
    satang: int | None = None
    school_id: int | None = None
    reference: str | None = None


def sources(session: Session, office_id: int) -> Sequence[ScholarshipSource]:
    """Who gives scholarships, in the order of the office's sheet."""
    query = select(ScholarshipSource).where(ScholarshipSource.office_id == office_id)
    return session.scalars(query.order_by(ScholarshipSource.position, ScholarshipSource.id)).all()


def years(session: Session, office_id: int) -> Sequence[int]:
    """Fiscal years (B.E.) with grants, the newest first."""
    return session.scalars(
        select(ScholarshipGrant.fiscal_year)
        .where(ScholarshipGrant.office_id == office_id)
        .distinct()
        .order_by(ScholarshipGrant.fiscal_year.desc())
    ).all()


def enter(
    session: Session, person: StaffMember, granted: Granted, *, draft_id: int, now: datetime
) -> int | None:
    """Write a row for each grant; the fiscal year that counts them.

    One form is entered once, whatever crashes. None where the source or the school is not the
    office's.
    """
    source = session.get(ScholarshipSource, granted.source_id)
    school = session.get(School, granted.school_id) if granted.school_id is not None else None
    office_id = person.office_id
    if source is None or source.office_id != office_id:
        return None
    if granted.school_id is not None and (school is None or school.office_id != office_id):
        return None
    day = date.fromisoformat(granted.granted_on)
    year = fiscal_year(day)
    known = select(Event.id).where(Event.kind == ENTERED, Event.subject_id == draft_id)
    if session.scalar(known.limit(1)) is not None:
        return year
    session.add_all(
        ScholarshipGrant(
            office_id=office_id, source_id=source.id, school_id=granted.school_id,
            fiscal_year=year, granted_on=day, satang=granted.satang,
            reference=granted.reference, recorded_at=now,
        )
        for _number in range(granted.count)
    )  # fmt: skip
    timeline.record(
        session, ENTERED, at=now, office_id=office_id, subject=("draft", draft_id),
        staff_id=person.staff_id,
    )  # fmt: skip
    session.flush()
    return year


def totals(session: Session, office_id: int, *, year: int) -> Totals:
    """Grants, pupils and satang by source, in a fiscal year (B.E.)."""
    sources = tuple(_by_source(session, office_id, year))
    pupils = session.scalar(
        select(func.count(func.distinct(ScholarshipGrant.student_id))).where(
            ScholarshipGrant.office_id == office_id, ScholarshipGrant.fiscal_year == year
        )
    )
    inside = sum(source.grants for source in sources if source.is_inside)
    grants = sum(source.grants for source in sources)
    return Totals(
        sources=sources,
        grants=grants,
        pupils=pupils or 0,
        inside=inside,
        outside=grants - inside,
        satang=sum(source.satang for source in sources),
    )


def _by_source(session: Session, office_id: int, year: int) -> Sequence[SourceTotal]:
    rows = session.execute(
        select(
            ScholarshipSource.labels,
            ScholarshipSource.is_inside,
            func.count(ScholarshipGrant.id),
            func.count(func.distinct(ScholarshipGrant.student_id)),
            func.coalesce(func.sum(ScholarshipGrant.satang), 0),
        )
        .outerjoin(
            ScholarshipGrant,
            (ScholarshipGrant.source_id == ScholarshipSource.id)
            & (ScholarshipGrant.fiscal_year == year),
        )
        .where(ScholarshipSource.office_id == office_id)
        .group_by(ScholarshipSource.id)
        .order_by(ScholarshipSource.position, ScholarshipSource.id)
    ).all()
    return [
        SourceTotal(labels, inside, grants, pupils, int(satang))
        for labels, inside, grants, pupils, satang in rows
    ]
