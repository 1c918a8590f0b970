"""A hole in the roster is said before the night, while somebody can still be found (P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.office import Channel
from models.outbox import Purpose
from models.queries import staff as staff_queries
from models.staff import Role
from services import offices, pushes
from services.urgent import roster

KIND: Final = "roster.hole"


def warn(session: Session, *, now: datetime) -> int:
    """Promise every officer one push a day while the coming night has a hole; how many are new."""
    office_id = offices.first_id(session)
    channel_id = session.scalar(select(Channel.id).where(Channel.office_id == office_id).limit(1))
    if office_id is None or channel_id is None:
        return 0
    if not roster.holes_today(session, office_id, now):
        return 0
    today = local_date(now)
    officers = staff_queries.with_role(session, office_id, Role.DISTRICT_OFFICER, today=today)
    made = pushes.enqueue(
        session,
        office_id=office_id,
        channel_id=channel_id,
        kind=KIND,
        recipients=[
            account for staff in officers for account in staff_queries.accounts_of(session, staff)
        ],
        facts={},
        purpose=Purpose.SAFETY,
        dedupe_key=f"{KIND}:{today.isoformat()}",
        now=now,
    )
    return len(made)


def waiting(session: Session, *, now: datetime) -> int:
    """How many holes would be told of at that moment; writes nothing."""
    office_id = offices.first_id(session)
    return len(roster.holes_today(session, office_id, now)) if office_id else 0
