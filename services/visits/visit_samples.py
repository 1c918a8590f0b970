"""The office's random sample of reviewed visits (P24): drawn once a day, and every look is logged.

The office reads no visit that it chooses itself: what chance has drawn opens for a week, without
the pupil's name, the note, the place and the answer about special care.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from models.home_visit import HomeVisit, HouseholdVisit, VisitStatus
from models.office import School
from models.staff import Role
from models.student import Student
from models.timeline import AuditEntry, Door, Event
from services import timeline
from services.people import StaffMember
from services.visits import corrections

SAMPLED: Final = "home_visit.sampled"
#: Reports of one day's sample, and how long they stay open.
SIZE: Final = 5
OPEN: Final = timedelta(days=7)
#: What a sample does not show.
HIDDEN: Final = frozenset({"danger", "note", "place"})


@dataclass(frozen=True, slots=True)
class Sampled:
    """A report that chance has drawn."""

    report: HomeVisit
    school: str


@dataclass(frozen=True, slots=True)
class Read:
    """The same, opened."""

    report: HomeVisit
    school: str
    visit: HouseholdVisit
    answers: Mapping[str, Any]


def may_sample(person: StaffMember) -> bool:
    return person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)


def of_today(session: Session, person: StaffMember, *, now: datetime) -> Sequence[Sampled]:
    """Today's sample of the office; drawn now where nobody has drawn it yet."""
    if not may_sample(person):
        return ()
    today = local_date(now)
    drawn = _drawn(person, since=now - timedelta(days=1))
    there = [
        event.subject_id
        for event in session.scalars(drawn.order_by(Event.id))
        if local_date(event.at) == today
    ]
    return _named(session, person, there or _draw(session, person, now=now))


def read(session: Session, person: StaffMember, report_id: int, *, now: datetime) -> Read | None:
    """A report of a sample of the last days, and a line in the log; None where it is in none."""
    if not may_sample(person):
        return None
    event = session.scalars(
        _drawn(person, since=now - OPEN)
        .where(Event.subject_type == "home_visit", Event.subject_id == report_id)
        .limit(1)
    ).first()
    found = _named(session, person, [report_id]) if event is not None else ()
    if not found:
        return None
    report = found[0].report
    visit = session.get_one(HouseholdVisit, report.household_visit_id)
    session.add(_audit(person, "home_visit.read", f"home_visit:{report.id}", 1, now))
    answers = corrections.answers_of(session, report, visit)
    shown = {key: value for key, value in answers.items() if key not in HIDDEN}
    return Read(report, found[0].school, visit, shown)


def _draw(session: Session, person: StaffMember, *, now: datetime) -> list[int]:
    """Chance alone decides, among what was reviewed this school year and never drawn before."""
    year = school_year(local_date(now))
    before = exists().where(
        Event.kind == SAMPLED, Event.subject_type == "home_visit", Event.subject_id == HomeVisit.id
    )
    ids = list(
        session.scalars(
            _readable(person).where(HomeVisit.school_year == year, ~before)
            .with_only_columns(HomeVisit.id)
            .order_by(func.random())
            .limit(SIZE)
        )
    )  # fmt: skip
    for report_id in ids:
        timeline.record(
            session, SAMPLED, at=now, office_id=person.office_id,
            subject=("home_visit", report_id), staff_id=person.staff_id,
        )  # fmt: skip
    if ids:
        session.add(_audit(person, SAMPLED, "home_visit", len(ids), now))
    return ids


def _drawn(person: StaffMember, *, since: datetime) -> Select[Event]:
    return select(Event).where(
        Event.office_id == person.office_id, Event.kind == SAMPLED, Event.at > since
    )


def _readable(person: StaffMember) -> Select[HomeVisit, str]:
    return (
        select(HomeVisit, School.name)
        .join(School, School.id == HomeVisit.school_id)
        .join(Student, Student.id == HomeVisit.student_id)
        .where(
            HomeVisit.office_id == person.office_id,
            HomeVisit.status == VisitStatus.REVIEWED,
            HomeVisit.erased_at.is_(None),
            Student.is_sealed.is_(False),
        )
    )


def _named(session: Session, person: StaffMember, ids: Sequence[int]) -> Sequence[Sampled]:
    """The reports with their schools; one that was sent back or sealed meanwhile is not shown."""
    rows = session.execute(
        _readable(person).where(HomeVisit.id.in_(ids)).order_by(School.name, HomeVisit.id)
    )
    return [Sampled(report, school) for report, school in rows]


def _audit(person: StaffMember, action: str, subject: str, rows: int, now: datetime) -> AuditEntry:
    return AuditEntry(
        at=now, office_id=person.office_id, actor=f"staff:{person.staff_id}", door=Door.CHAT,
        action=action, subject=subject, rows=rows,
    )  # fmt: skip
