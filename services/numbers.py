"""Numbers that people read aloud: V69-000123."""

from __future__ import annotations

from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.office import NumberSeries

#: What a number begins with: a home visit, a case, a referral, a request for money, a voucher, a
#: donation, a line of the books.
VISIT: Final = "V"
INCIDENT: Final = "C"
REFERRAL: Final = "R"
FUND_REQUEST: Final = "F"
VOUCHER: Final = "P"
DONATION: Final = "D"
LEDGER: Final = "L"
#: Money that is to leave a fund outside a request.
ORDER: Final = "M"


def next_number(session: Session, *, office_id: int, kind: str, year: int) -> str:
    """The next number of a kind in a Buddhist year; its row is locked until the commit."""
    is_sqlite = session.connection().dialect.name == "sqlite"
    # Both spell it alike; SQLAlchemy has a class for each.
    insert = sqlite.insert if is_sqlite else postgresql.insert
    last = session.scalar(
        insert(NumberSeries)
        .values(office_id=office_id, kind=kind, year=year, last=1)
        .on_conflict_do_update(
            index_elements=["office_id", "kind", "year"], set_={"last": NumberSeries.last + 1}
        )
        .returning(NumberSeries.last)
    )
    return f"{kind}{year % 100:02}-{last:06}"


def last_of(session: Session, *, office_id: int, kind: str, year: int) -> int:
    """The last number given out, 0 where none was."""
    return (
        session.scalar(
            select(NumberSeries.last).where(
                NumberSeries.office_id == office_id,
                NumberSeries.kind == kind,
                NumberSeries.year == year,
            )
        )
        or 0
    )
