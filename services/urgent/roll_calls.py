"""Many at once (P34): the classes of a school are called by roll, by reply.

A homeroom teacher marks their own pupils and sees nothing else of the case. Who may open it in full
sees the names of who is missing; the head of school those of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.errors import NotYours, WrongStatus
from models.incident import Incident, IncidentPupil, IncidentStatus
from models.outbox import Purpose
from models.queries import staff as staff_queries
from models.queries import students as student_queries
from models.queries.students import Enrolled
from models.scope import Scope
from models.staff import Role
from services.people import StaffMember
from services.scope import scope_of
from services.urgent import alerts, case_news, cases, incident_work
from services.urgent.case_news import Word

#: Kind of the push to a homeroom teacher.
CALL: Final = "incident.roll_call"
WAITING: Final = "waiting"
SAFE: Final = "safe"
NEEDS_HELP: Final = "needs_help"


@dataclass(frozen=True, slots=True)
class Called:
    """A pupil of a roll-call, where they are now."""

    pupil: Enrolled
    state: str
    state_at: datetime | None


@dataclass(frozen=True, slots=True)
class Count:
    """One class."""

    class_name: str
    total: int
    safe: int
    needs_help: int
    #: When the last of them was marked; None while somebody is missing.
    done_at: datetime | None

    @property
    def waiting(self) -> int:
        return self.total - self.safe - self.needs_help


def may_call(session: Session, person: StaffMember, incident: Incident) -> bool:
    """Whether somebody may call the roll: who works on the case, and the school's head.

    Never for what the school must not know of (P4).
    """
    if incident.district_only or incident.outside_only or incident.school_id is None:
        return False
    if incident.status is IncidentStatus.CLOSED:
        return False
    if incident_work.readable(session, person, incident.id) is None:
        return False
    return incident_work.may_work(session, person, incident) or _heads(person, incident.school_id)


def call(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> int:
    """Call every class of the case's school; returns how many pupils are called.

    Each homeroom teacher is asked; of a class without one, the head of school.
    """
    incident = incident_work.opened(session, person, incident_id)
    if not may_call(session, person, incident):
        raise NotYours
    assert incident.school_id is not None
    return open_roll(session, incident, now=now, person=person)


def open_roll(
    session: Session, incident: Incident, *, now: datetime, person: StaffMember | None = None
) -> int:
    """The same for a locked case; called twice it asks nobody twice."""
    assert incident.school_id is not None
    today = local_date(now)
    scope = Scope(incident.office_id, schools=(incident.school_id,))
    pupils = student_queries.enrolled(session, scope, today=today, year=school_year(today))
    incident.has_roll_call = True
    for row in session.scalars(
        select(IncidentPupil).where(
            IncidentPupil.incident_id == incident.id, IncidentPupil.state.is_(None)
        )
    ):
        row.state = WAITING
    cases.add_students(session, incident, [pupil.student.id for pupil in pupils])
    incident_work.write(session, incident, "roll_call", now=now, person=person)
    rooms = dict.fromkeys((one.enrolment.level, one.enrolment.room) for one in pupils)
    asked = {
        staff_id
        for level, room in rooms
        for staff_id in _who_calls(session, incident, level, room, today=today)
    }
    for staff_id in sorted(asked - cases.excluded(session, incident.id)):
        accounts = staff_queries.accounts_of(session, staff_id)
        facts = {"incident": incident.id, "staff": staff_id}
        alerts.push(
            session, accounts, CALL, facts, Purpose.ALERT, f"roll:{incident.id}:{staff_id}",
            office_id=incident.office_id, now=now,
        )  # fmt: skip
    return len(pupils)


def open_for(session: Session, person: StaffMember, *, today: date) -> Sequence[Incident]:
    """Roll-calls in which pupils of somebody's own are called, the newest first."""
    mine = {cases.index_of(session, one.student.id) for one in _own(session, person, today=today)}
    if not mine:
        return []
    rows = session.scalars(
        select(Incident)
        .where(
            Incident.office_id == person.office_id,
            Incident.has_roll_call.is_(True),
            Incident.status != IncidentStatus.CLOSED,
        )
        .order_by(Incident.id.desc())
        .limit(20)
    ).all()
    return [
        one
        for one in rows
        if person.staff_id not in cases.excluded(session, one.id) and mine & _indexes(session, one)
    ]


def own(
    session: Session, person: StaffMember, incident_id: int, *, today: date
) -> tuple[Incident, Sequence[Called]] | None:
    """The pupils of somebody's own in an open roll-call; None where there are none for them."""
    incident = session.get(Incident, incident_id)
    if incident is None or incident.office_id != person.office_id or not incident.has_roll_call:
        return None
    if incident.status is IncidentStatus.CLOSED:
        return None
    if person.staff_id in cases.excluded(session, incident.id):
        return None
    rows = _rows(session, incident)
    pupils = _own(session, person, today=today)
    called = _called(session, rows, pupils)
    return (incident, called) if called else None


def mark(
    session: Session,
    person: StaffMember,
    incident_id: int,
    student_ids: Sequence[int],
    state: str,
    *,
    now: datetime,
) -> int:
    """Mark pupils of one's own; who needs help is told to the owner at once. Returns how many.

    Raises `NotYours` where one of them is not.
    """
    if state not in (SAFE, NEEDS_HELP):
        raise WrongStatus(WAITING, state)
    found = own(session, person, incident_id, today=local_date(now))
    if found is None:
        raise NotYours
    theirs = {one.pupil.student.id for one in found[1]}
    if not set(student_ids) <= theirs:
        raise NotYours
    incident = cases.locked(session, incident_id)
    assert incident is not None
    rows, changed = _rows(session, incident), 0
    for student_id in student_ids:
        row = rows[cases.index_of(session, student_id)]
        changed += row.state != state
        row.state, row.state_at, row.state_by_id = state, now, person.staff_id
    session.flush()
    if changed and state == NEEDS_HELP:
        event = incident_work.write(
            session, incident, "roll_help", now=now, person=person, reason=str(changed)
        )
        first_step = incident.chain[0]["staff"] if incident.chain else []
        told = [incident.owner_id] if incident.owner_id is not None else first_step
        case_news.tell(session, incident, told, Word.CHANGED, about=event.id, now=now)
    elif changed and not any(rows[cases.index_of(session, one)].state == WAITING for one in theirs):
        incident_work.write(
            session, incident, "roll_done", now=now, person=person, reason=str(len(theirs))
        )
    return changed


def counts(session: Session, incident: Incident, *, today: date) -> Sequence[Count]:
    """How far each class is. No names: for everybody who may know of the roll-call."""
    groups: dict[str, list[Called]] = {}
    for one in _everybody(session, incident, today=today):
        groups.setdefault(one.pupil.class_name, []).append(one)
    return [
        Count(
            name,
            len(ones),
            sum(one.state == SAFE for one in ones),
            sum(one.state == NEEDS_HELP for one in ones),
            max((one.state_at for one in ones if one.state_at), default=None)
            if all(one.state != WAITING for one in ones)
            else None,
        )
        for name, ones in groups.items()
    ]


def missing(
    session: Session, person: StaffMember, incident: Incident, *, today: date
) -> Sequence[Called]:
    """By name who is not marked yet or needs help.

    For who may open the case in full, and for those whose own pupils they are.
    """
    if incident_work.readable(session, person, incident.id) is not None:
        called: Sequence[Called] = _everybody(session, incident, today=today)
    else:
        found = own(session, person, incident.id, today=today)
        called = found[1] if found else ()
    return [one for one in called if one.state != SAFE]


def _who_calls(
    session: Session, incident: Incident, level: str, room: str, *, today: date
) -> Sequence[int]:
    assert incident.school_id is not None
    teachers = staff_queries.teachers_of_room(
        session, school_id=incident.school_id, level=level, room=room, today=today
    )
    return teachers or staff_queries.heads_of(session, incident.school_id, today=today)


def _own(session: Session, person: StaffMember, *, today: date) -> Sequence[Enrolled]:
    return student_queries.enrolled(session, scope_of(person), today=today, year=school_year(today))


def _everybody(session: Session, incident: Incident, *, today: date) -> list[Called]:
    if incident.school_id is None:
        return []
    scope = Scope(incident.office_id, schools=(incident.school_id,))
    pupils = student_queries.enrolled(session, scope, today=today, year=school_year(today))
    return _called(session, _rows(session, incident), pupils)


def _called(
    session: Session, rows: Mapping[str, IncidentPupil], pupils: Sequence[Enrolled]
) -> list[Called]:
    found = [(pupil, rows.get(cases.index_of(session, pupil.student.id))) for pupil in pupils]
    return [
        Called(pupil, row.state or WAITING, row.state_at) for pupil, row in found if row is not None
    ]


def _rows(session: Session, incident: Incident) -> Mapping[str, IncidentPupil]:
    rows = session.scalars(select(IncidentPupil).where(IncidentPupil.incident_id == incident.id))
    return {row.student_index: row for row in rows}


def _indexes(session: Session, incident: Incident) -> set[str]:
    return set(
        session.scalars(
            select(IncidentPupil.student_index).where(IncidentPupil.incident_id == incident.id)
        )
    )


def _heads(person: StaffMember, school_id: int) -> bool:
    return any(post.role is Role.DIRECTOR and post.school_id == school_id for post in person.posts)
