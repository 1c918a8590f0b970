"""Questions about who came in with which code, and who only tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.invitation import Invitation
from models.line_account import Binding, LineAccount
from models.student import Enrolment, Student
from models.timeline import Event

#: What the timeline calls a code that nobody has, in the timeline of its channel.
WRONG_CODE: Final = "code.wrong"


def wrong_codes(session: Session, channel_id: int, *, since: datetime) -> int:
    """How many wrong codes all accounts of a channel have sent since a moment."""
    return (
        session.scalar(
            select(func.count(Event.id)).where(
                Event.subject_type == "channel",
                Event.subject_id == channel_id,
                Event.kind == WRONG_CODE,
                Event.at > since,
            )
        )
        or 0
    )


def is_bound(session: Session, account_id: int, invitation: Invitation) -> bool:
    """Whether an account acts already for the person of a code."""
    whose = (
        Binding.staff_id == invitation.staff_id
        if invitation.staff_id is not None
        else Binding.student_id == invitation.student_id
    )
    found = session.scalar(
        select(Binding.id).where(
            Binding.account_id == account_id, Binding.ended_at.is_(None), whose
        )
    )
    return found is not None


def open_of_staff(session: Session, staff_id: int) -> Sequence[Binding]:
    """The bindings by which accounts act for a member of staff."""
    return session.scalars(
        select(Binding).where(Binding.staff_id == staff_id, Binding.ended_at.is_(None))
    ).all()


def forget_acting(session: Session, binding: Binding) -> None:
    """Its account acts for somebody else from now on, and gets another menu."""
    session.execute(
        update(LineAccount).where(LineAccount.id == binding.account_id).values(menu=None)
    )
    session.execute(
        update(LineAccount)
        .where(LineAccount.id == binding.account_id, LineAccount.acting_binding_id == binding.id)
        .values(acting_binding_id=None)
    )


def unconfirmed_guardians(session: Session, office_id: int) -> Sequence[tuple[int, Student]]:
    """(binding id, pupil) of guardians who came in and wait for the homeroom teacher's word."""
    rows = session.execute(
        select(Binding.id, Student)
        .join(Student, Student.id == Binding.student_id)
        .where(
            Binding.office_id == office_id,
            Binding.confirmed_at.is_(None),
            Binding.ended_at.is_(None),
            Binding.suspended.is_(False),
        )
        .order_by(Binding.id)
    )
    return [(binding_id, student) for binding_id, student in rows]


def place_of(session: Session, student_id: int) -> Enrolment | None:
    """The class that a pupil is in now."""
    return session.scalars(
        select(Enrolment)
        .where(Enrolment.student_id == student_id, Enrolment.ends_on.is_(None))
        .order_by(Enrolment.id.desc())
        .limit(1)
    ).first()


def unconfirmed_pupil(session: Session, binding_id: int) -> Student | None:
    """The pupil of a guardian who still waits for the homeroom teacher's word."""
    return session.scalars(
        select(Student)
        .join(Binding, Binding.student_id == Student.id)
        .where(
            Binding.id == binding_id,
            Binding.confirmed_at.is_(None),
            Binding.ended_at.is_(None),
            Binding.suspended.is_(False),
        )
    ).one_or_none()
