"""Questions about replies: what is unsettled, due, or ready to be recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Boolean,
    ColumnElement,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import AliasedClass

from core.database import connection_of
from core.statements import Prepared
from models.outbox import SETTLED, Reply, ReplyStatus

UNSETTLED: Final = (ReplyStatus.HELD, ReplyStatus.PENDING, ReplyStatus.UNKNOWN)
WAITING: Final = (ReplyStatus.HELD, ReplyStatus.PENDING)


def is_unsettled(reply: type[Reply] | AliasedClass[Reply] = Reply) -> ColumnElement[bool]:
    """The condition of the partial index; written out, for a parameter would hide it."""
    return reply.status.in_([literal_column(f"'{status.value}'") for status in UNSETTLED])


def is_waiting() -> ColumnElement[bool]:
    return Reply.status.in_([literal_column(f"'{status.value}'") for status in WAITING])


def unsettled_of(session: Session, account_id: int) -> Sequence[Reply]:
    """What an account has been promised and has not surely got, oldest first."""
    return session.scalars(
        select(Reply).where(Reply.account_id == account_id, is_unsettled()).order_by(Reply.id)
    ).all()


def of_event(session: Session, event_id: int) -> Reply | None:
    return session.scalars(select(Reply).where(Reply.event_id == event_id)).one_or_none()


def question(
    session: Session, reply_id: int
) -> tuple[ReplyStatus | None, datetime | None, str | None]:
    """What became of the reply that carries a question: status, when it began, whose it is."""
    row = session.execute(
        select(Reply.status, Reply.asked_at, Reply.leased_by).where(Reply.id == reply_id)
    ).one_or_none()
    return (row[0], row[1], row[2]) if row else (None, None, None)


def by_ids(session: Session, ids: Sequence[int]) -> Sequence[Reply]:
    return session.scalars(select(Reply).where(Reply.id.in_(ids))).all()


def lock_by_ids(session: Session, ids: Sequence[int]) -> Sequence[Reply]:
    """The same, ours alone until the commit; rows another process takes are skipped."""
    return session.scalars(
        select(Reply).where(Reply.id.in_(ids)).order_by(Reply.id).with_for_update(skip_locked=True)
    ).all()


def due(session: Session, *, now: datetime, limit: int) -> Sequence[Reply]:
    """Replies whose lease is over; rows another process takes are skipped."""
    return session.scalars(
        select(Reply)
        .where(is_waiting(), Reply.status == ReplyStatus.PENDING, Reply.leased_until <= now)
        .order_by(Reply.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def held_too_long(session: Session, *, now: datetime, limit: int) -> Sequence[tuple[int, int]]:
    """Replies that waited long enough for a photo's verdict: their ids, and whose they are."""
    return [
        (row.id, row.account_id)
        for row in session.execute(
            select(Reply.id, Reply.account_id)
            .where(is_waiting(), Reply.status == ReplyStatus.HELD, Reply.leased_until <= now)
            .order_by(Reply.id)
            .limit(limit)
        )
    ]


def lock_held(session: Session, reply_id: int, *, now: datetime) -> Reply | None:
    """One of them, if it still waits; its person is locked before."""
    return session.scalars(
        select(Reply)
        .where(Reply.id == reply_id, Reply.status == ReplyStatus.HELD, Reply.leased_until <= now)
        .with_for_update()
    ).one_or_none()


def any_due(session: Session, *, now: datetime) -> bool:
    """Whether there is anything to sweep."""
    return bool(session.scalar(select(exists().where(is_waiting(), Reply.leased_until <= now))))


_SETTLE: Final = Prepared(
    update(Reply)
    .where(Reply.id == bindparam("of_reply"), Reply.status == ReplyStatus.PENDING)
    .values(
        status=bindparam("status"),
        attempts=bindparam("attempts"),
        settled_at=bindparam("settled_at"),
        request_id=bindparam("request_id"),
        error=bindparam("error"),
        asked_at=func.coalesce(bindparam("asked_at", type_=Reply.asked_at.type), Reply.asked_at),
        body=case((bindparam("arrived", type_=Boolean), None), else_=Reply.body),
    )
)


def settle(
    session: Session,
    reply_id: int,
    status: ReplyStatus,
    *,
    now: datetime,
    asked_at: datetime | None,
    attempts: int,
    request_id: str | None = None,
    error: str | None = None,
) -> bool:
    """Record what became of a pending reply; false if somebody recorded it before."""
    values = {
        "of_reply": reply_id,
        "status": status,
        "attempts": attempts,
        "settled_at": now,
        "request_id": request_id,
        "error": error,
        "asked_at": asked_at,
        "arrived": status in (ReplyStatus.SENT, ReplyStatus.PRESUMED_SENT),
    }
    return _SETTLE.run(connection_of(session), values) == 1


def free_leases(session: Session, *, now: datetime) -> None:
    """Let go of what a process before us held: only where there is no other process."""
    session.connection().execute(
        update(Reply)
        .where(Reply.status == ReplyStatus.PENDING, Reply.leased_until > now)
        .values(leased_until=now)
    )


def forget(session: Session, *, before: datetime, limit: int) -> int:
    """Drop settled replies of long ago; the account's question is never among them."""
    old = session.scalars(
        select(Reply.id).where(Reply.status.in_(SETTLED), Reply.created_at < before).limit(limit)
    ).all()
    if old:
        session.execute(delete(Reply).where(Reply.id.in_(old)))
    return len(old)


def counts(session: Session) -> dict[str, int]:
    """How many replies stand in each unsettled state, for metrics."""
    counted = {status.value: 0 for status in UNSETTLED}
    rows = session.execute(
        select(Reply.status, func.count()).where(is_unsettled()).group_by(Reply.status)
    )
    return counted | {status.value: count for status, count in rows}


def oldest_pending(session: Session) -> datetime | None:
    """When the oldest reply that has not left was promised."""
    return session.scalar(
        select(Reply.created_at)
        .where(is_waiting(), Reply.status == ReplyStatus.PENDING)
        .order_by(Reply.id)
        .limit(1)
    )
