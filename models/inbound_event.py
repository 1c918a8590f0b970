"""Webhook events that we took: the memory by which a repeated one runs nothing again."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, channel_fk, pk, sealed, utc_datetime

#: The column that raw events are sealed for.
RAW: Final = "inbound_event.raw"


class EventStatus(StrEnum):
    HANDLED = "handled"  #: its turn committed
    IGNORED = "ignored"  #: nothing of ours: an unknown type, a group, no user
    FAILED = "failed"  #: a fault of ours; kept sealed, `doolae events retry` replays it


class InboundEvent(Base):
    """One event of LINE's. (channel, webhookEventId) is unique."""

    __tablename__ = "inbound_event"
    __table_args__ = (
        Index("uq_inbound_event_id", "channel_id", "webhook_event_id", unique=True),
        Index("ix_inbound_event_failed", "status", "received_at"),
    )

    id: Mapped[pk]
    channel_id: Mapped[channel_fk]
    webhook_event_id: Mapped[str] = mapped_column(String(40))
    type: Mapped[str] = mapped_column(String(40))
    status: Mapped[EventStatus] = mapped_column(Code(EventStatus))
    happened_at: Mapped[utc_datetime]
    received_at: Mapped[utc_datetime]
    #: Only of what failed: the event as it came, and what went wrong, without content.
    raw: Mapped[sealed | None]
    error: Mapped[str | None] = mapped_column(String(400))
