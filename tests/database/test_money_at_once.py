"""Two at once: threads with connections of their own, on real transactions.

Whoever comes second waits for the first one's lock and then sees what is true: nothing is paid
twice, no limit is passed, no fund is overdrawn.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from core.errors import DoolaeError
from models.fund import Fund
from models.fund_request import Decision, FundRequest, Payment, RequestStatus
from models.ledger import Account, OrderKind
from services.money import donations, fund_decisions, ledger, money_orders, payments
from services.money.donations import Gift
from services.money.fund_decisions import DecidedAlready
from services.money.fund_limits import BeyondLimit, Limit
from services.money.fund_said import Word
from services.money.ledger import NotEnough
from services.money.money_orders import NothingToDo, Wanted
from services.money.payments import NothingToPay
from tests.support.funds import NOW, FundOffice, fund_office
from tests.support.money_rules import broken

PAYEE = {"name": "นางสมใจ ใจดี", "account_name": "สมใจ ใจดี", "account": "1", "bank": "กรุงไทย"}
AGREED = Word(Decision.AGREED)
#: Seconds that anybody waits for the others.
PATIENCE = 30
Work = Callable[[FundOffice], Any]


@pytest.fixture
def office(database: Database) -> FundOffice:
    """An office with 10,000 baht in its fund; nobody but the tests touches it."""

    def settle(session: Session) -> FundOffice:
        here = fund_office(session)
        here.receives(10_000_00)
        return here

    return database.run(settle)


def do(database: Database, here: FundOffice, work: Work) -> Any:
    """One unit of work of its own."""

    def unit(session: Session) -> Any:
        return work(_in(session, here))

    return database.run(unit)


def _in(session: Session, here: FundOffice) -> FundOffice:
    return FundOffice(
        session, here.office_id, here.school_id, here.fund_id, here.student_id, here.staff
    )


def at_once(database: Database, here: FundOffice, works: Sequence[Work]) -> list[Any]:
    """All of them in the same moment; the error of each, or what it returned."""
    start = threading.Barrier(len(works))
    found: list[Any] = [None] * len(works)

    def run(number: int) -> None:
        start.wait(PATIENCE)
        try:
            found[number] = do(database, here, works[number])
        except DoolaeError as error:
            found[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()
    return found


def one_wins(found: Sequence[Any], loser: type[DoolaeError]) -> DoolaeError:
    """Exactly one was refused, in that way."""
    errors = [one for one in found if isinstance(one, DoolaeError)]
    assert len(errors) == len(found) - 1, found
    assert all(type(error) is loser for error in errors), errors
    return errors[0]


def asked(database: Database, here: FundOffice, satang: int, *, until: str = "approved") -> int:
    """A request of so much, up to a state."""
    way = {"checked": ("head", "officer"), "approved": ("head", "officer", "director")}[until]

    def work(office: FundOffice) -> int:
        request = office.asks(satang)
        for name in way:
            fund_decisions.decide(office.session, office.person(name), request.id, AGREED, now=NOW)
        return request.id

    found: int = do(database, here, work)
    return found


def prepares(name: str, request_id: int) -> Work:
    return lambda here: (
        payments.prepare(
            here.session, here.person(name), request_id, channel="transfer", payee=PAYEE, now=NOW
        ).id
    )


def releases(name: str, payment_id: int) -> Work:
    return lambda here: (
        payments.release(
            here.session, here.person(name), payment_id, paid_on=local_date(NOW), now=NOW
        ).id
    )


def decides(name: str, request_id: int, word: Word = AGREED) -> Work:
    return lambda here: (
        fund_decisions.decide(here.session, here.person(name), request_id, word, now=NOW).id
    )


def all_is_well(database: Database, here: FundOffice) -> None:
    assert database.read(lambda session: broken(session, here.office_id)) == []


def balance(database: Database, here: FundOffice) -> int:
    return database.read(lambda session: ledger.balance(session, here.fund_id))


def test_two_prepare_the_same_payment(database: Database, office: FundOffice) -> None:
    request_id = asked(database, office, 3_000_00)
    found = at_once(database, office, [prepares(name, request_id) for name in ("f1", "f2")])
    one_wins(found, NothingToPay)
    all_is_well(database, office)


def test_two_release_the_same_payment(database: Database, office: FundOffice) -> None:
    request_id = asked(database, office, 3_000_00)
    payment_id = do(database, office, prepares("f1", request_id))
    found = at_once(database, office, [releases(name, payment_id) for name in ("f2", "director")])
    one_wins(found, NothingToPay)
    assert balance(database, office) == 7_000_00
    all_is_well(database, office)


def test_one_releases_and_one_throws_away(database: Database, office: FundOffice) -> None:
    """Either it is paid, or there is no voucher; never both."""
    request_id = asked(database, office, 3_000_00)
    payment_id = do(database, office, prepares("f1", request_id))

    def cancels(here: FundOffice) -> int:
        return payments.cancel(here.session, here.person("f1"), payment_id, now=NOW).id

    one_wins(at_once(database, office, [releases("f2", payment_id), cancels]), NothingToPay)
    all_is_well(database, office)


def test_two_approvers_of_one_step(database: Database, office: FundOffice) -> None:
    """The second of a quorum and a third: both may agree, it is approved once."""
    request_id = asked(database, office, 6_000_00, until="checked")
    do(database, office, decides("c1", request_id))
    found = at_once(database, office, [decides(name, request_id) for name in ("c2", "c3")])
    one_wins(found, DecidedAlready)
    all_is_well(database, office)


def test_the_same_approver_on_two_phones(database: Database, office: FundOffice) -> None:
    request_id = asked(database, office, 6_000_00, until="checked")
    found = at_once(database, office, [decides("c1", request_id) for _number in range(2)])
    one_wins(found, DecidedAlready)
    status = database.read(lambda session: session.get_one(FundRequest, request_id).status)
    assert status is RequestStatus.CHECKED  # one of two


def test_one_approves_while_another_refuses(database: Database, office: FundOffice) -> None:
    """Whoever was first is heard; the other is told that it is decided."""
    request_id = asked(database, office, 3_000_00, until="checked")

    def at_the_same_time(here: FundOffice) -> int:
        return fund_decisions.release(
            here.session, here.person("director"), request_id, AGREED, now=NOW
        ).id

    refuses = decides("director", request_id, Word(Decision.REFUSED, reason="ไม่ตรงเกณฑ์"))
    one_wins(at_once(database, office, [at_the_same_time, refuses]), DecidedAlready)
    all_is_well(database, office)


def test_the_daily_limit_is_reached_by_two(database: Database, office: FundOffice) -> None:
    do(database, office, lambda here: _rule(here, daily_satang=5_000_00))
    requests = [asked(database, office, 3_000_00, until="checked") for _number in range(2)]
    found = at_once(database, office, [decides("director", each) for each in requests])
    error = one_wins(found, BeyondLimit)
    assert isinstance(error, BeyondLimit)
    assert (error.limit, error.allowed) == (Limit.DAY, 2_000_00)
    all_is_well(database, office)


def test_what_the_fund_has_is_promised_to_one(database: Database, office: FundOffice) -> None:
    """10,000 baht less a floor of 100: two times 5,000 is too much."""
    requests = [asked(database, office, 5_000_00, until="checked") for _number in range(2)]
    found = at_once(database, office, [decides("director", each) for each in requests])
    error = one_wins(found, BeyondLimit)
    assert isinstance(error, BeyondLimit)
    assert (error.limit, error.allowed) == (Limit.FUND, 4_900_00)
    all_is_well(database, office)


def test_a_payment_and_an_expense_overdraw_nothing(database: Database, office: FundOffice) -> None:
    """Both fit what the account has, and not together."""
    payment_id = do(database, office, prepares("f1", asked(database, office, 4_000_00)))

    def spends(here: FundOffice) -> int:
        wanted = Wanted(OrderKind.EXPENSE, 8_000_00, local_date(NOW), "x", Account.BANK)
        return money_orders.prepare(
            here.session, here.person("f1"), here.fund_id, wanted, now=NOW
        ).id

    order_id = do(database, office, spends)

    def confirms(here: FundOffice) -> int:
        return money_orders.confirm(here.session, here.person("f2"), order_id, now=NOW).id

    one_wins(at_once(database, office, [releases("f2", payment_id), confirms]), NotEnough)
    assert balance(database, office) in (2_000_00, 6_000_00)
    all_is_well(database, office)


def test_transfers_in_both_directions_wait_for_each_other(
    database: Database, office: FundOffice
) -> None:
    """Each locks both funds, in one order: nobody waits in a circle."""

    def two_funds(here: FundOffice) -> list[int]:
        other = Fund(office_id=here.office_id, code="other", names={"th": "ข"}, created_at=NOW)
        here.session.add(other)
        here.session.flush()
        gift = Gift(10_000_00, local_date(NOW))
        donations.receive(here.session, other.id, gift, now=NOW, by=None)
        orders = []
        for number in range(4):
            out, into = (here.fund_id, other.id) if number % 2 else (other.id, here.fund_id)
            wanted = Wanted(OrderKind.TRANSFER, 1_000_00, local_date(NOW), "x", Account.BANK, into)
            order = money_orders.prepare(here.session, here.person("f1"), out, wanted, now=NOW)
            orders.append(order.id)
        return orders

    def confirms(order_id: int) -> Work:
        return lambda here: (
            money_orders.confirm(here.session, here.person("f2"), order_id, now=NOW).id
        )

    orders = do(database, office, two_funds)
    found = at_once(database, office, [confirms(order_id) for order_id in orders])
    assert not [one for one in found if isinstance(one, DoolaeError)]
    assert balance(database, office) == 10_000_00
    all_is_well(database, office)


def test_two_confirm_one_order(database: Database, office: FundOffice) -> None:
    def spends(here: FundOffice) -> int:
        wanted = Wanted(OrderKind.EXPENSE, 1_000_00, local_date(NOW), "x", Account.BANK)
        return money_orders.prepare(
            here.session, here.person("f1"), here.fund_id, wanted, now=NOW
        ).id

    order_id = do(database, office, spends)

    def confirms(name: str) -> Work:
        return lambda here: (
            money_orders.confirm(here.session, here.person(name), order_id, now=NOW).id
        )

    found = at_once(database, office, [confirms("f2"), confirms("director")])
    one_wins(found, NothingToDo)
    assert balance(database, office) == 9_000_00
    all_is_well(database, office)


def test_numbers_are_nobody_elses(database: Database, office: FundOffice) -> None:
    """Vouchers of one moment have numbers of their own, without a gap."""
    requests = [asked(database, office, 1_000_00) for _number in range(4)]
    found = at_once(database, office, [prepares("f1", each) for each in requests])
    assert not [one for one in found if isinstance(one, DoolaeError)]
    vouchers = database.read(lambda session: sorted(session.scalars(select(Payment.voucher))))
    assert vouchers == [f"P69-00000{number}" for number in range(1, 5)]
    assert database.read(lambda session: session.scalar(select(func.count(Payment.id)))) == 4


def _rule(here: FundOffice, **rules: int) -> None:
    fund = here.session.get_one(Fund, here.fund_id)
    for name, value in rules.items():
        setattr(fund, name, value)
