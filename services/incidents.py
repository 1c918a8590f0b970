"""Raising an urgent case, and what is added to it afterwards.

The case is made in the transaction of the answer that made it one; its alerts are promised in the
same (P2). Whom it is about stands sealed (design §4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from models.incident import Incident, IncidentStatus, Origin, Severity, ThreatGroup
from services import cases, escalation, severities, timeline
from services.numbers import INCIDENT, next_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is known when a case is raised: little, where danger is now."""

    office_id: int
    origin: Origin
    severity: Severity
    school_id: int | None = None
    group: ThreatGroup | None = None
    threat: str | None = None
    threat_version: int | None = None
    affected: str | None = None
    is_drill: bool = False
    district_only: bool = False
    outside_only: bool = False
    has_roll_call: bool = False
    reporter_account_id: int | None = None
    reporter_staff_id: int | None = None
    may_push_reporter: bool = False
    draft_id: int | None = None
    home_visit_id: int | None = None
    #: Staff who are named in it: they leave its chain and its readers (P4).
    named: Sequence[int] = ()
    students: Sequence[int] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    form_hash: str | None = None


def raise_case(
    session: Session, report: Report, *, now: datetime, source_event_id: int | None = None
) -> Incident:
    """Make the case and promise its first alerts. A draft becomes one case, however often."""
    if report.draft_id is not None:
        known = session.scalar(select(Incident).where(Incident.draft_id == report.draft_id))
        if known is not None:
            return known
    times = severities.timing(session, report.office_id, report.severity)
    year = school_year(local_date(now))
    incident = Incident(
        office_id=report.office_id,
        number=next_number(session, office_id=report.office_id, kind=INCIDENT, year=year),
        school_id=report.school_id,
        status=IncidentStatus.RAISED,
        group=report.group,
        threat=report.threat,
        threat_version=report.threat_version,
        severity=report.severity,
        affected=report.affected,
        origin=report.origin,
        is_drill=report.is_drill,
        district_only=report.district_only,
        outside_only=report.outside_only,
        has_roll_call=report.has_roll_call,
        reporter_account_id=report.reporter_account_id,
        reporter_staff_id=report.reporter_staff_id,
        may_push_reporter=report.may_push_reporter,
        draft_id=report.draft_id,
        home_visit_id=report.home_visit_id,
        answers=cases.sealed(session, report.answers),
        form_hash=report.form_hash,
        raised_at=now,
        ack_due_at=severities.after(session, report.office_id, report.severity, now, times.ack),
        action_due_at=severities.after(
            session, report.office_id, report.severity, now, times.action
        ),
        chain=[],
        step=-1,
        round=1,
    )
    session.add(incident)
    session.flush()
    timeline.record(
        session, "incident.raised", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=report.reporter_staff_id,
        account_id=report.reporter_account_id, status=(None, IncidentStatus.RAISED),
        source_event_id=source_event_id,
    )  # fmt: skip
    for staff_id in report.named:
        cases.exclude(session, incident, staff_id, reason="named", now=now)
    cases.add_students(session, incident, report.students)
    escalation.start(session, incident, now=now)
    return incident


def add_answers(session: Session, incident: Incident, report: Report, *, now: datetime) -> Incident:
    """Answers that came after the alert left: they are added, and the chain follows them (P2).

    The case must be locked. What was known is not forgotten by an answer that is empty.
    """
    was = (incident.school_id, incident.district_only, incident.outside_only, incident.severity)
    kept = cases.answers_of(session, incident)
    incident.answers = cases.sealed(session, {**kept, **report.answers})
    incident.form_hash = report.form_hash or incident.form_hash
    incident.group = report.group or incident.group
    incident.threat = report.threat or incident.threat
    incident.threat_version = report.threat_version or incident.threat_version
    incident.affected = report.affected or incident.affected
    incident.school_id = report.school_id or incident.school_id
    incident.district_only = incident.district_only or report.district_only
    incident.outside_only = incident.outside_only or report.outside_only
    incident.may_push_reporter = report.may_push_reporter
    incident.severity = report.severity
    for staff_id in report.named:
        cases.exclude(session, incident, staff_id, reason="named", now=now)
    cases.add_students(session, incident, report.students)
    timeline.record(
        session, "incident.told_more", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=report.reporter_staff_id,
        account_id=report.reporter_account_id,
    )  # fmt: skip
    now_is = (incident.school_id, incident.district_only, incident.outside_only, incident.severity)
    if was != now_is and incident.status is IncidentStatus.RAISED:
        escalation.renew_chain(session, incident, now=now)
    return incident
