"""A new phone: the head of school gives a teacher a new code in a minute (P25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from models.queries import school_doors as queries
from models.queries import staff as staff_queries
from models.staff import Role, Staff
from models.timeline import AuditEntry, Door
from services import invitations, timeline
from services.people import StaffMember

#: How long such a code is good: it is read out or shown, not sent home.
DAYS: Final = 1


def whose(session: Session, person: StaffMember, *, today: date) -> Sequence[Staff]:
    """Who may get a new code from this person: a head's staff; the office's heads of school."""
    found: dict[int, Staff] = {}
    for post in person.posts:
        if post.role is Role.DIRECTOR and post.school_id is not None:
            for one in queries.already_in(session, post.school_id, today=today):
                found[one.id] = one
    if person.has(Role.DISTRICT_OFFICER, Role.ADMIN):
        heads = staff_queries.with_role(session, person.office_id, Role.DIRECTOR, today=today)
        for staff_id in heads:
            if queries.is_bound(session, staff_id):
                found[staff_id] = session.get_one(Staff, staff_id)
    found.pop(person.staff_id, None)
    return sorted(found.values(), key=lambda one: (one.first_name, one.last_name, one.id))


def reissue(
    session: Session, person: StaffMember, staff_id: int, *, now: datetime, today: date
) -> tuple[Staff, str] | None:
    """A one-time code for somebody's new phone; the old one stays in until the code is used.

    Returns who and the code; None where it is not this person's to give.
    """
    staff = next((one for one in whose(session, person, today=today) if one.id == staff_id), None)
    if staff is None:
        return None
    code = invitations.issue_to_staff(session, {staff.id: staff.office_id}, now=now, days=DAYS)
    timeline.record(
        session, "code.reissued", at=now, office_id=staff.office_id,
        subject=("staff", staff.id), staff_id=person.staff_id,
    )  # fmt: skip
    session.add(
        AuditEntry(
            at=now, office_id=staff.office_id, actor=f"staff:{person.staff_id}", door=Door.CHAT,
            action="code.reissued", subject=f"staff:{staff.id}", rows=1,
        )
    )  # fmt: skip
    return staff, code[staff.id]
