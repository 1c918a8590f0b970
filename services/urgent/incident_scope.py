"""Who may see an urgent case, and how much of it (P4, P15; design §3, 6).

Violence and rights cases are for named people only. Whoever is excluded sees nothing, whatever
their role; an administrator sees none. Opening a restricted case is written down.
"""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from models.incident import RESTRICTED, Incident, IncidentMember, Part
from models.line_account import LineAccount
from models.staff import Role
from models.timeline import AuditEntry, Door
from services.people import Person, StaffMember
from services.urgent import cases

#: Roles of the office that work with cases.
_OFFICE: tuple[Role, ...] = (Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR)


class Access(IntEnum):
    """How much of a case somebody sees; more includes less."""

    NONE = 0
    STATUS = 1  #: where it stands: the reporter
    FULL = 2  #: everything in it


def visible(person: StaffMember) -> ColumnElement[bool]:
    """The condition on `Incident` under which a member of staff may open a case."""
    mine = (
        select(IncidentMember.id)
        .where(
            IncidentMember.incident_id == Incident.id,
            IncidentMember.staff_id == person.staff_id,
            IncidentMember.part != Part.EXCLUDED,
            IncidentMember.until.is_(None),
        )
        .exists()
    )
    here = Incident.office_id == person.office_id
    return and_(here, or_(mine, _by_role(person)), ~is_excluded(person))


def is_excluded(person: StaffMember) -> ColumnElement[bool]:
    """The condition on `Incident` under which somebody is to learn nothing of it (P4)."""
    return (
        select(IncidentMember.id)
        .where(
            IncidentMember.incident_id == Incident.id,
            IncidentMember.staff_id == person.staff_id,
            IncidentMember.part == Part.EXCLUDED,
        )
        .exists()
    )


def access(
    session: Session, person: Person | None, account: LineAccount, incident: Incident
) -> Access:
    """What somebody sees of one case. A reporter who is excluded sees not even its status."""
    if isinstance(person, StaffMember):
        if person.staff_id in cases.excluded(session, incident.id):
            return Access.NONE
        query = select(Incident.id).where(Incident.id == incident.id, visible(person))
        if session.scalar(query) is not None:
            return Access.FULL
        if incident.reporter_staff_id == person.staff_id:
            return Access.STATUS
    return Access.STATUS if incident.reporter_account_id == account.id else Access.NONE


def name_of(incident: Incident) -> str:
    """What the audit calls a case that reads are written down of, "" for others."""
    return f"incident:{incident.id}" if incident.is_restricted else ""


def opened(session: Session, person: StaffMember, incident: Incident, *, now: datetime) -> None:
    """Write down that a restricted case was read, and by whom."""
    if not incident.is_restricted:
        return
    session.add(
        AuditEntry(
            at=now,
            office_id=incident.office_id,
            actor=f"staff:{person.staff_id}",
            door=Door.CHAT,
            action="incident.read",
            subject=name_of(incident),
            rows=1,
            sensitive=True,
            reason=None,
        )
    )


def _by_role(person: StaffMember) -> ColumnElement[bool]:
    """Accidents and health are seen by the office and by the head of the school."""
    open_to_roles = and_(
        Incident.group.is_not(None),
        Incident.group.not_in(RESTRICTED),
        Incident.district_only.is_(False),
        Incident.outside_only.is_(False),
    )
    if person.has(*_OFFICE):
        return open_to_roles
    schools = [
        post.school_id
        for post in person.posts
        if post.role is Role.DIRECTOR and post.school_id is not None
    ]
    return and_(open_to_roles, Incident.school_id.in_(schools)) if schools else false()
