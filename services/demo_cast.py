"""The people of the demo with a phone: found in the made-up district, and invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from models.office import School
from models.staff import Appointment, Duty, Role, Staff
from models.student import Enrolment, Guardian, Student
from services import invitations

#: Duties of the demo's office, beside the roles of its list of staff (P27).
COMMITTEE: Final = "กรรมการกองทุน"
AUDITOR: Final = "หน่วยตรวจสอบภายใน"
#: Members of the committee who have a phone: as many as have to agree.
_MEMBERS: Final = 2


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody with a phone in the demo."""

    name: str
    #: What they are to the system, and where.
    part: Lazy
    place: str
    code: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays. The head is the teacher's, the pupil is of her class."""

    teacher: Staff
    room: str
    school: School
    pupil: Student
    head: Staff
    officer: Staff
    finance: Staff
    director: Staff
    committee: tuple[Staff, ...]
    auditor: Staff | None


def find(session: Session) -> Cast:
    """The cast of the imported district; the teacher has pupils with siblings."""
    teacher, post, school = _teacher(session)
    return Cast(
        teacher=teacher,
        room=f"{post.level}/{post.room}",
        school=school,
        pupil=_pupil(session, post),
        head=_first(session, Role.DIRECTOR, school.id),
        officer=_first(session, Role.DISTRICT_OFFICER, None),
        finance=_first(session, Role.FINANCE, None),
        director=_first(session, Role.DISTRICT_DIRECTOR, None),
        committee=tuple(_with_duty(session, COMMITTEE)[:_MEMBERS]),
        auditor=next(iter(_with_duty(session, AUDITOR)), None),
    )


def invite(session: Session, *, now: datetime) -> Sequence[Player]:
    """Everybody of the cast with a fresh code: the school, the family, the office and its funds."""
    cast = find(session)
    parts: list[tuple[Staff, Lazy, str]] = [
        (cast.teacher, _("Teacher"), f"{cast.room} {cast.school.name}"),
        (cast.head, _("Head of school"), cast.school.name),
        (cast.officer, _("District officer"), ""),
        (cast.director, _("Director of the area"), ""),
        (cast.finance, _("Finance"), ""),
        *((member, _("Funds' committee"), "") for member in cast.committee),
    ]
    if cast.auditor is not None:
        parts.append((cast.auditor, _("Auditor"), ""))
    staff = {person.id: person.office_id for person, _part, _place in parts}
    codes = invitations.issue_to_staff(session, staff, now=now)
    pupil = cast.pupil
    guardians = invitations.issue_to_guardians(session, {pupil.id: pupil.office_id}, now=now)
    players = [
        Player(person.full_name, part, place, codes[person.id]) for person, part, place in parts
    ]
    name = f"ผู้ปกครอง{pupil.title}{pupil.first_name}"
    parent = Player(name, _("Parent"), cast.room, guardians[pupil.id])
    return [*players[:3], parent, *players[3:]]


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


def _with_duty(session: Session, name: str) -> Sequence[Staff]:
    query = select(Staff).join(Duty, Duty.staff_id == Staff.id).where(Duty.name == name)
    return session.scalars(query.order_by(Duty.id)).all()


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
