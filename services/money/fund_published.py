"""What everybody may know of a fund: totals of fiscal years, without names and small cells.

A number of pupils from 1 to 4 is hidden, and so is what they were given. Hiding one cell would not
do: balance carried, money in, money out and balance add up, and a year's balance is what the next
one carries. So a year in which 1 to 4 were helped is told together with those after it, until five
or more were helped in them; of the last ones, while they are too few, neither money out nor balance
is told. No hidden cell can be computed from what is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.fund import Fund
from models.fund_request import FundRequest, Payment, PaymentStatus
from models.ledger import EntryKind, JournalEntry
from services.money import fund_books

#: A count of pupils below this is not published.
SMALLEST_CELL: Final = 5


@dataclass(frozen=True, slots=True)
class Published:
    """Totals of one fiscal year (B.E.), or of several together; satang.

    `money_out`, `balance` and `pupils` are None while 1 to 4 pupils were helped.
    """

    first_year: int
    last_year: int
    carried: int
    money_in: int
    money_out: int | None
    balance: int | None
    pupils: int | None


def published(session: Session, fund: Fund, *, today: date, most: int = 5) -> Sequence[Published]:
    """The totals of a fund's last fiscal years, the newest first."""
    spans = list(_spans(session, fund, today=today))
    return [_totals(session, fund, span) for span in spans[: -most - 1 : -1]]


def pupils_helped(session: Session, fund_id: int, years: Collection[int]) -> int:
    """Pupils who got money of a fund in fiscal years, each once; what came back does not count."""
    return _pupils(session, fund_id, years, kinds=(EntryKind.PAYMENT,), living=True)


def _spans(session: Session, fund: Fund, *, today: date) -> Iterator[list[int]]:
    """Years that are told together, from the first one of the books on, so that they stay."""
    span: list[int] = []
    for year in reversed(fund_books.years(session, fund.id, today=today)):
        span.append(year)
        if not _is_small(session, fund.id, span):
            yield span
            span = []
    if span:
        yield span


def _is_small(session: Session, fund_id: int, span: Collection[int]) -> bool:
    """Whether the money of a span is that of 1 to 4 pupils, also where it came back from them."""
    kinds = (EntryKind.PAYMENT, EntryKind.REVERSAL)
    return (
        pupils_helped(session, fund_id, span) < SMALLEST_CELL
        and _pupils(session, fund_id, span, kinds=kinds, living=False) > 0
    )


def _totals(session: Session, fund: Fund, span: Sequence[int]) -> Published:
    books = [fund_books.register(session, fund, year) for year in span]
    is_small = _is_small(session, fund.id, span)
    return Published(
        first_year=span[0],
        last_year=span[-1],
        carried=books[0].carried,
        money_in=sum(book.money_in for book in books),
        money_out=None if is_small else sum(book.money_out for book in books),
        balance=None if is_small else books[-1].balance,
        pupils=None if is_small else pupils_helped(session, fund.id, span),
    )


def _pupils(
    session: Session,
    fund_id: int,
    years: Collection[int],
    *,
    kinds: Collection[EntryKind],
    living: bool,
) -> int:
    query = (
        select(func.count(func.distinct(FundRequest.student_id)))
        .join(Payment, Payment.request_id == FundRequest.id)
        .join(JournalEntry, JournalEntry.payment_id == Payment.id)
        .where(
            JournalEntry.fund_id == fund_id,
            JournalEntry.fiscal_year.in_(years),
            JournalEntry.kind.in_(kinds),
        )
    )
    if living:
        query = query.where(Payment.status == PaymentStatus.RELEASED)
    return session.scalar(query) or 0
