"""Putting homes on days: by village, so many a day, one after the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Final

#: From one home's beginning to the next one's.
STEP: Final = timedelta(minutes=40)
#: How far ahead a plan may reach.
LONGEST: Final = timedelta(days=120)


class Days(StrEnum):
    """On which days homes are visited."""

    SCHOOL_DAYS = "school_days"
    WEEKENDS = "weekends"
    EVERY_DAY = "every_day"

    def holds(self, day: date) -> bool:
        if self is Days.EVERY_DAY:
            return True
        return (day.weekday() >= 5) is (self is Days.WEEKENDS)


@dataclass(frozen=True, slots=True)
class Slot:
    """A day and the time at which a visit begins."""

    day: date
    starts_at: time


def arrange(
    homes: Iterable[tuple[int, str]], *, first: date, a_day: int, starts_at: time, days: Days
) -> dict[int, Slot]:
    """Slots for (home, village): villages one after the other, largest first, unnamed ones last.

    A village that does not fit into what is left of a day begins there all the same: the teacher
    is on the road anyway.
    """
    by_village = sorted(homes, key=lambda home: home[1])
    groups = [list(group) for _village, group in groupby(by_village, key=lambda home: home[1])]
    groups.sort(key=lambda group: (group[0][1] == "", -len(group), group[0][1]))
    ordered = [home for group in groups for home, _village in group]
    free = slots(first=first, a_day=a_day, starts_at=starts_at, days=days, count=len(ordered))
    return dict(zip(ordered, free, strict=False))


def slots(*, first: date, a_day: int, starts_at: time, days: Days, count: int) -> Sequence[Slot]:
    """So many slots from a day on, or as many as there are within `LONGEST`."""
    found: list[Slot] = []
    day = first
    while len(found) < count and day <= first + LONGEST:
        if days.holds(day):
            began = datetime.combine(day, starts_at)
            found += [Slot(day, (began + STEP * number).time()) for number in range(a_day)]
        day += timedelta(days=1)
    return found[:count]


def after(slot: Slot) -> Slot:
    """The next slot of the same day; the same one where the day is over."""
    then = datetime.combine(slot.day, slot.starts_at) + STEP
    return Slot(slot.day, then.time()) if then.date() == slot.day else slot
