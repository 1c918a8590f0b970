"""Whether somebody has said that they are not related to a case, before they open it (P4)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.incident import RESTRICTED, Incident
from models.timeline import Event
from services import timeline
from services.people import StaffMember
from services.urgent import alerts, cases

_UNRELATED: Final = "incident.unrelated"


def must_be_asked(session: Session, person: StaffMember, incident: Incident) -> bool:
    """Of violence, rights and unknown cases everybody is asked once, their owner too."""
    if incident.group is not None and incident.group not in RESTRICTED:
        return False
    said = select(Event.id).where(
        Event.subject_type == cases.SUBJECT, Event.subject_id == incident.id,
        Event.kind == _UNRELATED, Event.actor_staff_id == person.staff_id,
    )  # fmt: skip
    return session.scalar(said.limit(1)) is None


def is_unrelated(
    session: Session, person: StaffMember, incident: Incident, *, now: datetime
) -> None:
    """They say that they are not; it stands on the timeline."""
    if must_be_asked(session, person, incident):
        timeline.record(
            session, _UNRELATED, at=now, office_id=incident.office_id,
            subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
        )  # fmt: skip
        session.flush()
    alerts.opened(session, incident, person.staff_id, now=now)
