"""Pupils who finished a school: where they go on, and whether they have arrived (P32).

Their homeroom teacher of the year that ended is asked, nobody else; never about a sealed child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from core.thai import fold
from models.office import School
from models.out_of_school import OutOfSchoolChild, SearchStatus
from models.queries import years
from models.staff import Role
from models.student import Student
from models.timeline import Door
from models.turn_of_year import RECEIVING, Leaver, LeaverStatus
from services import out_of_school, timeline
from services.people import StaffMember

#: When it is asked again where nobody knew.
ASK_AGAIN: Final = timedelta(days=14)
_OPEN: Final = (LeaverStatus.GONE, LeaverStatus.UNKNOWN)
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Gone:
    """A leaver as their old teacher sees them."""

    leaver_id: int
    name: str
    class_name: str
    #: Where they go on; empty while nobody has said.
    receiving: str
    #: It is time to ask whether they have arrived.
    is_due: bool


def of_teacher(session: Session, person: StaffMember, *, today: date) -> Sequence[Gone]:
    """Leavers of the teacher's last year whose arrival nobody has told yet."""
    return [
        Gone(
            leaver.id,
            student.first_name,
            f"{leaver.level}/{leaver.room}".rstrip("/"),
            receiving_of(session, leaver),
            leaver.ask_on <= today,
        )
        for leaver, student in _of(session, person, today)
        if leaver.status in _OPEN
    ]


def receiving_of(session: Session, leaver: Leaver) -> str:
    """The name of the school where a leaver goes on, or ""."""
    if leaver.receiving_school_id is not None:
        return session.get_one(School, leaver.receiving_school_id).name
    if leaver.receiving is None:
        return ""
    return secrets_of(session).open(leaver.receiving, column=RECEIVING).decode()


def set_receiving(
    session: Session,
    person: StaffMember,
    leaver_ids: Sequence[int],
    name: str,
    *,
    now: datetime,
    today: date,
) -> str | None:
    """Keep where these leavers go on: a school of the office by its name, or the words.

    Returns the school's name as it is kept, or None when none of them is the teacher's.
    """
    name = name.strip()[:_MOST]
    mine = [leaver for leaver, _student in _of(session, person, today) if leaver.id in leaver_ids]
    if not mine or not name:
        return None
    school = _school(session, person.office_id, name)
    for leaver in mine:
        leaver.receiving_school_id = school.id if school else None
        leaver.receiving = (
            None if school else secrets_of(session).seal(name.encode(), column=RECEIVING)
        )
        timeline.record(
            session, "leaver.receiving", at=now, office_id=leaver.office_id,
            subject=("leaver", leaver.id), staff_id=person.staff_id, role=Role.TEACHER,
        )  # fmt: skip
    return school.name if school else name


def tell(
    session: Session,
    person: StaffMember,
    leaver_ids: Sequence[int],
    status: LeaverStatus,
    *,
    now: datetime,
    today: date,
) -> int:
    """The teacher says whether they have arrived; returns how many it was said of.

    Who has not arrived anywhere is a child without a school from now on. Where the teacher does
    not know, they are asked again in two weeks.
    """
    mine = [
        (leaver, student)
        for leaver, student in _of(session, person, today)
        if leaver.id in leaver_ids and leaver.status in _OPEN
    ]
    for leaver, student in mine:
        before = leaver.status
        leaver.move_to(status)
        leaver.answered_at, leaver.answered_by_id = now, person.staff_id
        if status is LeaverStatus.UNKNOWN:
            leaver.ask_on = today + ASK_AGAIN
        elif status is LeaverStatus.MISSING:
            _look_for(session, student, person, now=now, today=today)
        timeline.record(
            session, f"leaver.{status}", at=now, office_id=leaver.office_id,
            subject=("leaver", leaver.id), staff_id=person.staff_id, role=Role.TEACHER,
            status=(before, status),
        )  # fmt: skip
    return len(mine)


def _of(session: Session, person: StaffMember, today: date) -> Sequence[tuple[Leaver, Student]]:
    return years.leavers_of(session, person.staff_id, year=school_year(today) - 1)


def _school(session: Session, office_id: int, name: str) -> School | None:
    """The one school of the office with this name, with or without the word before it."""
    wanted = _plain(name)
    found = [
        school
        for school in session.scalars(
            select(School).where(School.office_id == office_id, School.closed_on.is_(None))
        )
        if _plain(school.name) == wanted
    ]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return fold(name).removeprefix("โรงเรียน").removeprefix("รร.").removeprefix("รร").strip()


def _look_for(
    session: Session, student: Student, person: StaffMember, *, now: datetime, today: date
) -> None:
    """Open the search for a child, unless it is open."""
    known = session.scalar(
        select(OutOfSchoolChild.id).where(OutOfSchoolChild.student_id == student.id)
    )
    if known is not None:
        return
    out_of_school.begin(
        session, student, SearchStatus.REPORTED, reporter_id=person.staff_id, door=Door.CHAT,
        now=now, today=today,
    )  # fmt: skip
