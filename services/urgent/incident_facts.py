"""What the report of an urgent case knows of its reporter: whose pupils, which schools, whom.

Chat, page and clock ask the same here. Strangers see names of schools and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from conversation.facts import Facts, Later
from conversation.options import Option
from core.clock import school_year
from forms.incident_codes import Who
from forms.pupils import Pupil, pupil_options
from models.home_visit import HomeVisit
from models.line_account import LineAccount
from models.office import School
from models.queries import staff as staff_queries
from models.queries import students as student_queries
from models.staff import Appointment, Staff
from models.student import Enrolment, Student
from services import people
from services.people import GuardianOf, Person, StaffMember
from services.scope import scope_of
from services.urgent import threats


def facts_of(
    session: Session,
    account: LineAccount,
    *,
    today: date,
    at: str = "chat",
    has_page: bool = True,
) -> Mapping[str, Any]:
    """The facts of the form; what costs a query is looked up when a question needs it."""
    person = people.who_is(session, account, today=today)

    @cache
    def kinds() -> threats.Threats:
        return threats.current(session, account.office_id)

    def of_group(group: str) -> list[Option]:
        return [
            Option(kind.code, kind.label(account.language), also=(kind.labels["th"],))
            for kind in kinds().of_group(group)
        ]

    return Facts(
        today=today,
        who=who(person),
        at=at,
        page=has_page,
        schools=Later(lambda: _schools(session, account.office_id)),
        pupils=Later(lambda: _pupils(session, person, today)),
        threats=of_group,
        colleagues=cache(lambda school: _colleagues(session, person, school, today)),
    )


def who(person: Person | None) -> Who:
    """As whom somebody reports; a guardian whom nobody confirmed is a stranger still (P8)."""
    if isinstance(person, StaffMember):
        return Who.STAFF
    if isinstance(person, GuardianOf) and person.is_confirmed:
        return Who.GUARDIAN
    return Who.STRANGER


def school_of(session: Session, person: Person | None) -> int | None:
    """The school that a report is about unless the reporter says another: the place (P2)."""
    if isinstance(person, StaffMember):
        schools = dict.fromkeys(post.school_id for post in person.posts if post.school_id)
        return next(iter(schools)) if len(schools) == 1 else None
    if isinstance(person, GuardianOf) and person.is_confirmed:
        return session.scalar(
            select(Enrolment.school_id)
            .join(Student, Student.id == Enrolment.student_id)
            .where(
                Enrolment.student_id == person.student_id,
                Enrolment.ends_on.is_(None),
                Student.is_sealed.is_(False),
            )
            .order_by(Enrolment.id.desc())
            .limit(1)
        )
    return None


def _schools(session: Session, office_id: int) -> list[Option]:
    rows = session.execute(
        select(School.id, School.name).where(School.office_id == office_id).order_by(School.name)
    )
    return [
        Option(str(school_id), name.removeprefix("โรงเรียน") or name, also=(name,))
        for school_id, name in rows
    ]


def _pupils(session: Session, person: Person | None, today: date) -> list[Option]:
    """Pupils whom the reporter may name: of their own scope, or the guardian's child."""
    if isinstance(person, StaffMember):
        found = student_queries.enrolled(
            session, scope_of(person), today=today, year=school_year(today)
        )
        return pupil_options(
            [
                Pupil(
                    id=str(one.student.id), first=one.student.first_name,
                    last=one.student.last_name, nickname=one.student.nickname or "",
                    student_no=one.enrolment.student_no, class_name=one.class_name,
                )
                for one in found
            ]
        )  # fmt: skip
    if isinstance(person, GuardianOf) and person.is_confirmed:
        return [Option(str(person.student_id), person.student_name)]
    return []


def _colleagues(
    session: Session, person: Person | None, school: str, today: date
) -> Sequence[Option]:
    """Staff of the school and of the office, offered to staff only."""
    if not isinstance(person, StaffMember):
        return []
    places: list[ColumnElement[bool]] = [Appointment.school_id.is_(None)]
    if school.isdecimal():
        places.append(Appointment.school_id == int(school))
    rows = session.scalars(
        select(Staff)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .where(
            Staff.office_id == person.office_id,
            Staff.left_at.is_(None),
            Staff.id != person.staff_id,
            staff_queries.in_force(today),
            or_(*places),
        )
        .distinct()
        .order_by(Staff.first_name, Staff.last_name)
    )
    return [
        Option(str(one.id), f"{one.first_name} {one.last_name}", also=(one.first_name,))
        for one in rows
    ]


def visit_of(
    session: Session, person: StaffMember, visit_id: int, *, today: date
) -> HomeVisit | None:
    """A home visit that a report may come from: of a pupil in the person's scope."""
    visit = session.get(HomeVisit, visit_id)
    if visit is None or visit.office_id != person.office_id:
        return None
    pupil = student_queries.one(
        session, scope_of(person), visit.student_id, today=today, year=school_year(today)
    )
    return visit if pupil is not None else None


def visit_numbered(session: Session, office_id: int, number: str) -> int | None:
    """The id of a home visit by the number that its receipt says."""
    return session.scalar(
        select(HomeVisit.id).where(HomeVisit.office_id == office_id, HomeVisit.number == number)
    )


def student_ids(session: Session, account: LineAccount, codes: Sequence[str]) -> list[int]:
    """Pupils by the codes of answers, as far as they belong to the office."""
    ids = [int(code) for code in codes if str(code).isdecimal()]
    found = session.scalars(
        select(Student.id).where(Student.id.in_(ids), Student.office_id == account.office_id)
    )
    return list(found)
