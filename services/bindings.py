"""Coming in with a code: read it, hold it, say whose it is, and bind. Guessing is slowed down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog
from sqlalchemy.orm import Session

from core.metrics import CODES
from models.invitation import Invitation
from models.line_account import Binding, LineAccount
from models.queries import bindings as binding_queries
from models.queries import staff as staff_queries
from models.queries.bindings import WRONG_CODE
from models.staff import Role, Staff
from models.student import Student
from services import invitations, menus, notices, people, timeline
from services.people import Person

log = structlog.get_logger()

#: Wrong codes that somebody may send before the bot stops reading theirs for a while.
FREE_TRIES: Final = 5
#: The first pause; it doubles with every further wrong code, up to a day.
FIRST_PAUSE: Final = timedelta(minutes=10)
LONGEST_PAUSE: Final = timedelta(days=1)
#: When so many wrong codes came from all accounts of a channel within `CROWD_TIME`, every account
#: has one try instead of five. So whoever guesses needs a new LINE account for each guess, and
#: whoever mistypes once on a district's first Monday waits ten minutes.
CROWD: Final = 100
CROWD_TIME: Final = timedelta(minutes=10)


class Verdict(StrEnum):
    """What a code turned out to be."""

    GOOD = "good"
    UNKNOWN = "unknown"  #: no such code
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"  #: a newer code was given out, or the person left
    ALREADY_YOURS = "already_yours"
    CLOSED = "closed"  #: too many wrong codes; none is read for a while


@dataclass(frozen=True, slots=True)
class Offer:
    """A code that was read: what it is, and whom it would bind to."""

    verdict: Verdict
    invitation_id: int | None = None
    person: Person | None = None
    #: Until when no code is read: for `CLOSED`, and for the wrong one that closed it.
    until: datetime | None = None


def read(session: Session, account: LineAccount, code: str, *, now: datetime, today: date) -> Offer:
    """Look at a canonical code. Binds nothing; a wrong one is counted."""
    if account.codes_closed_until is not None and now < account.codes_closed_until:
        CODES.labels(Verdict.CLOSED.value).inc()
        return Offer(Verdict.CLOSED, until=account.codes_closed_until)
    invitation = invitations.find(session, code)
    offer = _judge(session, account, invitation, now=now, today=today)
    CODES.labels(offer.verdict.value).inc()
    if offer.verdict is Verdict.UNKNOWN:
        _count_wrong(session, account, now=now, today=today)
        if account.codes_closed_until is not None and now < account.codes_closed_until:
            return Offer(Verdict.UNKNOWN, until=account.codes_closed_until)
    return offer


def look_at(
    session: Session, account: LineAccount, invitation_id: int, *, now: datetime, today: date
) -> Offer:
    """Look again at a code that is held."""
    invitation = session.get(Invitation, invitation_id)
    return _judge(session, account, invitation, now=now, today=today)


def bind(
    session: Session, account: LineAccount, invitation_id: int, *, now: datetime, today: date
) -> Person | None:
    """Use a code that its owner has confirmed; None if it is no longer good.

    A member of staff gets all their roles and rooms at once; with a new phone they leave the old
    one (P25). A guardian's binding waits for the homeroom teacher's tap (P8), which rides along on
    the teacher's next reply.
    """
    invitation = session.get(Invitation, invitation_id, with_for_update=True)
    offer = _judge(session, account, invitation, now=now, today=today)
    if offer.verdict is not Verdict.GOOD or invitation is None:
        return None
    invitation.uses += 1
    # Only a code that was used tells a person from a guesser: one that was merely read does not.
    account.wrong_codes, account.codes_closed_until = 0, None
    if invitation.staff_id is not None:
        _take_over(session, account, invitation.staff_id, now=now)
    binding = Binding(
        office_id=invitation.office_id,
        account_id=account.id,
        staff_id=invitation.staff_id,
        student_id=invitation.student_id,
        bound_at=now,
        confirmed_at=now if invitation.staff_id is not None else None,
    )
    session.add(binding)
    session.flush()  # its id is whom the account acts for from now on
    account.acting_binding_id = binding.id
    menus.look_again(account)
    timeline.record(
        session, "account.bound", at=now, office_id=invitation.office_id,
        subject=("binding", binding.id), staff_id=invitation.staff_id, account_id=account.id,
    )  # fmt: skip
    if invitation.student_id is not None:
        _ask_homeroom(session, binding, invitation.student_id, now=now, today=today)
    return people.who_is(session, account, today=today)


def let_in(session: Session, account_id: int, staff: Staff, *, now: datetime) -> Binding:
    """Bind an account to a member of staff whom the head of school has let in (P25).

    The account is somebody else's than the turn's, so its row is not locked: whom it speaks as is
    found from its bindings.
    """
    account = session.get_one(LineAccount, account_id)
    _take_over(session, account, staff.id, now=now)
    binding = Binding(
        office_id=staff.office_id,
        account_id=account_id,
        staff_id=staff.id,
        bound_at=now,
        confirmed_at=now,
    )
    session.add(binding)
    session.flush()  # the timeline names it
    binding_queries.forget_acting(session, binding)
    invitations.revoke_of_staff(session, [staff.id], now=now)
    timeline.record(
        session, "account.bound", at=now, office_id=staff.office_id,
        subject=("binding", binding.id), staff_id=staff.id, account_id=account_id,
    )  # fmt: skip
    return binding


def leave(session: Session, account: LineAccount, binding_id: int, *, now: datetime) -> bool:
    """End one binding of an account, at its owner's wish."""
    binding = session.get(Binding, binding_id)
    if binding is None or binding.account_id != account.id or binding.ended_at is not None:
        return False
    binding.ended_at = now
    if account.acting_binding_id == binding.id:
        account.acting_binding_id = None
    menus.look_again(account)
    timeline.record(
        session, "account.left", at=now, office_id=binding.office_id,
        subject=("binding", binding.id), staff_id=binding.staff_id, account_id=account.id,
    )  # fmt: skip
    return True


def decide_guardian(
    session: Session,
    binding_id: int,
    *,
    by: people.StaffMember,
    confirmed: bool,
    now: datetime,
    today: date,
) -> Student | None:
    """The homeroom teacher says whether somebody is the pupil's guardian (P8).

    Returns the pupil, or None when it is not this teacher's to say or was said before.
    """
    binding = session.get(Binding, binding_id, with_for_update=True)
    if binding is None or binding.student_id is None or binding.ended_at is not None:
        return None
    if binding.confirmed_at is not None:
        return None
    if by.staff_id not in _homeroom(session, binding.student_id, today=today):
        return None
    if confirmed:
        binding.confirmed_at, binding.confirmed_by_id = now, by.staff_id
    else:
        binding.ended_at = now
    timeline.record(
        session, "guardian.confirmed" if confirmed else "guardian.refused", at=now,
        office_id=binding.office_id, subject=("binding", binding.id), staff_id=by.staff_id,
        role=Role.TEACHER,
    )  # fmt: skip
    return session.get(Student, binding.student_id)


def guardians_to_confirm(
    session: Session, by: people.StaffMember, *, today: date
) -> list[tuple[int, Student]]:
    """(binding id, pupil) of guardians who wait for this teacher's word."""
    rows = binding_queries.unconfirmed_guardians(session, by.office_id)
    return [
        (binding_id, student)
        for binding_id, student in rows
        if by.staff_id in _homeroom(session, student.id, today=today)
    ]


def _judge(
    session: Session,
    account: LineAccount,
    invitation: Invitation | None,
    *,
    now: datetime,
    today: date,
) -> Offer:
    if invitation is None:
        return Offer(Verdict.UNKNOWN)
    if binding_queries.is_bound(session, account.id, invitation):
        return Offer(Verdict.ALREADY_YOURS)
    if invitation.uses >= invitation.uses_allowed:
        return Offer(Verdict.USED)
    if invitation.revoked_at is not None:
        return Offer(Verdict.REVOKED)
    if invitation.expires_at <= now:
        return Offer(Verdict.EXPIRED)
    person = _whose(session, invitation, today=today)
    if person is None:
        return Offer(Verdict.REVOKED)
    return Offer(Verdict.GOOD, invitation.id, person)


def _take_over(session: Session, account: LineAccount, staff_id: int, *, now: datetime) -> None:
    """Whoever holds a fresh code is the person: their account of before speaks for them no more."""
    for old in binding_queries.open_of_staff(session, staff_id):
        old.ended_at = now
        binding_queries.forget_acting(session, old)
        notices.tell(session, old.account_id, "account.moved", {}, office_id=old.office_id, now=now)
        timeline.record(
            session, "account.moved", at=now, office_id=old.office_id,
            subject=("binding", old.id), staff_id=staff_id, account_id=account.id,
        )  # fmt: skip


def _whose(session: Session, invitation: Invitation, *, today: date) -> Person | None:
    if invitation.staff_id is not None:
        staff = session.get(Staff, invitation.staff_id)
        if staff is None or staff.left_at is not None:
            return None
        return people.member(session, staff, today=today)
    student = session.get(Student, invitation.student_id) if invitation.student_id else None
    if student is None or student.erased_at is not None:
        return None
    return people.guardian(session, student)


def count_wrong(session: Session, account: LineAccount, *, now: datetime, today: date) -> Offer:
    """A wrong word of another kind than a code: it slows guessing down all the same."""
    _count_wrong(session, account, now=now, today=today)
    closed = account.codes_closed_until
    return Offer(Verdict.UNKNOWN, until=closed if closed is not None and now < closed else None)


def _count_wrong(session: Session, account: LineAccount, *, now: datetime, today: date) -> None:
    """Slow guessing down, and let it be known."""
    account.wrong_codes += 1
    recent = binding_queries.wrong_codes(session, account.channel_id, since=now - CROWD_TIME) + 1
    timeline.record(
        session, WRONG_CODE, at=now, office_id=account.office_id,
        subject=("channel", account.channel_id), account_id=account.id,
    )  # fmt: skip
    if recent == CROWD:
        log.warning("codes.crowd", channel=account.channel_id, wrong=recent)
        _report(session, account, "codes.crowd", {"wrong": recent}, now=now, today=today)
    over = account.wrong_codes - (FREE_TRIES if recent < CROWD else 1)
    if over < 0:
        return
    account.codes_closed_until = now + pause(over)
    log.warning("codes.guessing", account=account.id, wrong=account.wrong_codes)
    timeline.record(
        session, "codes.closed", at=now, office_id=account.office_id,
        subject=("line_account", account.id), account_id=account.id,
    )  # fmt: skip
    if account.wrong_codes == FREE_TRIES:
        _report(session, account, "codes.guessing", {"account": account.id}, now=now, today=today)


def pause(over: int) -> timedelta:
    """How long no code is read after `over` wrong ones more than are free."""
    return min(FIRST_PAUSE * (1 << min(over, 8)), LONGEST_PAUSE)


def _report(
    session: Session,
    account: LineAccount,
    kind: str,
    facts: dict[str, int],
    *,
    now: datetime,
    today: date,
) -> None:
    """Those who administer, or else the office's officers, hear of it with their next reply."""
    office_id = account.office_id
    told = staff_queries.with_role(session, office_id, Role.ADMIN, today=today)
    if not told:
        told = staff_queries.with_role(session, office_id, Role.DISTRICT_OFFICER, today=today)
    for staff_id in told:
        notices.tell_staff(session, staff_id, kind, facts, office_id=office_id, now=now)


def _ask_homeroom(
    session: Session, binding: Binding, student_id: int, *, now: datetime, today: date
) -> None:
    for staff_id in _homeroom(session, student_id, today=today):
        notices.tell_staff(
            session, staff_id, notices.GUARDIAN_WAITS, {"binding": binding.id},
            office_id=binding.office_id, now=now,
        )  # fmt: skip


def _homeroom(session: Session, student_id: int, *, today: date) -> list[int]:
    """Staff ids of those who look after a pupil's room."""
    place = binding_queries.place_of(session, student_id)
    if place is None:
        return []
    return list(
        staff_queries.teachers_of_room(
            session, school_id=place.school_id, level=place.level, room=place.room, today=today
        )
    )
