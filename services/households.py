"""Homes: which pupils live in one, and where it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from core.database import secrets_of
from models.household import Household, Residence
from models.queries import home_visits as visit_queries

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
