"""Climbing: a case is brought before more and more people until somebody has taken it (promise 3).

Every step locks the case first, and so does an acknowledgement: no step commits after it. An alert
is one row per person, step and round, which is why nobody hears the same step twice. After the last
step the chain begins anew, for a case is never over by being forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.errors import DoolaeError, NotYours
from models.incident import (
    Alert,
    AlertAnswer,
    Incident,
    IncidentStatus,
    Part,
)
from models.line_account import LineAccount
from models.outbox import Purpose, Via
from models.queries import staff as staff_queries
from outbox.beats import every
from outbox.kinds import Settled, on_delivered, on_undelivered
from services import cases, channels, notices, pushes, roster, second_channel, severities, timeline
from services.people import StaffMember

#: Kinds of pushes; their words are made in handlers/.
ALERT: Final = "incident.alert"
REPORTER: Final = "incident.reporter"
#: Words for the reporter (P3).
TAKEN: Final = "taken"
NOBODY_YET: Final = "nobody_yet"
#: States in which somebody must still take it.
OPEN: Final = (IncidentStatus.RAISED, IncidentStatus.REOPENED)
#: Days without a word after which the owner of a case in progress is woken.
QUIET: Final = timedelta(days=7)
#: A step that is so late stands still; a watchdog takes it and says so.
STANDS_STILL: Final = timedelta(minutes=5)
NO_ACCOUNT: Final = "no_account"


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
    next_at = severities.after(session, incident.office_id, incident.severity, now, times.step)
    incident.next_step_at = min(incident.next_step_at or next_at, next_at)


def take_step(session: Session, incident: Incident, *, now: datetime) -> None:
    """Alert the next step that has somebody left; behind the last one a new round begins.

    The case must be locked, and still be open.
    """
    step = _next_step(session, incident)
    if step is None:
        if incident.step >= 0:
            incident.round += 1
            incident.step = -1
            _tell_reporter(session, incident, NOBODY_YET, now=now)
        step = _next_step(session, incident)
    elif incident.step >= 0:
        _tell_reporter(session, incident, NOBODY_YET, now=now)
    times = severities.timing(session, incident.office_id, incident.severity)
    incident.next_step_at = now + timedelta(minutes=times.step)
    if step is None:  # nobody at all: the hole is red, and the next sweep looks again
        incident.chain = _chain(session, incident, now=now)
        return
    _alert_step(session, incident, step, now=now)
    incident.step = step
    incident.alerted_at = incident.alerted_at or now
    timeline.record(
        session, "incident.alerted", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), reason_code=f"round {incident.round} step {step}",
    )  # fmt: skip


def acknowledge(
    session: Session, person: StaffMember, incident_id: int, *, now: datetime
) -> Incident:
    """รับเรื่อง: the case is this person's. Raises `NotYours`, and `TakenAlready`.

    The second of two who tap at once hears who was first.
    """
    incident = _locked_for(session, person, incident_id)
    if incident.status not in OPEN:
        if incident.owner_id == person.staff_id:
            return incident
        raise TakenAlready(incident.owner_id)
    before = incident.status
    incident.move_to(IncidentStatus.ACKNOWLEDGED)
    incident.owner_id = person.staff_id
    incident.acknowledged_at = incident.acknowledged_at or now
    if now > incident.ack_due_at:
        incident.was_late = True
    times = severities.timing(session, incident.office_id, incident.severity)
    incident.next_step_at = severities.after(
        session, incident.office_id, incident.severity, now, times.silence
    )
    cases.add_member(session, incident, person.staff_id, Part.OWNER, now=now)
    _answer(session, incident, person, AlertAnswer.TAKEN, now=now)
    timeline.record(
        session, "incident.acknowledged", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
        status=(before, incident.status),
    )  # fmt: skip
    _tell_reporter(session, incident, TAKEN, now=now)
    _tell_the_others(session, incident, person, now=now)
    return incident


def pass_on(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> Incident:
    """ให้ผู้อื่นรับ: when nobody of the step is left, the next step comes at once."""
    incident = _locked_for(session, person, incident_id)
    if incident.status not in OPEN:
        raise TakenAlready(incident.owner_id)
    _answer(session, incident, person, AlertAnswer.PASSED, now=now)
    timeline.record(
        session, "incident.passed_on", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
    )  # fmt: skip
    _step_if_nobody_is_left(session, incident, now=now)
    return incident


def recuse(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> Incident:
    """Related to it: passed on unseen, and never to be seen by this person (P4)."""
    incident = _locked_for(session, person, incident_id)
    _answer(session, incident, person, AlertAnswer.RECUSED, now=now)
    cases.exclude(session, incident, person.staff_id, reason="recused", now=now)
    timeline.record(
        session, "incident.recused", at=now, office_id=incident.office_id,
        subject=(cases.SUBJECT, incident.id), staff_id=person.staff_id,
    )  # fmt: skip
    if incident.status in OPEN:
        _step_if_nobody_is_left(session, incident, now=now)
    return incident


def stir(session: Session, incident: Incident, *, now: datetime) -> None:
    """Something was done in the case: its silence begins anew. The case must be locked."""
    if incident.status is IncidentStatus.CLOSED:
        incident.next_step_at = None
    elif incident.status is IncidentStatus.IN_PROGRESS:
        incident.next_step_at = now + QUIET
    elif incident.status is IncidentStatus.ACKNOWLEDGED:
        times = severities.timing(session, incident.office_id, incident.severity)
        incident.next_step_at = severities.after(
            session, incident.office_id, incident.severity, now, times.silence
        )


def wake(session: Session, incident: Incident, *, now: datetime) -> None:
    """Taken, and then silent: the owner is alerted again, and without help the first step too."""
    incident.round += 1
    incident.step = -1
    if incident.owner_id is not None:
        _alert(session, incident, incident.owner_id, 0, now=now)
    if incident.status is IncidentStatus.ACKNOWLEDGED:
        _alert_step(session, incident, 0, now=now)
    incident.step = 0
    stir(session, incident, now=now)
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
        .with_for_update(skip_locked=True)
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


@every(15, "incident.late")
def mark_late(session: Session, now: datetime) -> int:
    """Late is late for ever: nobody took it, or nothing was done, in time."""
    overdue = session.scalars(
        select(Incident)
        .where(
            Incident.was_late.is_(False),
            ((Incident.ack_due_at < now) & Incident.acknowledged_at.is_(None))
            | ((Incident.action_due_at < now) & Incident.first_help_at.is_(None)),
            Incident.status != IncidentStatus.CLOSED,
        )
        .order_by(Incident.id)
        .limit(100)
        .with_for_update(skip_locked=True)
    ).all()
    for incident in overdue:
        incident.was_late = True
    return len(overdue)


@every(60, "incident.watchdog")
def watch(session: Session, now: datetime) -> int:
    """Find cases that should climb and stand still; they are set going, and it is recorded."""
    still = session.scalars(standing_still(now).limit(50).with_for_update(skip_locked=True)).all()
    for incident in still:
        incident.next_step_at = now
        timeline.record(
            session, "incident.stood_still", at=now, office_id=incident.office_id,
            subject=(cases.SUBJECT, incident.id),
        )  # fmt: skip
    return 0


def standing_still(now: datetime) -> Select[Incident]:
    """Open cases without a next step, and steps that nobody took for minutes."""
    return (
        select(Incident)
        .where(
            Incident.status.in_(OPEN),
            Incident.next_step_at.is_(None) | (Incident.next_step_at < now - STANDS_STILL),
        )
        .order_by(Incident.id)
    )


@on_delivered(ALERT)
def _arrived(session: Session, settled: Settled) -> None:
    alert = session.get(Alert, settled.facts["alert"])
    if alert is not None and settled.via is Via.LINE:
        alert.sent_at = alert.sent_at or settled.at
        alert.failed = None


@on_undelivered(ALERT)
def _did_not_arrive(session: Session, settled: Settled) -> None:
    """Quota, block, refusal or a minute without an answer: the other ways, for the whole step."""
    alert = session.get(Alert, settled.facts["alert"])
    if alert is None or settled.via is not Via.LINE:
        return
    alert.failed = settled.reason
    incident = session.get_one(Incident, alert.incident_id)
    if incident.status not in OPEN:
        return
    of_step = session.scalars(
        select(Alert).where(
            Alert.incident_id == alert.incident_id,
            Alert.round == alert.round,
            Alert.step == alert.step,
            Alert.answered_at.is_(None),
        )
    ).all()
    _other_ways(session, incident, of_step, now=settled.at)


def _chain(session: Session, incident: Incident, *, now: datetime) -> list[dict[str, object]]:
    """Who is asked in which order, as the roster says at this moment: [{"staff": [ids]}, …]."""
    if incident.outside_only:
        return []
    school_id = None if incident.district_only else incident.school_id
    steps = roster.chain(
        session, incident.office_id, now, school_id=school_id, group=incident.group
    )
    return [{"staff": [each.staff.id for each in step]} for step in steps]


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
            _alert(session, incident, staff_id, step, now=now)


def _alert(
    session: Session, incident: Incident, staff_id: int, step: int, *, now: datetime
) -> None:
    """Alert one person, once for this step and round."""
    known = session.scalar(
        select(Alert.id).where(
            Alert.incident_id == incident.id, Alert.round == incident.round,
            Alert.step == step, Alert.staff_id == staff_id,
        )
    )  # fmt: skip
    if known is not None:
        return
    alert = Alert(
        office_id=incident.office_id, incident_id=incident.id, round=incident.round, step=step,
        staff_id=staff_id, promised_at=now,
    )  # fmt: skip
    session.add(alert)
    session.flush()
    cases.add_member(session, incident, staff_id, Part.ALERTED, now=now)
    accounts = staff_queries.accounts_of(session, staff_id)
    facts = {"incident": incident.id, "alert": alert.id}
    key = f"alert:{incident.id}:{incident.round}:{step}:{staff_id}"
    push(session, accounts, ALERT, facts, Purpose.ALERT, key, office_id=incident.office_id, now=now)
    if not accounts:
        alert.failed = NO_ACCOUNT
        _other_ways(session, incident, [alert], now=now)


def push(
    session: Session,
    account_ids: Sequence[int],
    kind: str,
    facts: Mapping[str, object],
    purpose: Purpose,
    key: str,
    *,
    office_id: int,
    now: datetime,
) -> None:
    """Promise a push to accounts, each on the channel that knows it."""
    for account_id in account_ids:
        channel_id = session.get_one(LineAccount, account_id).channel_id
        pushes.enqueue(
            session, office_id=office_id, channel_id=channel_id, kind=kind,
            recipients=[account_id], facts=facts, purpose=purpose, dedupe_key=key, now=now,
        )  # fmt: skip


def _other_ways(
    session: Session, incident: Incident, alerts: Sequence[Alert], *, now: datetime
) -> None:
    """E-mail and the gateway for SMS and voice, for people whom LINE does not reach."""
    waiting = [alert for alert in alerts if alert.second_channel_at is None]
    if not waiting:
        return
    channel_id = channels.of_environment(session, now=now).id
    first = waiting[0]
    second_channel.alert(
        session, office_id=incident.office_id, channel_id=channel_id,
        staff_ids=[alert.staff_id for alert in waiting], number=incident.number,
        severity=incident.severity, kind=ALERT, now=now,
        dedupe_key=f"alert:{incident.id}:{first.round}:{first.step}:{first.id}",
    )  # fmt: skip
    for alert in waiting:
        alert.second_channel_at = now


def _tell_reporter(session: Session, incident: Incident, word: str, *, now: datetime) -> None:
    """Pushed and never cut by the quota (P3); to a parent's phone only after their yes (P7)."""
    if incident.reporter_account_id is None:
        return
    if incident.reporter_staff_id is None and not incident.may_push_reporter:
        return
    key = f"reporter:{incident.id}:{incident.round}:{incident.step}:{word}"
    facts: dict[str, object] = {"incident": incident.id, "word": word}
    push(
        session, [incident.reporter_account_id], REPORTER, facts, Purpose.SAFETY, key,
        office_id=incident.office_id, now=now,
    )  # fmt: skip


def _tell_the_others(
    session: Session, incident: Incident, person: StaffMember, *, now: datetime
) -> None:
    """Who was alerted too hears with their next reply that it is taken."""
    others = session.scalars(
        select(Alert.staff_id)
        .where(
            Alert.incident_id == incident.id,
            Alert.staff_id != person.staff_id,
            Alert.answer.is_distinct_from(AlertAnswer.RECUSED),
        )
        .distinct()
    ).all()
    facts = {"incident": incident.id, "number": incident.number, "by": person.full_name}
    for staff_id in others:
        notices.tell_staff(
            session, staff_id, "incident.taken", facts, office_id=incident.office_id, now=now
        )


def _answer(
    session: Session,
    incident: Incident,
    person: StaffMember,
    answer: AlertAnswer,
    *,
    now: datetime,
) -> None:
    mine = session.scalars(
        select(Alert).where(
            Alert.incident_id == incident.id,
            Alert.staff_id == person.staff_id,
            Alert.answered_at.is_(None),
        )
    )
    for alert in mine:
        alert.answer, alert.answered_at = answer, now
    session.flush()


def _step_if_nobody_is_left(session: Session, incident: Incident, *, now: datetime) -> None:
    waiting = session.scalar(
        select(Alert.id)
        .where(
            Alert.incident_id == incident.id,
            Alert.round == incident.round,
            Alert.step == incident.step,
            Alert.answered_at.is_(None),
        )
        .limit(1)
    )
    if waiting is None:
        take_step(session, incident, now=now)


def _locked_for(session: Session, person: StaffMember, incident_id: int) -> Incident:
    """The case, locked, for somebody who was alerted to it or is a part of it."""
    incident = cases.locked(session, incident_id)
    if incident is None or incident.office_id != person.office_id:
        raise NotYours
    parts = cases.parts_of(session, incident_id, person.staff_id)
    if not parts or Part.EXCLUDED in parts:
        raise NotYours
    return incident
