"""ซ้อมแจ้งเหตุ (P34): once a term, by an officer. Every bubble says ซ้อม; figures leave it out.

A drill goes the way of a real case, so that what answers it is what would answer a real one. It
ends when it is said to be over, and by itself after two hours: nobody is woken by it at night.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, BUDDHIST_ERA, school_year
from core.errors import NotYours
from models.incident import (
    OPEN,
    Alert,
    AlertAnswer,
    Incident,
    IncidentStatus,
    Origin,
    Severity,
    ThreatGroup,
)
from models.line_account import LineAccount
from models.office import School
from models.staff import Role, Staff
from outbox.beats import every
from services import timeline
from services.people import StaffMember
from services.urgent import cases, escalation, incidents, roll_calls
from services.urgent.incident_closing import Outcome
from services.urgent.incidents import Report

#: After which a drill that nobody ended is over.
LASTS: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Answered:
    """Who was alerted in a drill, and when they did what."""

    name: str
    step: int
    alerted_at: datetime
    arrived_at: datetime | None
    opened_at: datetime | None
    answered_at: datetime | None
    answer: AlertAnswer | None


def may_start(person: StaffMember) -> bool:
    return person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)


def start(
    session: Session,
    person: StaffMember,
    account: LineAccount,
    *,
    school_id: int | None,
    has_roll_call: bool = False,
    now: datetime,
) -> Incident:
    """A drill for the office, or for one school with the roll-call of its classes."""
    if not may_start(person):
        raise NotYours
    if school_id is not None:
        school = session.get(School, school_id)
        if school is None or school.office_id != person.office_id:
            raise NotYours
    incident = incidents.raise_case(
        session,
        Report(
            office_id=person.office_id, origin=Origin.STAFF, severity=Severity.CRITICAL,
            group=ThreatGroup.ACCIDENT, school_id=school_id, is_drill=True,
            reporter_account_id=account.id, reporter_staff_id=person.staff_id,
        ),
        now=now,
    )  # fmt: skip
    if has_roll_call and school_id is not None:
        roll_calls.open_roll(session, incident, now=now, person=person)
    return incident


def this_term(session: Session, office_id: int, *, today: date) -> dict[int | None, datetime]:
    """When the last drill of this term was, by school; None is the whole office."""
    began = datetime.combine(term_began(today), time(), BANGKOK).astimezone(UTC)
    rows = session.execute(
        select(Incident.school_id, func.max(Incident.raised_at))
        .where(
            Incident.office_id == office_id,
            Incident.is_drill.is_(True),
            Incident.raised_at >= began,
        )
        .group_by(Incident.school_id)
    )
    return {row[0]: row[1] for row in rows}


def recent(session: Session, person: StaffMember, *, limit: int = 10) -> Sequence[Incident]:
    """The office's drills, the newest first."""
    if not may_start(person):
        return []
    return session.scalars(
        select(Incident)
        .where(Incident.office_id == person.office_id, Incident.is_drill.is_(True))
        .order_by(Incident.id.desc())
        .limit(limit)
    ).all()


def drill(session: Session, person: StaffMember, incident_id: int) -> Incident | None:
    """A drill that somebody may see the answers of."""
    incident = session.get(Incident, incident_id)
    if incident is None or not incident.is_drill or incident.office_id != person.office_id:
        return None
    return incident if may_start(person) else None


def answers(session: Session, incident: Incident) -> Sequence[Answered]:
    """Who answered when, in the order they were alerted; each person's first alert."""
    rows = session.execute(
        select(Alert, Staff)
        .join(Staff, Staff.id == Alert.staff_id)
        .where(Alert.incident_id == incident.id)
        .order_by(Alert.id)
    )
    found: dict[int, Answered] = {}
    for alert, staff in rows:
        if alert.staff_id not in found or found[alert.staff_id].answered_at is None:
            first = found.get(alert.staff_id)
            found[alert.staff_id] = Answered(
                f"{staff.first_name} {staff.last_name}",
                alert.step,
                first.alerted_at if first else alert.promised_at,
                alert.sent_at,
                alert.opened_at,
                alert.answered_at,
                alert.answer,
            )
    return list(found.values())


def finish(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> Incident:
    """The drill is over. A drill needs no second person: nobody was in danger."""
    if drill(session, person, incident_id) is None:
        raise NotYours
    incident = cases.locked(session, incident_id)
    assert incident is not None
    _end(session, incident, now=now, staff_id=person.staff_id)
    return incident


@every(60, "incident.drills")
def end_old(session: Session, now: datetime) -> int:
    """End drills that nobody ended."""
    incident = session.scalars(
        select(Incident)
        .where(
            Incident.is_drill.is_(True),
            Incident.status != IncidentStatus.CLOSED,
            Incident.raised_at < now - LASTS,
        )
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if incident is None:
        return 0
    _end(session, incident, now=now)
    return 1


def term_began(today: date) -> date:
    """Term 1 begins on 16 May and ends on 11 October (domain §5)."""
    year = school_year(today) - BUDDHIST_ERA
    second = date(year, 10, 12)
    return second if today >= second else date(year, 5, 16)


def _end(
    session: Session, incident: Incident, *, now: datetime, staff_id: int | None = None
) -> None:
    if incident.status is IncidentStatus.CLOSED:
        return
    before = incident.status
    if incident.status in OPEN:
        incident.move_to(IncidentStatus.ACKNOWLEDGED)
    incident.move_to(IncidentStatus.CLOSED)
    incident.closed_at, incident.outcome = now, Outcome.DRILL_OVER.value
    incident.offered_to_id = incident.closing_asked_by_id = None
    escalation.stir(session, incident, now=now)
    timeline.record(
        session, "incident.closed", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=staff_id,
        reason_code=incident.outcome, status=(before, incident.status),
    )  # fmt: skip
