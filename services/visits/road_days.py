"""A day of visits to several homes: date and companions are asked once (P21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.queries import roadside as queries
from models.queries import visit_plans as plan_queries
from models.roadside import RoadDay
from models.staff import Staff
from services.people import StaffMember
from services.visits import visit_plans


def declare(
    session: Session,
    person: StaffMember,
    visited_on: date,
    companions: Sequence[int],
    *,
    homes: int | None,
    now: datetime,
    today: date,
) -> RoadDay:
    """Keep a day of visits; said twice, the newer words hold. Companions are colleagues only."""
    may = {one.id for one in visit_plans.colleagues(session, person, today=today)}
    row = queries.day_of(session, person.staff_id, visited_on)
    if row is None:
        row = RoadDay(
            office_id=person.office_id, staff_id=person.staff_id, visited_on=visited_on,
            declared_on=today, created_at=now,
        )  # fmt: skip
        session.add(row)
    row.declared_on = today
    row.homes = homes if homes is not None else row.homes
    row.companions = [each for each in companions if each in may]
    session.flush()
    return row


def present(session: Session, person: StaffMember, *, today: date) -> RoadDay | None:
    """The day of visits that this day's reports belong to."""
    return queries.declared_on(session, person.staff_id, today)


def known_answers(session: Session, person: StaffMember, *, today: date) -> dict[str, Any]:
    """Answers that a new report of today begins with; the summary shows them to be changed."""
    day = present(session, person, today=today)
    return {"visited_on": day.visited_on.isoformat()} if day is not None else {}


def companions_on(session: Session, staff_id: int, day: date) -> Sequence[Staff]:
    """Who came along on a day: said for the day of visits, or else in the plan."""
    row = queries.day_of(session, staff_id, day)
    if row is not None:
        return plan_queries.staff(session, row.companions)
    return plan_queries.companions_planned(session, staff_id, day)
