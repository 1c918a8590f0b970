"""Where photos were taken, taken for the place of the home when their teacher says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.home_visit import HouseholdVisit
from models.household import Household
from models.staff import Role
from services import households, timeline
from services.people import StaffMember
from services.visits import visit_facts


def pin(session: Session, person: StaffMember, visit_id: int, *, now: datetime) -> bool:
    """Keep the place of a visit's photos as the home's; False where it is not the person's to say.

    Whoever visited, or entered the visit for a colleague, may.
    """
    visit = session.get(HouseholdVisit, visit_id, with_for_update=True)
    if visit is None or person.staff_id not in (visit.reporter_id, visit.entered_by_id):
        return False
    place = visit_facts.photo_place(session, visit.draft_id)
    if place is None:
        return False
    households.pin(session, session.get_one(Household, visit.household_id), place)
    timeline.record(
        session, "household.pinned", at=now, office_id=visit.office_id,
        subject=("household", visit.household_id), staff_id=person.staff_id, role=Role.TEACHER,
        reason_code="photo",
    )  # fmt: skip
    return True
