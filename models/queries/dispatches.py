"""Questions about dispatches: what is due, what is late, what has gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from models.line_account import LineAccount
from models.outbox import (
    RANKS,
    URGENT,
    Dispatch,
    DispatchRecipient,
    DispatchStatus,
    Purpose,
    Via,
)

_LAST_URGENT = max(RANKS[purpose] for purpose in URGENT)


class Due(NamedTuple):
    """A dispatch that may be tried now."""

    id: int
    rank: int


def is_pending() -> ColumnElement[bool]:
    """The condition of the partial index; written out, for a parameter would hide it."""
    return Dispatch.status == literal_column(f"'{DispatchStatus.PENDING.value}'")


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(Dispatch.leased_until.is_(None), Dispatch.leased_until <= now)


def due(session: Session, *, now: datetime, limit: int) -> Sequence[Due]:
    """What may be tried, the most urgent first and then the oldest."""
    rows = session.execute(
        select(Dispatch.id, Dispatch.rank)
        .where(is_pending(), Dispatch.due_at <= now, _is_free(now))
        .order_by(Dispatch.rank, Dispatch.due_at, Dispatch.id)
        .limit(limit)
    )
    return [Due(*row) for row in rows]


def lock_due(session: Session, dispatch_id: int, *, now: datetime) -> Dispatch | None:
    """One of them, ours until the commit; None where another process was quicker."""
    return session.scalars(
        select(Dispatch)
        .where(Dispatch.id == dispatch_id, is_pending(), Dispatch.due_at <= now, _is_free(now))
        .with_for_update(skip_locked=True)
    ).one_or_none()


def lock_pending(session: Session, dispatch_id: int) -> Dispatch | None:
    return session.scalars(
        select(Dispatch).where(Dispatch.id == dispatch_id, is_pending()).with_for_update()
    ).one_or_none()


def late(session: Session, *, tried_before: datetime, limit: int) -> Sequence[int]:
    """Urgent ones first tried before that moment, of which nobody was told yet."""
    return session.scalars(
        select(Dispatch.id)
        .where(
            is_pending(),
            Dispatch.rank <= _LAST_URGENT,
            Dispatch.first_attempt_at <= tried_before,
            Dispatch.late_at.is_(None),
        )
        .limit(limit)
    ).all()


def recipients(session: Session, dispatch_id: int) -> Sequence[LineAccount]:
    """Who a dispatch goes to."""
    return session.scalars(
        select(LineAccount)
        .join(DispatchRecipient, DispatchRecipient.account_id == LineAccount.id)
        .where(DispatchRecipient.dispatch_id == dispatch_id)
        .order_by(LineAccount.id)
    ).all()


def remove_recipients(session: Session, dispatch_id: int, account_ids: Sequence[int]) -> None:
    session.execute(
        delete(DispatchRecipient).where(
            DispatchRecipient.dispatch_id == dispatch_id,
            DispatchRecipient.account_id.in_(account_ids),
        )
    )


def free_leases(session: Session, *, now: datetime) -> None:
    """Let go of what a process before us held: only where there is no other process."""
    session.execute(
        update(Dispatch).where(is_pending(), Dispatch.leased_until > now).values(leased_until=now)
    )


def sent_since(
    session: Session,
    channel_id: int,
    since: datetime,
    purposes: Sequence[Purpose] = tuple(Purpose),
) -> int:
    """Paid messages that LINE took since then: one for every person reached."""
    return (
        session.scalar(
            select(func.count())
            .select_from(DispatchRecipient)
            .join(Dispatch, Dispatch.id == DispatchRecipient.dispatch_id)
            .where(
                Dispatch.channel_id == channel_id,
                Dispatch.via == Via.LINE,
                Dispatch.status == DispatchStatus.SENT,
                Dispatch.settled_at >= since,
                Dispatch.purpose.in_(purposes),
            )
        )
        or 0
    )


def counts(session: Session) -> dict[str, int]:
    """How many wait, by purpose."""
    rows = session.execute(
        select(Dispatch.purpose, func.count()).where(is_pending()).group_by(Dispatch.purpose)
    )
    return {purpose.value: 0 for purpose in Purpose} | {
        purpose.value: count for purpose, count in rows
    }


def oldest_due(session: Session, *, now: datetime, urgent: bool = False) -> datetime | None:
    """When the oldest that has not left was promised; only what is due by now."""
    query = select(func.min(Dispatch.created_at)).where(is_pending(), Dispatch.due_at <= now)
    if urgent:
        query = query.where(Dispatch.rank <= _LAST_URGENT)
    return session.scalar(query)


def _is_forgettable(before: datetime) -> ColumnElement[bool]:
    """Settled long ago, and no proof: what was urgent shows who was told when, and stays."""
    return (Dispatch.settled_at < before) & (Dispatch.rank > _LAST_URGENT) & ~is_pending()


def forget(session: Session, *, before: datetime, limit: int) -> int:
    """Drop what was settled before that moment; its recipients go with it."""
    old = session.scalars(
        select(Dispatch.id).where(_is_forgettable(before)).order_by(Dispatch.id).limit(limit)
    ).all()
    if old:
        session.execute(delete(Dispatch).where(Dispatch.id.in_(old)))
    return len(old)


def count_before(session: Session, *, before: datetime) -> int:
    """How many `forget` would drop."""
    return session.scalar(select(func.count(Dispatch.id)).where(_is_forgettable(before))) or 0
