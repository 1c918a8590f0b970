"""The demo's funds have a past: balances, gifts, requests at every step, and one statement.

Everything goes through the services that real money goes through, at moments gone by; nothing of it
is written past them, so the books agree and every page has something to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.clock import BANGKOK, BUDDHIST_ERA, fiscal_year, local_date, school_year
from core.thai import format_amount
from models.fund import Fund
from models.ledger import Account, EntryKind
from models.staff import Appointment, Duty, Role, Staff
from models.student import Enrolment
from services import demo_cast
from services.demo_cast import AUDITOR, COMMITTEE, Cast
from services.demo_requests import DemoRequests, day_of
from services.money import donations, entries, ledger
from services.money.donations import Gift, InKind
from services.money.entries import Entered

#: What each fund began its books with: bank and cash, in satang.
_OPENING: Final[Mapping[str, tuple[int, int]]] = {
    "care": (128_450_00, 0),
    "emergency": (86_200_00, 5_000_00),
    "one_baht": (11_365_00, 3_000_00),
    "education": (64_000_00, 0),
}
#: One part in so many is the interest of the year before.
_INTEREST: Final = 400
#: Gifts: days ago, fund, satang, giver, เล่มที่/เลขที่ of the receipt.
_GIFTS: Final[tuple[tuple[int, str, int, str | None, tuple[str, str] | None], ...]] = (
    (47, "emergency", 20_000_00, "ร้านวัสดุก่อสร้างบ้านเหนือ", ("12", "0044")),
    (40, "one_baht", 1_825_00, None, None),
    (33, "care", 15_000_00, "ชมรมศิษย์เก่าบ้านดอน", ("12", "0045")),
    (12, "one_baht", 962_50, None, None),
    (5, "emergency", 3_000_00, "คุณใจบุญ แบ่งปัน", None),
)


def fill(session: Session, *, now: datetime) -> None:
    """Give the funds of a freshly imported district a past. Takes well under a second."""
    _was_there(session, now=now)
    _appoint(session, now=now)
    session.flush()
    cast = demo_cast.find(session)
    _Books(session, cast, now).keep()
    DemoRequests(session, cast, now).make()


def statement(session: Session, *, now: datetime) -> bytes:
    """The bank's statement of one fund: it agrees with the books but for the interest."""
    fund = session.scalars(select(Fund).where(Fund.code == "one_baht")).one()
    lines = ["กองทุน,วันที่,รายการ,ถอนเงิน,ฝากเงิน,คงเหลือ"]
    bank = _OPENING["one_baht"][0]
    left = bank + bank // _INTEREST
    for days, code, satang, _giver, _receipt in _GIFTS:
        if code == fund.code:
            left += satang
            lines.append(_line(day_of(now, days), "รับโอน", satang, left))
    left += 14_27
    lines.append(_line(day_of(now, 2), "ดอกเบี้ยเงินฝาก", 14_27, left))
    return "\n".join(lines).encode()


def _line(day: date, words: str, satang: int, left: int) -> str:
    shown = f"{day.day:02d}/{day.month:02d}/{day.year + BUDDHIST_ERA}"
    return f'one_baht,{shown},{words},,"{format_amount(satang)}","{format_amount(left)}"'


def _was_there(session: Session, *, now: datetime) -> None:
    """The people of the lists have been there since the school year began."""
    first = date(school_year(local_date(now)) - BUDDHIST_ERA, 5, 16)
    for table in (Appointment, Enrolment, Duty):
        session.execute(update(table).values(starts_on=first))


def _appoint(session: Session, *, now: datetime) -> None:
    """The committee: heads of other schools, and an officer; and who audits."""
    cast = demo_cast.find(session)
    first = date(school_year(local_date(now)) - BUDDHIST_ERA, 5, 16)
    heads = session.scalars(
        select(Staff)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .where(Appointment.role == Role.DIRECTOR, Staff.id != cast.head.id)
        .order_by(Staff.id)
        .limit(2)
    ).all()
    officers = session.scalars(
        select(Staff)
        .join(Appointment, Appointment.staff_id == Staff.id)
        .where(Appointment.role == Role.DISTRICT_OFFICER, Staff.id != cast.officer.id)
        .limit(1)
    ).all()
    auditor = Staff(
        office_id=cast.teacher.office_id, title="นางสาว", first_name="รัตนา",
        last_name="ละเอียดดี", created_at=now,
    )  # fmt: skip
    session.add(auditor)
    session.flush()
    duties = [*((one, COMMITTEE) for one in (*heads, *officers)), (auditor, AUDITOR)]
    for person, name in duties:
        session.add(
            Duty(office_id=person.office_id, staff_id=person.id, name=name, starts_on=first)
        )
        session.flush()  # their order is the order of the phones


class _Books:
    """Finance has kept the funds' books at days gone by."""

    def __init__(self, session: Session, cast: Cast, now: datetime) -> None:
        self._session = session
        self._cast = cast
        self._now = now
        self._funds = {fund.code: fund for fund in session.scalars(select(Fund))}

    def keep(self) -> None:
        """Opening balances of the year before, its interest, the year closed; gifts since then."""
        year = fiscal_year(local_date(self._now))
        began = date(year - BUDDHIST_ERA - 2, 10, 1)
        by = self._cast.finance.id
        for code, (bank, cash) in _OPENING.items():
            if code not in self._funds:
                continue
            for account, satang in ((Account.BANK, bank), (Account.CASH, cash)):
                if satang:
                    opening = Entered(EntryKind.OPENING, satang, began, account)
                    self._enter(code, opening, f"demo:{code}:{account}")
            june = date(began.year + 1, 6, 30)
            interest = Entered(EntryKind.INTEREST, bank // _INTEREST, june, Account.BANK)
            self._enter(code, interest, f"demo:{code}:interest")
            fund = ledger.locked(self._session, self._funds[code].id)
            closed = datetime.combine(date(began.year + 1, 10, 5), time(10), BANGKOK)
            ledger.close_year(self._session, fund, year - 1, now=min(closed, self._now), by=by)
        for days, code, satang, giver, receipt in _GIFTS:
            day = day_of(self._now, days)
            when = min(datetime.combine(day, time(9), BANGKOK), self._now)
            donor = {"name": giver, "address": ""} if giver else None
            gift = Gift(satang, day, donor=donor, receipt=receipt)
            donations.receive(self._session, self._funds[code].id, gift, now=when, by=by)
        school = self._cast.school.id
        for days, what, quantity, unit in ((26, "ชุดนักเรียน", 12, "ชุด"), (6, "ข้าวสาร", 20, "ถุง")):
            help_ = InKind(what, quantity, unit, day_of(self._now, days), school_id=school)
            donations.give_in_kind(
                self._session, self._cast.teacher.office_id, help_, now=self._now, by=by
            )

    def _enter(self, code: str, what: Entered, key: str) -> None:
        fund = ledger.locked(self._session, self._funds[code].id)
        entries.enter(
            self._session, fund, what, key=key, now=datetime.combine(what.day, time(9), BANGKOK),
            by=self._cast.finance.id,
        )  # fmt: skip
