"""Questions about the further layers of visits. Whoever asks has asked a scope before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.home_visit import HomeVisit, HouseholdVisit, Outcome, VisitStatus
from models.household import Residence
from models.student import Student
from models.visit_part import VisitPart


def of_report(session: Session, report: HomeVisit, form_id: str) -> VisitPart | None:
    """The pupil's own answers of a layer."""
    return session.scalars(
        select(VisitPart).where(VisitPart.home_visit_id == report.id, VisitPart.form_id == form_id)
    ).one_or_none()


def of_home(session: Session, household_visit_id: int, form_id: str) -> VisitPart | None:
    """What a visit's pupils share of a layer."""
    return session.scalars(
        select(VisitPart).where(
            VisitPart.household_visit_id == household_visit_id,
            VisitPart.home_visit_id.is_(None),
            VisitPart.form_id == form_id,
        )
    ).one_or_none()


def of_pupil(session: Session, student_id: int, number: str) -> Sequence[HomeVisit]:
    """The report about a pupil with this number."""
    return session.scalars(
        select(HomeVisit).where(HomeVisit.student_id == student_id, HomeVisit.number == number)
    ).all()


def done(session: Session, report_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The layers that there are of each report."""
    found: dict[int, frozenset[str]] = {}
    rows = session.execute(
        select(VisitPart.home_visit_id, VisitPart.form_id).where(
            VisitPart.home_visit_id.in_(report_ids)
        )
    )
    for report_id, form_id in rows:
        if report_id is not None:
            found[report_id] = found.get(report_id, frozenset()) | {form_id}
    return found


def newest_visited(
    session: Session, student_ids: Collection[int], *, year: int
) -> Sequence[HomeVisit]:
    """The newest report of each pupil who was visited in the school year."""
    reports = session.scalars(
        select(HomeVisit)
        .where(
            HomeVisit.student_id.in_(student_ids),
            HomeVisit.school_year == year,
            HomeVisit.outcome == Outcome.VISITED,
            HomeVisit.status != VisitStatus.DECLINED,
            HomeVisit.erased_at.is_(None),
        )
        .order_by(HomeVisit.visited_on, HomeVisit.id)
    ).all()
    return list({report.student_id: report for report in reports}.values())


def last_of_pupil(
    session: Session, student_id: int, form_id: str, *, other_than: int
) -> tuple[VisitPart, HomeVisit] | None:
    """The newest answers to a layer about a pupil, from another report."""
    row = session.execute(
        select(VisitPart, HomeVisit)
        .join(HomeVisit, HomeVisit.id == VisitPart.home_visit_id)
        .where(
            HomeVisit.student_id == student_id,
            HomeVisit.id != other_than,
            HomeVisit.erased_at.is_(None),
            VisitPart.form_id == form_id,
        )
        .order_by(HomeVisit.visited_on.desc(), HomeVisit.id.desc())
        .limit(1)
    ).first()
    return (row[0], row[1]) if row is not None else None


def screened_before(
    session: Session, student_ids: Collection[int], form_id: str, *, before: int
) -> frozenset[int]:
    """The pupils about whom there is a layer of an earlier school year."""
    return frozenset(
        session.scalars(
            select(HomeVisit.student_id)
            .join(VisitPart, VisitPart.home_visit_id == HomeVisit.id)
            .where(
                HomeVisit.student_id.in_(student_ids),
                HomeVisit.school_year < before,
                VisitPart.form_id == form_id,
            )
        )
    )


#: Visits on which a pupil went along who is sealed by now: nothing of them is shared (P8).
_WITH_SEALED: Final = (
    select(HomeVisit.household_visit_id)
    .join(Student, Student.id == HomeVisit.student_id)
    .where(Student.is_sealed.is_(True))
)


def has_sealed(session: Session, household_visit_id: int) -> bool:
    """Whether a visit was to the home of a child who is sealed by now."""
    found = session.scalars(
        _WITH_SEALED.where(HomeVisit.household_visit_id == household_visit_id).limit(1)
    )
    return found.first() is not None


def homes_of_siblings(
    session: Session, student_id: int, form_id: str, *, year: int
) -> Sequence[VisitPart]:
    """What others who live in the same recorded home were visited with this year, newest first.

    Guesses by name or telephone do not count here: incomes are no guess's to see.
    """
    mine = select(Residence.household_id).where(
        Residence.student_id == student_id, Residence.ends_on.is_(None)
    )
    return session.scalars(
        select(VisitPart)
        .join(HouseholdVisit, HouseholdVisit.id == VisitPart.household_visit_id)
        .join(HomeVisit, HomeVisit.household_visit_id == HouseholdVisit.id)
        .where(
            HouseholdVisit.household_id.in_(mine),
            HouseholdVisit.id.not_in(_WITH_SEALED),
            HomeVisit.student_id != student_id,
            HomeVisit.school_year == year,
            HomeVisit.erased_at.is_(None),
            VisitPart.home_visit_id.is_(None),
            VisitPart.form_id == form_id,
        )
        .order_by(VisitPart.submitted_at.desc(), VisitPart.id.desc())
    ).all()
