"""A bank's statement: `fund,date,time,description,withdrawal,deposit,balance`.

Banks export without any id of a line. A line is known by its day, time, amounts, balance and
words, and by being the how-manieth alike in its file: the same file again adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import read_amount
from models.fund import Fund
from models.ledger import BANK_DETAILS, BankLine
from services import bank, funds
from services.imports import cells
from services.imports.rows import Outcome, Refused, Row, RowReport
from services.offices import the_office

_FINGERPRINT: Final = "bank_line.fingerprint"


class BankImport:
    """Takes a statement in, and matches what fits exactly one entry of the books."""

    columns: Final = ("fund", "date", "time", "description", "withdrawal", "deposit", "balance")
    required: Final = ("date",)

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        #: Row number → how many rows alike stand before it in the file.
        self._nth: dict[int, int] = {}

    def survey(self, rows: Sequence[Row]) -> None:
        seen: Counter[tuple[str, ...]] = Counter()
        for row in rows:
            alike = tuple(row[column] for column in self.columns)
            self._nth[row.number] = seen[alike]
            seen[alike] += 1

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        reports = []
        touched: set[int] = set()
        for row in rows:
            try:
                fund = self._fund(session, row)
                reports.append(RowReport(row.number, self._take(session, fund, row)))
                touched.add(fund.id)
            except Refused as refused:
                reports.append(RowReport(row.number, Outcome.REFUSED, (refused.remark,)))
        for fund_id in touched:
            bank.match_all(session, fund_id)
        return reports

    def leave(self, session: Session, *, limit: int) -> int | None:
        """A statement covers some days; what it lacks has not gone."""
        return None

    def _take(self, session: Session, fund: Fund, row: Row) -> Outcome:
        day = self._day(row)
        satang = _amount(row, "deposit") - _amount(row, "withdrawal")
        if satang == 0:
            raise Refused("deposit", _("Neither money in nor money out stands in this row"))
        balance = _amount(row, "balance") if row["balance"] else None
        details = cells.text(row, "description", most=300)
        known = "|".join(
            [
                day.isoformat(), row["time"], str(satang), str(balance), details,
                str(self._nth[row.number]),
            ]
        )  # fmt: skip
        secrets = secrets_of(session)
        fingerprint = secrets.index(known, column=_FINGERPRINT)
        here = BankLine.fund_id == fund.id, BankLine.fingerprint == fingerprint
        if session.scalar(select(BankLine.id).where(*here)) is not None:
            return Outcome.UNCHANGED
        session.add(
            BankLine(
                office_id=fund.office_id,
                fund_id=fund.id,
                booked_on=day,
                satang=satang,
                balance_satang=balance,
                details=secrets.seal(details.encode(), column=BANK_DETAILS) if details else None,
                fingerprint=fingerprint,
                imported_at=self._now,
            )
        )
        session.flush()
        return Outcome.TAKEN

    def _fund(self, session: Session, row: Row) -> Fund:
        """The fund of a row; without the column, the only one there is."""
        office = the_office(session, now=self._now)
        known = funds.open_funds(session, office.id, now=self._now)
        code = cells.code(row, "fund")
        fitting = [fund for fund in known if not code or fund.code == code]
        if len(fitting) != 1:
            raise Refused("fund", _("Write the code of one of the office's funds"))
        return fitting[0]

    def _day(self, row: Row) -> date:
        day = cells.birth_date(row, "date", today=local_date(self._now))
        if day is None:
            raise Refused("date", _("This must not be empty"))
        return day


def _amount(row: Row, column: str) -> int:
    """Satang of a cell; nothing and a dash are 0."""
    value = row[column].strip()
    if value in ("", "-", "0", "0.00"):
        return 0
    satang = read_amount(value)
    if satang is None:
        raise Refused(column, _("This is no amount of money"))
    return satang
