"""Promise something that leaves by itself: a paid push, in the transaction that decides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from models.outbox import (
    DISPATCH_FACTS,
    RANKS,
    Dispatch,
    DispatchRecipient,
    DispatchStatus,
    Purpose,
    Via,
)
from outbox.bell import ring_after_commit

#: People that LINE takes in one multicast call.
TOGETHER: Final = 500


def enqueue(
    session: Session,
    *,
    office_id: int,
    channel_id: int,
    kind: str,
    recipients: Sequence[int],
    facts: Mapping[str, Any],
    purpose: Purpose,
    dedupe_key: str,
    now: datetime,
    due_at: datetime | None = None,
    together: bool = False,
) -> Sequence[int]:
    """Promise a push of `kind` to LINE accounts; returns the ids of the dispatches made anew.

    Each person gets a dispatch of their own (words in their language, buttons signed for them).
    With `together` up to 500 share one multicast and the same words: no buttons of ours in those.
    What was promised before under the same `dedupe_key` to the same person is not promised again.
    `facts` are ids and codes as plain JSON; they are sealed.
    """
    ids = list(dict.fromkeys(recipients))
    size = TOGETHER if together else 1
    groups = [ids[at : at + size] for at in range(0, len(ids), size)]
    keys = {f"{dedupe_key}:{min(group) if together else group[0]}": group for group in groups}
    known = set(
        session.scalars(select(Dispatch.dedupe_key).where(Dispatch.dedupe_key.in_(list(keys))))
    )
    sealed = secrets_of(session).seal_json(dict(facts), column=DISPATCH_FACTS)
    made = {
        key: Dispatch(
            retry_key=uuid4(),
            office_id=office_id,
            channel_id=channel_id,
            via=Via.LINE,
            purpose=purpose,
            rank=RANKS[purpose],
            dedupe_key=key,
            kind=kind,
            facts=sealed,
            status=DispatchStatus.PENDING,
            created_at=now,
            due_at=due_at or now,
        )
        for key in keys
        if key not in known
    }
    session.add_all(made.values())
    session.flush()  # the recipients point to them
    session.add_all(
        DispatchRecipient(dispatch_id=dispatch.id, account_id=account_id)
        for key, dispatch in made.items()
        for account_id in keys[key]
    )
    if made:
        ring_after_commit(session)
    return [dispatch.id for dispatch in made.values()]


def take_back(session: Session, dedupe_key: str, *, reason: str, now: datetime) -> bool:
    """Drop a push that nobody has tried yet; false where a sender has it, or it is done."""
    row = session.scalars(
        select(Dispatch)
        .where(
            Dispatch.dedupe_key == dedupe_key,
            Dispatch.status == DispatchStatus.PENDING,
            Dispatch.first_attempt_at.is_(None),
        )
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return False
    row.status, row.reason, row.settled_at = DispatchStatus.DROPPED, reason, now
    return True
