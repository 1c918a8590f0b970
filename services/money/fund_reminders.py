"""Requests past their time: who holds them is reminded; what the clock moves on by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.fund_request import FundRequest, RequestStatus
from services import reminders, timeline
from services.money import fund_notices, fund_steps

KIND: Final = "fund"
_WAITING: Final = (*fund_steps.WAITING.values(), RequestStatus.RETURNED, RequestStatus.PAID)


def late(session: Session, office_id: int, *, now: datetime) -> Sequence[FundRequest]:
    """Requests whose step is over its time."""
    return session.scalars(
        select(FundRequest)
        .where(
            FundRequest.office_id == office_id,
            FundRequest.status.in_(_WAITING),
            FundRequest.step_due_at <= now,
        )
        .order_by(FundRequest.id)
    ).all()


def _mark(session: Session, office_id: int, now: datetime) -> None:
    for request in late(session, office_id, now=now):
        request.reminded_at = now


@reminders.owes(KIND, mark=_mark)
def owed(session: Session, office_id: int, now: datetime) -> Mapping[int, int]:
    """How many late requests each member of staff holds."""
    found: Counter[int] = Counter()
    for request in late(session, office_id, now=now):
        found.update(fund_notices.waits_for(session, request, now=now))
    return found


# What the clock does by itself.


def on_empty_posts(session: Session) -> Sequence[FundRequest]:
    """Requests that wait for somebody, to be looked at again: has their post become empty?"""
    return session.scalars(
        select(FundRequest)
        .where(FundRequest.status.in_(list(fund_steps.WAITING.values())))
        .order_by(FundRequest.id)
    ).all()


def look_again(session: Session, request_id: int, *, now: datetime) -> bool:
    """Move a request on where nobody holds its step; whether it moved."""
    request = session.get(FundRequest, request_id, with_for_update=True, populate_existing=True)
    before = request.status if request is not None else None
    if request is None or not fund_steps.look_again(session, request, now=now):
        return False
    timeline.record(
        session, "fund_request.passed_on", at=now, office_id=request.office_id,
        subject=("fund_request", request.id), status=(before, request.status),
        reason_code=request.passed_over,
    )  # fmt: skip
    fund_notices.moved(session, request, now=now)
    return True


def not_ratified(session: Session, *, now: datetime) -> Sequence[FundRequest]:
    """Released at once, not ratified in time, and the office has not been told."""
    return session.scalars(
        select(FundRequest)
        .where(FundRequest.ratify_due_at < now, FundRequest.ratify_late_at.is_(None))
        .order_by(FundRequest.id)
    ).all()


def escalate(session: Session, *, now: datetime, limit: int) -> int:
    """Tell the office of the next ones; how many."""
    found = not_ratified(session, now=now)[:limit]
    for request in found:
        fund_notices.ratify_is_late(session, request, now=now)
    return len(found)
