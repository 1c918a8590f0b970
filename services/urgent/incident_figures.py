"""The figures of urgent cases (domain rows 118–121, 130, 157): counts, times, what is late.

Drills are counted apart. The office counts every school's; others what they may open. A case about
somebody of the office itself (P4) is in nobody's figures: a count would give it away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, BUDDHIST_ERA, local_date, school_year
from models.incident import OPEN, Incident, IncidentStatus, ThreatGroup
from models.office import School
from models.staff import Role
from services.people import StaffMember
from services.urgent import incident_scope

#: Until so many days a case that is not closed is of one age; the last age is what is older.
AGES: Final = (1, 3, 7)


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in whole minutes; None where it never happened."""

    count: int
    median: int | None
    p90: int | None


@dataclass(slots=True)
class SchoolFigures:
    """One school; None is cases of no school."""

    name: str | None
    total: int = 0
    open: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one school year."""

    year: int
    total: int
    by_group: Counter[ThreatGroup | None]
    #: (group, code of the sub-type, version of its list) → how many.
    by_threat: Counter[tuple[ThreatGroup | None, str, int | None]]
    to_acknowledge: Times
    to_first_help: Times
    #: Settled in time, and late; what is neither is not due yet.
    in_time: int
    late: int
    closed: int
    open: int
    #: Not closed, by age: up to 1, 3, 7 days, older.
    open_by_age: tuple[int, ...]
    nobody_yet: int
    by_school: Sequence[SchoolFigures] = field(default=())
    drills: int = 0
    drill_to_acknowledge: Times = field(default_factory=lambda: Times(0, None, None))


def may_see(person: StaffMember) -> bool:
    """Heads see their school's, the office everybody's; an administrator none (P15)."""
    return person.has(Role.DIRECTOR, Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)


def figures(
    session: Session, person: StaffMember, *, now: datetime, year: int | None = None
) -> Figures:
    """What a person may know, of a school year (B.E.; this one without it)."""
    if person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        whose = (Incident.office_id == person.office_id) & Incident.outside_only.is_(False)
        whose &= ~incident_scope.is_excluded(person)  # no count tells them either (P4)
        return _count(session, whose, now=now, year=year)
    return _count(session, incident_scope.visible(person), now=now, year=year)


def of_office(
    session: Session, office_id: int, *, now: datetime, year: int | None = None
) -> Figures:
    """Everything of the office that may be counted."""
    whose = (Incident.office_id == office_id) & Incident.outside_only.is_(False)
    return _count(session, whose, now=now, year=year)


def times(minutes: Sequence[int]) -> Times:
    """Median and 90th percentile, nearest rank: always a time that did occur."""
    if not minutes:
        return Times(0, None, None)
    ordered = sorted(minutes)
    return Times(len(ordered), _rank(ordered, 50), _rank(ordered, 90))


def _rank(ordered: Sequence[int], percent: int) -> int:
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _count(
    session: Session, whose: ColumnElement[bool], *, now: datetime, year: int | None
) -> Figures:
    year = year or school_year(local_date(now))
    starts, ends = _begins(year), _begins(year + 1)
    rows = session.execute(
        select(
            Incident.group, Incident.threat, Incident.threat_version, Incident.status,
            Incident.raised_at, Incident.acknowledged_at, Incident.first_help_at,
            Incident.ack_due_at, Incident.action_due_at, Incident.was_late, Incident.is_drill,
            School.name,
        )
        .outerjoin(School, School.id == Incident.school_id)
        .where(whose, Incident.raised_at >= starts, Incident.raised_at < ends)
        .order_by(School.name, Incident.id)
    ).all()  # fmt: skip
    real = [row for row in rows if not row.is_drill]
    drills = [row for row in rows if row.is_drill]
    late = [row for row in real if _is_late(row, now)]
    in_time = [row for row in real if _is_settled(row) and not _is_late(row, now)]
    unfinished = [row for row in real if row.status is not IncidentStatus.CLOSED]
    schools: dict[str | None, SchoolFigures] = {}
    for row in real:
        school = schools.setdefault(row.name, SchoolFigures(row.name))
        school.total += 1
        school.open += row.status is not IncidentStatus.CLOSED
        school.late += _is_late(row, now)
    return Figures(
        year=year,
        total=len(real),
        by_group=Counter(row.group for row in real),
        by_threat=Counter(
            (row.group, row.threat, row.threat_version) for row in real if row.threat is not None
        ),
        to_acknowledge=_times(real, "acknowledged_at"),
        to_first_help=_times(real, "first_help_at"),
        in_time=len(in_time),
        late=len(late),
        closed=len(real) - len(unfinished),
        open=len(unfinished),
        open_by_age=_ages([now - row.raised_at for row in unfinished]),
        nobody_yet=sum(row.status in OPEN for row in real),
        by_school=tuple(schools.values()),
        drills=len(drills),
        drill_to_acknowledge=_times(drills, "acknowledged_at"),
    )


def _is_late(row: Row[*tuple[Any, ...]], now: datetime) -> bool:
    """Late for ever, or overdue at this moment although no sweep has marked it yet."""
    if row.was_late:
        return True
    if row.status is IncidentStatus.CLOSED:
        return False
    if row.status in OPEN and row.ack_due_at < now:  # opened again as well
        return True
    return bool(row.first_help_at is None and row.action_due_at < now)


def _is_settled(row: Row[*tuple[Any, ...]]) -> bool:
    """Helped, or closed without (no grounds, reported twice); what is neither is not due yet."""
    return row.first_help_at is not None or row.status is IncidentStatus.CLOSED


def _times(rows: Sequence[Row[*tuple[Any, ...]]], name: str) -> Times:
    return times(
        [
            int((getattr(row, name) - row.raised_at).total_seconds() // 60)
            for row in rows
            if getattr(row, name) is not None
        ]
    )


def _ages(ages: Sequence[timedelta]) -> tuple[int, ...]:
    counts = [0] * (len(AGES) + 1)
    for age in ages:
        at = next((at for at, days in enumerate(AGES) if age <= timedelta(days=days)), len(AGES))
        counts[at] += 1
    return tuple(counts)


def _begins(year: int) -> datetime:
    """The first moment of a school year (B.E.)."""
    first = datetime.combine(date(year - BUDDHIST_ERA, 5, 16), time(), BANGKOK)
    return first.astimezone(UTC)
