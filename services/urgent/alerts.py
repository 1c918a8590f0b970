"""Alerts: one row for each person, step and round of a case, and the pushes that carry it.

What a push could not bring takes the second ways at once, for everybody on the step (P9). Many
that come to one person at once share a message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.incident import OPEN, Alert, AlertAnswer, Incident, IncidentStatus, Part, Severity
from models.line_account import LineAccount
from models.outbox import Purpose, Via
from models.queries import staff as staff_queries
from outbox.kinds import Settled, on_delivered, on_undelivered, wanted_while
from services import calendar, channels, pushes
from services.urgent import cases, second_channel

#: The kind of push; its words are made in handlers/.
ALERT: Final = "incident.alert"
NO_ACCOUNT: Final = "no_account"
#: So many to one person within a minute share one message; what comes next waits a little for more.
MANY: Final = 3
#: So many cases a message names; more of them share another one.
NAMED: Final = 10
_AT_ONCE: Final = timedelta(minutes=1)
_GATHERED: Final = timedelta(seconds=10)


def alert(session: Session, incident: Incident, staff_id: int, step: int, *, now: datetime) -> None:
    """Alert one person, once for this step and round. The case must be locked."""
    known = session.scalar(
        select(Alert.id).where(
            Alert.incident_id == incident.id, Alert.round == incident.round,
            Alert.step == step, Alert.staff_id == staff_id,
        )
    )  # fmt: skip
    if known is not None:
        return
    is_many = _recent(session, staff_id, now=now) >= MANY
    row = Alert(
        office_id=incident.office_id, incident_id=incident.id, round=incident.round, step=step,
        staff_id=staff_id, promised_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    cases.add_member(session, incident, staff_id, Part.ALERTED, now=now)
    accounts = staff_queries.accounts_of(session, staff_id)
    facts = {"incident": incident.id, "alert": row.id}
    push(
        session, accounts, ALERT, facts, Purpose.ALERT, key_of(row), office_id=incident.office_id,
        now=now, due_at=_when(session, incident, now) + (_GATHERED if is_many else timedelta()),
    )  # fmt: skip
    if not accounts:
        row.failed = NO_ACCOUNT
        other_ways(session, incident, [row], now=now)


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
    due_at: datetime | None = None,
) -> None:
    """Promise a push to accounts, each on the channel that knows it."""
    for account_id in account_ids:
        channel_id = session.get_one(LineAccount, account_id).channel_id
        pushes.enqueue(
            session, office_id=office_id, channel_id=channel_id, kind=kind,
            recipients=[account_id], facts=facts, purpose=purpose, dedupe_key=key, now=now,
            due_at=due_at,
        )  # fmt: skip


def other_ways(
    session: Session, incident: Incident, alerts: Sequence[Alert], *, now: datetime
) -> None:
    """E-mail and the gateway for SMS and voice, for people whom LINE does not reach.

    Of whom neither address nor phone is known has no second way: their row stays without one, and
    `incident_watch.unreached` counts it.
    """
    waiting = [row for row in alerts if row.second_channel_at is None]
    if not waiting:
        return
    channel_id = channels.of_environment(session, now=now).id
    staff_ids = [row.staff_id for row in waiting]
    second_channel.alert(
        session, office_id=incident.office_id, channel_id=channel_id,
        staff_ids=staff_ids, number=incident.number,
        severity=incident.severity, kind=ALERT, now=now, dedupe_key=f"{_step_of(waiting[0])}:2",
        is_drill=incident.is_drill,
        about={"incident": incident.id},
    )  # fmt: skip
    reachable = second_channel.reachable(session, staff_ids)
    for row in waiting:
        if row.staff_id in reachable:
            row.second_channel_at = now


def _step_of(row: Alert) -> str:
    """A step and round of a case: each of its people, and the office's addresses, are told once."""
    return f"alert:{row.incident_id}:{row.round}:{row.step}"


def key_of(row: Alert) -> str:
    """Under which the push of an alert is promised once."""
    return f"{_step_of(row)}:{row.staff_id}"


def answer(
    session: Session, incident: Incident, staff_id: int, said: AlertAnswer, *, now: datetime
) -> None:
    """Somebody's word to every alert of theirs in the case."""
    for row in session.scalars(_unanswered(incident.id).where(Alert.staff_id == staff_id)):
        row.answer, row.answered_at = said, now
        row.opened_at = row.opened_at or (None if said is AlertAnswer.OVER else now)
    session.flush()


def end(session: Session, incident: Incident, *, now: datetime) -> None:
    """Nobody needs to answer any more: what is unanswered is over."""
    for row in session.scalars(_unanswered(incident.id)):
        row.answer, row.answered_at = AlertAnswer.OVER, now
    session.flush()


def opened(session: Session, incident: Incident, staff_id: int, *, now: datetime) -> None:
    """Somebody looks at the case for the first time."""
    rows = session.scalars(
        select(Alert).where(
            Alert.incident_id == incident.id, Alert.staff_id == staff_id, Alert.opened_at.is_(None)
        )
    )
    for row in rows:
        row.opened_at = now


def unanswered(session: Session, incident: Incident, staff_id: int | None = None) -> int:
    """How many of the alerts of this step and round wait for a word."""
    query = select(func.count(Alert.id)).where(
        Alert.incident_id == incident.id, Alert.round == incident.round,
        Alert.answered_at.is_(None),
    )  # fmt: skip
    if staff_id is None:
        query = query.where(Alert.step == incident.step)
    else:
        query = query.where(Alert.staff_id == staff_id)
    return session.scalar(query) or 0


def waiting_for(session: Session, staff_id: int) -> Sequence[Incident]:
    """The cases that wait for somebody's word, the most urgent and oldest first."""
    found = session.scalars(
        select(Incident)
        .where(
            Incident.id.in_(
                select(Alert.incident_id).where(
                    Alert.staff_id == staff_id, Alert.answered_at.is_(None)
                )
            ),
            Incident.status != IncidentStatus.CLOSED,
        )
        .order_by(Incident.ack_due_at, Incident.id)
    ).all()
    return [each for each in found if staff_id not in cases.excluded(session, each.id)]


def is_wanted(session: Session, row: Alert | None) -> bool:
    """Whether the person still has to hear of it."""
    if row is None or row.answered_at is not None:
        return False
    incident = session.get_one(Incident, row.incident_id)
    return incident.status is not IncidentStatus.CLOSED and row.staff_id not in cases.excluded(
        session, incident.id
    )


def carry(session: Session, row: Alert, account_id: int, *, now: datetime) -> Sequence[Alert]:
    """Of the person's other alerts, those that the message of `row` names too.

    None unless there are many, and no more than a message names. Their own pushes are dropped in
    this transaction; whoever sends one of them just now keeps it.
    """
    others = session.scalars(
        select(Alert)
        .join(Incident, Incident.id == Alert.incident_id)
        .where(
            Alert.staff_id == row.staff_id, Alert.id != row.id, Alert.answered_at.is_(None),
            Alert.sent_at.is_(None), Alert.carried_by_id.is_(None),
            Alert.promised_at > now - _AT_ONCE, Incident.status != IncidentStatus.CLOSED,
        )
        .order_by(Alert.id)
    ).all()  # fmt: skip
    others = [each for each in others if is_wanted(session, each)]
    if len(others) + 1 < MANY:
        return []
    taken = [
        each
        for each in others[: NAMED - 1]
        if pushes.take_back(session, f"{key_of(each)}:{account_id}", reason="bundled", now=now)
    ]
    for each in taken:
        each.carried_by_id = row.id
    session.flush()
    return taken


@wanted_while(ALERT)
def _is_wanted(session: Session, facts: Mapping[str, Any]) -> bool:
    """Looked at again before every try: what was taken meanwhile rings nobody.

    A push is one person's alert, and may name others of theirs; a mail or a call is about the case.
    """
    if "alert" in facts:
        return any(is_wanted(session, row) for row in _with_carried(session, facts["alert"]))
    incident = session.get(Incident, facts["incident"]) if "incident" in facts else None
    if incident is None or incident.status in OPEN:
        return True
    waits = select(Alert.id).where(Alert.incident_id == incident.id, Alert.answered_at.is_(None))
    is_closed = incident.status is IncidentStatus.CLOSED
    return not is_closed and session.scalar(waits.limit(1)) is not None


@on_delivered(ALERT)
def _arrived(session: Session, settled: Settled) -> None:
    if settled.via is not Via.LINE:
        return
    for row in _with_carried(session, settled.facts["alert"]):
        row.sent_at = row.sent_at or settled.at
        row.failed = None


@on_undelivered(ALERT)
def _did_not_arrive(session: Session, settled: Settled) -> None:
    """Quota, block, refusal or a minute without an answer: the other ways, for the whole step."""
    if settled.via is not Via.LINE:
        return
    rows = _with_carried(session, settled.facts["alert"])
    cases.lock_all(session, {row.incident_id for row in rows})
    for row in rows:
        session.refresh(row)  # somebody may have answered while we waited
        if row.sent_at is not None:  # another phone of the same person has it
            continue
        row.failed = settled.reason
        incident = session.get_one(Incident, row.incident_id)
        if not is_wanted(session, row):
            continue
        of_step = session.scalars(
            _unanswered(row.incident_id).where(Alert.round == row.round, Alert.step == row.step)
        ).all()
        other_ways(session, incident, of_step, now=settled.at)


def _with_carried(session: Session, row_id: int) -> Sequence[Alert]:
    """An alert, and those that its message names too."""
    return session.scalars(
        select(Alert)
        .where((Alert.id == row_id) | (Alert.carried_by_id == row_id))
        .order_by(Alert.id)
    ).all()


def _unanswered(incident_id: int) -> Select[Alert]:
    return (
        select(Alert)
        .where(Alert.incident_id == incident_id, Alert.answered_at.is_(None))
        .order_by(Alert.id)
    )


def _when(session: Session, incident: Incident, now: datetime) -> datetime:
    """A normal case rings nobody out of working hours; it is in their list at once."""
    if incident.severity is not Severity.NORMAL:
        return now
    return calendar.next_working_moment(session, incident.office_id, now)


def _recent(session: Session, staff_id: int, *, now: datetime) -> int:
    """How many alerts somebody got within the last minute."""
    return (
        session.scalar(
            select(func.count(Alert.id)).where(
                Alert.staff_id == staff_id, Alert.promised_at > now - _AT_ONCE
            )
        )
        or 0
    )
