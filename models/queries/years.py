"""Questions that the turn of the year asks (P32). They act for the system, not for a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.line_account import Binding
from models.staff import Appointment, Role
from models.student import Enrolment, Student
from models.turn_of_year import HomeroomCheck, Leaver, LeaverStatus


def homerooms_of_before(
    session: Session, *, turn: date, year: int, limit: int
) -> Sequence[Appointment]:
    """Posts of homeroom teachers that nobody has confirmed for the year that begins."""
    return session.scalars(
        select(Appointment).where(_lapses(turn, year)).order_by(Appointment.id).limit(limit)
    ).all()


def count_homerooms_of_before(session: Session, *, turn: date, year: int) -> int:
    return session.scalar(select(func.count(Appointment.id)).where(_lapses(turn, year))) or 0


def places_of_before(session: Session, *, turn: date, year: int, limit: int) -> Sequence[Enrolment]:
    """Open places of the year that ended."""
    return session.scalars(
        select(Enrolment).where(_moves_up(turn, year)).order_by(Enrolment.id).limit(limit)
    ).all()


def count_places_of_before(session: Session, *, turn: date, year: int) -> int:
    return session.scalar(select(func.count(Enrolment.id)).where(_moves_up(turn, year))) or 0


def levels_of(session: Session, school_ids: Collection[int], *, turn: date) -> dict[int, set[str]]:
    """The classes that schools had when the year ended, or have now."""
    levels: dict[int, set[str]] = {}
    for school_id, level in session.execute(
        select(Enrolment.school_id, Enrolment.level)
        .where(
            Enrolment.school_id.in_(school_ids),
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= turn),
        )
        .distinct()
    ):
        levels.setdefault(school_id, set()).add(level)
    return levels


def places_before(
    session: Session, student_ids: Collection[int], *, since: date
) -> dict[int, Enrolment]:
    """The last place that pupils had before the holidays, ended in them."""
    rows = session.scalars(
        select(Enrolment)
        .where(
            Enrolment.student_id.in_(student_ids),
            Enrolment.starts_on < since,
            Enrolment.ends_on >= since,
        )
        .order_by(Enrolment.id)
    )
    return {place.student_id: place for place in rows}


def listed_anew(
    session: Session, school_ids: Collection[int], *, since: date, turn: date
) -> frozenset[int]:
    """Schools most of whose pupils a list gave a new class in the holidays before the turn."""
    later, earlier = aliased(Enrolment), aliased(Enrolment)
    moved = _counts(
        session,
        select(later.school_id, func.count())
        .join(earlier, earlier.student_id == later.student_id)
        .where(
            later.school_id.in_(school_ids),
            later.starts_on >= since,
            later.starts_on < turn,
            earlier.ends_on == later.starts_on,
            earlier.level != later.level,
        )
        .group_by(later.school_id),
    )
    stayed = _counts(
        session,
        select(Enrolment.school_id, func.count())
        .where(
            Enrolment.school_id.in_(school_ids),
            Enrolment.starts_on < since,
            or_(Enrolment.ends_on.is_(None), Enrolment.ends_on == turn),
        )
        .group_by(Enrolment.school_id),
    )
    return frozenset(school for school, count in moved.items() if count > stayed.get(school, 0))


def left_in_the_holidays(
    session: Session, *, since: date, turn: date, year: int, after: int, limit: int
) -> Sequence[Enrolment]:
    """Last places that a complete list ended before the turn, of pupils who are nowhere since."""
    now_at = aliased(Enrolment)
    return session.scalars(
        select(Enrolment)
        .where(
            Enrolment.id > after,
            Enrolment.ends_on >= since,
            Enrolment.ends_on <= turn,
            ~exists().where(now_at.student_id == Enrolment.student_id, now_at.ends_on.is_(None)),
            ~exists().where(Leaver.student_id == Enrolment.student_id, Leaver.school_year == year),
        )
        .order_by(Enrolment.id)
        .limit(limit)
    ).all()


def arrived(session: Session, *, limit: int) -> Sequence[Leaver]:
    """Leavers whom a list has brought to a school of the office since."""
    return session.scalars(
        select(Leaver)
        .where(
            Leaver.status != LeaverStatus.ARRIVED,
            exists().where(Enrolment.student_id == Leaver.student_id, Enrolment.ends_on.is_(None)),
        )
        .order_by(Leaver.id)
        .limit(limit)
    ).all()


def still_linked(session: Session, *, left_before: date, limit: int) -> Sequence[int]:
    """Ids of pupils who have no place since then, and for whom a guardian still acts."""
    place = aliased(Enrolment)
    pupils = session.scalars(
        select(Binding.student_id)
        .where(
            Binding.student_id.is_not(None),
            Binding.ended_at.is_(None),
            exists().where(place.student_id == Binding.student_id),
            ~exists().where(
                Enrolment.student_id == Binding.student_id,
                or_(Enrolment.ends_on.is_(None), Enrolment.ends_on > left_before),
            ),
        )
        .distinct()
        .limit(limit)
    )
    return [student_id for student_id in pupils if student_id is not None]


def checks_of(session: Session, staff_id: int, *, year: int) -> Sequence[HomeroomCheck]:
    """The homerooms that a teacher had in the year before `year`, spoken about or not."""
    return session.scalars(
        select(HomeroomCheck)
        .where(HomeroomCheck.staff_id == staff_id, HomeroomCheck.school_year == year)
        .order_by(HomeroomCheck.id)
    ).all()


def schools_asked(session: Session, school_ids: Collection[int], *, year: int) -> frozenset[int]:
    """Those of some schools whose teachers were asked at the turn of this year."""
    return frozenset(
        session.scalars(
            select(HomeroomCheck.school_id)
            .where(HomeroomCheck.school_id.in_(school_ids), HomeroomCheck.school_year == year)
            .distinct()
        )
    )


def has_homeroom(session: Session, staff_id: int, school_id: int) -> bool:
    """Whether a teacher has a class of the school now: a list or an answer of theirs gave it."""
    found = session.scalar(
        select(Appointment.id)
        .where(
            Appointment.staff_id == staff_id,
            Appointment.school_id == school_id,
            Appointment.role == Role.TEACHER,
            Appointment.level.is_not(None),
            Appointment.ends_on.is_(None),
        )
        .limit(1)
    )
    return found is not None


def leavers_of(session: Session, staff_id: int, *, year: int) -> Sequence[tuple[Leaver, Student]]:
    """Pupils who finished school in a class that was this teacher's in the year that ended.

    Sealed children are left out: where they go is nobody's to ask (P8).
    """
    rows = session.execute(
        select(Leaver, Student)
        .join(Student, Student.id == Leaver.student_id)
        .join(
            HomeroomCheck,
            and_(
                HomeroomCheck.school_id == Leaver.school_id,
                HomeroomCheck.school_year == Leaver.school_year + 1,
                HomeroomCheck.level == Leaver.level,
                or_(HomeroomCheck.room == Leaver.room, HomeroomCheck.room == ""),
            ),
        )
        .where(
            HomeroomCheck.staff_id == staff_id,
            Leaver.school_year == year,
            Student.is_sealed.is_(False),
            Student.erased_at.is_(None),
        )
        .order_by(Leaver.level, Leaver.room, Student.first_name, Leaver.id)
        .distinct()
    )
    return [(leaver, student) for leaver, student in rows]


def _counts(session: Session, query: Select[int, int]) -> dict[int, int]:
    return {row[0]: row[1] for row in session.execute(query)}


def _lapses(turn: date, year: int) -> ColumnElement[bool]:
    return and_(
        Appointment.role == Role.TEACHER,
        Appointment.level.is_not(None),
        Appointment.school_id.is_not(None),
        Appointment.starts_on < turn,
        or_(Appointment.school_year.is_(None), Appointment.school_year < year),
        or_(Appointment.ends_on.is_(None), Appointment.ends_on >= turn),
    )


def _moves_up(turn: date, year: int) -> ColumnElement[bool]:
    return and_(
        Enrolment.ends_on.is_(None),
        Enrolment.starts_on < turn,
        or_(Enrolment.school_year.is_(None), Enrolment.school_year < year),
    )
