"""Who may become a part of an urgent case: asked in one query, for the lists of the forms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.incident import Incident
from models.queries import staff as staff_queries
from models.staff import Appointment, Role, Staff
from services.people import Post, StaffMember
from services.urgent import cases


def colleagues(
    session: Session, person: StaffMember, incident: Incident, *, now: datetime
) -> Sequence[tuple[Staff, Post]]:
    """Staff of the office and of the case's school with a post of theirs, but for the one who asks.

    As `incident_work.can_join` has it: nobody who is excluded or only administers; of a case that
    the school must not see nobody who is of the school only.
    """
    if incident.outside_only:
        return []
    here: ColumnElement[bool] = Appointment.school_id.is_(None)
    if incident.school_id is not None and not incident.district_only:
        here = here | (Appointment.school_id == incident.school_id)
    rows = session.execute(
        select(Staff, Appointment)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .where(
            Staff.office_id == incident.office_id, Staff.left_at.is_(None), here,
            staff_queries.in_force(local_date(now)), Appointment.role != Role.ADMIN,
            Staff.id != person.staff_id,
        )
        .order_by(Staff.first_name, Staff.last_name, Staff.id, Appointment.id)
    )  # fmt: skip
    out = cases.excluded(session, incident.id)
    found: dict[int, tuple[Staff, Post]] = {}
    for staff, post in rows:
        if staff.id not in out:
            known = Post(post.role, post.school_id, "", post.level or "", post.room or "")
            found.setdefault(staff.id, (staff, known))
    return list(found.values())
