"""When the teacher means to come, as a guardian reads it, and what they say to it (P23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from sqlalchemy.orm import Session

from models.queries import visit_plans as queries
from models.staff import Staff
from models.student import Student
from models.visit_plan import PlannedVisit, PlanStatus, VisitPlan, Wish
from services import notices, timeline
from services.people import GuardianOf

#: The teacher reads, with the next reply, what the guardian said.
ANSWERED: Final = "visit.planned_answered"


@dataclass(frozen=True, slots=True)
class Expected:
    """A visit that a guardian may expect."""

    home_id: int
    teacher: str
    day: date
    starts_at: time | None
    status: PlanStatus


def expected(session: Session, guardian: GuardianOf, *, today: date) -> Sequence[Expected]:
    """The planned visits to a guardian's home; nothing before they are confirmed (P8)."""
    if not guardian.is_confirmed or _is_sealed(session, guardian.student_id):
        return []
    return [
        Expected(
            home.id,
            session.get_one(Staff, session.get_one(VisitPlan, home.plan_id).staff_id).full_name,
            home.day,
            home.starts_at,
            home.status,
        )
        for home in queries.of_pupil(session, guardian.student_id, since=today)
        if home.day is not None
    ]


def answer(
    session: Session,
    guardian: GuardianOf,
    home_id: int,
    *,
    suits: bool,
    wish: Wish | None,
    now: datetime,
    today: date,
) -> bool:
    """The guardian's tap; the teacher reads it with the next reply. False where it is too late."""
    if all(each.home_id != home_id for each in expected(session, guardian, today=today)):
        return False
    home = session.get_one(PlannedVisit, home_id, with_for_update=True)
    before = home.status
    wanted = PlanStatus.CONFIRMED if suits else PlanStatus.ANOTHER_DAY
    if home.status is not wanted:
        home.move_to(wanted)
    home.wish, home.answered_at = (None if suits else wish or home.wish), now
    plan = session.get_one(VisitPlan, home.plan_id)
    if before is not wanted:
        notices.tell_staff(
            session, plan.staff_id, ANSWERED, {"home": home.id}, office_id=plan.office_id, now=now
        )
    timeline.record(
        session, "visit_plan.answered", at=now, office_id=plan.office_id,
        subject=("planned_visit", home.id), status=(before, wanted),
    )  # fmt: skip
    return True


def slot_of(session: Session, home_id: int) -> str:
    """Day and time of a home as `planning.slot_key` has it; empty where it has none (any more)."""
    home = session.get(PlannedVisit, home_id)
    if home is None or home.day is None or home.status is PlanStatus.LEFT_OUT:
        return ""
    return f"{home.day} {home.starts_at}"


def _is_sealed(session: Session, student_id: int) -> bool:
    student = session.get(Student, student_id)
    return student is None or student.is_sealed
