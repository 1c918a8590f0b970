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
from models.incident import (
    Incident,
    IncidentMember,
    IncidentStatus,
    Origin,
    Part,
    Severity,
    ThreatGroup,
)
from models.queries import staff as staff_queries
from services import timeline
from services.numbers import INCIDENT, next_number
from services.urgent import cases, escalation, severities


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
    session: Session,
    report: Report,
    *,
    now: datetime,
    source_event_id: int | None = None,
    by_clock: bool = False,
) -> Incident:
    """Make the case and promise its first alerts. A draft becomes one case, however often.

    `by_clock`: its draft was abandoned (P2); who had begun it stays its reporter.
    """
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
        origin=Origin.CLOCK if by_clock else report.origin,
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


def add_answers(
    session: Session, incident: Incident, report: Report, *, now: datetime, is_sent: bool = True
) -> Incident:
    """Answers that came after the alert left: they are added, and the chain follows them (P2).

    The case must be locked. What was known is not forgotten by an answer that is empty; whether
    the school may see it is the reporter's last word (P4). `is_sent` puts it on the timeline.
    """
    was, owner_id = _way(incident), incident.owner_id
    kept = cases.answers_of(session, incident)
    incident.answers = cases.sealed(session, {**kept, **report.answers})
    incident.form_hash = report.form_hash or incident.form_hash
    incident.group = report.group or incident.group
    incident.threat = report.threat or incident.threat
    if report.threat is not None:
        incident.threat_version = report.threat_version
    incident.affected = report.affected or incident.affected
    incident.school_id = report.school_id or incident.school_id
    incident.district_only = report.district_only
    incident.outside_only = report.outside_only
    incident.may_push_reporter = report.may_push_reporter
    incident.severity = report.severity
    named = [each for each in report.named if each not in cases.excluded(session, incident.id)]
    for staff_id in named:
        cases.exclude(session, incident, staff_id, reason="named", now=now)
    if incident.district_only and not was[1]:
        _leave_school(session, incident, now=now)
    if incident.outside_only and not was[2]:
        _leave_office(session, incident, now=now)
    cases.add_students(session, incident, report.students)
    if is_sent:
        timeline.record(
            session, "incident.told_more", at=now, office_id=incident.office_id,
            subject=(cases.SUBJECT, incident.id), staff_id=report.reporter_staff_id,
            account_id=report.reporter_account_id,
        )  # fmt: skip
    if (named or was != _way(incident)) and incident.status is IncidentStatus.RAISED:
        escalation.renew_chain(session, incident, now=now)
    if owner_id is not None:
        escalation.let_go(session, incident, now=now)
    return incident


def _way(incident: Incident) -> tuple[object, ...]:
    """What the chain of a case depends on."""
    return (
        incident.school_id, incident.district_only, incident.outside_only, incident.severity,
        incident.group,
    )  # fmt: skip


def _leave_office(session: Session, incident: Incident, *, now: datetime) -> None:
    """It turned out to be about somebody at the office: nobody inside reads it any more (P4)."""
    members = session.scalars(
        select(IncidentMember.staff_id).where(
            IncidentMember.incident_id == incident.id, IncidentMember.part != Part.EXCLUDED
        )
    ).all()
    for staff_id in dict.fromkeys(members):
        cases.exclude(session, incident, staff_id, reason="outside_only", now=now)


def _leave_school(session: Session, incident: Incident, *, now: datetime) -> None:
    """It turned out to be about somebody at the school.

    Those of its people who were alerted neither hear of it nor read it any more (P4).
    """
    members = session.scalars(
        select(IncidentMember.staff_id).where(
            IncidentMember.incident_id == incident.id, IncidentMember.part != Part.EXCLUDED
        )
    ).all()
    for staff_id in dict.fromkeys(members):
        posts = staff_queries.posts_of(session, staff_id, today=local_date(now))
        if posts and all(post.school_id is not None for post, _name in posts):
            cases.exclude(session, incident, staff_id, reason="district_only", now=now)
