"""What happened to every record, and who looked at what."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk, sealed, utc_datetime

#: The column that notes are sealed for.
NOTE: Final = "note.text"


class Door(StrEnum):
    """Where something came in."""

    CHAT = "chat"
    WEB = "web"
    CLOCK = "clock"
    COMMAND = "command"


class Event(Base):
    """One thing that happened to one record. Rows hold ids and codes, never values."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject_type", "subject_id"),)

    id: Mapped[pk]
    at: Mapped[utc_datetime]
    office_id: Mapped[office_fk] = mapped_column(index=True)
    #: Who: a member of staff, or an account without one; both empty is the system itself.
    actor_staff_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    actor_account_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("line_account.id"))
    role: Mapped[str | None] = mapped_column(String(40))
    door: Mapped[Door] = mapped_column(Code(Door))
    kind: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigKey)
    from_status: Mapped[str | None] = mapped_column(String(40))
    to_status: Mapped[str | None] = mapped_column(String(40))
    reason_code: Mapped[str | None] = mapped_column(String(60))
    note_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("note.id"))
    source_event_id: Mapped[int | None] = mapped_column(BigKey)


class Note(Base):
    """Free words that belong to an event; sealed and erasable."""

    __tablename__ = "note"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    text: Mapped[sealed | None]
    erased_at: Mapped[utc_datetime | None]


class AuditEntry(Base):
    """Somebody read or took out records. Ids and counts, never values."""

    __tablename__ = "audit_entry"

    id: Mapped[pk]
    at: Mapped[utc_datetime]
    office_id: Mapped[office_fk] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(80))
    door: Mapped[Door] = mapped_column(Code(Door))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    rows: Mapped[int | None]
    sensitive: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(400))
