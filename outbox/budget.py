"""The month's paid messages as a budget: alerts first, and what is not urgent gives way (§3.5)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BANGKOK
from models.office import Office
from models.outbox import URGENT, Purpose, QuotaReading
from models.queries import dispatches

#: The office's setting with how many messages are kept for alerts; else this part of the quota.
RESERVE: Final = "alert_reserve"
_PART: Final = 0.15
_AT_LEAST: Final = 20
#: How many reserves must stay untouched by a message of each purpose.
_KEEPS: Final = {Purpose.RESULT: 1, Purpose.REMINDER: 2, Purpose.BROADCAST: 2}


@dataclass(frozen=True, slots=True)
class Budget:
    """A channel's month. `quota` None: the plan has no limit."""

    quota: int | None
    used: int
    #: What will be used at the month's end if it goes on like this.
    forecast: int
    #: Kept for alerts.
    reserve: int
    is_exhausted: bool
    read_at: datetime

    @property
    def left(self) -> int | None:
        if self.quota is None:
            return None
        return 0 if self.is_exhausted else max(0, self.quota - self.used)

    def allows(self, purpose: Purpose, people: int) -> bool:
        """Whether that many messages may be spent on a purpose. Alerts are never kept back."""
        if purpose in URGENT or self.left is None:
            return True
        left = self.left
        if purpose is Purpose.BROADCAST:  # what will be needed is not there to give away
            left -= max(0, self.forecast - self.used)
        return left - people >= _KEEPS[purpose] * self.reserve


def month_of(now: datetime) -> str:
    return now.astimezone(BANGKOK).strftime("%Y-%m")


def budget_of(session: Session, channel_id: int, *, now: datetime) -> Budget | None:
    """This month's budget; None while LINE was not asked yet."""
    row = session.scalars(
        select(QuotaReading).where(
            QuotaReading.channel_id == channel_id, QuotaReading.month == month_of(now)
        )
    ).one_or_none()
    if row is None:
        return None
    used = row.used + dispatches.sent_since(session, channel_id, row.read_at)
    month_began = now.astimezone(BANGKOK).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    rest = _rest_of_month(now)
    alerts = dispatches.sent_since(session, channel_id, month_began, tuple(URGENT))
    return Budget(
        quota=row.quota,
        used=used,
        forecast=used + round(used * rest),
        reserve=_reserve(session, row.quota, round(alerts * rest)),
        is_exhausted=row.exhausted_at is not None,
        read_at=row.read_at,
    )


def note_reading(
    session: Session, channel_id: int, *, quota: int | None, used: int, now: datetime
) -> None:
    """Keep what LINE says. One with messages left ends what a refusal had said."""
    row = _row(session, channel_id, now)
    row.quota, row.used, row.read_at = quota, used, now
    if quota is None or used < quota:
        row.exhausted_at = None


def note_exhausted(session: Session, channel_id: int, *, now: datetime) -> None:
    """LINE refused a message because the month's are used up."""
    row = _row(session, channel_id, now)
    row.exhausted_at = row.exhausted_at or now


def _row(session: Session, channel_id: int, now: datetime) -> QuotaReading:
    month = month_of(now)
    row = session.scalars(
        select(QuotaReading)
        .where(QuotaReading.channel_id == channel_id, QuotaReading.month == month)
        .with_for_update()
    ).one_or_none()
    if row is None:
        # Until LINE is asked, what it refused says that nothing is left.
        row = QuotaReading(channel_id=channel_id, month=month, quota=0, used=0, read_at=now)
        session.add(row)
        session.flush()
    return row


def _rest_of_month(now: datetime) -> float:
    """The days to come over the days gone; at least one day counts as gone."""
    local = now.astimezone(BANGKOK)
    days = calendar.monthrange(local.year, local.month)[1]
    gone = max(1.0, local.day - 1 + local.hour / 24)
    return (days - gone) / gone


def _reserve(session: Session, quota: int | None, alerts_to_come: int) -> int:
    settings: dict[str, Any] = session.scalar(select(Office.settings).order_by(Office.id)) or {}
    written = settings.get(RESERVE)
    kept = written if isinstance(written, int) else max(_AT_LEAST, round((quota or 0) * _PART))
    return max(kept, alerts_to_come)
