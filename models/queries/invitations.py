"""Questions about who still needs a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.thai import class_order
from models.casework import Partner
from models.line_account import Binding
from models.office import School, SchoolAlias
from models.staff import Appointment, Role, Staff
from models.student import Enrolment, Student


@dataclass(frozen=True, slots=True)
class Invitee:
    """One line of an invitation list: a person, and one place they have."""

    #: `staff.id`; for parents `student.id`, for partners `partner.id`.
    id: int
    office_id: int
    school_code: str
    school_name: str
    level: str
    room: str
    name: str
    student_no: str = ""

    @property
    def class_(self) -> str:
        """The class as `ป.4/1`; without a room all rooms of the level."""
        return f"{self.level}/{self.room}" if self.level and self.room else self.level


def schools_of_code(session: Session, code: str) -> Sequence[int]:
    """The ids of the schools with a code or alias."""
    aliases = select(SchoolAlias.school_id).where(SchoolAlias.code == code)
    return session.scalars(
        select(School.id).where((School.code == code) | School.id.in_(aliases))
    ).all()


def unbound_staff(
    session: Session, *, role: Role, school_ids: Sequence[int] | None = None
) -> list[Invitee]:
    """Staff of a role to whom no LINE account belongs yet; a line for each of their classes."""
    bound = select(Binding.staff_id).where(
        Binding.staff_id.is_not(None), Binding.ended_at.is_(None)
    )
    query = (
        select(Staff, Appointment, School)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .outerjoin(School, School.id == Appointment.school_id)
        .where(
            Appointment.role == role,
            Appointment.ends_on.is_(None),
            Staff.left_at.is_(None),
            Staff.id.not_in(bound),
            School.closed_on.is_(None),
        )
        .order_by(Staff.first_name, Staff.last_name, Staff.id)
    )
    if school_ids is not None:
        query = query.where(School.id.in_(school_ids))
    return sorted((_staff_line(*row) for row in session.execute(query)), key=_class_by_class)


def _staff_line(staff: Staff, appointment: Appointment, school: School) -> Invitee:
    return Invitee(
        id=staff.id,
        office_id=staff.office_id,
        # Staff of the office stand at no school.
        school_code=school.code if appointment.school_id else "",
        school_name=school.name if appointment.school_id else "",
        level=appointment.level or "",
        room=appointment.room or "",
        name=staff.full_name,
    )


def pupils_without_guardian(
    session: Session, *, school_ids: Sequence[int] | None = None
) -> list[Invitee]:
    """Pupils to whom no guardian's account belongs yet, class by class.

    Sealed children (P8) are left out: no letter with their name goes around.
    """
    bound = select(Binding.student_id).where(
        Binding.student_id.is_not(None), Binding.ended_at.is_(None)
    )
    query = (
        select(Student, Enrolment, School)
        .join(Enrolment, Enrolment.student_id == Student.id)
        .join(School, School.id == Enrolment.school_id)
        .where(
            Enrolment.ends_on.is_(None),
            Student.erased_at.is_(None),
            Student.is_sealed.is_(False),
            Student.id.not_in(bound),
            School.closed_on.is_(None),
        )
        .order_by(Enrolment.student_no, Student.id)
    )
    if school_ids is not None:
        query = query.where(School.id.in_(school_ids))
    lines = (
        Invitee(
            id=student.id,
            office_id=student.office_id,
            school_code=school.code,
            school_name=school.name,
            level=enrolment.level,
            room=enrolment.room,
            name=student.full_name,
            student_no=enrolment.student_no,
        )
        for student, enrolment, school in session.execute(query)
    )
    return sorted(lines, key=_class_by_class)


def partners_without_desk(session: Session) -> list[Invitee]:
    """Partners in force to whose desk no LINE account belongs yet."""
    rows = session.scalars(
        select(Partner)
        .where(Partner.ended_at.is_(None), Partner.account_id.is_(None))
        .order_by(Partner.name, Partner.id)
    )
    return [Invitee(one.id, one.office_id, "", "", "", "", one.name) for one in rows]


def _class_by_class(line: Invitee) -> tuple[str, int, str]:
    return line.school_code, class_order(line.level), line.room


def anybody(session: Session, *, role: str, school_ids: Sequence[int] | None = None) -> bool:
    """Whether anybody holds a role at some schools; a pupil for `parent`, one for `partner`."""
    if role == "partner":
        there = select(Partner.id).where(Partner.ended_at.is_(None))
        return session.scalars(there.limit(1)).first() is not None
    query = (
        select(Appointment.id).where(Appointment.role == role, Appointment.ends_on.is_(None))
        if role in set(Role)
        else select(Enrolment.id).where(Enrolment.ends_on.is_(None))
    )
    if school_ids is not None:
        places = Appointment.school_id if role in set(Role) else Enrolment.school_id
        query = query.where(places.in_(school_ids))
    return session.scalars(query.limit(1)).first() is not None
