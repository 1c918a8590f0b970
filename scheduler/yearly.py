"""The school year's jobs: its turn, and its census days. They may run any day, and twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from core.database import Database
from services import census, turn_of_year

#: Places moved in one unit of work, and schools frozen in one.
PLACES: Final = 200
SCHOOLS: Final = 4


def turn_the_year(database: Database, now: datetime) -> int:
    """Lapse homerooms, move classes up, and settle who has left; see `services.turn_of_year`.

    Homerooms come first: between two steps nobody may see pupils of a class that is not theirs.
    """
    steps = (
        turn_of_year.lapse_homerooms,
        turn_of_year.move_up,
        turn_of_year.settle,
        turn_of_year.unlink,
    )
    changed = sum(_all(database, partial(step, now=now, limit=PLACES)) for step in steps)
    return changed + _note_leavers(database, now)


def count_turning(database: Database, now: datetime) -> int:
    """How many homerooms would lapse and pupils move at that moment."""
    return database.read(lambda session: turn_of_year.waiting(session, now=now))


def freeze_census(database: Database, now: datetime) -> int:
    """Freeze the census days that are due, a few schools at a time."""
    return _all(database, partial(census.freeze, now=now, limit=SCHOOLS))


def count_census(database: Database, now: datetime) -> int:
    """How many schools would be frozen at that moment."""
    return database.read(lambda session: census.waiting(session, now=now))


def _all(database: Database, step: Callable[[Session], int]) -> int:
    total = 0
    while changed := database.run(step):
        total += changed
    return total


def _note_leavers(database: Database, now: datetime) -> int:
    noted, after = 0, 0
    while True:
        step = partial(turn_of_year.note_leavers, now=now, limit=PLACES, after=after)
        found, after = database.run(step)
        noted += found
        if not after:
            return noted
