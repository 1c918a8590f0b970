"""Questions of those who review reports. Each takes the scope of whoever asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.home_visit import COUNTED, HomeVisit, HouseholdVisit, VisitStatus
from models.office import School
from models.scope import Scope
from models.student import Student


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Reports of one class in a school year."""

    school_id: int
    school_name: str
    level: str
    room: str
    #: Sent and counting, reviewed or not.
    sent: int
    #: Of these, those that wait for whoever asks.
    waiting: int
    #: Of these, their own, which somebody else must review.
    own: int

    @property
    def class_name(self) -> str:
        return f"{self.level}/{self.room}" if self.room else self.level


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report with its pupil."""

    report: HomeVisit
    pupil: Student


@dataclass(frozen=True, slots=True)
class Group:
    """Submitted reports of one school by who made them."""

    school_id: int
    school_name: str
    reporter_id: int
    entered_by_id: int | None
    reports: int


def classes(session: Session, scope: Scope, *, year: int, besides: int) -> Sequence[ClassCount]:
    """The classes of the scope's schools that reports came from; `besides` asks."""
    own = _is_of(besides)
    waits = HomeVisit.status == VisitStatus.SUBMITTED
    rows = session.execute(
        select(
            HomeVisit.school_id,
            School.name,
            HomeVisit.level,
            HomeVisit.room,
            func.count(),
            func.sum(case((and_(waits, ~own), 1), else_=0)),
            func.sum(case((and_(waits, own), 1), else_=0)),
        )
        .join(School, School.id == HomeVisit.school_id)
        .join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id)
        .where(_in(scope), *_of_year(year), HomeVisit.status.in_(COUNTED))
        .group_by(HomeVisit.school_id, School.name, HomeVisit.level, HomeVisit.room)
        .order_by(HomeVisit.school_id, HomeVisit.level, HomeVisit.room)
    )
    return [ClassCount(*row) for row in rows]


def waiting(
    session: Session,
    scope: Scope,
    *,
    school_id: int,
    level: str,
    room: str,
    year: int,
    besides: int,
) -> Sequence[Waiting]:
    """Submitted reports of a class that `besides` has not made."""
    rows = session.execute(
        select(HomeVisit, Student)
        .join(Student, Student.id == HomeVisit.student_id)
        .join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id)
        .where(
            _in(scope),
            *_of_year(year),
            HomeVisit.school_id == school_id,
            HomeVisit.level == level,
            HomeVisit.room == room,
            HomeVisit.status == VisitStatus.SUBMITTED,
            ~_is_of(besides),
        )
        .order_by(func.length(HomeVisit.student_no), HomeVisit.student_no, HomeVisit.id)
    )
    return [Waiting(report, pupil) for report, pupil in rows]


def asked_to_reopen(session: Session, scope: Scope, *, year: int) -> Sequence[Waiting]:
    """Reviewed reports whose teachers ask for them back, the oldest wish first."""
    rows = session.execute(
        select(HomeVisit, Student)
        .join(Student, Student.id == HomeVisit.student_id)
        .where(
            _in(scope),
            *_of_year(year),
            HomeVisit.status == VisitStatus.REVIEWED,
            HomeVisit.correction_asked_at.is_not(None),
        )
        .order_by(HomeVisit.correction_asked_at, HomeVisit.id)
    )
    return [Waiting(report, pupil) for report, pupil in rows]


def groups(session: Session, office_id: int, *, year: int) -> Sequence[Group]:
    """Submitted reports of an office, counted by school and maker: no pupil is in here."""
    rows = session.execute(
        select(
            HomeVisit.school_id,
            School.name,
            HouseholdVisit.reporter_id,
            HouseholdVisit.entered_by_id,
            func.count(),
        )
        .join(School, School.id == HomeVisit.school_id)
        .join(HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id)
        .where(
            HomeVisit.office_id == office_id,
            *_of_year(year),
            HomeVisit.status == VisitStatus.SUBMITTED,
        )
        .group_by(
            HomeVisit.school_id,
            School.name,
            HouseholdVisit.reporter_id,
            HouseholdVisit.entered_by_id,
        )
        .order_by(School.name, HomeVisit.school_id, HouseholdVisit.reporter_id)
    )
    return [Group(*row) for row in rows]


def lock_group(session: Session, group: Group, *, year: int, limit: int) -> Sequence[HomeVisit]:
    """The submitted reports of a group, locked in the order of their ids."""
    made = select(HouseholdVisit.id).where(
        HouseholdVisit.reporter_id == group.reporter_id,
        HouseholdVisit.entered_by_id.is_not_distinct_from(group.entered_by_id),
    )
    return session.scalars(
        select(HomeVisit)
        .where(
            HomeVisit.school_id == group.school_id,
            *_of_year(year),
            HomeVisit.status == VisitStatus.SUBMITTED,
            HomeVisit.household_visit_id.in_(made),
        )
        .order_by(HomeVisit.id)
        .limit(limit)
        .with_for_update()
    ).all()


def _in(scope: Scope) -> ColumnElement[bool]:
    return and_(HomeVisit.office_id == scope.office_id, HomeVisit.school_id.in_(scope.schools))


def _of_year(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return HomeVisit.school_year == year, HomeVisit.erased_at.is_(None)


def _is_of(staff_id: int) -> ColumnElement[bool]:
    return or_(
        HouseholdVisit.reporter_id == staff_id,
        HouseholdVisit.entered_by_id.is_not_distinct_from(staff_id),
    )
