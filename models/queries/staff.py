"""Questions about members of staff, their posts, and who acts for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.line_account import Binding
from models.office import School
from models.staff import Appointment, Role, Staff
from models.student import Enrolment, Student


def in_force(today: date) -> ColumnElement[bool]:
    """An appointment that holds on that day."""
    return (Appointment.starts_on <= today) & or_(
        Appointment.ends_on.is_(None), Appointment.ends_on >= today
    )


def bindings_of(
    session: Session, account_id: int
) -> Sequence[tuple[Binding, Staff | None, Student | None]]:
    """Whom an account acts for, staff first; suspended guardians act for nobody."""
    rows = session.execute(
        select(Binding, Staff, Student)
        .outerjoin(Staff, (Staff.id == Binding.staff_id) & Staff.left_at.is_(None))
        .outerjoin(Student, (Student.id == Binding.student_id) & Student.erased_at.is_(None))
        .where(
            Binding.account_id == account_id,
            Binding.ended_at.is_(None),
            Binding.suspended.is_(False),
        )
        .order_by(Binding.staff_id.is_(None), Binding.id)
    )
    return [(binding, staff, student) for binding, staff, student in rows]


def posts_of(
    session: Session, staff_id: int, *, today: date
) -> Sequence[tuple[Appointment, str | None]]:
    """The posts of a member of staff with their school's name."""
    rows = session.execute(
        select(Appointment, School.name)
        .outerjoin(School, School.id == Appointment.school_id)
        .where(Appointment.staff_id == staff_id, in_force(today))
        .order_by(Appointment.id)
    )
    return [(post, name) for post, name in rows]


def accounts_of(session: Session, staff_id: int) -> Sequence[int]:
    """The LINE accounts a member of staff is bound to."""
    return session.scalars(
        select(Binding.account_id).where(Binding.staff_id == staff_id, Binding.ended_at.is_(None))
    ).all()


def teachers_of_room(
    session: Session, *, school_id: int, level: str, room: str, today: date
) -> Sequence[int]:
    """Staff ids of those who look after a room; an empty room of theirs is all rooms."""
    return session.scalars(
        select(Appointment.staff_id)
        .where(
            Appointment.role == Role.TEACHER,
            Appointment.school_id == school_id,
            Appointment.level == level,
            or_(Appointment.room == room, Appointment.room.is_(None), Appointment.room == ""),
            in_force(today),
        )
        .distinct()
    ).all()


def with_role(session: Session, office_id: int, role: Role, *, today: date) -> Sequence[int]:
    """Staff ids of everybody with a role in the office."""
    return session.scalars(
        select(Appointment.staff_id)
        .where(Appointment.office_id == office_id, Appointment.role == role, in_force(today))
        .distinct()
    ).all()


def heads_of(session: Session, school_id: int, *, today: date) -> Sequence[int]:
    """Staff ids of the heads of a school."""
    return session.scalars(
        select(Appointment.staff_id)
        .where(
            Appointment.school_id == school_id,
            Appointment.role == Role.DIRECTOR,
            in_force(today),
        )
        .distinct()
    ).all()


def place_of(session: Session, student_id: int) -> tuple[str, str] | None:
    """Class and school of a pupil, as their guardian is told."""
    row = session.execute(
        select(Enrolment.level, Enrolment.room, School.name)
        .join(School, School.id == Enrolment.school_id)
        .where(Enrolment.student_id == student_id, Enrolment.ends_on.is_(None))
        .order_by(Enrolment.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    level, room, school = row
    return (f"{level}/{room}" if room else level), school
