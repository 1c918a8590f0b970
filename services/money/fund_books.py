"""The books of a fund as they are read: register, the year's statement, payments.

Everything comes from the same lines, so that all totals agree to the satang. A counter-entry stands
on the side of what it takes back, below zero, and so leaves the totals as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from core.clock import fiscal_year
from core.database import secrets_of
from models.fund import Donation, Fund
from models.fund_request import FundRequest, Payment, PaymentStatus
from models.ledger import MEMO, MONEY, Account, EntryKind, FundYear, JournalEntry, JournalLine
from models.office import School
from models.staff import Staff
from models.student import Student
from services.money import ledger

#: Entries whose memo repeats the number of their document.
_NUMBERED: Final = (EntryKind.DONATION, EntryKind.PAYMENT)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of the register; satang. Money in and out stand on one side each."""

    day: date
    #: The entry's own number, and that of its document: voucher, gift; the same where it has none.
    number: str
    document: str
    kind: EntryKind
    #: Where the money came from or went to; of a move between bank and cash, where it went.
    account: Account
    money_in: int
    money_out: int
    balance: int
    bank: int
    cash: int
    #: The number of the request that was paid, and of the entry that is taken back.
    request: str | None
    takes_back: str | None
    #: The document's date, where the line stands on another day (`ledger.day_of`).
    happened_on: date | None
    memo: str | None
    #: เล่มที่/เลขที่ of the official receipt of a gift.
    receipt: str | None


@dataclass(frozen=True, slots=True)
class Register:
    """A fund in a fiscal year (B.E.): what was carried, every line, what is left."""

    fund: Fund
    year: int
    carried: int
    carried_bank: int
    carried_cash: int
    lines: tuple[RegisterLine, ...]
    #: The books of the year are closed.
    closed_at: datetime | None

    @property
    def money_in(self) -> int:
        return sum(line.money_in for line in self.lines)

    @property
    def money_out(self) -> int:
        return sum(line.money_out for line in self.lines)

    @property
    def balance(self) -> int:
        return self.carried + self.money_in - self.money_out

    @property
    def bank(self) -> int:
        return self.lines[-1].bank if self.lines else self.carried_bank

    @property
    def cash(self) -> int:
        return self.lines[-1].cash if self.lines else self.carried_cash

    def incomes(self) -> Mapping[Account, int]:
        """Satang that came in, by account."""
        return _by_account((line.account, line.money_in) for line in self.lines)

    def expenses(self) -> Mapping[Account, int]:
        """Satang that went out, by account."""
        return _by_account((line.account, line.money_out) for line in self.lines)


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A payment that stands in the books, with its voucher and the two who paid it."""

    paid_on: date
    voucher: str
    request: str
    cause: str
    #: Where the pupil goes to school; empty for a sealed child (P8).
    school: str
    satang: int
    channel: str
    is_reversed: bool
    prepared_by: str
    released_by: str


def register(session: Session, fund: Fund, year: int) -> Register:
    """The register of a fund in a fiscal year (B.E.)."""
    bank, cash = (
        ledger.balance(session, fund.id, account=account, on=_before(year)) for account in MONEY
    )
    carried_bank, carried_cash = bank, cash
    sides = _sides(session, fund.id, year)
    lines = []
    for entry, voucher, request, takes_back, gift in _entries(session, fund.id, year):
        side = sides[entry.id]
        into_bank, into_cash = (side.get(account, 0) for account in MONEY)
        bank, cash = bank + into_bank, cash + into_cash
        change = into_bank + into_cash
        money_in, money_out = _columns(entry.kind, change)
        lines.append(
            RegisterLine(
                day=entry.entered_on,
                number=entry.number,
                document=voucher or (gift.number if gift is not None else entry.number),
                kind=entry.kind,
                account=_against(side),
                money_in=money_in,
                money_out=money_out,
                balance=bank + cash,
                bank=bank,
                cash=cash,
                request=request,
                takes_back=takes_back,
                happened_on=entry.happened_on if entry.happened_on != entry.entered_on else None,
                memo=None if entry.kind in _NUMBERED else _memo(session, entry),
                receipt=_receipt(gift),
            )
        )
    closed_at = session.scalar(
        select(FundYear.closed_at).where(FundYear.fund_id == fund.id, FundYear.fiscal_year == year)
    )
    return Register(
        fund, year, carried_bank + carried_cash, carried_bank, carried_cash, tuple(lines), closed_at
    )


def years(session: Session, fund_id: int, *, today: date) -> Sequence[int]:
    """The fiscal years (B.E.) in which a fund has books, the newest first; always this one."""
    found = session.scalars(
        select(JournalEntry.fiscal_year).where(JournalEntry.fund_id == fund_id).distinct()
    )
    return sorted({*found, fiscal_year(today)}, reverse=True)


def to_close(session: Session, fund: Fund, *, today: date) -> int | None:
    """The oldest fiscal year that is over and whose books are not closed; None if none is."""
    closed = session.scalar(
        select(func.max(FundYear.fiscal_year)).where(FundYear.fund_id == fund.id)
    )
    return next(
        (
            year
            for year in reversed(years(session, fund.id, today=today))
            if year < fiscal_year(today) and (closed is None or year > closed)
        ),
        None,
    )


def payments(session: Session, fund: Fund, year: int) -> Sequence[PaidLine]:
    """The payments of a fund that were entered in a fiscal year, in the order of the book."""
    first, second = aliased(Staff), aliased(Staff)
    rows = session.execute(
        select(Payment, FundRequest, School.name, Student.is_sealed, first, second)
        .join(JournalEntry, JournalEntry.payment_id == Payment.id)
        .join(FundRequest, FundRequest.id == Payment.request_id)
        .join(School, School.id == FundRequest.school_id)
        .join(Student, Student.id == FundRequest.student_id)
        .join(first, first.id == Payment.prepared_by_id)
        .join(second, second.id == Payment.released_by_id)
        .where(
            JournalEntry.fund_id == fund.id,
            JournalEntry.fiscal_year == year,
            JournalEntry.kind == EntryKind.PAYMENT,
        )
        .order_by(JournalEntry.entered_on, JournalEntry.id)
    )
    return [
        PaidLine(
            paid_on=payment.paid_on or first_day(year),
            voucher=payment.voucher,
            request=request.number,
            cause=request.cause,
            school="" if is_sealed else school,
            satang=payment.satang,
            channel=payment.channel,
            is_reversed=payment.status is PaymentStatus.REVERSED,
            prepared_by=one.full_name,
            released_by=other.full_name,
        )
        for payment, request, school, is_sealed, one, other in rows
    ]


def first_day(year: int) -> date:
    """1 October, the first day of a fiscal year (B.E.)."""
    return ledger.days_of(year)[0]


def _before(year: int) -> date:
    """The last day of the fiscal year before."""
    return ledger.days_of(year - 1)[1]


def _columns(kind: EntryKind, change: int) -> tuple[int, int]:
    """In and out of an entry; a counter-entry stands below zero where the other one stood."""
    if kind is EntryKind.REVERSAL:
        return (change, 0) if change < 0 else (0, -change)
    return (change, 0) if change > 0 else (0, -change)


def _against(side: Mapping[Account, int]) -> Account:
    others = [account for account in side if account not in MONEY]
    return others[0] if others else max(side, key=lambda account: side[account])


def _sides(session: Session, fund_id: int, year: int) -> dict[int, dict[Account, int]]:
    """The lines of every entry of a year, by entry."""
    rows = session.execute(
        select(JournalLine.entry_id, JournalLine.account, JournalLine.satang)
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalEntry.fund_id == fund_id, JournalEntry.fiscal_year == year)
    )
    found: dict[int, dict[Account, int]] = {}
    for entry_id, account, satang in rows:
        found.setdefault(entry_id, {})[account] = satang
    return found


def _entries(
    session: Session, fund_id: int, year: int
) -> Sequence[tuple[JournalEntry, str | None, str | None, str | None, Donation | None]]:
    """Entry, voucher, request, the number it takes back, and the gift behind it."""
    wrong = aliased(JournalEntry)
    rows = session.execute(
        select(JournalEntry, Payment.voucher, FundRequest.number, wrong.number, Donation)
        .outerjoin(Payment, Payment.id == JournalEntry.payment_id)
        .outerjoin(FundRequest, FundRequest.id == Payment.request_id)
        .outerjoin(wrong, wrong.id == JournalEntry.reverses_id)
        .outerjoin(Donation, Donation.id == JournalEntry.donation_id)
        .where(JournalEntry.fund_id == fund_id, JournalEntry.fiscal_year == year)
        .order_by(JournalEntry.entered_on, JournalEntry.id)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def _memo(session: Session, entry: JournalEntry) -> str | None:
    if entry.memo is None:
        return None
    return secrets_of(session).open(entry.memo, column=MEMO).decode()


def _receipt(gift: Donation | None) -> str | None:
    if gift is None or gift.receipt_number is None:
        return None
    return f"{gift.receipt_book or '-'}/{gift.receipt_number}"


def _by_account(lines: Iterable[tuple[Account, int]]) -> Mapping[Account, int]:
    found: dict[Account, int] = {}
    for account, satang in lines:
        if satang:
            found[account] = found.get(account, 0) + satang
    return found
