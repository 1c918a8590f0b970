"""The books as a page for finance, ผอ.เขต and auditors: by a link, read-only, logged (P40)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.fund import Fund
from models.line_account import LineAccount
from models.timeline import AuditEntry, Door
from services import auditors, fund_books, links, people
from services.fund_books import Register
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
    session.add(
        AuditEntry(
            at=now,
            office_id=person.office_id,
            actor=f"staff:{person.staff_id}",
            door=Door.WEB,
            action="read",
            subject="fund-books",
            rows=len(found),
            sensitive=False,
            reason=None,
        )
    )
    return found
