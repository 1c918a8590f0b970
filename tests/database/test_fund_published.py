"""What everybody may see of a fund: no cell of 1 to 4 pupils, and none to be computed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from models.fund import Fund
from models.fund_request import Decision
from models.student import Student
from services.money import donations, fund_decisions, fund_published, payments
from services.money.donations import Gift
from services.money.fund_published import Published
from services.money.fund_said import Word
from tests.support.funds import NOW, FundOffice, fund_office

PAYEE = {"name": "นางสมใจ ใจดี", "account_name": "สมใจ ใจดี"}


def helps(here: FundOffice, year: int, pupils: int) -> list[int]:
    """So many pupils, each helped with an amount of their own; ids of the payments."""
    session, paid = here.session, []
    for number in range(pupils):
        pupil = Student(
            office_id=here.office_id, first_name=f"ก{number}", last_name="ข", created_at=NOW
        )
        session.add(pupil)
        session.flush()
        here.student_id = pupil.id
        request = here.asks(1_000_00 + 7 * number + year)
        for name in ("head", "officer", "director"):
            fund_decisions.decide(
                session, here.person(name), request.id, Word(Decision.AGREED), now=NOW
            )
        one = payments.prepare(
            session, here.person("f1"), request.id, channel="transfer", payee=PAYEE, now=NOW
        )
        day = date(year - 543, 3, 1)
        payments.release(session, here.person("f2"), one.id, paid_on=day, now=NOW)
        paid.append(one.id)
    return paid


def shown(session: Session, here: FundOffice, *, most: int = 5) -> list[Published]:
    fund = session.get_one(Fund, here.fund_id)
    return list(fund_published.published(session, fund, today=local_date(NOW), most=most))


@pytest.mark.parametrize(
    ("helped", "told"),
    [
        ((6, 0, 5), [(2569, 2569, 5), (2568, 2568, 0), (2567, 2567, 6)]),
        # One pupil's money would be this balance less the next one's carried: told together.
        ((1, 5, 6), [(2569, 2569, 6), (2567, 2568, 6)]),
        ((2, 3, 0), [(2569, 2569, 0), (2567, 2568, 5)]),
        ((1, 1, 1), [(2567, 2569, None)]),
        ((7, 4, 0), [(2568, 2569, None), (2567, 2567, 7)]),
    ],
)
def test_a_small_year_is_told_with_others_or_not_at_all(
    database: Database, helped: tuple[int, ...], told: list[tuple[int, int, int | None]]
) -> None:
    def play(session: Session) -> None:
        here = fund_office(session)
        for year in (2567, 2568, 2569):
            gift = Gift(50_000_00 + year, date(year - 543, 1, 1))
            donations.receive(session, here.fund_id, gift, now=NOW, by=None)
        for year, pupils in zip((2567, 2568, 2569), helped, strict=True):
            helps(here, year, pupils)
        rows = shown(session, here)
        assert [(row.first_year, row.last_year, row.pupils) for row in rows] == told
        # Only the newest row may hide anything: nothing after it gives its balance away.
        for row in rows[1:]:
            assert row.pupils is not None
        for row in rows:
            assert (row.pupils is None) == (row.money_out is None) == (row.balance is None)
            if row.money_out is not None and row.balance is not None:
                assert row.carried + row.money_in - row.money_out == row.balance
        for newer, older in pairwise(rows):
            assert newer.carried == older.balance
        assert shown(session, here, most=1) == rows[:1]

    database.run(play)


def test_money_that_came_back_from_a_few_is_hidden_too(database: Database) -> None:
    """Nobody was helped in the end, and the one who was to be is in no difference either."""

    def play(session: Session) -> None:
        here = fund_office(session)
        donations.receive(
            session, here.fund_id, Gift(50_000_00, date(2025, 1, 1)), now=NOW, by=None
        )
        (payment_id,) = helps(here, 2568, 1)
        payments.take_back(session, here.person("f1"), payment_id, now=NOW)
        (row,) = shown(session, here)
        assert (row.first_year, row.last_year, row.money_out) == (2568, 2569, None)

    database.run(play)
