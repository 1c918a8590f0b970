"""Keeping the books of a fund: posting, taking back, balances at any moment, closing a year (P40).

Satang everywhere. The fund's row is locked by whoever posts (`locked`), so that two payments never
spend the same baht; what the books may not say is refused before it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import BUDDHIST_ERA, fiscal_year, local_date
from core.database import secrets_of
from core.errors import DoolaeError
from models.fund import Fund
from models.fund_request import FundRequest, RequestStatus
from models.ledger import MEMO, MONEY, Account, EntryKind, FundYear, JournalEntry, JournalLine
from services.numbers import LEDGER, next_number

#: Satang by account: debit above zero, credit below. They add up to nothing.
Lines = Mapping[Account, int]
#: Requests whose money is promised and not yet gone.
_PROMISED: Final = (RequestStatus.APPROVED,)


class NotBalanced(DoolaeError):
    """The lines of an entry do not add up to nothing, or there are none."""


class NotEnough(DoolaeError):
    """The fund has less than that; `free` is what it has, in satang."""

    def __init__(self, free: int) -> None:
        super().__init__("the fund has not enough money for this")
        self.free = free


class YearNotOver(DoolaeError):
    """A fiscal year is closed after its last day, 30 September, and in order."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What an entry says beside its lines."""

    kind: EntryKind
    #: A repetition with the same key is the same entry: `payment:12`.
    dedupe_key: str
    happened_on: date
    memo: str | None = None
    payment_id: int | None = None
    donation_id: int | None = None
    reverses_id: int | None = None
    #: The first day it may stand on: that of the other half of a transfer.
    not_before: date = date.min


def locked(session: Session, fund_id: int) -> Fund:
    """The fund, locked until the commit: its balance does not change under our hands."""
    return session.get_one(Fund, fund_id, with_for_update=True, populate_existing=True)


def post(
    session: Session, fund: Fund, posting: Posting, lines: Lines, *, now: datetime, by: int | None
) -> JournalEntry:
    """Write an entry, or return the one that was written with the same key.

    The fund must be `locked`; `day_of` says on which day it stands. Raises `NotBalanced`, and
    `NotEnough` when money would go below nothing.
    """
    known = session.scalar(
        select(JournalEntry).where(JournalEntry.dedupe_key == posting.dedupe_key)
    )
    if known is not None:
        return known
    kept = {account: satang for account, satang in lines.items() if satang}
    if not kept or sum(kept.values()) != 0:
        raise NotBalanced(posting.dedupe_key)
    entered_on = day_of(session, fund, posting, kept, now=now)
    year = fiscal_year(entered_on)
    memo = posting.memo
    entry = JournalEntry(
        office_id=fund.office_id,
        fund_id=fund.id,
        number=next_number(session, office_id=fund.office_id, kind=LEDGER, year=year),
        fiscal_year=year,
        kind=posting.kind,
        entered_on=entered_on,
        happened_on=posting.happened_on,
        dedupe_key=posting.dedupe_key,
        payment_id=posting.payment_id,
        donation_id=posting.donation_id,
        reverses_id=posting.reverses_id,
        memo=secrets_of(session).seal(memo.encode(), column=MEMO) if memo else None,
        posted_by_id=by,
        posted_at=now,
    )
    session.add(entry)
    session.flush()
    session.add_all(
        JournalLine(entry_id=entry.id, account=account, satang=satang)
        for account, satang in kept.items()
    )
    session.flush()  # the next balance counts it
    return entry


def day_of(session: Session, fund: Fund, posting: Posting, lines: Lines, *, now: datetime) -> date:
    """The day of the book on which an entry stands; `happened_on` keeps the document's date.

    That is the day it happened, the first open day where that lies in a closed year, and today
    where the register had no money for it on its day: no line of a register goes below nothing.
    Raises `NotEnough` where there is not enough today either.
    """
    day = max(posting.happened_on, posting.not_before, _first_open_day(session, fund.id))
    out = {account: -lines[account] for account in MONEY if lines.get(account, 0) < 0}
    for account, satang in out.items():
        if (has := balance(session, fund.id, account=account)) < satang:
            raise NotEnough(has)
    if all(_least(session, fund.id, account, day) >= satang for account, satang in out.items()):
        return day
    today = max(day, local_date(now))
    for account, satang in out.items():
        if (has := _least(session, fund.id, account, today)) < satang:
            raise NotEnough(has)
    return today


def reverse(
    session: Session,
    fund: Fund,
    entry: JournalEntry,
    *,
    now: datetime,
    by: int | None,
    memo: str | None = None,
) -> JournalEntry:
    """Take an entry back by its counter-entry, once; the fund must be `locked`."""
    lines = {line.account: -line.satang for line in lines_of(session, entry.id)}
    posting = Posting(
        EntryKind.REVERSAL,
        dedupe_key=f"reversal:{entry.id}",
        happened_on=local_date(now),
        memo=memo,
        payment_id=entry.payment_id,
        donation_id=entry.donation_id,
        reverses_id=entry.id,
    )
    return post(session, fund, posting, lines, now=now, by=by)


def lines_of(session: Session, entry_id: int) -> list[JournalLine]:
    """Both sides of an entry."""
    return list(session.scalars(select(JournalLine).where(JournalLine.entry_id == entry_id)))


def entry_of(session: Session, dedupe_key: str) -> JournalEntry:
    """The entry that was posted with a key."""
    return session.scalars(select(JournalEntry).where(JournalEntry.dedupe_key == dedupe_key)).one()


def balance(
    session: Session,
    fund_id: int,
    *,
    account: Account | None = None,
    on: date | None = None,
    at: datetime | None = None,
) -> int:
    """Satang in an account, or all money of the fund, as the books say.

    `on`: at the end of that day of the book. `at`: as it was known at that moment.
    """
    accounts = MONEY if account is None else (account,)
    query = (
        select(func.coalesce(func.sum(JournalLine.satang), 0))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalEntry.fund_id == fund_id, JournalLine.account.in_(accounts))
    )
    if on is not None:
        query = query.where(JournalEntry.entered_on <= on)
    if at is not None:
        query = query.where(JournalEntry.posted_at <= at)
    return int(session.scalar(query) or 0)


def is_opened(session: Session, fund_id: int) -> bool:
    """Whether anything stands in the books of a fund."""
    query = select(JournalEntry.id).where(JournalEntry.fund_id == fund_id).limit(1)
    return session.scalar(query) is not None


def promised(session: Session, fund_id: int) -> int:
    """Satang that are approved and not paid yet."""
    total = session.scalar(
        select(func.coalesce(func.sum(FundRequest.approved_satang), 0)).where(
            FundRequest.fund_id == fund_id, FundRequest.status.in_(_PROMISED)
        )
    )
    return int(total or 0)


def free(session: Session, fund: Fund) -> int:
    """What may still be approved: the money, less what is promised, less the floor."""
    return balance(session, fund.id) - promised(session, fund.id) - fund.floor_satang


def close_year(
    session: Session, fund: Fund, year: int, *, now: datetime, by: int | None
) -> FundYear:
    """Close the books of a fiscal year (B.E.); its balance is carried by itself.

    Closing again returns what was closed. Raises `YearNotOver` before 1 October of that year.
    """
    known = session.scalar(
        select(FundYear).where(FundYear.fund_id == fund.id, FundYear.fiscal_year == year)
    )
    if known is not None:
        return known
    last_day = date(year - BUDDHIST_ERA, 9, 30)
    if local_date(now) <= last_day:
        raise YearNotOver(str(year))
    closed = FundYear(
        office_id=fund.office_id,
        fund_id=fund.id,
        fiscal_year=year,
        closing_satang=balance(session, fund.id, on=last_day),
        closed_at=now,
        closed_by_id=by,
    )
    session.add(closed)
    session.flush()
    return closed


def days_of(year: int) -> tuple[date, date]:
    """The first and the last day of a fiscal year (B.E.): 1 October to 30 September."""
    return date(year - BUDDHIST_ERA - 1, 10, 1), date(year - BUDDHIST_ERA, 9, 30)


def _least(session: Session, fund_id: int, account: Account, day: date) -> int:
    """The least that an account has from the end of a day on, line by line of the register."""
    left = least = balance(session, fund_id, account=account, on=day)
    later = session.scalars(
        select(JournalLine.satang)
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(
            JournalEntry.fund_id == fund_id,
            JournalEntry.entered_on > day,
            JournalLine.account == account,
        )
        .order_by(JournalEntry.entered_on, JournalEntry.id)
    )
    for satang in later:
        left += satang
        least = min(least, left)
    return least


def _first_open_day(session: Session, fund_id: int) -> date:
    """The day after the last closed year: nothing is entered before it."""
    last = session.scalar(select(func.max(FundYear.fiscal_year)).where(FundYear.fund_id == fund_id))
    return date.min if last is None else date(last - BUDDHIST_ERA, 9, 30) + timedelta(days=1)
