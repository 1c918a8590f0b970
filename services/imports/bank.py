"""A bank's statement: `fund,date,time,description,withdrawal,deposit,amount,balance`.

Each bank names its columns in its own way (`HEADERS`); money stands in two columns, or in one with
a sign, or in one beside a column that says debit or credit. Banks export without any id of a line:
it is known by its day, time, amounts, balance and words, and by being the how-manieth alike in its
file. The same file again adds nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import read_amount, to_arabic_digits
from models.fund import Fund
from models.ledger import BANK_DETAILS, BankLine
from services.imports import cells
from services.imports.rows import Outcome, Refused, Row, RowReport
from services.money import bank, funds
from services.offices import the_office

#: What the banks of the country write above their columns; upper case and blanks do not matter.
HEADERS: Final[Mapping[str, str]] = {
    "กองทุน": "fund",
    "วันที่": "date", "วันที่ทำรายการ": "date", "วันที่รายการ": "date", "วันเดือนปี": "date",
    "transaction_date": "date", "txn_date": "date", "value_date": "date", "วัน/เดือน/ปี": "date",
    "วันที่/เวลา": "date", "วันเวลา": "date", "date/time": "date",
    "เวลา": "time", "เวลาทำรายการ": "time", "transaction_time": "time", "txn_time": "time",
    "รายการ": "description", "รายละเอียด": "description", "คำอธิบาย": "description",
    "คำอธิบายรายการ": "description", "details": "description", "descriptions": "description",
    "particulars": "description", "transaction": "description",
    "ถอน": "withdrawal", "ถอนเงิน": "withdrawal", "จำนวนเงินถอน": "withdrawal",
    "เดบิต": "withdrawal", "หัก": "withdrawal", "รายการถอน": "withdrawal",
    "ถอนเงิน_(บาท)": "withdrawal", "ถอนเงิน(บาท)": "withdrawal", "debit": "withdrawal",
    "withdraw": "withdrawal", "withdrawals": "withdrawal", "paid_out": "withdrawal",
    "ฝาก": "deposit", "ฝากเงิน": "deposit", "จำนวนเงินฝาก": "deposit", "เครดิต": "deposit",
    "รับเงิน": "deposit", "รายการฝาก": "deposit", "ฝากเงิน_(บาท)": "deposit",
    "ฝากเงิน(บาท)": "deposit", "credit": "deposit", "deposits": "deposit", "paid_in": "deposit",
    "จำนวนเงิน": "amount", "จำนวนเงิน_(บาท)": "amount", "ยอดเงิน": "amount",
    "transaction_amount": "amount",
    "ประเภท": "side", "dr/cr": "side", "cr/dr": "side", "debit/credit": "side", "d/c": "side",
    "คงเหลือ": "balance", "ยอดคงเหลือ": "balance", "ยอดเงินคงเหลือ": "balance",
    "คงเหลือ_(บาท)": "balance", "ยอดคงเหลือ_(บาท)": "balance", "outstanding_balance": "balance",
    "ledger_balance": "balance", "running_balance": "balance",
}  # fmt: skip
#: What says that money went out, where one column has all amounts.
_OUT: Final = frozenset({"d", "dr", "debit", "withdrawal", "ถอน", "ถอนเงิน", "เดบิต", "หัก", "จ่าย"})
_IN: Final = frozenset({"c", "cr", "credit", "deposit", "ฝาก", "ฝากเงิน", "เครดิต", "รับ"})
_MINUS: Final = str.maketrans({"−": "-", "–": "-"})
_FINGERPRINT: Final = "bank_line.fingerprint"


class BankImport:
    """Takes a statement in, and matches what fits exactly one entry of the books."""

    columns: Final = (
        "fund", "date", "time", "description", "withdrawal", "deposit", "amount", "side", "balance",
    )  # fmt: skip
    required: Final = ("date",)
    #: Our columns by what banks write above them.
    headers: Final[Mapping[str, str]] = HEADERS

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
        satang = _moved(row)
        if satang == 0:
            raise Refused("deposit", _("Neither money in nor money out stands in this row"))
        balance = _signed(row, "balance") if row["balance"] else None
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
        # Some banks write day and time into one cell: 08/06/2569 09:15.
        written = re.sub(r"[\sT]+\d{1,2}[:.]\d\d([:.]\d\d)?( ?น\.?)?$", "", row["date"])
        plain = Row(row.number, {"date": _four_digits(written)})
        day = cells.birth_date(plain, "date", today=local_date(self._now))
        if day is None:
            raise Refused("date", _("This must not be empty"))
        return day


def _moved(row: Row) -> int:
    """Satang that came in, or below zero went out, in whichever of the three ways it is written."""
    if not row["amount"]:
        return abs(_signed(row, "deposit")) - abs(_signed(row, "withdrawal"))
    satang = _signed(row, "amount")
    side = row["side"].casefold().strip(". ")
    if side in _OUT:
        return -abs(satang)
    if side in _IN:
        return abs(satang)
    if side:
        raise Refused("side", _("Write debit or credit"))
    return satang


def _signed(row: Row, column: str) -> int:
    """Satang of a cell: 1,000.00, -1,000.00, (1,000.00), +1000; nothing and a dash are 0."""
    value = row[column].translate(_MINUS).replace(" ", "")
    is_below = value.startswith(("-", "(")) or value.endswith("-")
    value = value.strip("+-()")
    if value in ("", "0", "0.00", ".00"):
        return 0
    satang = read_amount(value)
    if satang is None:
        raise Refused(column, _("This is no amount of money"))
    return -satang if is_below else satang


def _four_digits(written: str) -> str:
    """A date with all digits of its year: 08/06/69 is 2569, 08/06/26 is 2026 (until 2049)."""
    short = re.fullmatch(r"(\d{1,2}[/.-]\d{1,2}[/.-])(\d\d)", to_arabic_digits(written.strip()))
    if short is None:
        return written
    year = int(short[2])
    return f"{short[1]}{2000 + year if year < 50 else 2500 + year}"
