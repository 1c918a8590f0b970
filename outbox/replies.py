"""Promise a reply inside the turn's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.database import secrets_of
from models.outbox import Reply, ReplyStatus
from models.queries import accounts, replies, turns
from outbox.body import Body
from outbox.policy import LEASE, deadline


@dataclass(frozen=True, slots=True)
class Queued:
    """A reply in the hands of this process; it may leave once the transaction is committed."""

    id: int
    account_id: int
    body: Body
    deadline: datetime
    #: Tries that nobody recorded may have happened: a process before us held it.
    inherited: bool = False
    #: Older replies of the same person that another process is sending just now.
    behind: tuple[int, ...] = ()
    #: Older ones of ours: committed before, so they are in the sender's hands or about to be.
    after: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Promise:
    """A reply that is to be written with the rest of the turn."""

    account_id: int
    body: Body
    deadline: datetime
    behind: tuple[int, ...]
    after: tuple[int, ...]
    #: Its row.
    values: dict[str, Any]

    def queued(self, reply_id: int) -> Queued:
        """The reply, once it has a row; it may leave after the commit."""
        return Queued(
            reply_id,
            self.account_id,
            self.body,
            self.deadline,
            behind=self.behind,
            after=self.after,
        )


def promise(
    session: Session,
    body: Body,
    *,
    channel_id: int,
    account_id: int,
    event_id: int,
    owner: str,
    received_at: datetime,
    unsettled: bool = True,
) -> Promise:
    """A reply for the outbox, born leased to `owner`, which sends it after the commit.

    `unsettled` says that older replies of the person may not have arrived; what of them must not
    be lost is taken over here, while the person's row is locked.
    """
    behind: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    if unsettled:
        older = replies.unsettled_of(session, account_id)
        body, behind, after = _absorb(session, older, body, owner=owner, now=received_at)
    until = deadline(received_at)
    values = {
        "channel_id": channel_id,
        "account_id": account_id,
        "event_id": event_id,
        "status": ReplyStatus.PENDING,
        "body": body.seal(secrets_of(session)),
        "leased_by": owner,
        "leased_until": received_at + LEASE,
        "deadline": until,
        "created_at": received_at,
        "attempts": 0,
    }
    return Promise(account_id, body, until, behind, after, values)


def hold(
    session: Session,
    token: str,
    *,
    channel_id: int,
    account_id: int,
    event_id: int,
    received_at: datetime,
    seconds: float,
) -> int:
    """Keep a reply's place and token; its words are found when a verdict is there, or in time."""
    return turns.insert_reply(
        session,
        channel_id=channel_id,
        account_id=account_id,
        event_id=event_id,
        status=ReplyStatus.HELD,
        body=Body(token, ()).seal(secrets_of(session)),
        leased_by=None,
        leased_until=received_at + timedelta(seconds=seconds),
        deadline=deadline(received_at),
        created_at=received_at,
        attempts=0,
    )


def release(session: Session, reply: Reply, body: Body, *, owner: str, now: datetime) -> Queued:
    """Give a held reply its words; it leaves after the commit."""
    older = [row for row in replies.unsettled_of(session, reply.account_id) if row.id < reply.id]
    body, behind, after = _absorb(session, older, body, owner=owner, now=now)
    reply.status = ReplyStatus.PENDING
    reply.body = body.seal(secrets_of(session))
    reply.leased_by = owner
    reply.leased_until = now + LEASE
    return Queued(reply.id, reply.account_id, body, reply.deadline, behind=behind, after=after)


def revive(session: Session, event_id: int, *, owner: str, received_at: datetime) -> Queued | None:
    """LINE delivered an event again: if its reply has not arrived, its token lives again."""
    reply = replies.of_event(session, event_id)
    if reply is None or reply.body is None:
        return None
    if reply.status not in (ReplyStatus.PENDING, ReplyStatus.UNKNOWN):
        return None
    mine = reply.status is ReplyStatus.PENDING and reply.leased_until > received_at
    reply.deadline = deadline(received_at)
    if mine:
        return None  # it is being sent; only its time grew
    reply.status = ReplyStatus.PENDING
    return take(session, reply, owner=owner, now=received_at)


def take(session: Session, reply: Reply, *, owner: str, now: datetime) -> Queued:
    """Take the lease of a reply whose process is gone."""
    assert reply.body is not None
    reply.leased_by = owner
    reply.leased_until = now + LEASE
    body = Body.open(reply.body, secrets_of(session))
    return Queued(reply.id, reply.account_id, body, reply.deadline, inherited=True)


def merge(session: Session, older: list[Queued], newest: Queued, *, now: datetime) -> Queued:
    """Say in one call what waited in several: none of the older ones was ever tried."""
    body = newest.body.absorb([queued.body for queued in older])
    if body.asks and not newest.body.asks:
        accounts.move_question(
            session, newest.account_id, [queued.id for queued in older], newest.id
        )
    for queued in older:
        replies.settle(session, queued.id, ReplyStatus.ABSORBED, now=now, asked_at=None, attempts=0)
    row = session.get_one(Reply, newest.id)
    row.body = body.seal(secrets_of(session))
    return replace(newest, body=body)


def _absorb(
    session: Session, older: Sequence[Reply], body: Body, *, owner: str, now: datetime
) -> tuple[Body, tuple[int, ...], tuple[int, ...]]:
    """Absorb what nobody is sending; name what another process, and we, may be sending."""
    secrets = secrets_of(session)
    silent = [row for row in older if row.status in (ReplyStatus.UNKNOWN, ReplyStatus.HELD)]
    bodies = [Body.open(row.body, secrets) for row in silent if row.body]
    for row in silent:
        row.status = ReplyStatus.ABSORBED
        row.settled_at = now
        row.body = None
    pending = [row for row in older if row.status is ReplyStatus.PENDING]
    behind = tuple(row.id for row in pending if row.leased_by != owner)
    after = tuple(row.id for row in pending if row.leased_by == owner)
    return (body.absorb(bodies) if bodies else body), behind, after
