"""มอบหมายใหม่ / โอนเรื่อง: the case goes to somebody else once they have taken it, not before.

Until then it stays its owner's: nothing ever waits on somebody who has not heard of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotYours
from models.incident import Incident, IncidentMember, Part
from services.people import StaffMember
from services.urgent import case_news, cases, incident_work
from services.urgent.case_news import Word

#: Why somebody reads the case while they are asked to take it over.
_ASKED: Final = "offer"


def offer(
    session: Session,
    person: StaffMember,
    incident_id: int,
    staff_id: int,
    *,
    words: str = "",
    now: datetime,
) -> Incident:
    """Ask somebody to take the case over; they are alerted. A newer offer replaces an older one."""
    incident = incident_work.taken(session, person, incident_id)
    if staff_id == incident.owner_id:
        raise NotYours
    if not incident_work.can_join(session, incident, staff_id, now=now):
        raise NotYours
    if incident.offered_to_id not in (None, staff_id):
        cases.leave(session, incident, incident.offered_to_id, _ASKED, now=now)
    cases.add_member(session, incident, staff_id, Part.ALERTED, now=now, reason=_ASKED)
    incident.offered_to_id, incident.offered_by_id = staff_id, person.staff_id
    incident.offered_at = now
    event = incident_work.write(
        session, incident, "offered", now=now, person=person, words=words,
        reason=f"staff:{staff_id}",
    )  # fmt: skip
    case_news.tell(session, incident, [staff_id], Word.OFFER, about=event.id, now=now)
    return incident


def take_over(
    session: Session, person: StaffMember, incident_id: int, *, now: datetime
) -> Incident:
    """The one who was asked takes it: it is theirs now. The one before stays of the team."""
    incident = _offered(session, person, incident_id)
    before = incident.owner_id
    if before is not None:
        _no_longer_owner(session, incident, before, now=now)
    incident.owner_id = person.staff_id
    cases.add_member(session, incident, person.staff_id, Part.OWNER, now=now)
    offered_by = incident.offered_by_id
    _settle(incident)
    event = incident_work.write(session, incident, "transferred", now=now, person=person)
    told = {before, offered_by} - {person.staff_id}
    case_news.tell(session, incident, told, Word.CHANGED, about=event.id, now=now)
    return incident


def decline(
    session: Session, person: StaffMember, incident_id: int, *, now: datetime, words: str = ""
) -> Incident:
    """The one who was asked cannot; the owner hears of it and asks somebody else."""
    incident = _offered(session, person, incident_id)
    told = {incident.owner_id, incident.offered_by_id}
    _settle(incident)
    cases.leave(session, incident, person.staff_id, _ASKED, now=now)
    event = incident_work.write(
        session, incident, "offer_declined", now=now, person=person, words=words
    )
    case_news.tell(session, incident, told, Word.CHANGED, about=event.id, now=now)
    return incident


def _offered(session: Session, person: StaffMember, incident_id: int) -> Incident:
    incident = incident_work.opened(session, person, incident_id)
    if incident.offered_to_id != person.staff_id or incident.status not in incident_work.TAKEN:
        raise NotYours
    return incident


def _settle(incident: Incident) -> None:
    incident.offered_to_id = incident.offered_by_id = incident.offered_at = None


def _no_longer_owner(session: Session, incident: Incident, staff_id: int, *, now: datetime) -> None:
    rows = session.scalars(
        select(IncidentMember).where(
            IncidentMember.incident_id == incident.id, IncidentMember.staff_id == staff_id,
            IncidentMember.part == Part.OWNER, IncidentMember.until.is_(None),
        )
    )  # fmt: skip
    for row in rows:
        row.until = now
    session.flush()
    cases.add_member(session, incident, staff_id, Part.TEAM, now=now)
