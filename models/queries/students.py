"""Questions about pupils. Each takes the scope of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    case,
    exists,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from models.home_visit import COUNTED, HomeVisit, HouseholdVisit, Outcome, VisitStatus
from models.household import Residence
from models.office import School
from models.scope import Room, Scope
from models.student import Enrolment, Guardian, Student


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A pupil in their present class, and what this year's visit came to."""

    student: Student
    enrolment: Enrolment
    school_name: str
    outcome: Outcome | None

    @property
    def class_name(self) -> str:
        place = self.enrolment
        return f"{place.level}/{place.room}" if place.room else place.level


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a class, a school or an office is. A pupil counts, not a record (domain 10.0)."""

    pupils: int
    visited: int
    excused: int
    #: Of those who are neither yet: sent back, or entered by a colleague and not confirmed.
    returned: int = 0
    unconfirmed: int = 0

    @property
    def waiting(self) -> int:
        return self.pupils - self.visited - self.excused


def is_enrolled(today: date) -> ColumnElement[bool]:
    """An enrolment that holds on that day."""
    return (Enrolment.starts_on <= today) & or_(
        Enrolment.ends_on.is_(None), Enrolment.ends_on > today
    )


def enrolled(session: Session, scope: Scope, *, today: date, year: int) -> Sequence[Enrolled]:
    """The pupils of a scope in class order, with the outcome of the school year's visit."""
    return _read(session, _enrolled(scope, today, year).where(scope.pupils()))


def one(
    session: Session, scope: Scope, student_id: int, *, today: date, year: int
) -> Enrolled | None:
    """One pupil, if the scope reaches that far."""
    rows = _read(
        session, _enrolled(scope, today, year).where(scope.pupils(), Student.id == student_id)
    )
    return rows[0] if rows else None


def housemates(
    session: Session, scope: Scope, student_id: int, *, today: date, year: int
) -> Sequence[Enrolled]:
    """Who seems to live in the same house as a pupil of the scope (P17).

    The same household; or, where neither is in one yet, a guardian with the same phone, or with the
    same name and the pupils' same family name. They may be in other classes and schools of the
    office; a sealed pupil is never offered (P8).
    """
    mine = one(session, scope, student_id, today=today, year=year)
    if mine is None or mine.student.is_sealed:
        return []
    return _read(
        session,
        _enrolled(scope, today, year).where(
            Enrolment.office_id == scope.office_id,
            Student.id != student_id,
            Student.is_sealed.is_(False),
            Student.id.in_(_seem_to_live_with(mine.student)),
        ),
    )


def rooms(session: Session, scope: Scope, *, today: date) -> Sequence[Room]:
    """The rooms that pupils of a scope are in."""
    rows = session.execute(
        select(Enrolment.school_id, Enrolment.level, Enrolment.room)
        .where(is_enrolled(today), scope.pupils())
        .distinct()
        .order_by(Enrolment.school_id, Enrolment.level, Enrolment.room)
    )
    return [Room(*row) for row in rows]


def rooms_progress(
    session: Session, scope: Scope, *, today: date, year: int
) -> Sequence[tuple[int, str, str, Progress]]:
    """(school id, class, room, progress) of every room that may be counted."""
    rows = session.execute(
        _counting(
            scope, today, year, Enrolment.school_id, Enrolment.level, Enrolment.room
        ).order_by(Enrolment.school_id, Enrolment.level, Enrolment.room)
    )
    return [(row[0], row[1], row[2], Progress(*row[3:])) for row in rows]


def schools_progress(
    session: Session, scope: Scope, *, today: date, year: int
) -> Sequence[tuple[str, Progress]]:
    """(school's name, progress) of every school that may be counted."""
    found = progress_by_school(session, scope, today=today, year=year)
    return [(school.name, done) for school, done in found]


def progress_by_school(
    session: Session, scope: Scope, *, today: date, year: int
) -> Sequence[tuple[School, Progress]]:
    """The same with the schools themselves."""
    rows = session.execute(
        _counting(scope, today, year, School)
        .join(School, School.id == Enrolment.school_id)
        .order_by(School.name)
    )
    return [(row[0], Progress(*row[1:])) for row in rows]


def progress(session: Session, scope: Scope, *, today: date, year: int) -> Progress:
    """How far everything in the scope is."""
    row = session.execute(_counting(scope, today, year)).one()
    return Progress(*(count or 0 for count in row))


def homes_visited(session: Session, scope: Scope, *, today: date, year: int) -> int:
    """How many homes the visited pupils of a scope live in: each is counted once (P17)."""
    visits = (
        select(func.count(func.distinct(HouseholdVisit.household_id)))
        .join(HomeVisit, HomeVisit.household_visit_id == HouseholdVisit.id)
        .join(Enrolment, Enrolment.student_id == HomeVisit.student_id)
        .where(
            HomeVisit.school_year == year,
            HomeVisit.outcome == Outcome.VISITED,
            HomeVisit.status.in_(COUNTED),
            HomeVisit.erased_at.is_(None),
            is_enrolled(today),
            scope.counted(),
        )
    )
    if scope.ways is not None:
        visits = visits.where(HouseholdVisit.how.in_(scope.ways))
    return session.scalar(visits) or 0


def _enrolled(scope: Scope, today: date, year: int) -> Select[Student, Enrolment, str, Outcome]:
    return (
        select(Student, Enrolment, School.name, _outcome(year, scope.ways))
        .join(Enrolment, Enrolment.student_id == Student.id)
        .join(School, School.id == Enrolment.school_id)
        .where(is_enrolled(today), Student.erased_at.is_(None))
        .order_by(
            Enrolment.school_id, Enrolment.level, Enrolment.room,
            func.length(Enrolment.student_no), Enrolment.student_no,
        )
    )  # fmt: skip


def _read(session: Session, query: Select[Student, Enrolment, str, Outcome]) -> list[Enrolled]:
    return [
        Enrolled(student, place, school, outcome)
        for student, place, school, outcome in session.execute(query)
    ]


def _outcome(year: int, ways: Sequence[str] | None) -> ColumnElement[Outcome]:
    """What this year's visits to a pupil come to: visited once is visited."""
    best = _best(year, ways).where(HomeVisit.student_id == Student.id)
    return best.correlate(Student).scalar_subquery()


def _best(year: int, ways: Sequence[str] | None) -> Select[Outcome]:
    """The best outcome of a year's reports that count: returned or unconfirmed ones are none yet.

    A visit in a way that the office does not count is no visit yet (P22).
    """
    reports = select(func.max(HomeVisit.outcome)).where(  # "visited" sorts after "excused"
        HomeVisit.school_year == year,
        HomeVisit.status.in_(COUNTED),
        HomeVisit.erased_at.is_(None),
    )
    if ways is None:
        return reports
    return reports.join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id).where(
        or_(HomeVisit.outcome == Outcome.EXCUSED, HouseholdVisit.how.in_(ways))
    )


def _counting(scope: Scope, today: date, year: int, *by: Any) -> Select[*tuple[Any, ...]]:
    """Of each group: pupils, visited, excused, and of the rest returned and unconfirmed."""
    outcome = _outcome(year, scope.ways)
    returned = _has_report(year, VisitStatus.RETURNED)
    unconfirmed = _has_report(year, VisitStatus.UNCONFIRMED)
    return (
        select(
            *by,
            func.count(),
            func.sum(case((outcome == Outcome.VISITED, 1), else_=0)),
            func.sum(case((outcome == Outcome.EXCUSED, 1), else_=0)),
            func.sum(case((outcome.is_(None) & returned, 1), else_=0)),
            func.sum(case((outcome.is_(None) & ~returned & unconfirmed, 1), else_=0)),
        )
        .select_from(Enrolment)
        .join(Student, Student.id == Enrolment.student_id)
        .where(is_enrolled(today), Student.erased_at.is_(None), scope.counted())
        .group_by(*by)
    )


def _has_report(year: int, status: VisitStatus) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            HomeVisit.student_id == Student.id,
            HomeVisit.school_year == year,
            HomeVisit.status == status,
            HomeVisit.erased_at.is_(None),
        )
        .correlate(Student)
    )


def _seem_to_live_with(student: Student) -> CompoundSelect[int]:
    """Ids of those in the same household, or with a guardian of the same phone or name.

    A phone is one home's, whatever the school. Names alone are not: they count within the schools
    of the pupil only, so that a namesake elsewhere shows nobody a child who is not theirs.
    """
    home, other = aliased(Residence), aliased(Residence)
    mine, theirs, namesake = aliased(Guardian), aliased(Guardian), aliased(Student)
    both = (mine.student_id == student.id, mine.suspended_at.is_(None))
    return union(
        select(other.student_id)
        .join(home, home.household_id == other.household_id)
        .where(home.student_id == student.id, home.ends_on.is_(None), other.ends_on.is_(None)),
        select(theirs.student_id)
        .join(mine, mine.phone_index == theirs.phone_index)
        .where(*both, theirs.suspended_at.is_(None)),
        select(theirs.student_id)
        .join(mine, mine.name_index == theirs.name_index)
        .join(namesake, namesake.id == theirs.student_id)
        .where(
            *both,
            theirs.suspended_at.is_(None),
            namesake.last_name == student.last_name,
            _same_school(namesake.id, student.id),
        ),
    )


def _same_school(other_id: InstrumentedAttribute[int], student_id: int) -> ColumnElement[bool]:
    theirs, mine = aliased(Enrolment), aliased(Enrolment)
    return exists().where(
        theirs.student_id == other_id,
        theirs.ends_on.is_(None),
        mine.student_id == student_id,
        mine.ends_on.is_(None),
        mine.school_id == theirs.school_id,
    )
