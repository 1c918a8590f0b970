"""One dispatch in the database: claim and freeze it, record what became of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from core.database import secrets_of
from core.errors import DeliveryFailed, QuotaExhausted
from line import limits
from models.line_account import LineAccount
from models.outbox import (
    DISPATCH_BODY,
    DISPATCH_FACTS,
    URGENT,
    Dispatch,
    DispatchStatus,
    Purpose,
    Via,
)
from models.queries import dispatches
from outbox import budget
from outbox.kinds import Message, Push, Settled, renderer_of, tell, wanted_of

#: How long a try belongs to its process. Whoever comes after it repeats the same key: harmless.
LEASE: Final = timedelta(seconds=12)
#: A retry key is good for 24 hours from the first request ("Retry failed API requests").
KEY_LIFE: Final = timedelta(hours=23, minutes=50)
#: Seconds until the next try after the first, second … failure; the last one goes on.
DELAYS: Final = (1, 2, 4, 8, 15, 30, 60, 120, 300)
#: What is urgent is tried at least so often.
URGENT_DELAY: Final = 15
#: Faults of our own that are tried again before a dispatch is given up as broken.
FAULTS: Final = 4


@dataclass(frozen=True, slots=True)
class Claimed:
    """A dispatch in the hands of this process for one try."""

    id: int
    via: Via
    purpose: Purpose
    body: bytes
    retry_key: UUID
    #: Goes to several people at once.
    is_multicast: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try ended: taken (no error), or an error."""

    request_id: str | None = None
    error: DeliveryFailed | None = None


def claim(
    session: Session,
    dispatch_id: int,
    *,
    owner: str,
    now: datetime,
    public_url: str,
    pictures_url: str,
) -> Claimed | None:
    """Take a dispatch for one try; None where there is nothing to send (any more).

    At the first claim the world is looked at again and the body is frozen, in this transaction.
    """
    row = dispatches.lock_due(session, dispatch_id, now=now)
    if row is None:
        return None
    if row.first_attempt_at is not None and now >= row.first_attempt_at + KEY_LIFE:
        status = DispatchStatus.UNKNOWN if row.unclear else DispatchStatus.FAILED
        settle(session, row, status, reason="unclear" if row.unclear else "refused", now=now)
        return None
    if not _is_wanted(session, row):
        settle(session, row, DispatchStatus.DROPPED, reason="unwanted", now=now)
        return None
    if row.body is None and not _freeze(session, row, now, public_url, pictures_url):
        return None
    assert row.body is not None
    row.first_attempt_at = row.first_attempt_at or now
    row.attempts += 1
    row.leased_by, row.leased_until = owner, now + LEASE
    body = secrets_of(session).open(row.body, column=DISPATCH_BODY)
    several = row.via is Via.LINE and body.startswith(b'{"to":[')
    return Claimed(row.id, row.via, row.purpose, body, row.retry_key, several)


def record(session: Session, claimed: Claimed, outcome: Outcome, *, now: datetime) -> str:
    """Write down how a try ended; what somebody wrote down before stands. Returns it as a code."""
    row = dispatches.lock_pending(session, claimed.id)
    if row is None:
        return "recorded"
    error = outcome.error
    row.leased_by, row.leased_until = None, None
    if error is None:
        row.request_id = outcome.request_id
        settle(session, row, DispatchStatus.SENT, reason=None, now=now)
        return "sent"
    row.error = str(error)[:200]
    row.unclear = row.unclear or error.unclear
    if isinstance(error, QuotaExhausted):
        budget.note_exhausted(session, row.channel_id, now=now)
        settle(session, row, DispatchStatus.FAILED, reason="quota", now=now)
        return "quota"
    if not error.may_retry:
        settle(session, row, DispatchStatus.FAILED, reason="refused", now=now)
        return "refused"
    row.due_at = now + _delay(row)
    return "retried"


def put_off(session: Session, dispatch_id: int, *, now: datetime) -> None:
    """Its words could not be made, a fault of ours: tried some times more, then given up."""
    row = dispatches.lock_pending(session, dispatch_id)
    if row is None or row.body is not None:
        return
    row.attempts += 1
    if row.attempts > FAULTS:
        settle(session, row, DispatchStatus.FAILED, reason="broken", now=now)
    else:
        row.due_at = now + _delay(row)


def tell_late(session: Session, dispatch_id: int, *, now: datetime) -> None:
    """Tell those who wait for an urgent one that LINE has not taken it yet."""
    row = dispatches.lock_pending(session, dispatch_id)
    if row is not None and row.late_at is None:
        row.late_at = now
        tell(session, _settled(session, row, "late", now))


def settle(
    session: Session, row: Dispatch, status: DispatchStatus, *, reason: str | None, now: datetime
) -> None:
    """End a dispatch, and tell those who wait for it in the same unit of work."""
    row.status, row.reason, row.settled_at, row.body = status, reason, now, None
    row.leased_by, row.leased_until = None, None
    tell(session, _settled(session, row, reason, now))


def _settled(session: Session, row: Dispatch, reason: str | None, now: datetime) -> Settled:
    return Settled(
        dispatch_id=row.id,
        kind=row.kind,
        via=row.via,
        purpose=row.purpose,
        facts=secrets_of(session).open_json(row.facts, column=DISPATCH_FACTS),
        account_ids=tuple(account.id for account in dispatches.recipients(session, row.id)),
        status=row.status,
        reason=reason,
        at=now,
    )


def _is_wanted(session: Session, row: Dispatch) -> bool:
    """Looked at before every try: an hour-old alert of a case that was taken wakes nobody."""
    wanted = wanted_of(row.kind)
    return wanted is None or wanted(
        session, secrets_of(session).open_json(row.facts, column=DISPATCH_FACTS)
    )


def _freeze(
    session: Session, row: Dispatch, now: datetime, public_url: str, pictures_url: str
) -> bool:
    """Make the words and freeze them; false where the dispatch ended here instead."""
    everybody = dispatches.recipients(session, row.id)
    accounts = [account for account in everybody if account.blocked_at is None]
    if not accounts:
        settle(session, row, DispatchStatus.FAILED, reason="blocked", now=now)
        return False
    if len(accounts) < len(everybody):
        _leave_out(session, row, [who.id for who in everybody if who not in accounts], now)
    messages = renderer_of(row.kind)(
        Push(
            session=session,
            now=now,
            office_id=row.office_id,
            kind=row.kind,
            purpose=row.purpose,
            facts=secrets_of(session).open_json(row.facts, column=DISPATCH_FACTS),
            accounts=accounts,
            public_url=public_url,
            pictures_url=pictures_url,
        )
    )
    if not messages:
        settle(session, row, DispatchStatus.DROPPED, reason="unwanted", now=now)
        return False
    limits.check(messages)
    if not _is_affordable(session, row, len(accounts), now):
        settle(session, row, DispatchStatus.FAILED, reason="budget", now=now)
        return False
    body = _request(accounts, messages, several=len(everybody) > 1)
    row.body = secrets_of(session).seal(body, column=DISPATCH_BODY)
    return True


def _leave_out(session: Session, row: Dispatch, blocked: list[int], now: datetime) -> None:
    """Some of several have blocked us: they are no recipients, and whoever waits is told."""
    told = replace(_settled(session, row, "blocked", now), account_ids=tuple(blocked))
    dispatches.remove_recipients(session, row.id, blocked)
    tell(session, told)


def _is_affordable(session: Session, row: Dispatch, people: int, now: datetime) -> bool:
    if row.purpose in URGENT:
        return True
    month = budget.budget_of(session, row.channel_id, now=now)
    return month is None or month.allows(row.purpose, people)


def _request(
    accounts: Sequence[LineAccount], messages: Sequence[Message], *, several: bool
) -> bytes:
    """The bytes of the call; what has one recipient is a push, whatever it was meant as."""
    users = [account.line_user_id for account in accounts]
    to: Any = users if several else users[0]
    return json.dumps(
        {"to": to, "messages": list(messages)}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def _delay(row: Dispatch) -> timedelta:
    seconds = DELAYS[min(max(row.attempts, 1), len(DELAYS)) - 1]
    return timedelta(seconds=min(seconds, URGENT_DELAY) if row.purpose in URGENT else seconds)
