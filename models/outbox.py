"""The outbox: what we have promised to say, and what became of it (design §1, 5-7)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Uuid, false, text
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


class Purpose(StrEnum):
    """What a paid request is for: who goes first, and who is kept back when little is left."""

    ALERT = "alert"  #: somebody must take a case; never kept back
    SAFETY = "safety"  #: the reporter hears whether help is coming (P3); never kept back
    RESULT = "result"  #: what became of something asked for
    REMINDER = "reminder"  #: something is owed
    BROADCAST = "broadcast"  #: to many; kept back first


#: Lower goes first.
RANKS: Final = {purpose: rank for rank, purpose in enumerate(Purpose)}
#: Never kept back by the budget, and first in every queue.
URGENT: Final = frozenset({Purpose.ALERT, Purpose.SAFETY})


class Via(StrEnum):
    """The way out."""

    LINE = "line"  #: push to one, multicast to several
    EMAIL = "email"  #: SMTP_URL
    WEBHOOK = "webhook"  #: ALERT_WEBHOOK_URL: a gateway for SMS and voice


class DispatchStatus(StrEnum):
    """States of one request that leaves by itself."""

    PENDING = "pending"  #: to be tried at `due_at`
    SENT = "sent"  #: accepted (200, or 409 for a repeated key)
    FAILED = "failed"  #: refused for good; see `reason`
    UNKNOWN = "unknown"  #: 24 hours without a clear answer; the key is spent
    DROPPED = "dropped"  #: the world had changed before the first try: nobody wants it any more


class Dispatch(Base):
    """One request, frozen at its first attempt: a push, a multicast, a mail, a call of a webhook.

    `retry_key` is its X-Line-Retry-Key (Message-ID, Idempotency-Key) from the first attempt on,
    so that a repeat is harmless for 24 hours.
    """

    __tablename__ = "dispatch"
    __table_args__ = (
        Index("uq_dispatch_dedupe", "dedupe_key", unique=True),
        Index(
            "ix_dispatch_due",
            "rank",
            "due_at",
            sqlite_where=text("status = 'pending'"),
            postgresql_where=text("status = 'pending'"),
        ),
        Index("ix_dispatch_settled", "settled_at"),
    )

    id: Mapped[pk]
    retry_key: Mapped[UUID] = mapped_column(Uuid, unique=True)
    office_id: Mapped[office_fk]
    channel_id: Mapped[channel_fk]
    via: Mapped[Via] = mapped_column(Code(Via))
    #: By which the quota is budgeted and counted, and its place in the queue (`RANKS`).
    purpose: Mapped[Purpose] = mapped_column(Code(Purpose))
    rank: Mapped[int]
    #: The real guard against saying something twice.
    dedupe_key: Mapped[str] = mapped_column(String(160))
    #: Whose renderer makes the words, from ids kept in `facts`.
    kind: Mapped[str] = mapped_column(String(60))
    facts: Mapped[sealed]
    #: The request's bytes from the first attempt on; erased when it is settled.
    body: Mapped[sealed | None]
    status: Mapped[DispatchStatus] = mapped_column(Code(DispatchStatus))
    #: Why it did not arrive: quota, budget, blocked, refused, unclear, broken, unwanted.
    reason: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[utc_datetime]
    #: When the next try may begin.
    due_at: Mapped[utc_datetime]
    first_attempt_at: Mapped[utc_datetime | None]
    #: An attempt ended without saying whether it arrived.
    unclear: Mapped[bool] = mapped_column(default=False, server_default=false())
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    #: When those who wait for it were told that it is late (urgent purposes only).
    late_at: Mapped[utc_datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(40))
    leased_until: Mapped[utc_datetime | None]
    settled_at: Mapped[utc_datetime | None]
    request_id: Mapped[str | None] = mapped_column(String(80))
    error: Mapped[str | None] = mapped_column(String(200))


class DispatchRecipient(Base):
    """Somebody a dispatch goes to; the list is frozen with it."""

    __tablename__ = "dispatch_recipient"
    __table_args__ = (Index("uq_dispatch_recipient", "dispatch_id", "account_id", unique=True),)

    id: Mapped[pk]
    dispatch_id: Mapped[int] = mapped_column(BigKey, ForeignKey("dispatch.id", ondelete="CASCADE"))
    account_id: Mapped[account_fk]


class QuotaReading(Base):
    """What LINE last said about a channel's paid messages, one row for each month."""

    __tablename__ = "quota_reading"
    __table_args__ = (Index("uq_quota_reading", "channel_id", "month", unique=True),)

    id: Mapped[pk]
    channel_id: Mapped[channel_fk]
    #: The month in the district's time, as YYYY-MM.
    month: Mapped[str] = mapped_column(String(7))
    #: None: the plan has no limit.
    quota: Mapped[int | None]
    #: LINE's count, approximate, and when it was read.
    used: Mapped[int]
    read_at: Mapped[utc_datetime]
    #: When LINE said that the month's messages are used up; a later reading with some left ends it.
    exhausted_at: Mapped[utc_datetime | None]


class Beat(Base):
    """When something regular was last done, by any process: the clock's pulse, sweeps."""

    __tablename__ = "beat"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[utc_datetime]
    by: Mapped[str] = mapped_column(String(40))
