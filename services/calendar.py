"""Working days and hours of an office, or of one of its schools.

Below lie the public holidays of `thai_holidays.toml` and the weekends; the office's own days lie
above them, a school's above the office's. A make-up day always wins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from models.calendar import CalendarDay, DayKind
from services import offices

#: The office's setting with the hours in which it works, as ["08:30", "16:30"].
HOURS: Final = "working_hours"
_HOURS: Final = (time(8, 30), time(16, 30))
_DAY: Final = timedelta(days=1)
#: So long before a year begins its holidays should be known.
_SOON: Final = timedelta(days=31)
#: No run of days off is longer; a calendar that says so is wrong, and the search ends.
_LONGEST: Final = 120
_OFF: Final = frozenset({DayKind.HOLIDAY, DayKind.CLOSURE})


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of a year's public holidays, and from where."""

    is_announced: bool
    source: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A stretch of days, read once."""

    rows: Sequence[CalendarDay]

    def name_of(self, day: date) -> str | None:
        """What a day off is called; None for any other day, plain weekends too."""
        here = [row for row in self.rows if row.starts_on <= day <= row.ends_on]
        if any(row.kind is DayKind.MAKEUP_DAY for row in here):
            return None
        off = next((row.name for row in here if row.kind in _OFF), None)
        return off if off is not None else public_holidays().get(day)

    def is_holiday(self, day: date) -> bool:
        return self.name_of(day) is not None

    def is_working_day(self, day: date) -> bool:
        here = [row for row in self.rows if row.starts_on <= day <= row.ends_on]
        if any(row.kind is DayKind.MAKEUP_DAY for row in here):
            return True
        return day.isoweekday() <= 5 and not self.is_holiday(day)


def calendar_of(
    session: Session, office_id: int, start: date, end: date, *, school_id: int | None = None
) -> Calendar:
    """The days from `start` to `end` for the office, or for one of its schools."""
    place: ColumnElement[bool] = CalendarDay.school_id.is_(None)
    if school_id is not None:
        place = or_(place, CalendarDay.school_id == school_id)
    rows = session.scalars(
        select(CalendarDay)
        .where(
            CalendarDay.office_id == office_id,
            place,
            CalendarDay.starts_on <= end,
            CalendarDay.ends_on >= start,
        )
        .order_by(CalendarDay.id)
    ).all()
    return Calendar(rows)


def is_working_day(
    session: Session, office_id: int, day: date, *, school_id: int | None = None
) -> bool:
    return calendar_of(session, office_id, day, day, school_id=school_id).is_working_day(day)


def next_working_moment(
    session: Session, office_id: int, at: datetime, *, school_id: int | None = None
) -> datetime:
    """`at` itself within working hours, else when the next working day begins."""
    starts, _ends = next(_spans(session, office_id, at, school_id))
    return max(at, starts)


def after_working_days(
    session: Session, office_id: int, at: datetime, days: int, *, school_id: int | None = None
) -> datetime:
    """So many working days after the next working moment, at the same time of day."""
    begun = next_working_moment(session, office_id, at, school_id=school_id)
    local = begun.astimezone(BANGKOK)
    last = local.date() + timedelta(days=days * 2 + _LONGEST)
    calendar = calendar_of(session, office_id, local.date(), last, school_id=school_id)
    day = local.date()
    for _ in range(days):
        day += _DAY
        while day < last and not calendar.is_working_day(day):
            day += _DAY
    return datetime.combine(day, local.timetz()).astimezone(at.tzinfo)


def working_minutes_between(
    session: Session,
    office_id: int,
    start: datetime,
    end: datetime,
    *,
    school_id: int | None = None,
) -> int:
    """Whole minutes of working time from `start` to `end`; 0 where end is not after start."""
    if end <= start:
        return 0
    total = timedelta()
    for begins, ends in _spans(session, office_id, start, school_id, until=end):
        total += max(timedelta(), min(ends, end) - max(begins, start))
    return int(total.total_seconds() // 60)


def after_working_minutes(
    session: Session, office_id: int, at: datetime, minutes: int, *, school_id: int | None = None
) -> datetime:
    """So many minutes of working time after `at`: when a step of so many hours is over."""
    left = timedelta(minutes=minutes)
    # A year is longer than any step; a calendar without working days ends the search.
    far = at + timedelta(days=366)
    for begins, ends in _spans(session, office_id, at, school_id, until=far):
        start = max(begins, at)
        if left <= ends - start:
            return start + left
        left -= ends - start
    return far


def hours_of(session: Session, office_id: int) -> tuple[time, time]:
    """When the office's working day begins and ends."""
    written = offices.settings_of(session, office_id).get(HOURS) or ()
    try:
        begins, ends = (time.fromisoformat(text) for text in written)
    except (TypeError, ValueError):
        return _HOURS
    return (begins, ends) if begins < ends else _HOURS


def terms_of(
    session: Session, office_id: int, day: date, *, school_id: int | None = None
) -> Sequence[CalendarDay]:
    """The terms that a day lies in; none in the holidays, and none where nobody imported any."""
    rows = calendar_of(session, office_id, day, day, school_id=school_id).rows
    return [row for row in rows if row.kind is DayKind.TERM]


@cache
def public_holidays() -> Mapping[date, str]:
    """The holidays that come with the program."""
    return {
        date.fromisoformat(text): entry["name"]
        for entry in _read()["day"]
        for text in entry["dates"]
    }


@cache
def public_years() -> Mapping[int, Year]:
    """The years of which the program knows the holidays, by their number in the common era."""
    return {
        int(entry["year"]): Year(bool(entry["announced"]), str(entry["source"]))
        for entry in _read()["year"]
    }


def doubtful_years(session: Session, office_id: int, today: date) -> Sequence[int]:
    """Years, now or within a month, whose holidays nobody knows for certain (common era).

    A day that is wrongly taken for a working day lets a case wait for nobody. A year for which the
    office has imported a holiday of its own is its own affair.
    """
    years = {year: public_years().get(year) for year in (today.year, (today + _SOON).year)}
    doubtful = [year for year, known in years.items() if known is None or not known.is_announced]
    return [year for year in doubtful if not _has_own_holidays(session, office_id, year)]


def _has_own_holidays(session: Session, office_id: int, year: int) -> bool:
    rows = calendar_of(session, office_id, date(year, 1, 1), date(year, 12, 31)).rows
    return any(row.kind is DayKind.HOLIDAY and row.starts_on.year == year for row in rows)


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "thai_holidays.toml").read_text("utf-8"))


def _spans(
    session: Session,
    office_id: int,
    at: datetime,
    school_id: int | None,
    *,
    until: datetime | None = None,
) -> Iterator[tuple[datetime, datetime]]:
    """Working times that end after `at`; without `until`, at least one is found."""
    begins, ends = hours_of(session, office_id)
    day = local_date(at)
    last = local_date(until) if until is not None else day + _LONGEST * _DAY
    calendar = calendar_of(session, office_id, day, last, school_id=school_id)
    while day <= last:
        if calendar.is_working_day(day) or (until is None and day == last):
            stop = datetime.combine(day, ends, BANGKOK)
            if stop > at:
                yield (
                    datetime.combine(day, begins, BANGKOK).astimezone(at.tzinfo),
                    stop.astimezone(at.tzinfo),
                )
        day += _DAY
