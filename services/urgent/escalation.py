"""Climbing: a case is brought before more and more people until somebody has taken it (promise 3).

Every step locks the case first, and so does an acknowledgement: no step commits after it. An alert
is one row per person, step and round, which is why nobody hears the same step twice. After the last
step the chain begins anew, for a case is never over by being forgotten.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import DoolaeError, NotYours
from models.incident import OPEN, AlertAnswer, Incident, IncidentStatus, Part
from outbox.beats import every
from services import timeline
from services.people import StaffMember
from services.urgent import (
    alerts,
    cases,
    incident_news,
    incident_scope,
    outside,
    roster,
    severities,
)
from services.urgent.incident_news import NOBODY_YET, TAKEN

#: Days without a word after which the owner of a case in progress is woken.
QUIET: Final = timedelta(days=7)
_TAKEN: Final = (IncidentStatus.ACKNOWLEDGED, IncidentStatus.IN_PROGRESS)


class TakenAlready(DoolaeError):
    """Somebody else has taken the case; `owner_id` is who."""

    def __init__(self, owner_id: int | None) -> None:
        super().__init__("taken already")
        self.owner_id = owner_id


def start(session: Session, incident: Incident, *, now: datetime) -> None:
    """Snapshot the chain and take its first step, in the transaction that raises the case."""
    incident.chain = _chain(session, incident, now=now)
    take_step(session, incident, now=now)


def renew_chain(session: Session, incident: Incident, *, now: datetime) -> None:
    """What became known changes whom it goes to: those on the steps so far are alerted at once."""
    reached = max(incident.step, 0)
    incident.chain = _chain(session, incident, now=now)
    times = severities.timing(session, incident.office_id, incident.severity)
    due = severities.after(session, incident.office_id, incident.severity, now, times.ack)
    incident.ack_due_at = min(incident.ack_due_at, due)
    for step in range(min(reached + 1, len(incident.chain))):
        _alert_step(session, incident, step, now=now)
    if incident.outside_only:
        outside.alert(session, incident, now=now)
    next_at = severities.after(session, incident.office_id, incident.severity, now, times.step)
    incident.next_step_at = min(incident.next_step_at or next_at, next_at)


def take_step(session: Session, incident: Incident, *, now: datetime) -> None:
    """Alert the next step that has somebody left; behind the last one a new round begins.

    The case must be locked, and still be open.
    """
    step = _next_step(session, incident)
    if step is None:
        if incident.step >= 0:
            _begin_round(session, incident, now=now)
            incident_news.tell_reporter(session, incident, NOBODY_YET, now=now)
        step = _next_step(session, incident)
    elif incident.step >= 0:
        incident_news.tell_reporter(session, incident, NOBODY_YET, now=now)
    times = severities.timing(session, incident.office_id, incident.severity)
    incident.next_step_at = severities.after(
        session, incident.office_id, incident.severity, now, times.step
    )
    if incident.outside_only:
        _step_outside(session, incident, now=now)
        return
    if step is None:  # nobody at all, or nobody any more: who is there today?
        incident.chain = _chain(session, incident, now=now)
        step = _next_step(session, incident)
    if step is None:
        incident_news.tell_reporter(session, incident, NOBODY_YET, now=now)
        return
    _alert_step(session, incident, step, now=now)
    incident.step = step
    _alerted(session, incident, now=now)


def acknowledge(
    session: Session, person: StaffMember, incident_id: int, *, now: datetime
) -> Incident:
    """รับเรื่อง: the case is this person's. Raises `NotYours`, and `TakenAlready`.

    The second of two who tap at once hears who was first. Of a case whose owner has fallen silent,
    whoever was woken with them may take it over.
    """
    incident = _locked_for(session, person, incident_id)
    if incident.status in _TAKEN and incident.owner_id == person.staff_id:
        alerts.end(session, incident, now=now)  # "I am here"
        stir(session, incident, now=now)
        return incident
    if incident.status not in OPEN:
        is_woken = alerts.unanswered(session, incident, person.staff_id) > 0
        if incident.status is not IncidentStatus.ACKNOWLEDGED or not is_woken:
            raise TakenAlready(incident.owner_id)
    before = incident.status
    if before in OPEN:
        incident.move_to(IncidentStatus.ACKNOWLEDGED)
    incident.owner_id = person.staff_id
    incident.acknowledged_at = incident.acknowledged_at or now
    if before in OPEN and now > incident.ack_due_at:
        incident.was_late = True
    stir(session, incident, now=now)
    cases.add_member(session, incident, person.staff_id, Part.OWNER, now=now)
    alerts.answer(session, incident, person.staff_id, AlertAnswer.TAKEN, now=now)
    alerts.end(session, incident, now=now)
    timeline.record(
        session, "incident.acknowledged", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
        status=(before, incident.status),
    )  # fmt: skip
    if before in OPEN:
        incident_news.tell_reporter(session, incident, TAKEN, now=now)
    incident_news.tell_the_others(session, incident, person, now=now)
    return incident


def pass_on(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> Incident:
    """ให้ผู้อื่นรับ: when nobody of the step is left, the next step comes at once."""
    incident = _locked_for(session, person, incident_id)
    if incident.status not in OPEN:
        raise TakenAlready(incident.owner_id)
    alerts.answer(session, incident, person.staff_id, AlertAnswer.PASSED, now=now)
    timeline.record(
        session, "incident.passed_on", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
    )  # fmt: skip
    _step_if_nobody_is_left(session, incident, now=now)
    return incident


def recuse(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> Incident:
    """Related to it: passed on unseen, and never to be seen by this person (P4)."""
    incident = _locked_for(session, person, incident_id)
    alerts.answer(session, incident, person.staff_id, AlertAnswer.RECUSED, now=now)
    cases.exclude(session, incident, person.staff_id, reason="recused", now=now)
    timeline.record(
        session, "incident.recused", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
    )  # fmt: skip
    if incident.status in OPEN:
        _step_if_nobody_is_left(session, incident, now=now)
    elif not incident.outside_only:
        let_go(session, incident, now=now)
    return incident


def let_go(session: Session, incident: Incident, *, now: datetime) -> None:
    """Who had taken it is out of it: somebody else must take it, from the first step on.

    Nothing where it has an owner still, or is closed. The case must be locked.
    """
    if incident.owner_id is not None or incident.status not in _TAKEN:
        return
    before = incident.status
    incident.move_to(IncidentStatus.REOPENED)
    incident.acknowledged_at = None
    _begin_round(session, incident, now=now)
    timeline.record(
        session, "incident.let_go", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), status=(before, incident.status),
    )  # fmt: skip
    take_step(session, incident, now=now)


def stir(session: Session, incident: Incident, *, now: datetime) -> None:
    """Something was done in the case: its silence begins anew. The case must be locked."""
    if incident.status is IncidentStatus.CLOSED:
        incident.next_step_at = None
        alerts.end(session, incident, now=now)
    elif incident.status is IncidentStatus.IN_PROGRESS:
        incident.next_step_at = now + QUIET
        alerts.end(session, incident, now=now)
    elif incident.status is IncidentStatus.ACKNOWLEDGED:
        times = severities.timing(session, incident.office_id, incident.severity)
        incident.next_step_at = severities.after(
            session, incident.office_id, incident.severity, now, times.silence
        )


def wake(session: Session, incident: Incident, *, now: datetime) -> None:
    """Taken, and then silent: the owner is alerted again, and without help the first step too."""
    _begin_round(session, incident, now=now)
    incident.step = 0
    if incident.outside_only:
        outside.alert(session, incident, now=now)
    if incident.owner_id is not None:
        alerts.alert(session, incident, incident.owner_id, 0, now=now)
    if incident.status is IncidentStatus.ACKNOWLEDGED:
        _alert_step(session, incident, 0, now=now)
        stir(session, incident, now=now)
    else:
        incident.next_step_at = now + QUIET
    timeline.record(
        session, "incident.woken", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), reason_code=f"round {incident.round}",
    )  # fmt: skip


@every(2, "incident.escalate")
def sweep(session: Session, now: datetime) -> int:
    """Take one due step, on whichever process is alive; 0 when none is due."""
    incident = session.scalars(
        select(Incident)
        .where(Incident.next_step_at <= now)
        .order_by(Incident.next_step_at)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
    ).first()
    if incident is None:
        return 0
    if incident.status in OPEN:
        take_step(session, incident, now=now)
    elif incident.status is IncidentStatus.CLOSED:
        incident.next_step_at = None
    else:
        wake(session, incident, now=now)
    return 1


def _chain(session: Session, incident: Incident, *, now: datetime) -> list[dict[str, object]]:
    """Who is asked in which order, as the roster says at this moment: [{"staff": [ids]}, …]."""
    if incident.outside_only:
        return []
    school_id = None if incident.district_only else incident.school_id
    steps = roster.chain(
        session, incident.office_id, now, school_id=school_id, group=incident.group
    )
    return [{"staff": [each.staff.id for each in step]} for step in steps]


def _begin_round(session: Session, incident: Incident, *, now: datetime) -> None:
    """From the first step on, with those who are on duty now: the evening's people may be asleep.

    Where nobody is, those of before are asked again.
    """
    incident.round += 1
    incident.step = -1
    incident.chain = _chain(session, incident, now=now) or incident.chain


def _next_step(session: Session, incident: Incident) -> int | None:
    """The next step with somebody who may be alerted."""
    out = cases.excluded(session, incident.id)
    for step in range(incident.step + 1, len(incident.chain)):
        if set(incident.chain[step]["staff"]) - out:
            return step
    return None


def _alert_step(session: Session, incident: Incident, step: int, *, now: datetime) -> None:
    out = cases.excluded(session, incident.id)
    if step >= len(incident.chain):
        return
    for staff_id in incident.chain[step]["staff"]:
        if staff_id not in out:
            alerts.alert(session, incident, staff_id, step, now=now)


def _step_outside(session: Session, incident: Incident, *, now: datetime) -> None:
    """The accused works at the office: each step asks the named receiver outside again (P4)."""
    if incident.step >= 0:
        incident.round += 1
    incident.step = 0
    if outside.alert(session, incident, now=now):
        _alerted(session, incident, now=now)
    else:  # nobody is named: the reporter must know that nobody was told
        incident_news.tell_reporter(session, incident, NOBODY_YET, now=now)


def _alerted(session: Session, incident: Incident, *, now: datetime) -> None:
    incident.alerted_at = incident.alerted_at or now
    timeline.record(
        session, "incident.alerted", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id),
        reason_code=f"round {incident.round} step {incident.step}",
    )  # fmt: skip


def _step_if_nobody_is_left(session: Session, incident: Incident, *, now: datetime) -> None:
    if not alerts.unanswered(session, incident):
        take_step(session, incident, now=now)


def _locked_for(session: Session, person: StaffMember, incident_id: int) -> Incident:
    """The case, locked, for somebody who was alerted to it, is a part of it, or may see it."""
    incident = cases.locked(session, incident_id)
    if incident is None or incident.office_id != person.office_id:
        raise NotYours
    parts = cases.parts_of(session, incident_id, person.staff_id)
    if Part.EXCLUDED in parts:
        raise NotYours
    query = select(Incident.id).where(Incident.id == incident_id, incident_scope.visible(person))
    if not parts and session.scalar(query) is None:
        raise NotYours
    return incident
