"""Plans of home visits as they are read: by their teacher, the school, the printer (P23).

Whether a home was visited is told by the reports. `services.visits.planning` changes plans.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from core.clock import school_year
from core.database import secrets_of
from models.queries import students as student_queries
from models.queries import visit_plans as queries
from models.queries.students import Enrolled
from models.scope import Scope
from models.staff import Staff
from models.visit_plan import VILLAGE, PlannedVisit, PlanStatus, VisitPlan, Wish
from services.people import StaffMember
from services.scope import own_rooms
from services.visits.visit_days import Slot


@dataclass(frozen=True, slots=True)
class PlannedHome:
    """One home of a plan, with the pupils that the reader may see."""

    id: int
    pupils: tuple[Enrolled, ...]
    village: str
    day: date | None
    starts_at: time | None
    status: PlanStatus
    #: Better visited by two, for a reason that stands nowhere (P13).
    in_pairs: bool
    #: When another day would suit the guardian better, where they asked for one.
    wish: Wish | None = None

    @property
    def is_visited(self) -> bool:
        """Every pupil of it is visited or excused this year."""
        return all(pupil.outcome is not None for pupil in self.pupils)

    @property
    def slot(self) -> Slot | None:
        return Slot(self.day, self.starts_at) if self.day and self.starts_at else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A teacher's plan, as somebody may read it."""

    id: int
    office_id: int
    school_id: int
    school_year: int
    teacher: Staff
    companions: tuple[Staff, ...]
    #: By day and time; those without a day last, by village. What was left out is not here.
    homes: tuple[PlannedHome, ...]
    is_shown: bool

    def on(self, day: date) -> tuple[PlannedHome, ...]:
        """The homes of one day in order."""
        return tuple(home for home in self.homes if home.day == day)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys(home.day for home in self.homes if home.day is not None))


def plan_of(session: Session, scope: Scope, plan_id: int, *, today: date) -> Plan | None:
    """A plan as far as the scope reaches; None where it reaches none of its pupils."""
    row = session.get(VisitPlan, plan_id)
    if row is None or row.office_id != scope.office_id:
        return None
    plan = read(session, scope, row, today=today)
    return plan if plan.homes else None


def my_plan(session: Session, person: StaffMember, *, today: date) -> Plan | None:
    """The teacher's own plan of this school year."""
    row = queries.of_teacher(session, person.staff_id, year=school_year(today), to_change=False)
    return read(session, own_rooms(person), row, today=today) if row is not None else None


def plans_of_school(
    session: Session, scope: Scope, school_id: int, *, today: date
) -> Sequence[Plan]:
    """The plans of a school's teachers this school year, as far as the scope reaches."""
    rows = queries.of_school(session, school_id, year=school_year(today))
    found = (read(session, scope, row, today=today) for row in rows)
    return [plan for plan in found if plan.homes]


def colleagues(session: Session, person: StaffMember, *, today: date) -> Sequence[Staff]:
    """Who may come along: everybody else of the person's schools."""
    schools = sorted({post.school_id for post in person.posts if post.school_id is not None})
    everybody = queries.colleagues(session, schools, today=today)
    return [one for one in everybody if one.id != person.staff_id]


def read(session: Session, scope: Scope, row: VisitPlan, *, today: date) -> Plan:
    """A plan's row as far as the scope reaches."""
    year = school_year(today)
    rows = queries.homes(session, row.id)
    ids = [student_id for _home, student_id in rows]
    seen = {
        pupil.student.id: pupil
        for pupil in student_queries.enrolled(session, scope, today=today, year=year)
    }
    pairs = queries.in_pairs(session, ids)
    pupils: dict[int, list[Enrolled]] = {}
    homes: dict[int, PlannedVisit] = {}
    for home, student_id in rows:
        homes[home.id] = home
        if student_id in seen:
            pupils.setdefault(home.id, []).append(seen[student_id])
    secrets = secrets_of(session)
    found = [
        PlannedHome(
            home_id,
            tuple(who),
            secrets.open_json(home.village, column=VILLAGE) if home.village else "",
            home.day,
            home.starts_at,
            home.status,
            any(pupil.student.id in pairs for pupil in who),
            home.wish,
        )
        for home_id, who in pupils.items()
        if (home := homes[home_id]).status is not PlanStatus.LEFT_OUT
    ]
    companions = tuple(queries.staff(session, row.companions))
    teacher = session.get_one(Staff, row.staff_id)
    return Plan(
        row.id, row.office_id, row.school_id, row.school_year, teacher, companions,
        tuple(sorted(found, key=_order)), row.is_shown,
    )  # fmt: skip


def _order(home: PlannedHome) -> tuple[object, ...]:
    return (
        home.day is None,
        home.day or date.max,
        home.starts_at or time.max,
        home.village == "",
        home.village,
        home.id,
    )
