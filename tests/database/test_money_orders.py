"""Money that leaves a fund outside a request: two persons, once, and the books always balanced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import Database
from core.errors import DoolaeError, NotYours
from models.fund import Fund, HelpInKind
from models.ledger import Account, EntryKind, JournalEntry, JournalLine, MoneyOrder, OrderKind
from services.money import donations, entries, fund_books, ledger, money_orders
from services.money.donations import Gift, InKind
from services.money.entries import Entered, OpenedAlready
from services.money.ledger import NotEnough
from services.money.money_orders import NothingToDo, SamePerson, Wanted
from tests.support.funds import NOW, FundOffice, fund_office
from tests.support.money_rules import broken

TODAY = date(2026, 6, 10)


def in_office(database: Database, work: Callable[[FundOffice], None]) -> None:
    database.run(lambda session: work(fund_office(session)))


def expense(satang: int, account: Account = Account.BANK) -> Wanted:
    return Wanted(OrderKind.EXPENSE, satang, TODAY, "ค่าพิมพ์", account)


def other_fund(here: FundOffice) -> int:
    fund = Fund(office_id=here.office_id, code="other", names={"th": "ข"}, created_at=NOW)
    here.session.add(fund)
    here.session.flush()
    return fund.id


def test_an_expense_is_in_the_books_after_the_second_person_only(database: Database) -> None:
    def play(here: FundOffice) -> None:
        session = here.session
        here.receives(1_000_00)
        first, second = here.person("f1"), here.person("f2")
        order = money_orders.prepare(session, first, here.fund_id, expense(300_25), now=NOW)
        assert ledger.balance(session, here.fund_id) == 1_000_00
        assert [one.id for one in money_orders.waiting(session, second)] == [order.id]
        with pytest.raises(SamePerson):
            money_orders.confirm(session, first, order.id, now=NOW)
        with pytest.raises(NotYours):
            money_orders.confirm(session, here.person("officer"), order.id, now=NOW)
        money_orders.confirm(session, second, order.id, now=NOW)
        assert ledger.balance(session, here.fund_id) == 699_75
        with pytest.raises(NothingToDo):
            money_orders.confirm(session, here.person("director"), order.id, now=NOW)
        with pytest.raises(NothingToDo):
            money_orders.cancel(session, first, order.id, now=NOW)
        assert "ค่าพิมพ์".encode() not in (order.memo or b"")

    in_office(database, play)


def test_what_is_not_there_is_neither_prepared_nor_confirmed(database: Database) -> None:
    def play(here: FundOffice) -> None:
        session = here.session
        here.receives(500_00)
        with pytest.raises(NotEnough):
            money_orders.prepare(session, here.person("f1"), here.fund_id, expense(500_01), now=NOW)
        cash = expense(1_00, Account.CASH)  # the money is in the bank
        with pytest.raises(NotEnough):
            money_orders.prepare(session, here.person("f1"), here.fund_id, cash, now=NOW)
        both = [
            money_orders.prepare(session, here.person("f1"), here.fund_id, expense(300_00), now=NOW)
            for _number in range(2)
        ]
        money_orders.confirm(session, here.person("f2"), both[0].id, now=NOW)
        with pytest.raises(NotEnough):
            money_orders.confirm(session, here.person("f2"), both[1].id, now=NOW)

    in_office(database, play)


def test_a_transfer_stands_in_both_funds_and_is_taken_back_in_both(database: Database) -> None:
    def play(here: FundOffice) -> None:
        session, to = here.session, other_fund(here)
        here.receives(900_00)
        f1, f2 = here.person("f1"), here.person("f2")
        wanted = Wanted(OrderKind.TRANSFER, 400_00, TODAY, "มติ", Account.BANK, to)
        money_orders.confirm(
            session,
            f2,
            money_orders.prepare(session, f1, here.fund_id, wanted, now=NOW).id,
            now=NOW,
        )
        assert (ledger.balance(session, here.fund_id), ledger.balance(session, to)) == (
            500_00,
            400_00,
        )
        arrived = session.scalars(select(JournalEntry).where(JournalEntry.fund_id == to)).one()
        wrong = Wanted(OrderKind.CORRECTION, 0, TODAY, "ผิดกองทุน", corrects_id=arrived.id)
        back = money_orders.prepare(session, f1, to, wanted=wrong, now=NOW)
        assert back.satang == 400_00
        with pytest.raises(NothingToDo):
            money_orders.prepare(session, f2, to, wrong, now=NOW)
        money_orders.confirm(session, f2, back.id, now=NOW)
        assert (ledger.balance(session, here.fund_id), ledger.balance(session, to)) == (900_00, 0)

    in_office(database, play)


def test_a_transfer_is_taken_back_whole_or_not_at_all(database: Database) -> None:
    """The other fund has spent it: nothing is posted, also where the caller goes on."""

    def play(here: FundOffice) -> None:
        session, to = here.session, other_fund(here)
        here.receives(900_00)
        f1, f2 = here.person("f1"), here.person("f2")

        def confirmed(fund_id: int, wanted: Wanted) -> None:
            order = money_orders.prepare(session, f1, fund_id, wanted, now=NOW)
            money_orders.confirm(session, f2, order.id, now=NOW)

        confirmed(here.fund_id, Wanted(OrderKind.TRANSFER, 400_00, TODAY, "x", Account.BANK, to))
        confirmed(to, expense(100_00))
        (sent,) = session.scalars(
            select(JournalEntry).where(
                JournalEntry.fund_id == here.fund_id, JournalEntry.kind == EntryKind.TRANSFER
            )
        )
        wrong = Wanted(OrderKind.CORRECTION, 0, TODAY, "x", corrects_id=sent.id)
        order = money_orders.prepare(session, f1, here.fund_id, wrong, now=NOW)
        with pytest.raises(NotEnough):
            money_orders.confirm(session, f2, order.id, now=NOW)
        balances = [ledger.balance(session, fund_id) for fund_id in (here.fund_id, to)]
        assert balances == [500_00, 300_00]
        assert broken(session, here.office_id) == []

    in_office(database, play)


def test_both_halves_of_a_transfer_stand_on_one_day(database: Database) -> None:
    """Dated before the money was there: both books have it on the day of entry."""

    def play(here: FundOffice) -> None:
        session, to = here.session, other_fund(here)
        here.receives(900_00)
        long_ago = TODAY - timedelta(days=30)
        wanted = Wanted(OrderKind.TRANSFER, 400_00, long_ago, "x", Account.BANK, to)
        order = money_orders.prepare(session, here.person("f1"), here.fund_id, wanted, now=NOW)
        money_orders.confirm(session, here.person("f2"), order.id, now=NOW)
        halves = session.scalars(
            select(JournalEntry).where(JournalEntry.kind == EntryKind.TRANSFER)
        ).all()
        days = {(half.entered_on, half.happened_on) for half in halves}
        assert (len(halves), days) == (2, {(TODAY, long_ago)})

    in_office(database, play)


def test_a_payment_is_not_corrected_here(database: Database) -> None:
    def play(here: FundOffice) -> None:
        here.receives(100_00)
        fund = ledger.locked(here.session, here.fund_id)
        paid = ledger.post(
            here.session, fund, ledger.Posting(EntryKind.PAYMENT, "payment:1", TODAY),
            {Account.AID: 50_00, Account.BANK: -50_00}, now=NOW, by=None,
        )  # fmt: skip
        wanted = Wanted(OrderKind.CORRECTION, 0, TODAY, "x", corrects_id=paid.id)
        with pytest.raises(NothingToDo):
            money_orders.prepare(here.session, here.person("f1"), fund.id, wanted, now=NOW)

    in_office(database, play)


def test_there_is_one_opening_balance_for_bank_and_one_for_cash(database: Database) -> None:
    def play(here: FundOffice) -> None:
        fund = ledger.locked(here.session, here.fund_id)

        def opens(satang: int, account: Account, key: str) -> int:
            what = Entered(EntryKind.OPENING, satang, TODAY, account)
            return entries.enter(here.session, fund, what, key=key, now=NOW, by=None).id

        first = opens(10_00, Account.BANK, "a")
        assert opens(10_00, Account.BANK, "a") == first  # the same form twice
        opens(5_00, Account.CASH, "b")
        with pytest.raises(OpenedAlready):
            opens(7_00, Account.BANK, "c")
        assert ledger.balance(here.session, fund.id) == 15_00

    in_office(database, play)


def test_help_in_kind_is_never_baht(database: Database) -> None:
    def play(here: FundOffice) -> None:
        help_ = InKind("ชุดนักเรียน", 12, "ชุด", TODAY, here.school_id, note="จากวัด")
        donations.give_in_kind(here.session, here.office_id, help_, now=NOW, by=None)
        row = here.session.scalars(select(HelpInKind)).one()
        assert (row.quantity, row.unit) == (12, "ชุด")
        assert "จากวัด".encode() not in (row.note or b"")
        assert here.session.scalar(select(func.count(JournalEntry.id))) == 0

    in_office(database, play)


#: What is tried, an amount, and which of the things made so far.
tries = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "gift", "cash_gift", "interest", "fee", "to_cash", "to_bank", "expense", "transfer",
                "correct", "confirm_1", "confirm_2", "cancel", "close", "crash",
            ]
        ),
        st.integers(1, 90_000),
        st.integers(0, 40),
        st.integers(0, 400),
    ),
    max_size=30,
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tried=tries)
def test_whatever_finance_tries_registers_and_books_agree(
    database: Database, tried: list[tuple[str, int, int, int]]
) -> None:
    """Any sequence, with crashes in the middle: every entry adds up to nothing, no fund is below
    nothing, registers carry on from year to year, and nothing leaves without two persons."""
    here, to = database.run(_office)
    for number, one in enumerate(tried):
        try:
            database.run(lambda session, n=number, t=one: _try(session, here, to, n, *t))  # type: ignore[misc]
        except (DoolaeError, _Crash):
            continue
    database.read(lambda session: _holds(session, (here.fund_id, to)))


class _Crash(Exception):
    """The process dies between posting and commit."""


_codes = iter(range(10_000_000))


def _office(session: Session) -> tuple[FundOffice, int]:
    here = fund_office(session, code=f"p{next(_codes)}")
    return here, other_fund(here)


def _try(
    session: Session, here: FundOffice, to: int, number: int, what: str, satang: int, which: int,
    days: int,
) -> None:  # fmt: skip
    here.session = session
    day = TODAY - timedelta(days=days)
    ids = (here.fund_id, to)
    fund = ledger.locked(session, ids[which % 2])
    now, key = NOW + timedelta(seconds=number), f"{here.office_id}:{number}"
    simple: dict[str, Callable[[], Any]] = {
        "gift": lambda: donations.receive(session, fund.id, Gift(satang, day), now=now, by=None),
        "cash_gift": lambda: donations.receive(
            session, fund.id, Gift(satang, day, into=Account.CASH), now=now, by=None
        ),
        "interest": lambda: _enter(session, fund, EntryKind.INTEREST, satang, day, key),
        "fee": lambda: _enter(session, fund, EntryKind.FEE, satang, day, key),
        "to_cash": lambda: _move(session, fund, satang, Account.CASH, day, key),
        "to_bank": lambda: _move(session, fund, satang, Account.BANK, day, key),
        "close": lambda: ledger.close_year(
            session, fund, 2569, now=datetime(2026, 10, 5, tzinfo=UTC), by=None
        ),
    }
    if what in simple:
        simple[what]()
    elif what == "crash":
        donations.receive(session, fund.id, Gift(satang, day), now=now, by=None)
        order = _any_order(session, ids, which)
        if order is not None:
            money_orders.confirm(session, here.person("director"), order.id, now=now)
        raise _Crash
    else:
        _order(session, here, ids, what, satang, which, day, now)


def _order(
    session: Session, here: FundOffice, ids: tuple[int, int], what: str, satang: int, which: int,
    day: date, now: datetime,
) -> None:  # fmt: skip
    fund_id, other = ids[which % 2], ids[(which + 1) % 2]
    if what == "expense":
        wanted = Wanted(OrderKind.EXPENSE, satang, day, "x", Account.BANK)
        money_orders.prepare(session, here.person("f1"), fund_id, wanted, now=now)
    elif what == "transfer":
        wanted = Wanted(OrderKind.TRANSFER, satang, day, "x", Account.BANK, other)
        money_orders.prepare(session, here.person("f1"), fund_id, wanted, now=now)
    elif what == "correct":
        known = money_orders.correctable(session, fund_id, most=50)
        if known:
            wrong = known[which % len(known)].id
            wanted = Wanted(OrderKind.CORRECTION, 0, day, "x", corrects_id=wrong)
            money_orders.prepare(session, here.person("f2"), fund_id, wanted, now=now)
    elif (order := _any_order(session, ids, which)) is not None:
        if what == "cancel":
            money_orders.cancel(session, here.person("f1"), order.id, now=now)
        else:
            person = here.person("f1" if what == "confirm_1" else "f2")
            money_orders.confirm(session, person, order.id, now=now)


def _any_order(session: Session, ids: tuple[int, int], which: int) -> MoneyOrder | None:
    found = session.scalars(
        select(MoneyOrder).where(MoneyOrder.fund_id.in_(ids)).order_by(MoneyOrder.id)
    ).all()
    return found[which % len(found)] if found else None


def _enter(
    session: Session, fund: Fund, kind: EntryKind, satang: int, day: date, key: str
) -> JournalEntry:
    what = Entered(kind, satang, day, Account.BANK)
    return entries.enter(session, fund, what, key=key, now=NOW, by=None)


def _move(
    session: Session, fund: Fund, satang: int, to: Account, day: date, key: str
) -> JournalEntry:
    return entries.move(session, fund, satang, to=to, day=day, key=key, now=NOW, by=None)


def _holds(session: Session, ids: tuple[int, int]) -> None:
    sums = session.execute(
        select(func.sum(JournalLine.satang))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalEntry.fund_id.in_(ids))
        .group_by(JournalLine.entry_id)
    ).scalars()
    assert set(sums) <= {0}
    between = 0
    for fund_id in ids:
        fund = session.get_one(Fund, fund_id)
        years = sorted(fund_books.years(session, fund_id, today=date(2026, 10, 5)))
        books = [fund_books.register(session, fund, year) for year in years]
        for before, after in pairwise(books):
            assert after.carried == before.balance
        for book in books:
            assert sum(book.incomes().values()) == book.money_in
            assert sum(book.expenses().values()) == book.money_out
            assert book.bank + book.cash == book.balance
        assert books[-1].balance == ledger.balance(session, fund_id) >= 0
        for account in (Account.BANK, Account.CASH):
            assert ledger.balance(session, fund_id, account=account) >= 0
        between += ledger.balance(session, fund_id, account=Account.TRANSFERS)
    assert between == 0
    for order in session.scalars(select(MoneyOrder).where(MoneyOrder.fund_id.in_(ids))):
        posted = session.scalars(
            select(JournalEntry).where(JournalEntry.dedupe_key == f"order:{order.id}")
        ).all()
        is_done = order.status == "confirmed" and order.kind is not OrderKind.CORRECTION
        assert len(posted) == is_done
        if order.status == "confirmed":
            assert order.confirmed_by_id not in (None, order.prepared_by_id)
