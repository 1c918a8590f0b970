"""Questions about webhook events: was it taken before, and what failed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from models.inbound_event import EventStatus, InboundEvent
from models.outbox import Reply
from models.queries import turns


def keep_failed(session: Session, *, raw: bytes, error: str, **values: Any) -> turns.Taken | None:
    """Keep an event that we failed at; None if it was taken after all."""
    taken = turns.take_event(session, status=EventStatus.FAILED, **values)
    if taken is not None:
        row = session.get_one(InboundEvent, taken.id)
        row.raw, row.error = raw, error
    return taken


def find(session: Session, channel_id: int, webhook_event_id: str) -> int | None:
    return session.scalar(
        select(InboundEvent.id).where(
            InboundEvent.channel_id == channel_id,
            InboundEvent.webhook_event_id == webhook_event_id,
        )
    )


def mark(session: Session, event_id: int, status: EventStatus) -> None:
    session.connection().execute(
        update(InboundEvent).where(InboundEvent.id == event_id).values(status=status)
    )


def failed(session: Session, *, limit: int = 200) -> Sequence[InboundEvent]:
    """Events that we failed at, oldest first."""
    return session.scalars(
        select(InboundEvent)
        .where(InboundEvent.status == EventStatus.FAILED)
        .order_by(InboundEvent.received_at)
        .limit(limit)
    ).all()


def count_failed(session: Session) -> int:
    return (
        session.scalar(
            select(func.count(InboundEvent.id)).where(InboundEvent.status == EventStatus.FAILED)
        )
        or 0
    )


def lock_failed(session: Session, event_id: int) -> InboundEvent | None:
    """One failed event, ours alone while it is tried again."""
    return session.scalars(
        select(InboundEvent)
        .where(InboundEvent.id == event_id, InboundEvent.status == EventStatus.FAILED)
        .with_for_update()
    ).one_or_none()


def forget(session: Session, *, before: datetime, limit: int) -> int:
    """Drop the memory of events so old that LINE delivers none of them again."""
    old = session.scalars(
        select(InboundEvent.id)
        .where(
            InboundEvent.status != EventStatus.FAILED,
            InboundEvent.received_at < before,
            ~exists().where(Reply.event_id == InboundEvent.id),
        )
        .limit(limit)
    ).all()
    if old:
        session.execute(delete(InboundEvent).where(InboundEvent.id.in_(old)))
    return len(old)


def count_before(session: Session, *, before: datetime) -> int:
    """How many events `forget` would look at."""
    return (
        session.scalar(
            select(func.count(InboundEvent.id)).where(
                InboundEvent.status != EventStatus.FAILED, InboundEvent.received_at < before
            )
        )
        or 0
    )
