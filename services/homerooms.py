"""Whose class it is in the new year: asked of last year's teacher, answered with one tap (P32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.clock import school_year
from core.thai import class_order
from models.office import School
from models.queries import staff as staff_queries
from models.queries import students as student_queries
from models.queries import years
from models.scope import Scope
from models.staff import Appointment, Role
from models.turn_of_year import HomeroomCheck
from services import leaving, notices, timeline
from services.people import StaffMember
from services.turn_of_year import next_level, turn_day


@dataclass(frozen=True, slots=True)
class Question:
    """A class of last year, and which classes of this year may be taken on with one tap."""

    check_id: int
    school_name: str
    #: The class as it was: ป.4/1.
    class_name: str
    #: The levels that may be taken on: the pupils' new one, and the same one again.
    levels: tuple[str, ...]
    room: str

    def named(self, level: str) -> str:
        """A level with the room: ป.5/1."""
        return f"{level}/{self.room}" if self.room else level


def open_questions(session: Session, person: StaffMember, *, today: date) -> Sequence[Question]:
    """What a teacher has not said yet. A list that gave them a class has said it for them."""
    year = school_year(today)
    checks = [
        check
        for check in years.checks_of(session, person.staff_id, year=year)
        if check.answered_at is None
        and not years.has_homeroom(session, person.staff_id, check.school_id)
    ]
    return [_question(session, check, turn_day(year)) for check in checks]


def unclaimed(session: Session, person: StaffMember, *, today: date) -> Sequence[str]:
    """Rooms of a head's or clerk's school that nobody looks after since the year turned: ป.5/1."""
    year = school_year(today)
    schools = [
        post.school_id
        for post in person.posts
        if post.role in (Role.DIRECTOR, Role.SCHOOL_ADMIN) and post.school_id is not None
    ]
    turned = years.schools_asked(session, schools, year=year)
    scope = Scope(person.office_id, schools=tuple(sorted(turned)))
    rooms = student_queries.rooms(session, scope, today=today) if turned else ()
    found = [
        (room.level, room.room)
        for room in rooms
        if not staff_queries.teachers_of_room(
            session, school_id=room.school_id, level=room.level, room=room.room, today=today
        )
    ]
    ordered = sorted(set(found), key=lambda each: (class_order(each[0]), each[1]))
    return [f"{level}/{room}".rstrip("/") for level, room in ordered]


def answer(
    session: Session,
    person: StaffMember,
    check_id: int,
    level: str | None,
    *,
    now: datetime,
    today: date,
) -> Question | None:
    """A teacher takes the class of `level` on, or none; None when it is not theirs to say.

    Only the classes that `Question` offers may be taken on so; another one is given by the school's
    list. The head of school hears who took what.
    """
    check = session.get(HomeroomCheck, check_id, with_for_update=True)
    if check is None or check.staff_id != person.staff_id or check.answered_at is not None:
        return None
    if check.school_year != school_year(today):
        return None
    if years.has_homeroom(session, person.staff_id, check.school_id):
        return None
    question = _question(session, check, turn_day(check.school_year))
    if level is not None and level not in question.levels:
        return None
    check.answered_at, check.taken_level = now, level
    if level is not None:
        _take_on(session, check, level, now=now, today=today)
    timeline.record(
        session, "homeroom.confirmed" if level else "homeroom.ended", at=now,
        office_id=check.office_id, subject=("homeroom_check", check.id),
        staff_id=person.staff_id, role=Role.TEACHER,
    )  # fmt: skip
    return question


def _take_on(
    session: Session, check: HomeroomCheck, level: str, *, now: datetime, today: date
) -> None:
    session.add(
        Appointment(
            office_id=check.office_id,
            staff_id=check.staff_id,
            role=Role.TEACHER,
            school_id=check.school_id,
            level=level,
            room=check.room,
            starts_on=today,
            ends_on=None,
            school_year=check.school_year,
        )
    )
    leaving.other_menus(session, [check.staff_id])
    for head in staff_queries.heads_of(session, check.school_id, today=today):
        if head != check.staff_id:
            notices.tell_staff(
                session, head, notices.HOMEROOM_TAKEN,
                {"staff": check.staff_id, "class": f"{level}/{check.room}".rstrip("/")},
                office_id=check.office_id, now=now,
            )  # fmt: skip


def _question(session: Session, check: HomeroomCheck, turn: date) -> Question:
    levels = years.levels_of(session, [check.school_id], turn=turn).get(check.school_id, set())
    up = next_level(check.level, levels)
    return Question(
        check.id,
        session.get_one(School, check.school_id).name,
        f"{check.level}/{check.room}".rstrip("/"),
        (up, check.level) if up else (check.level,),
        check.room,
    )
