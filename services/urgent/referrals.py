"""ส่งต่อ: asking somebody inside or a partner outside for help with a case, and their answer.

A referral is no transfer: the case stays its owner's. What the receiver is told is sealed; a
partner reads the pupil's name only once they have accepted (design §3, 6).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.database import secrets_of
from core.errors import NotYours
from models.casework import (
    REFERRAL,
    REFERRAL_ANSWER,
    Partner,
    Referral,
    ReferralStatus,
)
from models.incident import Incident, IncidentMember, Part
from models.line_account import LineAccount
from models.outbox import Purpose
from models.staff import Staff
from services.numbers import REFERRAL as SERIES
from services.numbers import next_number
from services.people import StaffMember
from services.urgent import alerts, case_news, cases, incident_work
from services.urgent.case_news import Word

#: Kind of the push to a partner's desk.
TO_PARTNER: Final = "referral.partner"
#: Why a colleague reads the case while they are asked.
_ASKED: Final = "referral"
#: What still waits for the receiver.
OPEN: Final = (ReferralStatus.SENT, ReferralStatus.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the receiver is told; the form's own fields (domain §1.5)."""

    problem: str
    helped: str = ""
    asked: str = ""
    #: Why the child's details may be passed on: told, safety, law.
    basis: str = "told"
    student_id: int | None = None


def refer(
    session: Session,
    person: StaffMember,
    incident_id: int,
    body: Body,
    *,
    urgency: str,
    to_staff_id: int | None = None,
    partner_id: int | None = None,
    now: datetime,
) -> Referral:
    """Send a referral to one of the two. Raises `NotYours` where they may not have it."""
    if (to_staff_id is None) == (partner_id is None):
        raise NotYours
    incident = incident_work.taken(session, person, incident_id)
    if to_staff_id is not None:
        if not incident_work.can_join(session, incident, to_staff_id, now=now):
            raise NotYours
        cases.add_member(session, incident, to_staff_id, Part.ALERTED, now=now, reason=_ASKED)
    if partner_id is not None and partner(session, incident.office_id, partner_id) is None:
        raise NotYours
    if body.student_id is not None and body.student_id not in cases.students_of(session, incident):
        raise NotYours
    words = {
        "problem": body.problem, "helped": body.helped, "asked": body.asked, "basis": body.basis,
        "student": body.student_id,
    }  # fmt: skip
    year = school_year(local_date(now))
    referral = Referral(
        office_id=incident.office_id, incident_id=incident.id,
        number=next_number(session, office_id=incident.office_id, kind=SERIES, year=year),
        to_staff_id=to_staff_id, partner_id=partner_id, status=ReferralStatus.SENT,
        body=secrets_of(session).seal_json(words, column=REFERRAL), urgency=urgency,
        sent_by_id=person.staff_id, sent_at=now,
    )  # fmt: skip
    session.add(referral)
    session.flush()
    event = incident_work.write(
        session, incident, "referred", now=now, person=person, reason=f"referral:{referral.id}"
    )
    if to_staff_id is not None:
        case_news.tell(
            session, incident, [to_staff_id], Word.REFERRAL, about=event.id, now=now,
            item=referral.id,
        )  # fmt: skip
    _tell_partner(session, incident, referral, "sent", now=now)
    return referral


def accept(
    session: Session, referral_id: int, by: StaffMember | LineAccount, *, now: datetime
) -> Referral:
    """รับ. A member of staff who accepts joins the team."""
    referral, incident = _answering(session, referral_id, by)
    referral.move_to(ReferralStatus.ACCEPTED)
    referral.answered_at = now
    if isinstance(by, StaffMember) and referral.to_staff_id == by.staff_id:
        cases.add_member(session, incident, by.staff_id, Part.TEAM, now=now)
    _answered(session, referral, incident, by, "referral_accepted", now=now)
    return referral


def decline(
    session: Session, referral_id: int, by: StaffMember | LineAccount, words: str, *, now: datetime
) -> Referral:
    """ไม่รับ, with the reason; the owner hears it at once."""
    referral, incident = _answering(session, referral_id, by)
    referral.move_to(ReferralStatus.DECLINED)
    referral.answered_at = now
    _keep_answer(session, referral, {"reason": words})
    _answered(session, referral, incident, by, "referral_declined", now=now, words=words)
    _ask_no_more(session, referral, incident, now=now)
    return referral


def done(
    session: Session,
    referral_id: int,
    by: StaffMember | LineAccount,
    words: str,
    *,
    signed: str = "",
    now: datetime,
) -> Referral:
    """เสร็จแล้ว: what was done, and the name and post of who says so (the tear-off reply)."""
    referral, incident = _answering(session, referral_id, by)
    referral.move_to(ReferralStatus.DONE)
    referral.done_at = now
    _keep_answer(session, referral, {"done": words, "signed": signed})
    _answered(session, referral, incident, by, "referral_done", now=now, words=words)
    return referral


def revoke(session: Session, person: StaffMember, referral_id: int, *, now: datetime) -> Referral:
    """The sender takes it back: the receiver sees nothing of it any more."""
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise NotYours
    incident = incident_work.opened(session, person, referral.incident_id)
    session.refresh(referral)
    if not incident_work.may_work(session, person, incident):
        raise NotYours
    referral.move_to(ReferralStatus.REVOKED)
    event = incident_work.write(
        session, incident, "referral_revoked", now=now, person=person,
        reason=f"referral:{referral.id}",
    )  # fmt: skip
    if referral.to_staff_id is not None:
        case_news.tell(
            session, incident, [referral.to_staff_id], Word.CHANGED, about=event.id, now=now
        )
    _ask_no_more(session, referral, incident, now=now)
    _tell_partner(session, incident, referral, "revoked", now=now)
    return referral


def body_of(session: Session, referral: Referral) -> Mapping[str, Any]:
    """What the receiver is told, {} when it was erased."""
    if referral.body is None:
        return {}
    body: Mapping[str, Any] = secrets_of(session).open_json(referral.body, column=REFERRAL)
    return body


def answer_of(session: Session, referral: Referral) -> Mapping[str, Any]:
    """The tear-off reply: reason, done, signed."""
    if referral.answer_note is None:
        return {}
    note: Mapping[str, Any] = secrets_of(session).open_json(
        referral.answer_note, column=REFERRAL_ANSWER
    )
    return note


def of_case(session: Session, incident_id: int) -> Sequence[Referral]:
    return session.scalars(
        select(Referral).where(Referral.incident_id == incident_id).order_by(Referral.id)
    ).all()


def of_staff(session: Session, staff_id: int) -> Sequence[Referral]:
    """What waits for a member of staff; nothing of a case that they are excluded from (P4)."""
    out = (
        select(IncidentMember.id)
        .where(
            IncidentMember.incident_id == Referral.incident_id,
            IncidentMember.staff_id == staff_id,
            IncidentMember.part == Part.EXCLUDED,
        )
        .exists()
    )
    return session.scalars(
        select(Referral)
        .where(Referral.to_staff_id == staff_id, Referral.status.in_(OPEN), ~out)
        .order_by(Referral.id)
    ).all()


def of_partner(session: Session, partner_id: int) -> Sequence[Referral]:
    """What waits for a partner, the newest first."""
    return session.scalars(
        select(Referral)
        .where(Referral.partner_id == partner_id, Referral.status.in_(OPEN))
        .order_by(Referral.id.desc())
    ).all()


def receivable(
    session: Session, referral_id: int, by: StaffMember | LineAccount
) -> Referral | None:
    """A referral that somebody may read as its receiver; None is all that anybody else learns."""
    referral = session.get(Referral, referral_id)
    if referral is None or referral.status is ReferralStatus.REVOKED:
        return None
    if isinstance(by, StaffMember):
        out = cases.excluded(session, referral.incident_id)
        return referral if referral.to_staff_id == by.staff_id not in out else None
    found = session.get(Partner, referral.partner_id) if referral.partner_id else None
    is_theirs = found is not None and found.ended_at is None and found.account_id == by.id
    return referral if is_theirs else None


def receiver_name(session: Session, referral: Referral) -> str:
    if referral.partner_id is not None:
        return session.get_one(Partner, referral.partner_id).name
    return session.get_one(Staff, referral.to_staff_id).full_name


def partner(session: Session, office_id: int, partner_id: int) -> Partner | None:
    """A partner of the office that has not ended."""
    found = session.get(Partner, partner_id)
    if found is None or found.office_id != office_id or found.ended_at is not None:
        return None
    return found


def _answering(
    session: Session, referral_id: int, by: StaffMember | LineAccount
) -> tuple[Referral, Incident]:
    """The referral and its locked case, for its receiver.

    Also for who works on the case and writes down what a partner said by telephone (P28).
    """
    referral = session.get(Referral, referral_id)
    if referral is None:
        raise NotYours
    incident = cases.locked(session, referral.incident_id)
    session.refresh(referral)
    if incident is None:
        raise NotYours
    if receivable(session, referral_id, by) is not None:
        return referral, incident
    by_phone = isinstance(by, StaffMember) and referral.partner_id is not None
    if (
        not by_phone
        or not isinstance(by, StaffMember)
        or incident_work.readable(session, by, incident.id) is None
        or not incident_work.may_work(session, by, incident)
    ):
        raise NotYours
    return referral, incident


def _answered(
    session: Session,
    referral: Referral,
    incident: Incident,
    by: StaffMember | LineAccount,
    kind: str,
    *,
    now: datetime,
    words: str = "",
) -> None:
    person = by if isinstance(by, StaffMember) else None
    event = incident_work.write(
        session, incident, kind, now=now, person=person,
        account_id=by.id if isinstance(by, LineAccount) else None, words=words,
        reason=f"referral:{referral.id}",
    )  # fmt: skip
    mine = person.staff_id if person else None
    told = {incident.owner_id, referral.sent_by_id} - {mine}
    case_news.tell(session, incident, told, Word.CHANGED, about=event.id, now=now)


def _ask_no_more(
    session: Session, referral: Referral, incident: Incident, *, now: datetime
) -> None:
    """A colleague reads the case no more, unless they are asked by another referral."""
    staff_id = referral.to_staff_id
    if staff_id is None:
        return
    session.flush()
    if all(one.incident_id != incident.id for one in of_staff(session, staff_id)):
        cases.leave(session, incident, staff_id, _ASKED, now=now)


def _keep_answer(session: Session, referral: Referral, more: Mapping[str, str]) -> None:
    kept = {**answer_of(session, referral), **more}
    referral.answer_note = secrets_of(session).seal_json(kept, column=REFERRAL_ANSWER)


def _tell_partner(
    session: Session, incident: Incident, referral: Referral, word: str, *, now: datetime
) -> None:
    """The partner's desk, where it is bound; others are told by telephone and on paper."""
    if referral.partner_id is None:
        return
    account_id = session.get_one(Partner, referral.partner_id).account_id
    if account_id is None:
        return
    purpose = Purpose.ALERT if word == "sent" else Purpose.RESULT
    alerts.push(
        session, [account_id], TO_PARTNER, {"referral": referral.id, "word": word}, purpose,
        f"referral:{referral.id}:{word}", office_id=incident.office_id, now=now,
    )  # fmt: skip
