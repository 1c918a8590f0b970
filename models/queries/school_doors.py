"""Questions about the schools' doors and who knocked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from models.line_account import Binding
from models.office import School
from models.queries.staff import in_force
from models.school_door import Knock, KnockStatus, SchoolDoor
from models.staff import Appointment, Role, Staff
from models.timeline import Event


def edition(session: Session, school_id: int) -> int:
    """Which edition of a school's QR is good; the first where none was ever renewed."""
    found = session.scalar(select(SchoolDoor.edition).where(SchoolDoor.school_id == school_id))
    return found or 1


def school_of_code(session: Session, office_id: int, code: str) -> School | None:
    return session.scalars(
        select(School).where(
            School.office_id == office_id, School.code == code, School.closed_on.is_(None)
        )
    ).one_or_none()


def not_in_yet(session: Session, school_id: int, *, today: date) -> Sequence[Staff]:
    """The staff of a school who have not come in, by name."""
    bound = exists().where(Binding.staff_id == Staff.id, Binding.ended_at.is_(None))
    return session.scalars(_of_school(school_id, today=today).where(~bound)).all()


def already_in(session: Session, school_id: int, *, today: date) -> Sequence[Staff]:
    """The staff of a school who have come in, by name."""
    bound = exists().where(Binding.staff_id == Staff.id, Binding.ended_at.is_(None))
    return session.scalars(_of_school(school_id, today=today).where(bound)).all()


def _of_school(school_id: int, *, today: date) -> Select[Staff]:
    works_there = select(Appointment.staff_id).where(
        Appointment.school_id == school_id, in_force(today)
    )
    return (
        select(Staff)
        .where(Staff.left_at.is_(None), Staff.id.in_(works_there))
        .order_by(Staff.first_name, Staff.last_name, Staff.id)
    )


def heads_in(session: Session, school_id: int, *, today: date) -> Sequence[int]:
    """Staff ids of the school's heads who have come in."""
    return session.scalars(
        select(Appointment.staff_id)
        .join(Binding, Binding.staff_id == Appointment.staff_id)
        .where(
            Appointment.school_id == school_id,
            Appointment.role == Role.DIRECTOR,
            in_force(today),
            Binding.ended_at.is_(None),
        )
        .distinct()
    ).all()


def is_bound(session: Session, staff_id: int) -> bool:
    found = session.scalar(
        select(Binding.id).where(Binding.staff_id == staff_id, Binding.ended_at.is_(None)).limit(1)
    )
    return found is not None


def waiting(session: Session, office_id: int) -> Sequence[Knock]:
    """All who wait before a door of the office, those who came first at first."""
    return session.scalars(
        select(Knock)
        .where(Knock.office_id == office_id, Knock.status == KnockStatus.WAITING)
        .order_by(Knock.id)
    ).all()


def of_account(session: Session, account_id: int) -> Sequence[Knock]:
    """The knocks of an account that wait."""
    return session.scalars(
        select(Knock)
        .where(Knock.account_id == account_id, Knock.status == KnockStatus.WAITING)
        .order_by(Knock.id)
    ).all()


def knocks_since(session: Session, account_id: int, *, since: datetime) -> int:
    """How often an account has tapped a name since a moment."""
    return (
        session.scalar(
            select(func.count(Knock.id)).where(
                Knock.account_id == account_id, Knock.created_at > since
            )
        )
        or 0
    )


def looks_since(session: Session, account_id: int, kind: str, *, since: datetime) -> int:
    """How often an account has been shown the names of a school since a moment."""
    return (
        session.scalar(
            select(func.count(Event.id)).where(
                Event.subject_type == "school",
                Event.kind == kind,
                Event.actor_account_id == account_id,
                Event.at > since,
            )
        )
        or 0
    )
