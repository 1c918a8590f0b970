"""Asking after those on the road, every minute: the teacher, then the head of school (P13).

The push names no child and no place; it counts as safety and is never kept back.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from core.clock import local_date
from models.line_account import LineAccount
from models.outbox import Purpose
from models.queries import staff as staff_queries
from models.trip import Trip, TripStatus
from outbox.beats import every
from services import pushes
from services.visits import trips

#: Seconds between two looks at the clock, and trips of one unit of work.
PULSE: Final = 60
BATCH: Final = 50


@every(PULSE, "trip.call")
def call_due(session: Session, now: datetime) -> int:
    """Take every due trip a step further and promise its push; returns how many."""
    called = 0
    for trip_id in trips.due(session, now=now, limit=BATCH):
        call = trips.call(session, trip_id, now=now, today=local_date(now))
        if call is not None:
            _push(session, call, now=now)
            called += 1
    return called


def _push(session: Session, call: trips.Call, *, now: datetime) -> None:
    """To every account of those who are to hear it; a later question is a push of its own."""
    for staff_id in call.staff_ids:
        for account_id in staff_queries.accounts_of(session, staff_id):
            account = session.get_one(LineAccount, account_id)
            pushes.enqueue(
                session,
                office_id=call.office_id,
                channel_id=account.channel_id,
                kind=call.kind,
                recipients=[account_id],
                facts={"trip": call.trip_id},
                purpose=Purpose.SAFETY,
                dedupe_key=f"{call.kind}:{call.trip_id}:{now:%Y%m%d%H%M}",
                now=now,
            )


def still_wanted(session: Session, kind: str, trip_id: int) -> bool:
    """Whether a question is still to be asked: looked at again right before it is sent."""
    trip = session.get(Trip, trip_id, populate_existing=True)
    if trip is None:
        return False
    return trip.status is (TripStatus.ASKED if kind == trips.ASK else TripStatus.HEAD_ASKED)
