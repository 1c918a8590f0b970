"""Entries that one person makes: opening balance, interest, other income, a fee, bank ↔ cash.

What takes money out by a person's own decision needs two (`services.money.money_orders`); a fee is
taken by the bank, and between bank and cash the money stays the fund's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import DoolaeError
from models.fund import Fund
from models.ledger import MONEY, Account, EntryKind, JournalEntry, JournalLine
from services.money import ledger
from services.money.ledger import Posting

#: Kind → the account against bank or cash, and whether money comes in.
_AGAINST: Final = {
    EntryKind.OPENING: (Account.OPENING, True),
    EntryKind.INTEREST: (Account.INTEREST, True),
    EntryKind.INCOME: (Account.OTHER_INCOME, True),
    EntryKind.FEE: (Account.FEES, False),
}


class NotAnEntry(DoolaeError):
    """Not an entry of one person, or not with this account or amount."""


class OpenedAlready(DoolaeError):
    """Bank or cash of the fund has an opening balance; correct that one first."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What was typed in."""

    kind: EntryKind
    satang: int
    day: date
    account: Account
    memo: str | None = None


def enter(
    session: Session, fund: Fund, what: Entered, *, key: str, now: datetime, by: int | None
) -> JournalEntry:
    """Post it. The fund must be `ledger.locked`; raises `NotAnEntry`, `OpenedAlready`, `NotEnough`.

    A repetition with the same `key` is the same entry.
    """
    if what.kind not in _AGAINST or what.account not in MONEY or what.satang <= 0:
        raise NotAnEntry(what.kind)
    against, comes_in = _AGAINST[what.kind]
    if what.kind is EntryKind.OPENING and _is_opened(session, fund.id, what.account, key):
        raise OpenedAlready
    satang = what.satang if comes_in else -what.satang
    posting = Posting(what.kind, key, what.day, memo=what.memo)
    lines = {what.account: satang, against: -satang}
    return ledger.post(session, fund, posting, lines, now=now, by=by)


def move(
    session: Session,
    fund: Fund,
    satang: int,
    *,
    to: Account,
    day: date,
    key: str,
    now: datetime,
    by: int | None,
    memo: str | None = None,
) -> JournalEntry:
    """Between bank and cash: the fund has as much as before. Raises `NotAnEntry`, `NotEnough`."""
    if to not in MONEY or satang <= 0:
        raise NotAnEntry(to)
    other = Account.CASH if to is Account.BANK else Account.BANK
    posting = Posting(EntryKind.MOVE, key, day, memo=memo)
    return ledger.post(session, fund, posting, {to: satang, other: -satang}, now=now, by=by)


def _is_opened(session: Session, fund_id: int, account: Account, key: str) -> bool:
    """Whether an opening balance of this account stands in the books and was not taken back."""
    taken_back = select(JournalEntry.reverses_id).where(JournalEntry.reverses_id.is_not(None))
    found = session.scalar(
        select(JournalEntry.id)
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(
            JournalEntry.fund_id == fund_id,
            JournalEntry.kind == EntryKind.OPENING,
            JournalEntry.dedupe_key != key,
            JournalLine.account == account,
            JournalEntry.id.not_in(taken_back),
        )
        .limit(1)
    )
    return found is not None
