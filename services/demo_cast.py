"""The four people of the demo: found in the made-up district, and invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from models.office import School
from models.staff import Appointment, Role, Staff
from models.student import Enrolment, Guardian, Student
from services import invitations


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a phone in the demo."""

    name: str
    #: What they are to the system, and where.
    part: Lazy
    place: str
    code: str


def invite(session: Session, *, now: datetime) -> Sequence[Player]:
    """Teacher, head of school, district officer and parent, each with a fresh code.

    The teacher has pupils with siblings, the head is hers, and the parent is of one of her class.
    """
    teacher, post, school = _teacher(session)
    head = _first(session, Role.DIRECTOR, school.id)
    officer = _first(session, Role.DISTRICT_OFFICER, None)
    pupil = _pupil(session, post)
    staff = {person.id: person.office_id for person in (teacher, head, officer)}
    codes = invitations.issue_to_staff(session, staff, now=now)
    parents = invitations.issue_to_guardians(session, {pupil.id: pupil.office_id}, now=now)
    room = f"{post.level}/{post.room}"
    return (
        Player(teacher.full_name, _("Teacher"), f"{room} {school.name}", codes[teacher.id]),
        Player(head.full_name, _("Head of school"), school.name, codes[head.id]),
        Player(officer.full_name, _("District officer"), "", codes[officer.id]),
        Player(f"ผู้ปกครอง{pupil.title}{pupil.first_name}", _("Parent"), room, parents[pupil.id]),
    )


def _teacher(session: Session) -> tuple[Staff, Appointment, School]:
    """The teacher whose class shares most homes with other classes."""
    phones = (
        select(Guardian.phone_index)
        .where(Guardian.phone_index.is_not(None))
        .group_by(Guardian.phone_index)
        .having(func.count(Guardian.id) > 1)
    )
    shared = (
        select(Enrolment.school_id, Enrolment.level, Enrolment.room, func.count().label("pupils"))
        .join(Guardian, Guardian.student_id == Enrolment.student_id)
        .where(Guardian.phone_index.in_(phones))
        .group_by(Enrolment.school_id, Enrolment.level, Enrolment.room)
        .subquery()
    )
    row = session.execute(
        select(Staff, Appointment, School)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .join(School, School.id == Appointment.school_id)
        .outerjoin(
            shared,
            (shared.c.school_id == Appointment.school_id)
            & (shared.c.level == Appointment.level)
            & (shared.c.room == Appointment.room),
        )
        .where(Appointment.role == Role.TEACHER)
        .order_by(func.coalesce(shared.c.pupils, 0).desc(), Appointment.id)
        .limit(1)
    ).one()
    return row[0], row[1], row[2]


def _first(session: Session, role: Role, school_id: int | None) -> Staff:
    query = select(Staff).join(Appointment, Appointment.staff_id == Staff.id)
    if school_id is not None:
        query = query.where(Appointment.school_id == school_id)
    return session.scalars(query.where(Appointment.role == role).order_by(Staff.id).limit(1)).one()


def _pupil(session: Session, post: Appointment) -> Student:
    return session.scalars(
        select(Student)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .where(
            Enrolment.school_id == post.school_id,
            Enrolment.level == post.level,
            Enrolment.room == post.room,
            Enrolment.ends_on.is_(None),
        )
        .order_by(Enrolment.student_no)
        .limit(1)
    ).one()
