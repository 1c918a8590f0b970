"""Census days: who was at which school, frozen, with the live roster beside it (domain 10.0).

A day is frozen some days after it, when its lists have come in, or whenever the job is run by hand.
Who was at a school on that day is counted there; so is whom a list named first in the days between.
What is frozen never changes. Beside it stand the live figures: a pupil who arrived later counts in
numerator and denominator of the new school from arrival, and one visit counts once for the pupil,
at whichever school it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.clock import local_date, school_year
from core.thai import class_order
from models.census import CensusSnapshot
from models.home_visit import Outcome
from models.office import Office
from models.queries import census as census_queries
from models.scope import Scope
from models.student import Sex
from services import offices
from services.offices import the_office

#: The office's setting with the census days as "MM-DD", and how many days later they are frozen.
DAYS: Final = "census_days"
WAIT: Final = "census_wait_days"
_DAYS: Final = ("06-10", "11-10", "04-30")
_WAIT: Final = 3
#: A day that nobody froze for so long, or before the year turned, is not made up afterwards.
_TOO_OLD: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Figures:
    """A census day beside today. Counts of pupils, not of records."""

    day: date
    frozen: int
    #: Of the frozen ones, wherever they are now.
    frozen_visited: int
    frozen_excused: int
    live: int
    live_visited: int
    live_excused: int
    #: Here now and not on census day; on census day and not here now.
    arrived: int
    gone: int


@dataclass(frozen=True, slots=True)
class Level:
    """The pupils of one class on a census day. `unknown` are those whose sex no list says."""

    level: str
    boys: int
    girls: int
    unknown: int

    @property
    def pupils(self) -> int:
        return self.boys + self.girls + self.unknown


def days_due(settings: Mapping[str, Any], today: date) -> list[date]:
    """The census days whose waiting time is over and that are not too old, the oldest first."""
    wait = settings.get(WAIT)
    wait_days = timedelta(days=wait if isinstance(wait, int) else _WAIT)
    written = settings.get(DAYS)
    days = {
        day
        for text in (written if isinstance(written, list) else _DAYS)
        for year in (today.year - 1, today.year)
        if (day := _day(year, text)) is not None
    }
    return sorted(
        day
        for day in days
        if day + wait_days <= today <= day + _TOO_OLD and school_year(day) == school_year(today)
    )


def freeze(session: Session, *, now: datetime, limit: int) -> int:
    """Freeze some schools of the oldest day that is due; returns how many, 0 when all is done."""
    today = local_date(now)
    settings = offices.settings_of(session, the_office(session, now=now).id)
    for day in days_due(settings, today):
        schools = census_queries.schools_to_freeze(session, day=day, limit=limit)
        for school in schools:
            _freeze_school(session, school.id, school.office_id, day, now)
        if schools:
            return len(schools)
    return 0


def waiting(session: Session, *, now: datetime) -> int:
    """How many schools would be frozen at that moment; writes nothing."""
    office_id = session.scalar(select(Office.id).order_by(Office.id).limit(1))
    if office_id is None:
        return 0
    settings = offices.settings_of(session, office_id)
    return sum(
        len(census_queries.schools_to_freeze(session, day=day, limit=10_000))
        for day in days_due(settings, local_date(now))
    )


def figures(
    session: Session, scope: Scope, *, today: date, day: date | None = None
) -> Figures | None:
    """The last frozen census day (or `day`) of a scope beside today; None where none is frozen."""
    day = day or census_queries.last_day(session, scope.office_id, today=today)
    if day is None:
        return None
    year = school_year(day)
    frozen = {
        pupil for room in census_queries.of_day(session, scope, day=day) for pupil in room.pupils
    }
    live = census_queries.live(session, scope, today=today)
    outcomes = census_queries.visited(session, frozen | live, year=year, ways=scope.ways)

    def count(pupils: AbstractSet[int], outcome: Outcome) -> int:
        return len(pupils & outcomes[outcome])

    return Figures(
        day=day,
        frozen=len(frozen),
        frozen_visited=count(frozen, Outcome.VISITED),
        frozen_excused=count(frozen, Outcome.EXCUSED),
        live=len(live),
        live_visited=count(live, Outcome.VISITED),
        live_excused=count(live, Outcome.EXCUSED),
        arrived=len(live - frozen),
        gone=len(frozen - live),
    )


def levels(session: Session, scope: Scope, *, day: date) -> list[Level]:
    """The frozen pupils of a day class by class, from the youngest to the oldest."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for level, sex, count in census_queries.by_level(session, scope, day=day):
        found[level][sex] = int(count)
    return [
        Level(level, sexes.get(Sex.MALE, 0), sexes.get(Sex.FEMALE, 0), sexes.get("", 0))
        for level, sexes in sorted(found.items(), key=lambda one: class_order(one[0]))
    ]


def _freeze_school(
    session: Session, school_id: int, office_id: int, day: date, now: datetime
) -> None:
    rooms: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for pupil, level, room, sex in census_queries.there(session, school_id, day=day):
        rooms[level, room, sex.value if sex else ""].append(pupil)
    session.execute(insert(CensusSnapshot), list(_rows(rooms, school_id, office_id, day, now)))


def _rows(
    rooms: Mapping[tuple[str, str, str], list[int]],
    school_id: int,
    office_id: int,
    day: date,
    now: datetime,
) -> Iterable[dict[str, object]]:
    for (level, room, sex), pupils in sorted(rooms.items()):
        yield {
            "office_id": office_id,
            "school_id": school_id,
            "day": day,
            "school_year": school_year(day),
            "level": level,
            "room": room,
            "sex": sex,
            "count": len(pupils),
            "pupils": pupils,
            "frozen_at": now,
        }


def _day(year: int, text: object) -> date | None:
    """A day "MM-DD" of a year; a setting that is none is left out."""
    try:
        return date.fromisoformat(f"{year}-{text}")
    except ValueError:
        return None
