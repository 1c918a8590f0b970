"""Write down what happened to a record: ids and codes, never values."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from models.timeline import Door, Event


def record(
    session: Session,
    kind: str,
    *,
    at: datetime,
    office_id: int,
    subject: tuple[str, int],
    door: Door = Door.CHAT,
    staff_id: int | None = None,
    account_id: int | None = None,
    role: str | None = None,
    status: tuple[str | None, str | None] = (None, None),
    reason_code: str | None = None,
    source_event_id: int | None = None,
) -> None:
    """Add one line to the timeline of `subject` (its table's name and id)."""
    session.add(
        Event(
            at=at,
            office_id=office_id,
            actor_staff_id=staff_id,
            actor_account_id=account_id,
            role=role,
            door=door,
            kind=kind,
            subject_type=subject[0],
            subject_id=subject[1],
            from_status=status[0],
            to_status=status[1],
            reason_code=reason_code,
            source_event_id=source_event_id,
        )
    )
