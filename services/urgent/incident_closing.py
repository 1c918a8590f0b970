"""Closing a case, with an outcome and a second person's word, and opening it again.

It is never closed by being forgotten, and never by one alone (domain §7: "closed but not fixed").
The second person is anybody else with full access, or the reporter who says "yes, helped".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.errors import NotYours, WrongStatus
from models.incident import Incident, IncidentMember, IncidentStatus, Part
from models.line_account import LineAccount
from models.queries import staff as staff_queries
from models.staff import Role
from services.people import StaffMember
from services.urgent import case_news, cases, escalation, incident_work, severities
from services.urgent.case_news import Word


class Outcome(StrEnum):
    """How a case ended (P11). "No grounds" marks nobody: it stands nowhere else."""

    HELPED = "helped"  #: helped, the school looks after it
    TREATED = "treated"
    PROTECTED = "protected"  #: in the care of those who protect children
    HANDED_OVER = "handed_over"  #: a partner has it
    SETTLED = "settled"  #: agreed between those concerned
    NO_GROUNDS = "no_grounds"  #: ไม่พบมูล
    SAME_CASE = "same_case"  #: reported twice
    DRILL_OVER = "drill_over"


def ask(
    session: Session,
    person: StaffMember,
    incident_id: int,
    outcome: Outcome,
    *,
    words: str = "",
    now: datetime,
) -> Incident:
    """ขอปิดเรื่อง: those who may say yes are told, and the reporter is asked."""
    incident = incident_work.taken(session, person, incident_id)
    incident.outcome = outcome.value
    incident.closing_asked_by_id, incident.closing_asked_at = person.staff_id, now
    event = incident_work.write(
        session, incident, "closing_asked", now=now, person=person, words=words, reason=outcome
    )
    told = second_people(session, incident, now=now)
    case_news.tell(session, incident, told, Word.CLOSING, about=event.id, now=now)
    case_news.tell_reporter(session, incident, Word.CLOSING, about=event.id, now=now)
    return incident


def second_people(session: Session, incident: Incident, *, now: datetime) -> Sequence[int]:
    """Who may say that a case is closed, beside the one who asked.

    Members first; where there is none, the next of the chain, then of the office, are named for it,
    so that nothing waits on an empty post (P26).
    """
    out = {*cases.excluded(session, incident.id), incident.closing_asked_by_id}
    members = session.scalars(
        select(IncidentMember.staff_id)
        .where(
            IncidentMember.incident_id == incident.id,
            IncidentMember.part != Part.EXCLUDED,
            IncidentMember.until.is_(None),
        )
        .order_by(IncidentMember.id)
    )
    found = [one for one in dict.fromkeys(members) if one not in out]
    if found:
        return found
    today = local_date(now)
    chain = [staff_id for step in incident.chain for staff_id in step["staff"]]
    office = [
        staff_id
        for role in (Role.DISTRICT_DIRECTOR, Role.DISTRICT_OFFICER)
        for staff_id in staff_queries.with_role(session, incident.office_id, role, today=today)
    ]
    for staff_id in dict.fromkeys([*chain, *office]):
        if staff_id not in out and incident_work.can_join(session, incident, staff_id, now=now):
            cases.add_member(session, incident, staff_id, Part.ALERTED, now=now, reason="closing")
            return [staff_id]
    return []


def confirm(session: Session, person: StaffMember, incident_id: int, *, now: datetime) -> Incident:
    """The second person says yes. Raises `NotYours` for who asked, or without full access."""
    incident = incident_work.opened(session, person, incident_id)
    _asked(incident)
    if incident.closing_asked_by_id == person.staff_id:
        raise NotYours
    _close(session, incident, now=now, person=person)
    return incident


def refuse(
    session: Session, person: StaffMember, incident_id: int, words: str, *, now: datetime
) -> Incident:
    """The second person says "not yet", and why; the case goes on."""
    incident = incident_work.opened(session, person, incident_id)
    _asked(incident)
    if incident.closing_asked_by_id == person.staff_id:
        raise NotYours
    _goes_on(session, incident, now=now, person=person, words=words)
    return incident


def reporter_says_helped(
    session: Session, account: LineAccount, incident_id: int, *, now: datetime
) -> Incident:
    """ใช่ ได้รับการช่วยเหลือแล้ว: closes what was asked to be closed, else it is noted for the owner.

    Who asked for the closing is no second person, reporter or not.
    """
    incident = _reported(session, account, incident_id)
    if incident.status is IncidentStatus.CLOSED:
        return incident
    asked_by = incident.closing_asked_by_id
    if asked_by is not None and asked_by != incident.reporter_staff_id:
        _close(session, incident, now=now, account=account)
        return incident
    event = incident_work.write(
        session, incident, "reporter_helped", now=now, account_id=account.id
    )
    case_news.tell(session, incident, [incident.owner_id], Word.CHANGED, about=event.id, now=now)
    return incident


def reporter_says_not_yet(
    session: Session, account: LineAccount, incident_id: int, *, now: datetime
) -> Incident:
    """ยัง: a closing that was asked for is off, a closed case is open again, the owner hears it."""
    incident = _reported(session, account, incident_id)
    if incident.status is IncidentStatus.CLOSED:
        _open_again(session, incident, now=now, account=account)
    elif incident.closing_asked_by_id is not None:
        _goes_on(session, incident, now=now, account=account)
    else:
        event = incident_work.write(
            session, incident, "reporter_not_yet", now=now, account_id=account.id
        )
        case_news.tell(
            session, incident, [incident.owner_id], Word.CHANGED, about=event.id, now=now
        )
    return incident


def reporter_tells_more(
    session: Session, account: LineAccount, incident_id: int, words: str, *, now: datetime
) -> Incident:
    """เล่าเพิ่ม: kept sealed; the owner hears that there is something new."""
    incident = _reported(session, account, incident_id)
    event = incident_work.write(
        session, incident, "reporter_more", now=now, account_id=account.id, words=words
    )
    case_news.tell(session, incident, [incident.owner_id], Word.CHANGED, about=event.id, now=now)
    return incident


def reopen(
    session: Session, person: StaffMember, incident_id: int, words: str, *, now: datetime
) -> Incident:
    """It was not over: anybody who may open it in full says so, and it climbs anew."""
    incident = incident_work.opened(session, person, incident_id)
    if incident.status is not IncidentStatus.CLOSED:
        raise WrongStatus(incident.status, IncidentStatus.REOPENED)
    _open_again(session, incident, now=now, person=person, words=words)
    return incident


def _open_again(
    session: Session,
    incident: Incident,
    *,
    now: datetime,
    person: StaffMember | None = None,
    account: LineAccount | None = None,
    words: str = "",
) -> None:
    before, owner_id = incident.status, incident.owner_id
    incident.move_to(IncidentStatus.REOPENED)
    incident.closed_at = None
    incident.outcome = None
    _forget_closing(incident)
    if owner_id is not None:  # whoever knows it keeps reading it, and may take it again
        for row in session.scalars(
            select(IncidentMember).where(
                IncidentMember.incident_id == incident.id, IncidentMember.part == Part.OWNER,
                IncidentMember.until.is_(None),
            )
        ):  # fmt: skip
            row.until = now
        session.flush()
        cases.add_member(session, incident, owner_id, Part.TEAM, now=now)
    incident.owner_id = None
    event = incident_work.write(
        session, incident, "reopened", now=now, person=person,
        account_id=account.id if account else None, words=words, status=(before, incident.status),
    )  # fmt: skip
    times = severities.timing(session, incident.office_id, incident.severity)
    office_id, severity = incident.office_id, incident.severity
    incident.ack_due_at = severities.after(session, office_id, severity, now, times.ack)
    incident.action_due_at = severities.after(session, office_id, severity, now, times.action)
    incident.round += 1
    incident.step = -1
    escalation.start(session, incident, now=now)
    case_news.tell(session, incident, [owner_id], Word.REOPENED, about=event.id, now=now)


def _close(
    session: Session,
    incident: Incident,
    *,
    now: datetime,
    person: StaffMember | None = None,
    account: LineAccount | None = None,
) -> None:
    before, asked_by = incident.status, incident.closing_asked_by_id
    incident.move_to(IncidentStatus.CLOSED)
    incident.closed_at = now
    _forget_closing(incident)
    incident.offered_to_id = incident.offered_by_id = incident.offered_at = None
    event = incident_work.write(
        session, incident, "closed", now=now, person=person,
        account_id=account.id if account else None, reason=incident.outcome,
        status=(before, incident.status),
    )  # fmt: skip
    case_news.tell(
        session, incident, {incident.owner_id, asked_by}, Word.CLOSED, about=event.id, now=now
    )
    if account is None:
        case_news.tell_reporter(session, incident, Word.CLOSED, about=event.id, now=now)


def _goes_on(
    session: Session,
    incident: Incident,
    *,
    now: datetime,
    person: StaffMember | None = None,
    account: LineAccount | None = None,
    words: str = "",
) -> None:
    told = {incident.owner_id, incident.closing_asked_by_id}
    incident.outcome = None
    _forget_closing(incident)
    event = incident_work.write(
        session, incident, "closing_refused", now=now, person=person,
        account_id=account.id if account else None, words=words,
    )  # fmt: skip
    case_news.tell(session, incident, told, Word.CHANGED, about=event.id, now=now)


def _asked(incident: Incident) -> None:
    if incident.closing_asked_by_id is None or incident.status not in incident_work.TAKEN:
        raise WrongStatus(incident.status, IncidentStatus.CLOSED)


def _forget_closing(incident: Incident) -> None:
    incident.closing_asked_by_id = incident.closing_asked_at = None


def _reported(session: Session, account: LineAccount, incident_id: int) -> Incident:
    """The reporter's own case, locked; not for a reporter who is excluded from it."""
    incident = cases.locked(session, incident_id)
    if incident is None or incident.reporter_account_id != account.id:
        raise NotYours
    if incident.reporter_staff_id in cases.excluded(session, incident.id):
        raise NotYours
    return incident
