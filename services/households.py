"""Homes: which pupils live in one, and where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from models.household import Household, Residence
from models.queries import home_visits as visit_queries
from models.queries import students as student_queries
from models.scope import Scope
from services import timeline

#: The earth's radius in metres.
EARTH: Final = 6_371_000
#: The column that a home's place is sealed for.
PLACE: Final = "household.place"


def home_of(
    session: Session, student_ids: Sequence[int], *, office_id: int, on: date, now: datetime
) -> Household:
    """The home of these pupils: the one that is known, or a new one; all live in it from `on`."""
    residences = {
        each.student_id: each for each in visit_queries.open_residences(session, student_ids)
    }
    known = next((residences[each] for each in student_ids if each in residences), None)
    if known is not None:
        household = session.get_one(Household, known.household_id)
    else:
        household = Household(office_id=office_id, visit_in_pairs=False, created_at=now)
        session.add(household)
        session.flush()  # the pupils move into it
    for student_id in student_ids:
        lives = residences.get(student_id)
        if lives is not None and lives.household_id == household.id:
            continue
        if lives is not None:
            lives.ends_on = on
        session.add(
            Residence(
                office_id=office_id,
                household_id=household.id,
                student_id=student_id,
                starts_on=on,
            )
        )
    return household


def metres_between(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Metres between two places by their `latitude` and `longitude`, as the crow flies."""
    north, south = radians(one["latitude"]), radians(other["latitude"])
    across = radians(other["longitude"] - one["longitude"])
    chord = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH * asin(sqrt(chord))


def put_in_pairs(
    session: Session,
    scope: Scope,
    student_id: int,
    *,
    by_staff_id: int,
    value: bool,
    now: datetime,
    today: date,
) -> bool:
    """Say that a pupil's home is better visited by two, or is no more; its reason stands nowhere.

    False where the pupil is beyond the scope of who says it (P13).
    """
    year = school_year(today)
    pupil = student_queries.one(session, scope, student_id, today=today, year=year)
    if pupil is None:
        return False
    home = home_of(session, [student_id], office_id=scope.office_id, on=today, now=now)
    home.visit_in_pairs = value
    timeline.record(
        session, "household.in_pairs" if value else "household.alone_again", at=now,
        office_id=scope.office_id, subject=("household", home.id), staff_id=by_staff_id,
    )  # fmt: skip
    return True


def pin(session: Session, household: Household, place: dict[str, Any]) -> None:
    """Keep where a home is, as it was pinned last."""
    household.place = secrets_of(session).seal_json(place, column=PLACE)


def place_of(session: Session, student_id: int) -> dict[str, Any] | None:
    """Where a pupil's home is, if it was ever pinned."""
    home = visit_queries.home_of(session, student_id)
    if home is None or home.place is None:
        return None
    place: dict[str, Any] = secrets_of(session).open_json(home.place, column=PLACE)
    return place
