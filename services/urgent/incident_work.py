"""Working an urgent case once somebody has taken it: help, notes, tasks, the team, its meetings.

Everything locks the case first, leaves one line on its timeline and ends its silence. What is
written down is sealed. Who works on a case: its owner, its team, and the office's officers and
director where they may open it at all. An excluded person never, an administrator none (P4, P15).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from core.errors import NotYours, WrongStatus
from models.casework import MEETING, TASK, IncidentMeeting, IncidentTask
from models.incident import Incident, IncidentMember, IncidentStatus, Part
from models.queries import staff as staff_queries
from models.staff import Role, Staff
from models.timeline import Event
from services import timeline
from services.people import StaffMember
from services.urgent import case_news, cases, escalation, incident_scope
from services.urgent.case_news import Word

#: States in which somebody has the case and works on it.
TAKEN: Final = (IncidentStatus.ACKNOWLEDGED, IncidentStatus.IN_PROGRESS)


def readable(session: Session, person: StaffMember, incident_id: int) -> Incident | None:
    """A case that somebody may open in full; None is all that anybody else learns."""
    return session.scalar(
        select(Incident).where(Incident.id == incident_id, incident_scope.visible(person))
    )


def opened(session: Session, person: StaffMember, incident_id: int) -> Incident:
    """The same, locked. Raises `NotYours`."""
    incident = cases.locked(session, incident_id)
    if incident is None or readable(session, person, incident_id) is None:
        raise NotYours
    return incident


def may_work(session: Session, person: StaffMember, incident: Incident) -> bool:
    """Whether somebody who may open a case may also work on it."""
    parts = cases.parts_of(session, incident.id, person.staff_id)
    if Part.EXCLUDED in parts:
        return False
    return bool(parts & {Part.OWNER, Part.TEAM}) or person.has(
        Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR
    )


def taken(session: Session, person: StaffMember, incident_id: int) -> Incident:
    """A case to work on, locked. Raises `NotYours`, and `WrongStatus` unless somebody has it."""
    incident = opened(session, person, incident_id)
    if not may_work(session, person, incident):
        raise NotYours
    if incident.status not in TAKEN:
        raise WrongStatus(incident.status, IncidentStatus.IN_PROGRESS)
    return incident


def write(
    session: Session,
    incident: Incident,
    kind: str,
    *,
    now: datetime,
    person: StaffMember | None = None,
    account_id: int | None = None,
    words: str = "",
    reason: str | None = None,
    status: tuple[str | None, str | None] = (None, None),
) -> Event:
    """One line on the case's timeline, and the end of its silence."""
    event = timeline.record(
        session, f"incident.{kind}", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id if person else None,
        account_id=account_id, status=status, reason_code=reason,
    )  # fmt: skip
    if words:
        event.note_id = timeline.note(session, incident.office_id, words)
    session.flush()  # pushes are told apart by its id
    escalation.stir(session, incident, now=now)
    return event


def helped(
    session: Session, person: StaffMember, incident_id: int, what: str, *, now: datetime
) -> Incident:
    """ช่วยเหลือแล้ว: what was done for the child; the first time is kept for ever."""
    incident = taken(session, person, incident_id)
    before = incident.status
    incident.first_help_at = incident.first_help_at or now
    if now > incident.action_due_at and incident.first_help_at == now:
        incident.was_late = True
    if incident.status is IncidentStatus.ACKNOWLEDGED:
        incident.move_to(IncidentStatus.IN_PROGRESS)
    write(
        session, incident, "helped", now=now, person=person, words=what,
        status=(before, incident.status),
    )  # fmt: skip
    return incident


def note(
    session: Session, person: StaffMember, incident_id: int, words: str, *, now: datetime
) -> Incident:
    """A note in the case, by anybody who may open it while it is not closed."""
    incident = opened(session, person, incident_id)
    if incident.status is IncidentStatus.CLOSED:
        raise WrongStatus(incident.status, incident.status)
    event = write(session, incident, "note", now=now, person=person, words=words)
    if incident.owner_id != person.staff_id:
        case_news.tell(
            session, incident, [incident.owner_id], Word.CHANGED, about=event.id, now=now
        )
    return incident


def add_task(
    session: Session,
    person: StaffMember,
    incident_id: int,
    words: str,
    *,
    due_on: date,
    assignee_id: int | None = None,
    now: datetime,
) -> IncidentTask:
    """Something to be done until a day; who gets it joins the team, for they must read the case."""
    incident = taken(session, person, incident_id)
    assignee = assignee_id or person.staff_id
    if assignee != person.staff_id:
        _joins(session, incident, assignee, now=now)
    task = IncidentTask(
        office_id=incident.office_id, incident_id=incident.id, assignee_id=assignee,
        text=secrets_of(session).seal(words.encode(), column=TASK), due_on=due_on,
        created_by_id=person.staff_id, created_at=now,
    )  # fmt: skip
    session.add(task)
    session.flush()
    event = write(session, incident, "task", now=now, person=person, words=words)
    if assignee != person.staff_id:
        case_news.tell(session, incident, [assignee], Word.TASK, about=event.id, now=now)
    return task


def finish_task(session: Session, person: StaffMember, task_id: int, *, now: datetime) -> Incident:
    """A task is done, said by whose it is or by who works on the case."""
    task = session.get(IncidentTask, task_id)
    if task is None:
        raise NotYours
    incident = opened(session, person, task.incident_id)
    if task.assignee_id != person.staff_id and not may_work(session, person, incident):
        raise NotYours
    session.refresh(task)
    if task.done_at is None:
        task.done_at, task.done_by_id = now, person.staff_id
        words = task_words(session, task)
        write(session, incident, "task_done", now=now, person=person, words=words)
    return incident


def tasks(session: Session, incident_id: int) -> Sequence[IncidentTask]:
    """Tasks that are still to be done, the nearest day first."""
    return session.scalars(
        select(IncidentTask)
        .where(IncidentTask.incident_id == incident_id, IncidentTask.done_at.is_(None))
        .order_by(IncidentTask.due_on, IncidentTask.id)
    ).all()


def task_words(session: Session, task: IncidentTask) -> str:
    return secrets_of(session).open(task.text, column=TASK).decode() if task.text else ""


def add_to_team(
    session: Session, person: StaffMember, incident_id: int, staff_id: int, *, now: datetime
) -> Incident:
    """Somebody joins the multidisciplinary team, and reads the case from now on."""
    incident = taken(session, person, incident_id)
    _joins(session, incident, staff_id, now=now)
    event = write(
        session, incident, "team_joined", now=now, person=person, reason=f"staff:{staff_id}"
    )
    case_news.tell(session, incident, [staff_id], Word.CHANGED, about=event.id, now=now)
    return incident


def remove_from_team(
    session: Session, person: StaffMember, incident_id: int, staff_id: int, *, now: datetime
) -> Incident:
    """Somebody leaves the team, and reads the case no more unless by another part of theirs."""
    incident = taken(session, person, incident_id)
    rows = session.scalars(
        select(IncidentMember).where(
            IncidentMember.incident_id == incident.id, IncidentMember.staff_id == staff_id,
            IncidentMember.part == Part.TEAM, IncidentMember.until.is_(None),
        )
    ).all()  # fmt: skip
    if not rows:
        raise NotYours
    for row in rows:
        row.until = now
    write(session, incident, "team_left", now=now, person=person, reason=f"staff:{staff_id}")
    return incident


def team(session: Session, incident_id: int) -> Sequence[Staff]:
    """The multidisciplinary team now."""
    return session.scalars(
        select(Staff)
        .join(IncidentMember, IncidentMember.staff_id == Staff.id)
        .where(
            IncidentMember.incident_id == incident_id, IncidentMember.part == Part.TEAM,
            IncidentMember.until.is_(None),
        )
        .order_by(Staff.id)
    ).all()  # fmt: skip


def meet(
    session: Session,
    person: StaffMember,
    incident_id: int,
    minutes: str,
    *,
    held_on: date,
    now: datetime,
) -> IncidentMeeting:
    """What a meeting of the multidisciplinary team decided; present is who was of it then."""
    incident = taken(session, person, incident_id)
    present = [one.id for one in team(session, incident.id)]
    meeting = IncidentMeeting(
        office_id=incident.office_id, incident_id=incident.id, held_on=held_on,
        present={"staff": sorted({*present, person.staff_id})},
        minutes=secrets_of(session).seal(minutes.encode(), column=MEETING),
        recorded_by_id=person.staff_id, recorded_at=now,
    )  # fmt: skip
    session.add(meeting)
    write(session, incident, "meeting", now=now, person=person, words=minutes)
    return meeting


def can_join(session: Session, incident: Incident, staff_id: int, *, now: datetime) -> bool:
    """Whether somebody may become a part of a case.

    Never who is excluded, who only administers, and, of a case that the school must not see, who
    is of the school only.
    """
    staff = session.get(Staff, staff_id)
    if staff is None or staff.office_id != incident.office_id or staff.left_at is not None:
        return False
    if incident.outside_only or staff_id in cases.excluded(session, incident.id):
        return False
    posts = [
        post for post, _name in staff_queries.posts_of(session, staff_id, today=local_date(now))
    ]
    if all(post.role is Role.ADMIN for post in posts):
        return False
    return not incident.district_only or any(post.school_id is None for post in posts)


def _joins(session: Session, incident: Incident, staff_id: int, *, now: datetime) -> None:
    if not can_join(session, incident, staff_id, now=now):
        raise NotYours
    cases.add_member(session, incident, staff_id, Part.TEAM, now=now)


def open_of(session: Session, person: StaffMember, *, limit: int = 30) -> Sequence[Incident]:
    """Cases that are not closed and that somebody may open, their own first, then by due time."""
    mine = func.coalesce(Incident.owner_id, 0) != person.staff_id
    return session.scalars(
        select(Incident)
        .where(Incident.status != IncidentStatus.CLOSED, incident_scope.visible(person))
        .order_by(mine, Incident.action_due_at, Incident.id)
        .limit(limit)
    ).all()
