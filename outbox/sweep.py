"""Find what no process is sending any more, and take it over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from core.database import Database
from models.outbox import Reply
from models.queries import accounts, replies
from outbox.replies import Queued, take

#: Rows taken over in one transaction.
LIMIT: Final = 50

#: Gives a held reply its words when its time runs out; made by the chat's door. It changes the
#: draft, so the person's row is locked before.
Compose = Callable[[Session, Reply], Queued | None]


def sweep(database: Database, *, owner: str, now: datetime, compose: Compose) -> list[Queued]:
    """Replies whose lease or waiting time is over, now ours to send.

    One whose token is dead is ours too: the sender finds that out, and lets the next reply carry
    what must not be lost.
    """

    def take_all(session: Session) -> list[Queued]:
        return [
            take(session, reply, owner=owner, now=now)
            for reply in replies.due(session, now=now, limit=LIMIT)
        ]

    def say(reply_id: int, account_id: int) -> Callable[[Session], Queued | None]:
        def work(session: Session) -> Queued | None:
            accounts.lock_by_id(session, account_id)
            reply = replies.lock_held(session, reply_id, now=now)
            return compose(session, reply) if reply is not None else None

        return work

    if not database.read(lambda session: replies.any_due(session, now=now)):
        return []  # the usual second: nothing to write, so nobody's place is taken
    taken = database.run(take_all)
    for reply_id, account_id in database.read(
        lambda session: replies.held_too_long(session, now=now, limit=LIMIT)
    ):
        queued = database.run(say(reply_id, account_id))
        if queued is not None:
            taken.append(queued)
    return taken
