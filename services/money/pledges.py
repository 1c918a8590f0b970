"""A promise of a baht a day and the gifts that keep it (P38).

The giver brings the number of the promise with the money; whoever enters the gift sees the number
and no name. How much of it was given is shown to the giver alone.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.fund import Donation, Fund, Pledge
from models.ledger import EntryKind, JournalEntry


def any_taken(session: Session, office_id: int) -> bool:
    """Whether some fund of the office takes promises, with its permission."""
    query = select(Fund.id).where(
        Fund.office_id == office_id, Fund.takes_pledges, Fund.permission.is_not(None)
    )
    return session.scalar(query.limit(1)) is not None


def of_fund(session: Session, fund_id: int, number: int) -> Pledge | None:
    """The promise with that number, if it is one to this fund; an ended one may still be kept."""
    pledge = session.get(Pledge, number)
    return pledge if pledge is not None and pledge.fund_id == fund_id else None


def promised(pledge: Pledge, *, today: date) -> int:
    """Satang that were promised so far, the first and the last day counted."""
    until = min(today, pledge.ends_on) if pledge.ends_on is not None else today
    return max(0, (until - pledge.starts_on).days + 1) * pledge.satang_per_day


def given(session: Session, pledge_id: int) -> int:
    """Satang of the gifts that were entered for a promise and stand in the books."""
    taken_back = select(JournalEntry.donation_id).where(
        JournalEntry.kind == EntryKind.REVERSAL, JournalEntry.donation_id.is_not(None)
    )
    total = session.scalar(
        select(func.coalesce(func.sum(Donation.satang), 0)).where(
            Donation.pledge_id == pledge_id, Donation.id.not_in(taken_back)
        )
    )
    return int(total or 0)
