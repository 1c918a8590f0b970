"""Figures of the funds: from asking to cash by step, who was reached, who was helped (issue 5, 6).

Totals only, of the schools a scope may count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, BUDDHIST_ERA, local_date, school_year
from models.fund_request import FundRequest, RequestStatus
from models.scope import Scope
from models.timeline import Event
from services import calendar
from services.calendar import Calendar
from services.money import fund_reached
from services.money.fund_reached import Reached, of_schools

#: Where a request waits on its way to the cash, in order.
STAGES: Final = (
    RequestStatus.REQUESTED,
    RequestStatus.CERTIFIED,
    RequestStatus.CHECKED,
    RequestStatus.RETURNED,
    RequestStatus.APPROVED,
)
_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took, of `count` requests; hours."""

    count: int
    median: float
    p90: float
    working_median: float
    working_p90: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One school year of the schools in a scope."""

    school_year: int
    asked: int
    paid: int
    #: Satang that was paid.
    paid_satang: int
    #: From asking to cash; None while nothing was paid.
    to_cash: Took | None
    by_stage: Mapping[RequestStatus, Took]
    #: Requests past their step's time now.
    late: int
    reached: Reached


def figures(session: Session, scope: Scope, *, now: datetime) -> Figures:
    """The figures of this school year."""
    year = school_year(local_date(now))
    starts = datetime.combine(date(year - BUDDHIST_ERA, 5, 16), time(), BANGKOK)
    requests = session.scalars(
        select(FundRequest)
        .where(
            FundRequest.office_id == scope.office_id,
            FundRequest.requested_at >= starts,
            of_schools(scope, FundRequest.school_id),
        )
        .order_by(FundRequest.id)
    ).all()
    hours = _Hours(session, scope.office_id, local_date(starts), local_date(now))
    paid = [request for request in requests if request.paid_at is not None]
    whole = [
        hours.both(request.requested_at, request.paid_at)
        for request in paid
        if request.paid_at is not None
    ]
    return Figures(
        school_year=year,
        asked=len(requests),
        paid=len(paid),
        paid_satang=sum(request.approved_satang or 0 for request in paid),
        to_cash=_took(whole),
        by_stage=_by_stage(session, requests, hours),
        late=sum(
            request.step_due_at is not None and request.step_due_at <= now for request in requests
        ),
        reached=fund_reached.reached(session, scope, requests, year),
    )


# How long.


class _Hours:
    """Hours between two moments, all of them and the office's working ones."""

    def __init__(self, session: Session, office_id: int, start: date, end: date) -> None:
        self._calendar: Calendar = calendar.calendar_of(session, office_id, start, end)
        self._begins, self._ends = calendar.hours_of(session, office_id)

    def both(self, start: datetime, end: datetime) -> tuple[float, float]:
        """(hours, working hours)."""
        whole = max(end - start, timedelta()) / timedelta(hours=1)
        return whole, self._working(start, end) / timedelta(hours=1)

    def _working(self, start: datetime, end: datetime) -> timedelta:
        total, day = timedelta(), local_date(start)
        while day <= local_date(end):
            if self._calendar.is_working_day(day):
                begins = max(start, datetime.combine(day, self._begins, BANGKOK))
                ends = min(end, datetime.combine(day, self._ends, BANGKOK))
                total += max(timedelta(), ends - begins)
            day += timedelta(days=1)
        return total


def _by_stage(
    session: Session, requests: Sequence[FundRequest], hours: _Hours
) -> Mapping[RequestStatus, Took]:
    spent: dict[RequestStatus, list[tuple[float, float]]] = {stage: [] for stage in STAGES}
    for request, moves in _moves(session, requests):
        if request.paid_at is not None:
            moves.append((request.paid_at, RequestStatus.PAID))
        sums: dict[RequestStatus, tuple[float, float]] = {}
        for (start, stage), (end, _next) in pairwise(moves):
            if stage in spent:
                some, working = hours.both(start, end)
                before = sums.get(stage, (0.0, 0.0))
                sums[stage] = (before[0] + some, before[1] + working)
        for stage, both in sums.items():
            spent[stage].append(both)
    found = {stage: _took(all_of_them) for stage, all_of_them in spent.items()}
    return {stage: took for stage, took in found.items() if took is not None}


def _moves(
    session: Session, requests: Sequence[FundRequest]
) -> Iterator[tuple[FundRequest, list[tuple[datetime, RequestStatus]]]]:
    """When each request came to which state, oldest first."""
    for at in range(0, len(requests), _ROWS):
        part = requests[at : at + _ROWS]
        rows = session.execute(
            select(Event.subject_id, Event.at, Event.to_status)
            .where(
                Event.subject_type == "fund_request",
                Event.subject_id.in_([request.id for request in part]),
                Event.to_status.is_not(None),
            )
            .order_by(Event.id)
        ).all()
        found: dict[int, list[tuple[datetime, RequestStatus]]] = {}
        for subject_id, moment, status in rows:
            if status is not None:
                found.setdefault(subject_id, []).append((moment, RequestStatus(status)))
        for request in part:
            yield request, found.get(request.id, [])


def _took(hours: Sequence[tuple[float, float]]) -> Took | None:
    if not hours:
        return None
    every, working = (sorted(one) for one in zip(*hours, strict=True))
    return Took(
        len(hours), _rank(every, 50), _rank(every, 90), _rank(working, 50), _rank(working, 90)
    )


def _rank(ordered: Sequence[float], percent: int) -> float:
    """The nearest rank: a value that really occurred."""
    return ordered[max(-(-percent * len(ordered) // 100), 1) - 1]
