"""Reports that stand in the table already, as a test needs them."""

from __future__ import annotations

from itertools import count

from sqlalchemy.orm import Session

from models.draft import Draft, DraftStatus
from models.home_visit import HomeVisit, HouseholdVisit, Outcome, VisitStatus
from models.household import Household
from models.line_account import LineAccount
from models.staff import Staff
from tests.support.village import NOW, TODAY, Village

_numbers = count(900_000)


def add_visit(
    session: Session,
    village: Village,
    name: str,
    outcome: Outcome,
    *,
    status: VisitStatus = VisitStatus.SUBMITTED,
    year: int = 2569,
    school: str = "บ้านดอน",
) -> HomeVisit:
    """A report about a pupil."""
    number = next(_numbers)
    office = village.office_id
    account = LineAccount(
        office_id=office, channel_id=village.channel_id, line_user_id=f"U{number}", created_at=NOW
    )
    teacher = Staff(office_id=office, first_name="ครู", last_name="เดิม", created_at=NOW)
    household = Household(office_id=office, created_at=NOW)
    session.add_all([account, teacher, household])
    session.flush()
    draft = Draft(
        office_id=office, account_id=account.id, form_id="home_visit", status=DraftStatus.SENT,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    session.add(draft)
    session.flush()
    home = HouseholdVisit(
        office_id=office, household_id=household.id, draft_id=draft.id, reporter_id=teacher.id,
        visited_on=TODAY, how="home", form_id="home_visit", form_hash="-", submitted_at=NOW,
    )  # fmt: skip
    session.add(home)
    session.flush()
    report = HomeVisit(
        office_id=office, school_id=village.schools[school], household_visit_id=home.id,
        student_id=village.pupils[name], number=f"V69-{number}", school_year=year, level="ป.4",
        room="1", student_no="04101", outcome=outcome, visited_on=TODAY, status=status,
        submitted_at=NOW, received_at=NOW,
    )  # fmt: skip
    session.add(report)
    return report
