"""Questions about planned visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.household import Household, Residence
from models.line_account import Binding
from models.queries.staff import in_force
from models.staff import Appointment, Staff
from models.student import Student
from models.visit_plan import PlannedPupil, PlannedVisit, PlanStatus, VisitPlan


def of_teacher(
    session: Session, staff_id: int, *, year: int, to_change: bool = True
) -> VisitPlan | None:
    """The plan of a teacher for a school year; locked where it is to be changed."""
    query = select(VisitPlan).where(VisitPlan.staff_id == staff_id, VisitPlan.school_year == year)
    return session.scalars(query.with_for_update() if to_change else query).one_or_none()


def of_school(session: Session, school_id: int, *, year: int) -> Sequence[VisitPlan]:
    return session.scalars(
        select(VisitPlan)
        .where(VisitPlan.school_id == school_id, VisitPlan.school_year == year)
        .order_by(VisitPlan.id)
    ).all()


def homes(session: Session, plan_id: int) -> Sequence[tuple[PlannedVisit, int]]:
    """(home, pupil's id) of a plan, in the order of its homes."""
    rows = session.execute(
        select(PlannedVisit, PlannedPupil.student_id)
        .join(PlannedPupil, PlannedPupil.planned_visit_id == PlannedVisit.id)
        .where(PlannedVisit.plan_id == plan_id)
        .order_by(PlannedVisit.id, PlannedPupil.id)
    )
    return [(home, student_id) for home, student_id in rows]


def of_pupil(session: Session, student_id: int, *, since: date) -> Sequence[PlannedVisit]:
    """The planned visits to a pupil's home from a day on, of plans that guardians may see."""
    return session.scalars(
        select(PlannedVisit)
        .join(PlannedPupil, PlannedPupil.planned_visit_id == PlannedVisit.id)
        .join(VisitPlan, VisitPlan.id == PlannedVisit.plan_id)
        .where(
            PlannedPupil.student_id == student_id,
            VisitPlan.is_shown,
            PlannedVisit.day >= since,
            PlannedVisit.status != PlanStatus.LEFT_OUT,
        )
        .order_by(PlannedVisit.day, PlannedVisit.starts_at)
    ).all()


def guardian_accounts(session: Session, student_id: int) -> Sequence[int]:
    """Accounts of a pupil's guardians who were confirmed and are not suspended (P8)."""
    return session.scalars(
        select(Binding.account_id).where(
            Binding.student_id == student_id,
            Binding.ended_at.is_(None),
            Binding.confirmed_at.is_not(None),
            Binding.suspended.is_(False),
        )
    ).all()


def in_pairs(session: Session, student_ids: Sequence[int]) -> frozenset[int]:
    """Those of the pupils whose home is better visited by two."""
    return frozenset(
        session.scalars(
            select(Residence.student_id)
            .join(Household, Household.id == Residence.household_id)
            .where(
                Residence.student_id.in_(student_ids),
                Residence.ends_on.is_(None),
                Household.visit_in_pairs,
            )
        )
    )


def households_of(
    session: Session, student_ids: Sequence[int]
) -> Sequence[tuple[int, int, bytes | None]]:
    """(pupil's id, household's id, sealed place) of those who live in a known home."""
    rows = session.execute(
        select(Residence.student_id, Household.id, Household.place)
        .join(Household, Household.id == Residence.household_id)
        .where(Residence.student_id.in_(student_ids), Residence.ends_on.is_(None))
        .order_by(Residence.id)
    )
    return [(student_id, household_id, place) for student_id, household_id, place in rows]


def colleagues(session: Session, school_ids: Sequence[int], *, today: date) -> Sequence[Staff]:
    """Everybody who works at these schools, by name."""
    return session.scalars(
        select(Staff)
        .where(
            Staff.left_at.is_(None),
            Staff.id.in_(
                select(Appointment.staff_id).where(
                    Appointment.school_id.in_(school_ids), in_force(today)
                )
            ),
        )
        .order_by(Staff.first_name, Staff.last_name, Staff.id)
    ).all()


def staff(session: Session, ids: Sequence[int]) -> Sequence[Staff]:
    """Members of staff in the order of their ids given."""
    found = {one.id: one for one in session.scalars(select(Staff).where(Staff.id.in_(ids)))}
    return [found[each] for each in ids if each in found]


def pupils_of(session: Session, home_id: int) -> Sequence[Student]:
    """The pupils of a planned home."""
    return session.scalars(
        select(Student)
        .join(PlannedPupil, PlannedPupil.student_id == Student.id)
        .where(PlannedPupil.planned_visit_id == home_id)
        .order_by(PlannedPupil.id)
    ).all()


def companions_planned(session: Session, staff_id: int, day: date) -> Sequence[Staff]:
    """Who was to come along on a day that a teacher's plan has homes for."""
    row = session.scalars(
        select(VisitPlan)
        .join(PlannedVisit, PlannedVisit.plan_id == VisitPlan.id)
        .where(VisitPlan.staff_id == staff_id, PlannedVisit.day == day)
        .limit(1)
    ).first()
    return staff(session, row.companions) if row is not None else ()
