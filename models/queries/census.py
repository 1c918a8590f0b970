"""Questions about frozen census days, and what became of those pupils since."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.census import CensusSnapshot
from models.home_visit import COUNTED, HomeVisit, HouseholdVisit, Outcome
from models.office import School
from models.queries.students import is_enrolled
from models.scope import Scope
from models.student import Enrolment, Sex, Student

#: Within these days after a census day its lists are imported; who is first named later came later.
LISTS_COME: Final = timedelta(days=14)


def counted(scope: Scope) -> ColumnElement[bool]:
    """The condition on `CensusSnapshot` under which a room may be counted."""
    mine = CensusSnapshot.office_id == scope.office_id
    if scope.totals or scope.everything:
        return mine
    parts: list[ColumnElement[bool]] = [
        and_(
            CensusSnapshot.school_id == room.school_id,
            CensusSnapshot.level == room.level,
            *((CensusSnapshot.room == room.room,) if room.room else ()),
        )
        for room in scope.rooms
    ]
    if scope.schools:
        parts.append(CensusSnapshot.school_id.in_(scope.schools))
    return and_(mine, or_(false(), *parts))


def schools_to_freeze(session: Session, *, day: date, limit: int) -> Sequence[School]:
    """Schools with pupils of which nothing is frozen for that day yet."""
    return session.scalars(
        select(School)
        .where(
            exists().where(Enrolment.school_id == School.id, _was_there(day)),
            ~exists().where(CensusSnapshot.school_id == School.id, CensusSnapshot.day == day),
        )
        .order_by(School.id)
        .limit(limit)
    ).all()


def there(
    session: Session, school_id: int, *, day: date
) -> Sequence[Row[int, str, str, Sex | None]]:
    """(pupil, level, room, sex) of who was at a school on that day, as the lists know it now."""
    return session.execute(
        select(Student.id, Enrolment.level, Enrolment.room, Student.sex)
        .join(Student, Student.id == Enrolment.student_id)
        .where(Enrolment.school_id == school_id, _was_there(day), Student.erased_at.is_(None))
        .order_by(Student.id)
    ).all()


def of_day(session: Session, scope: Scope, *, day: date) -> Sequence[CensusSnapshot]:
    """What is frozen of a day, as far as one may count it."""
    return session.scalars(
        select(CensusSnapshot).where(CensusSnapshot.day == day, counted(scope))
    ).all()


def by_level(session: Session, scope: Scope, *, day: date) -> Sequence[Row[str, str, int]]:
    """(level, sex, pupils) of a frozen day, as far as one may count it."""
    return session.execute(
        select(CensusSnapshot.level, CensusSnapshot.sex, func.sum(CensusSnapshot.count))
        .where(CensusSnapshot.day == day, counted(scope))
        .group_by(CensusSnapshot.level, CensusSnapshot.sex)
    ).all()


def schools_of_day(session: Session, scope: Scope, *, day: date) -> int:
    """How many schools are frozen of a day, as far as one may count it."""
    return (
        session.scalar(
            select(func.count(func.distinct(CensusSnapshot.school_id))).where(
                CensusSnapshot.day == day, counted(scope)
            )
        )
        or 0
    )


def last_day(session: Session, office_id: int, *, today: date) -> date | None:
    """The newest census day that is frozen."""
    return session.scalar(
        select(func.max(CensusSnapshot.day)).where(
            CensusSnapshot.office_id == office_id, CensusSnapshot.day <= today
        )
    )


def live(session: Session, scope: Scope, *, today: date) -> frozenset[int]:
    """Ids of the pupils who may be counted now; names are read by nobody here."""
    return frozenset(
        session.scalars(
            select(Enrolment.student_id)
            .join(Student, Student.id == Enrolment.student_id)
            .where(is_enrolled(today), Student.erased_at.is_(None), scope.counted())
        )
    )


def visited(
    session: Session,
    pupils: Collection[int],
    *,
    year: int,
    ways: Sequence[str] | None = None,
) -> dict[Outcome, set[int]]:
    """Which of these pupils were visited or excused in a school year, at whatever school.

    `ways` are those that the office counts as visited (P22); None is all.
    """
    found: dict[Outcome, set[int]] = {outcome: set() for outcome in Outcome}
    ids = sorted(pupils)
    for start in range(0, len(ids), 900):  # SQLite takes only so many values
        query = select(HomeVisit.student_id, HomeVisit.outcome).where(
            HomeVisit.student_id.in_(ids[start : start + 900]),
            HomeVisit.school_year == year,
            HomeVisit.status.in_(COUNTED),
            HomeVisit.erased_at.is_(None),
        )
        if ways is not None:
            query = query.join(
                HouseholdVisit, HouseholdVisit.id == HomeVisit.household_visit_id
            ).where(or_(HomeVisit.outcome == Outcome.EXCUSED, HouseholdVisit.how.in_(ways)))
        rows = session.execute(query)
        for student_id, outcome in rows:
            found[outcome].add(student_id)
    found[Outcome.EXCUSED] -= found[Outcome.VISITED]
    return found


def _was_there(day: date) -> ColumnElement[bool]:
    """A place that held on a day, or that a list told of only in the days after it.

    Lists of the census come in after the day; who was at another school then is counted there.
    """
    other = aliased(Enrolment)
    held = and_(
        Enrolment.starts_on <= day, or_(Enrolment.ends_on.is_(None), Enrolment.ends_on > day)
    )
    told = and_(
        Enrolment.starts_on > day,
        Enrolment.starts_on <= day + LISTS_COME,
        Enrolment.ends_on.is_(None),
        ~exists().where(
            other.student_id == Enrolment.student_id,
            other.starts_on <= day,
            or_(other.ends_on.is_(None), other.ends_on > day),
        ),
    )
    return or_(held, told)
