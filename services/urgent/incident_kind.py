"""The kind of a case that its reporter could not or did not say, said by who has it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.errors import WrongStatus
from models.incident import Incident, ThreatGroup
from services.people import StaffMember
from services.urgent import incident_work, threats


def is_unknown(incident: Incident) -> bool:
    return incident.group is None


def classify(
    session: Session,
    person: StaffMember,
    incident_id: int,
    group: ThreatGroup,
    *,
    threat: str | None = None,
    now: datetime,
) -> Incident:
    """Say it once. Raises `WrongStatus` where it is known: a kind decides who may read a case."""
    incident = incident_work.taken(session, person, incident_id)
    if incident.group not in (None, group):
        raise WrongStatus(incident.status, incident.status)
    incident.group = group
    if threat is not None:
        incident.threat = threat
        incident.threat_version = threats.current(session, incident.office_id).version
    incident_work.write(session, incident, "classified", now=now, person=person, reason=group)
    return incident
