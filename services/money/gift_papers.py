"""The gifts of a fund whose papers may be torn off: by number, day and amount, never by giver."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.fund import Donation
from models.ledger import EntryKind, JournalEntry
from services.money import donations
from services.people import StaffMember


def newest(session: Session, fund_id: int, *, most: int) -> Sequence[Donation]:
    """The newest gifts that stand in the books."""
    taken_back = select(JournalEntry.donation_id).where(
        JournalEntry.kind == EntryKind.REVERSAL, JournalEntry.donation_id.is_not(None)
    )
    return session.scalars(
        select(Donation)
        .where(Donation.fund_id == fund_id, Donation.id.not_in(taken_back))
        .order_by(Donation.id.desc())
        .limit(most)
    ).all()


def one(session: Session, person: StaffMember, gift_id: int) -> Donation | None:
    """A gift to a fund of the person's office, unless it was taken back."""
    gift = session.get(Donation, gift_id)
    if gift is None or gift.office_id != person.office_id:
        return None
    return None if donations.is_taken_back(session, gift.id) else gift


def write_receipt(gift: Donation, book: str, number: str) -> bool:
    """Keep เล่มที่ / เลขที่ of the official receipt (P37), once; False where one is there."""
    if gift.receipt_number is not None:
        return False
    gift.receipt_book, gift.receipt_number = book, number
    return True
