"""Write down what happened to a record: ids and codes, never values."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core.database import secrets_of
from models.timeline import NOTE, Door, Event, Note


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
) -> Event:
    """Add one line to the timeline of `subject` (its table's name and id); returns it."""
    event = Event(
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
    session.add(event)
    return event


def note(session: Session, office_id: int, text: str) -> int:
    """Keep free words that belong to an event, sealed; returns the id to record them with."""
    kept = Note(office_id=office_id, text=secrets_of(session).seal(text.encode(), column=NOTE))
    session.add(kept)
    session.flush()  # the event points to it
    return kept.id


def note_text(session: Session, note_id: int | None) -> str:
    """The words of a note; empty where there are none (any more)."""
    kept = session.get(Note, note_id) if note_id is not None else None
    if kept is None or kept.text is None:
        return ""
    return secrets_of(session).open(kept.text, column=NOTE).decode()
