"""What was taken out by command, for ผอ.เขต to see that it happened (P15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.staff import Role
from models.timeline import AuditEntry, Door
from services.people import StaffMember

#: So long it is shown.
SHOWN_FOR: Final = timedelta(days=7)
_ACTIONS: Final = ("export", "print")


def by_command(
    session: Session, person: StaffMember, *, now: datetime, limit: int = 10
) -> Sequence[AuditEntry]:
    """Exports and papers that somebody at the machine took out, the newest first."""
    if not person.has(Role.DISTRICT_DIRECTOR):
        return []
    return session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.office_id == person.office_id, AuditEntry.door == Door.COMMAND,
            AuditEntry.action.in_(_ACTIONS), AuditEntry.at > now - SHOWN_FOR,
        )
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    ).all()  # fmt: skip
