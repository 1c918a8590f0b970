"""Questions about who is on the road."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.trip import Trip, TripStatus

OPEN: Final = (TripStatus.OUT, TripStatus.ASKED, TripStatus.HEAD_ASKED)


def open_of(session: Session, staff_id: int) -> Sequence[Trip]:
    """The trips of a member of staff that have not ended, locked."""
    return session.scalars(
        select(Trip)
        .where(Trip.staff_id == staff_id, Trip.status.in_(OPEN))
        .order_by(Trip.id.desc())
        .with_for_update()
    ).all()


def due(session: Session, *, now: datetime, limit: int) -> Sequence[int]:
    """Ids of trips whose next question is due."""
    return session.scalars(
        select(Trip.id)
        .where(Trip.status.in_((TripStatus.OUT, TripStatus.ASKED)), Trip.next_at <= now)
        .order_by(Trip.next_at)
        .limit(limit)
    ).all()


def count_due(session: Session, *, now: datetime) -> int:
    """How many questions are due."""
    return (
        session.scalar(
            select(func.count(Trip.id)).where(
                Trip.status.in_((TripStatus.OUT, TripStatus.ASKED)), Trip.next_at <= now
            )
        )
        or 0
    )


def unanswered(session: Session, office_id: int) -> Sequence[Trip]:
    """Trips of an office of which the head was told and nobody has heard since."""
    return session.scalars(
        select(Trip)
        .where(Trip.office_id == office_id, Trip.status == TripStatus.HEAD_ASKED)
        .order_by(Trip.id)
    ).all()
