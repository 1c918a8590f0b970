"""The books of the funds: double entry, append only, in satang (P40).

An entry's lines add up to nothing. What was wrong is put right by a counter-entry; a row that was
posted is never changed or removed, and the ORM refuses to.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.errors import DoolaeError, WrongStatus
from models.base import Base, BigKey, Code, office_fk, pk, sealed, staff_fk, utc_datetime

#: The columns that are sealed.
MEMO: Final = "journal_entry.memo"
BANK_DETAILS: Final = "bank_line.details"
ORDER_MEMO: Final = "money_order.memo"


class Account(StrEnum):
    """The accounts of a fund. Money is in `BANK` and `CASH`; the rest says where from and to."""

    BANK = "bank"
    CASH = "cash"
    DONATIONS = "donations"
    INTEREST = "interest"
    OTHER_INCOME = "other_income"
    AID = "aid"  #: help paid out to pupils
    FEES = "fees"
    OTHER_EXPENSE = "other_expense"
    TRANSFERS = "transfers"  #: to and from another fund of the office
    OPENING = "opening"  #: what the fund had before its books began


#: Where the money is: their sum is the fund's balance.
MONEY: Final = (Account.BANK, Account.CASH)


class EntryKind(StrEnum):
    OPENING = "opening"
    DONATION = "donation"
    INTEREST = "interest"
    INCOME = "income"
    PAYMENT = "payment"  #: of an approved request
    FEE = "fee"
    EXPENSE = "expense"
    TRANSFER = "transfer"
    MOVE = "move"  #: between bank and cash
    REVERSAL = "reversal"  #: the counter-entry of another one


class JournalEntry(Base):
    """One thing that happened to a fund's money."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        UniqueConstraint("dedupe_key"),
        Index("ix_journal_entry_book", "fund_id", "entered_on"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"))
    #: L69-000123; the year is the fiscal year it is posted to.
    number: Mapped[str] = mapped_column(String(20))
    fiscal_year: Mapped[int]
    kind: Mapped[EntryKind] = mapped_column(Code(EntryKind))
    #: The day in the book, of an open fiscal year, on which there was money for it.
    entered_on: Mapped[date]
    #: The day it happened, as its document says.
    happened_on: Mapped[date]
    #: What makes a repetition harmless: `payment:12`, `bank:ab12…`, `reversal:7`.
    dedupe_key: Mapped[str] = mapped_column(String(120))
    payment_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("payment.id"))
    donation_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("donation.id"))
    #: The entry that this one takes back; at most one does.
    reverses_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("journal_entry.id"), unique=True
    )
    memo: Mapped[sealed | None]
    posted_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    posted_at: Mapped[utc_datetime]


class JournalLine(Base):
    """One side of an entry: satang, debit above zero, credit below."""

    __tablename__ = "journal_line"
    __table_args__ = (UniqueConstraint("entry_id", "account"),)

    id: Mapped[pk]
    entry_id: Mapped[int] = mapped_column(BigKey, ForeignKey("journal_entry.id"))
    account: Mapped[Account] = mapped_column(Code(Account))
    satang: Mapped[int] = mapped_column(BigKey)


class FundYear(Base):
    """A fiscal year of a fund whose books are closed; the balance is carried over."""

    __tablename__ = "fund_year"
    __table_args__ = (UniqueConstraint("fund_id", "fiscal_year"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"))
    fiscal_year: Mapped[int]
    closing_satang: Mapped[int] = mapped_column(BigKey)
    closed_at: Mapped[utc_datetime]
    closed_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))


class OrderKind(StrEnum):
    """What takes money out of a fund's books beside an approved request."""

    EXPENSE = "expense"
    TRANSFER = "transfer"  #: to another fund of the office
    CORRECTION = "correction"  #: the counter-entry of an entry that was wrong


class OrderStatus(StrEnum):
    PREPARED = "prepared"  #: by the first person; not in the books
    CONFIRMED = "confirmed"  #: by another one, and posted
    CANCELLED = "cancelled"  #: before anybody confirmed it


ORDER_MOVES: Final = {
    OrderStatus.PREPARED: {OrderStatus.CONFIRMED, OrderStatus.CANCELLED},
    OrderStatus.CONFIRMED: set[OrderStatus](),
    OrderStatus.CANCELLED: set[OrderStatus](),
}


class MoneyOrder(Base):
    """Money that is to leave a fund outside a request: one person prepares, another confirms."""

    __tablename__ = "money_order"
    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        # One form becomes one order, and an entry is put right once at a time.
        UniqueConstraint("draft_id"),
        Index("ix_money_order_waiting", "office_id", "status"),
        Index(
            "uq_money_order_correction",
            "corrects_id",
            unique=True,
            sqlite_where=text("status in ('prepared', 'confirmed')"),
            postgresql_where=text("status in ('prepared', 'confirmed')"),
        ),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: M69-000012.
    number: Mapped[str] = mapped_column(String(20))
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"))
    kind: Mapped[OrderKind] = mapped_column(Code(OrderKind))
    status: Mapped[OrderStatus] = mapped_column(Code(OrderStatus))
    satang: Mapped[int] = mapped_column(BigKey)
    #: Where it leaves: bank or cash.
    account: Mapped[Account | None] = mapped_column(Code(Account))
    to_fund_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("fund.id"))
    corrects_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("journal_entry.id"))
    happened_on: Mapped[date]
    #: What for; where it corrects, why.
    memo: Mapped[sealed | None]
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"))
    prepared_by_id: Mapped[staff_fk]
    prepared_at: Mapped[utc_datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    settled_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: OrderStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ORDER_MOVES`."""
        if wanted not in ORDER_MOVES[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted


class BankLine(Base):
    """A line of the bank's statement; the same line read twice is one row."""

    __tablename__ = "bank_line"
    __table_args__ = (
        UniqueConstraint("fund_id", "fingerprint"),
        Index("ix_bank_line_day", "fund_id", "booked_on"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    fund_id: Mapped[int] = mapped_column(BigKey, ForeignKey("fund.id"))
    booked_on: Mapped[date]
    #: Above zero came in, below went out.
    satang: Mapped[int] = mapped_column(BigKey)
    balance_satang: Mapped[int | None] = mapped_column(BigKey)
    details: Mapped[sealed | None]
    #: Keyed hash of day, time, amount, balance, details, and the how-manieth alike in its file.
    fingerprint: Mapped[str] = mapped_column(String(64))
    #: The entry that it proves; empty while it is not reconciled.
    entry_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("journal_entry.id"), unique=True
    )
    imported_at: Mapped[utc_datetime]


class PostedForGood(DoolaeError):
    """Somebody tried to change or remove what is in the books; write a counter-entry."""


_FOR_GOOD: Final = (JournalEntry, JournalLine)


@event.listens_for(Session, "before_flush")
def _refuse_changes(session: Session, _context: Any, _instances: Any) -> None:
    """Books are written in ink."""
    removed = any(isinstance(row, _FOR_GOOD) for row in session.deleted)
    changed = any(isinstance(row, _FOR_GOOD) and session.is_modified(row) for row in session.dirty)
    if removed or changed:
        raise PostedForGood("journal rows are never changed or removed")
