"""Questions about homes and the visits to them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.home_visit import HomeVisit, HouseholdVisit, VisitStatus
from models.household import Household, Residence
from models.visit_history import VisitReturn


def home_of(session: Session, student_id: int) -> Household | None:
    """The household a pupil lives in, as far as a visit has told."""
    return session.scalars(
        select(Household)
        .join(Residence, Residence.household_id == Household.id)
        .where(Residence.student_id == student_id, Residence.ends_on.is_(None))
        .order_by(Residence.id.desc())
        .limit(1)
    ).first()


def open_residences(session: Session, student_ids: Sequence[int]) -> Sequence[Residence]:
    return session.scalars(
        select(Residence)
        .where(Residence.student_id.in_(student_ids), Residence.ends_on.is_(None))
        .order_by(Residence.id)
    ).all()


def last_of(session: Session, student_id: int) -> HomeVisit | None:
    """The newest report about a pupil."""
    return session.scalars(
        select(HomeVisit)
        .where(HomeVisit.student_id == student_id, HomeVisit.erased_at.is_(None))
        .order_by(HomeVisit.visited_on.desc(), HomeVisit.id.desc())
        .limit(1)
    ).first()


def of_year(session: Session, student_id: int, *, year: int) -> Sequence[HomeVisit]:
    """All reports about a pupil in a school year, the newest first."""
    return session.scalars(
        select(HomeVisit)
        .where(
            HomeVisit.student_id == student_id,
            HomeVisit.school_year == year,
            HomeVisit.erased_at.is_(None),
        )
        .order_by(HomeVisit.visited_on.desc(), HomeVisit.id.desc())
    ).all()


def of_draft(session: Session, draft_id: int) -> HouseholdVisit | None:
    """The visit that a draft became."""
    return session.scalars(
        select(HouseholdVisit).where(HouseholdVisit.draft_id == draft_id)
    ).one_or_none()


def open_return(session: Session, report_id: int) -> VisitReturn | None:
    """Why a report was sent back, while it has not been sent again."""
    return session.scalars(
        select(VisitReturn)
        .where(VisitReturn.home_visit_id == report_id, VisitReturn.answered_at.is_(None))
        .order_by(VisitReturn.id.desc())
        .limit(1)
    ).first()


def newest_of(session: Session, student_ids: Sequence[int], *, year: int) -> dict[int, HomeVisit]:
    """The newest report of a school year about each of these pupils, by pupil."""
    rows = session.scalars(
        select(HomeVisit)
        .where(
            HomeVisit.student_id.in_(student_ids),
            HomeVisit.school_year == year,
            HomeVisit.erased_at.is_(None),
            HomeVisit.status != VisitStatus.DECLINED,
        )
        .order_by(HomeVisit.visited_on, HomeVisit.id)
    )
    return {report.student_id: report for report in rows}


def returned(
    session: Session, student_ids: Sequence[int]
) -> Sequence[tuple[HomeVisit, VisitReturn]]:
    """Reports about these pupils that were sent back and not sent again, the oldest first."""
    rows = session.execute(
        select(HomeVisit, VisitReturn)
        .join(VisitReturn, VisitReturn.home_visit_id == HomeVisit.id)
        .where(
            HomeVisit.student_id.in_(student_ids),
            HomeVisit.status == VisitStatus.RETURNED,
            HomeVisit.erased_at.is_(None),
            VisitReturn.answered_at.is_(None),
        )
        .order_by(VisitReturn.returned_at, VisitReturn.id)
    )
    return [(report, sent_back) for report, sent_back in rows]
