"""The books as a page for finance, ผอ.เขต and auditors: by a link, read-only, logged (P40)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.fund import Fund
from models.fund_request import FundRequest, Payment
from models.ledger import JournalEntry
from models.line_account import LineAccount
from models.timeline import AuditEntry, Door
from services import links, people
from services.money import auditors, fund_books
from services.money.fund_books import Register
from services.people import StaffMember

PURPOSE: Final = "books"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A fund with its years, the newest first."""

    fund: Fund
    years: tuple[Register, ...]


def issue(session: Session, account: LineAccount, *, now: datetime) -> str:
    """A new link's token; the page behind it shows what its person may see when it is opened."""
    return links.issue(session, account, PURPOSE, {}, now=now)


def reader_of(session: Session, account: LineAccount, *, today: date) -> StaffMember | None:
    """As whom an account may read the books; None where it may not (any more)."""
    for person in people.all_of(session, account, today=today):
        if isinstance(person, StaffMember) and auditors.may_read_books(
            session, person, today=today
        ):
            return person
    return None


def shelves(
    session: Session, person: StaffMember, *, now: datetime, most: int = 5
) -> Sequence[Shelf]:
    """Every fund of the office with its last years; that it was looked at is written down."""
    today = local_date(now)
    known = session.scalars(
        select(Fund).where(Fund.office_id == person.office_id).order_by(Fund.position, Fund.id)
    ).all()
    found = [
        Shelf(
            fund,
            tuple(
                fund_books.register(session, fund, year)
                for year in fund_books.years(session, fund.id, today=today)[:most]
            ),
        )
        for fund in known
    ]
    _written_down(session, person, "fund-books", len(found), now=now)
    return found


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment behind a voucher, and whether its proof was sent in."""

    payment_id: int
    has_proof: bool


@dataclass(frozen=True, slots=True)
class Book:
    """The entries of a fund's year, and the payments by their vouchers."""

    register: Register
    payments: Mapping[str, Paid]


def entries(
    session: Session, person: StaffMember, fund_id: int, year: int, *, now: datetime
) -> Book | None:
    """Every entry of a fund's year; that it was read is written down.

    None where the fund is not of the reader's office, or has no such year.
    """
    fund = session.get(Fund, fund_id)
    if fund is None or fund.office_id != person.office_id:
        return None
    if year not in fund_books.years(session, fund.id, today=local_date(now)):
        return None
    register = fund_books.register(session, fund, year)
    rows = session.execute(
        select(Payment, FundRequest.scan_media_id)
        .join(FundRequest, FundRequest.id == Payment.request_id)
        .join(JournalEntry, JournalEntry.payment_id == Payment.id)
        .where(JournalEntry.fund_id == fund.id, JournalEntry.fiscal_year == year)
    )
    known = {
        payment.voucher: Paid(
            payment.id, bool(payment.slip_media_id or payment.signature_media_id or scan)
        )
        for payment, scan in rows
    }
    _written_down(session, person, "fund-entries", len(register.lines), now=now)
    return Book(register, known)


def _written_down(
    session: Session, person: StaffMember, subject: str, rows: int, *, now: datetime
) -> None:
    session.add(
        AuditEntry(
            at=now,
            office_id=person.office_id,
            actor=f"staff:{person.staff_id}",
            door=Door.WEB,
            action="read",
            subject=subject,
            rows=rows,
            sensitive=False,
            reason=None,
        )
    )
