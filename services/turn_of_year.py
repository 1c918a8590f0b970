"""16 พ.ค.: homerooms lapse until they are confirmed, classes move up, the last class leaves (P32).

Everything here is repeated safely: what is done for a year is marked with the year, so that the job
may run late, twice, or be cut off, and so that a list of the new year may come before or after it.

- A list of the new school year marks the places it names; they do not move any more.
- A list that gave new classes in the holidays, before the year began, is seen by the place each
  pupil had before: who is one class higher already stays there.
- After the turn, the new year's list moves whoever it names elsewhere, as any list does.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from core.clock import BUDDHIST_ERA, local_date, school_year
from core.thai import LEVELS
from models.queries import years
from models.staff import Appointment
from models.student import Enrolment
from models.timeline import Door
from models.turn_of_year import HomeroomCheck, Leaver, LeaverStatus
from services import leaving, notices, timeline

#: When it is asked whether those who left have arrived.
ASK_AFTER: Final = timedelta(days=30)
#: How long guardians of a pupil without a place are still let in: the next list may be late.
UNLINK_AFTER: Final = timedelta(days=60)
#: The last class of each stage; whether it goes on is the school's.
_STAGES: Final = ("อ.3", "ป.6", "ม.3", "ม.6")


def turn_day(year: int) -> date:
    """The first day of a school year (B.E.)."""
    return date(year - BUDDHIST_ERA, 5, 16)


def next_level(level: str, levels: Collection[str]) -> str | None:
    """The class after this one in a school that has `levels`; None where the pupil leaves it."""
    at = LEVELS.index(level) + 1 if level in LEVELS else len(LEVELS)
    if at >= len(LEVELS):
        return None
    if level in _STAGES and _stage(LEVELS[at]) not in {_stage(each) for each in levels}:
        return None
    return LEVELS[at]


def lapse_homerooms(session: Session, *, now: datetime, limit: int) -> int:
    """End last year's homerooms and ask their teachers; first of all, so that nobody sees more."""
    year = school_year(local_date(now))
    turn = turn_day(year)
    posts = years.homerooms_of_before(session, turn=turn, year=year, limit=limit)
    for post in posts:
        post.ends_on = turn - timedelta(days=1)
        _ask(session, post, year, now)
    leaving.other_menus(session, {post.staff_id for post in posts})
    return len(posts)


def move_up(session: Session, *, now: datetime, limit: int) -> int:
    """Move pupils of last year's classes up, or out; returns how many were looked at."""
    year = school_year(local_date(now))
    turn = turn_day(year)
    places = years.places_of_before(session, turn=turn, year=year, limit=limit)
    schools = {place.school_id for place in places}
    levels = years.levels_of(session, schools, turn=turn)
    holidays = date(turn.year, 4, 1)
    before = years.places_before(session, {place.student_id for place in places}, since=holidays)
    anew = years.listed_anew(session, schools, since=holidays, turn=turn)
    for place in places:
        if _is_moved_already(place, before.get(place.student_id), anew, holidays):
            place.school_year = year
            continue
        place.ends_on = turn
        wanted = next_level(place.level, levels[place.school_id])
        if wanted is None:
            _leave(session, place, year - 1, now)
        else:
            session.add(_next_place(place, wanted, turn, year))
    return len(places)


def note_leavers(session: Session, *, now: datetime, limit: int, after: int = 0) -> tuple[int, int]:
    """Remember as leavers those of a last class whom a complete list ended before the turn.

    Returns how many were remembered, and the last place looked at (0 when there are no more).
    """
    year = school_year(local_date(now))
    turn = turn_day(year)
    places = years.left_in_the_holidays(
        session, since=date(turn.year, 4, 1), turn=turn, year=year - 1, after=after, limit=limit
    )
    levels = years.levels_of(session, {place.school_id for place in places}, turn=turn)
    last = [
        place
        for place in places
        if next_level(place.level, levels.get(place.school_id, ())) is None
    ]
    for place in {place.student_id: place for place in last}.values():
        _leave(session, place, year - 1, now)
    return len(last), places[-1].id if places else 0


def settle(session: Session, *, now: datetime, limit: int) -> int:
    """Leavers who are in a list again have arrived."""
    found = years.arrived(session, limit=limit)
    for leaver in found:
        before = leaver.status
        leaver.move_to(LeaverStatus.ARRIVED)
        leaver.answered_at = now
        timeline.record(
            session, "leaver.arrived", at=now, office_id=leaver.office_id, door=Door.CLOCK,
            subject=("leaver", leaver.id), status=(before, leaver.status),
        )  # fmt: skip
    return len(found)


def unlink(session: Session, *, now: datetime, limit: int) -> int:
    """Guardians of pupils who have had no place for a long time see nothing more."""
    pupils = years.still_linked(session, left_before=local_date(now) - UNLINK_AFTER, limit=limit)
    return leaving.unlink_guardians(session, pupils, now=now, door=Door.CLOCK)


def waiting(session: Session, *, now: datetime) -> int:
    """How many homerooms and places the turn of the year would change at that moment."""
    year = school_year(local_date(now))
    turn = turn_day(year)
    homerooms = years.count_homerooms_of_before(session, turn=turn, year=year)
    return homerooms + years.count_places_of_before(session, turn=turn, year=year)


def _stage(level: str) -> int:
    """Which stage a class is of: kindergarten, primary, lower and upper secondary."""
    at = LEVELS.index(level) if level in LEVELS else len(LEVELS)
    return sum(at > LEVELS.index(last) for last in _STAGES)


def _is_moved_already(
    place: Enrolment, before: Enrolment | None, anew: frozenset[int], holidays: date
) -> bool:
    """Whether a list of the holidays gave this place for the year that begins.

    A pupil whom nobody knew before the holidays is of the year that begins where the list was: in
    a school most of whose pupils it moved up.
    """
    if place.starts_on < holidays:
        return False
    if before is None:
        return place.school_id in anew
    return next_level(before.level, LEVELS) == place.level


def _next_place(place: Enrolment, level: str, turn: date, year: int) -> Enrolment:
    return Enrolment(
        office_id=place.office_id,
        school_id=place.school_id,
        student_id=place.student_id,
        student_no=place.student_no,
        level=level,
        room=place.room,
        starts_on=turn,
        ends_on=None,
        school_year=year,
    )


def _leave(session: Session, place: Enrolment, year: int, now: datetime) -> None:
    left_on = place.ends_on or local_date(now)
    session.add(
        Leaver(
            office_id=place.office_id,
            school_id=place.school_id,
            student_id=place.student_id,
            school_year=year,
            level=place.level,
            room=place.room,
            left_on=left_on,
            status=LeaverStatus.GONE,
            ask_on=left_on + ASK_AFTER,
        )
    )
    timeline.record(
        session, "finished", at=now, office_id=place.office_id, door=Door.CLOCK,
        subject=("student", place.student_id),
    )  # fmt: skip


def _ask(session: Session, post: Appointment, year: int, now: datetime) -> None:
    """Ask a teacher whether a class is still theirs, once per class and year."""
    assert post.school_id is not None
    assert post.level is not None
    room = post.room or ""
    known = {
        (check.school_id, check.level, check.room)
        for check in years.checks_of(session, post.staff_id, year=year)
    }
    if (post.school_id, post.level, room) in known:
        return
    check = HomeroomCheck(
        office_id=post.office_id,
        staff_id=post.staff_id,
        school_id=post.school_id,
        school_year=year,
        level=post.level,
        room=room,
    )
    session.add(check)
    session.flush()  # the notice names it
    notices.tell_staff(
        session, post.staff_id, notices.HOMEROOM_CHECK, {"check": check.id},
        office_id=post.office_id, now=now,
    )  # fmt: skip
