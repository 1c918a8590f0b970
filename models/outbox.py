"""The outbox: what we have promised to say, and what became of it (design §1, 5-7)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    Base,
    BigKey,
    Code,
    account_fk,
    channel_fk,
    office_fk,
    pk,
    sealed,
    utc_datetime,
)

#: The columns that message bodies, with their reply tokens, are sealed for.
REPLY_BODY: Final = "reply.body"
DISPATCH_BODY: Final = "dispatch.body"
DISPATCH_FACTS: Final = "dispatch.facts"


class ReplyStatus(StrEnum):
    """States of a reply; each says who must act next."""

    HELD = "held"  #: waits for the verdict on a photo, or for its time to run out
    PENDING = "pending"  #: to be sent by whoever holds the lease, or by a sweep after it
    SENT = "sent"  #: LINE accepted it
    PRESUMED_SENT = "presumed_sent"  #: token used up after an unclear try: it was accepted
    UNKNOWN = "unknown"  #: the token's time is over; the next reply carries its receipts
    ABSORBED = "absorbed"  #: said by a newer reply, or superseded by it
    REFUSED = "refused"  #: LINE called it malformed; a fault of ours, visible in metrics


#: States in which a reply is settled, whatever happens later.
SETTLED: Final = (
    ReplyStatus.SENT,
    ReplyStatus.PRESUMED_SENT,
    ReplyStatus.ABSORBED,
    ReplyStatus.REFUSED,
)


class Reply(Base):
    """One turn's answer: one reply call of at most five messages.

    Its reply token is its idempotency key: the same bytes may be tried again with it.
    """

    __tablename__ = "reply"
    __table_args__ = (
        Index(
            "ix_reply_unsettled",
            "account_id",
            sqlite_where=text("status in ('held', 'pending', 'unknown')"),
            postgresql_where=text("status in ('held', 'pending', 'unknown')"),
        ),
        Index(
            "ix_reply_due",
            "leased_until",
            sqlite_where=text("status in ('held', 'pending')"),
            postgresql_where=text("status in ('held', 'pending')"),
        ),
    )

    id: Mapped[pk]
    channel_id: Mapped[channel_fk]
    account_id: Mapped[account_fk] = mapped_column(index=False)
    event_id: Mapped[int] = mapped_column(BigKey, ForeignKey("inbound_event.id"), unique=True)
    status: Mapped[ReplyStatus] = mapped_column(Code(ReplyStatus))
    #: `outbox.body.Body`: token and messages, sealed; erased when it is settled.
    body: Mapped[sealed | None]
    #: The process that sends it, and until when nobody else does.
    leased_by: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[utc_datetime]
    #: The last moment at which LINE may still take the token (receipt + 50 s).
    deadline: Mapped[utc_datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    #: When the first call that carried it began: what came before is no answer to it.
    asked_at: Mapped[utc_datetime | None]
    created_at: Mapped[utc_datetime]
    settled_at: Mapped[utc_datetime | None]
    request_id: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(String(200))


class DispatchStatus(StrEnum):
    """States of a paid request (push or multicast)."""

    PENDING = "pending"  #: to be tried at `due_at`
    SENT = "sent"  #: accepted (200, or 409 for a repeated key)
    FAILED = "failed"  #: refused for good; a person must look
    UNKNOWN = "unknown"  #: 24 hours without a clear answer; the key is spent


class Dispatch(Base):
    """One push or multicast request, frozen at its first attempt.

    `id` is the X-Line-Retry-Key from the first attempt on, so a repeat is harmless for 24 hours.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        Index("uq_dispatch_dedupe", "dedupe_key", unique=True),
        Index("ix_dispatch_due", "status", "due_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    office_id: Mapped[office_fk]
    channel_id: Mapped[channel_fk]
    #: What it is for, by which the quota is budgeted and counted: alert, result, reminder …
    purpose: Mapped[str] = mapped_column(String(40))
    #: The real guard against saying something twice.
    dedupe_key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[sealed]
    body: Mapped[sealed | None]
    status: Mapped[DispatchStatus] = mapped_column(Code(DispatchStatus))
    due_at: Mapped[utc_datetime]
    first_attempt_at: Mapped[utc_datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_by: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[utc_datetime | None]
    request_id: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(String(200))


class DispatchRecipient(Base):
    """Somebody a dispatch goes to; the list is frozen with it."""

    __tablename__ = "dispatch_recipient"
    __table_args__ = (Index("uq_dispatch_recipient", "dispatch_id", "account_id", unique=True),)

    id: Mapped[pk]
    dispatch_id: Mapped[UUID] = mapped_column(Uuid, ForeignKey("dispatch.id"))
    account_id: Mapped[account_fk]
