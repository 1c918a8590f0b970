"""Who audits the funds: หน่วยตรวจสอบภายใน and สตง., by duty; they read and change nothing (P40)."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.staff import Duty, Role
from services.people import StaffMember

#: A duty that contains one of these audits.
_DUTIES: Final = ("ตรวจสอบภายใน", "ผู้ตรวจสอบบัญชี", "สตง")


def audits(session: Session, person: StaffMember, *, today: date) -> bool:
    """Whether a person holds a duty of the office that audits, today."""
    named = [Duty.name.contains(name) for name in _DUTIES]
    found = select(Duty.id).where(
        Duty.staff_id == person.staff_id,
        Duty.office_id == person.office_id,
        Duty.school_id.is_(None),
        or_(*named),
        Duty.starts_on <= today,
        or_(Duty.ends_on.is_(None), Duty.ends_on >= today),
    )
    return session.scalar(found.limit(1)) is not None


def may_read_books(session: Session, person: StaffMember, *, today: date) -> bool:
    """Finance, ผอ.เขต, and who audits."""
    return person.has(Role.FINANCE, Role.DISTRICT_DIRECTOR) or audits(session, person, today=today)
