"""Whatever is asked, decided, paid, corrected, given and interrupted: no rule of money is broken.

Sequences are made up by hypothesis. Every move is a unit of work of its own on a real database, and
any of them may die at any of its statements. What must hold is in `tests/support/money_rules.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from core.errors import DoolaeError
from models.fund import Fund
from models.fund_request import (
    Decision,
    FundDecision,
    FundRequest,
    Payment,
    PaymentStatus,
    RequestStatus,
)
from models.ledger import Account, EntryKind, MoneyOrder, OrderKind, OrderStatus
from services.money import (
    donations,
    entries,
    fund_decisions,
    fund_followup,
    fund_reminders,
    ledger,
    money_orders,
    payments,
)
from services.money.donations import Gift
from services.money.entries import Entered
from services.money.fund_said import Word
from services.money.money_orders import Wanted
from tests.support.crashes import Crash, run_and_die
from tests.support.funds import NOW, FundOffice, fund_office
from tests.support.money_rules import broken

PAYEE = {"name": "นางสมใจ ใจดี", "account_name": "สมใจ ใจดี", "account": "1", "bank": "กรุงไทย"}
PEOPLE = ["teacher", "head", "officer", "director", "c1", "c2", "c3", "f1", "f2"]
#: Who the steps are meant for: most moves are theirs, so that requests get anywhere.
MEANT_FOR = {
    1: ["head", "teacher"], 2: ["officer"], 3: ["director", "head"], 4: ["c1", "c2", "c3"],
    5: ["f1", "f2", "director"],
}  # fmt: skip
WORDS = {
    "agree": (Decision.AGREED, None),
    "reduce": (Decision.REDUCED, "น้อยลง"),
    "refuse": (Decision.REFUSED, "ไม่ตรงเกณฑ์"),
    "return": (Decision.RETURNED, "ขอเอกสาร"),
}
_codes = count()

moves = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *["go"] * 40, *WORDS, "ask", "answer", "release", "release", "ratify", "ratify",
                "not_ratify", "pay", "take_back", "cancel_payment", "lift", "received", "used",
                "gift", "cash_gift", "fee", "pledge", "expense", "transfer", "correct", "confirm", "confirm",
                "confirm", "cancel_order", "close_year", "day", "post_empties", "clock",
            ]
        ),
        st.sampled_from(PEOPLE),
        st.one_of(st.integers(1, 9_000_00), st.integers(1, 25_000_00)),
        st.integers(0, 3),
        #: The statement at which it dies; most moves live.
        st.one_of(st.just(0), st.just(0), st.integers(1, 40)),
    ),
    min_size=40,
    max_size=60,
)  # fmt: skip


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_whatever_is_tried_no_rule_of_money_is_broken(
    database: Database, moves: list[tuple[str, str, int, int, int]]
) -> None:
    """
    Books balanced and never below nothing, no payment without its approvals, none beyond a limit,
    nothing paid twice, nothing half done, nobody told twice.
    """
    play = database.run(_begin)
    for what, name, satang, which, dies_at in moves:
        play.now += timedelta(minutes=1)
        move = partial(_does, play=play, of=(what, name, satang, which))
        try:
            run_and_die(database, move, at=dies_at)
        except Crash:
            event("died")
        except DoolaeError:
            continue
    assert database.read(play.broken) == []
    database.read(play.tell)


@dataclass
class _Play:
    """The office of one sequence."""

    here: FundOffice
    other_fund: int
    now: datetime = NOW
    made: dict[str, int] = field(default_factory=dict)

    def here_in(self, session: Session) -> FundOffice:
        here = self.here
        return FundOffice(
            session, here.office_id, here.school_id, here.fund_id, here.student_id, here.staff
        )

    def broken(self, session: Session) -> list[str]:
        return broken(session, self.here.office_id)

    def tell(self, session: Session) -> None:
        """How far it came, for `--hypothesis-show-statistics`."""
        of_office = (FundRequest.office_id == self.here.office_id,)
        for status in session.scalars(select(FundRequest.status).where(*of_office)):
            event(f"request {status}")
        for row in session.scalars(select(Payment).where(Payment.office_id == self.here.office_id)):
            event(f"payment {row.status}")
        for order in session.scalars(
            select(MoneyOrder).where(MoneyOrder.office_id == self.here.office_id)
        ):
            event(f"{order.kind} {order.status}")
        for decision in session.scalars(
            select(FundDecision.decision).where(FundDecision.office_id == self.here.office_id)
        ):
            event(f"word {decision}")


def _begin(session: Session) -> _Play:
    here = fund_office(session, f"m{next(_codes)}")
    fund = session.get_one(Fund, here.fund_id)
    # Each rule is near: what is asked for passes it soon.
    fund.ceiling_satang, fund.daily_satang, fund.emergency_satang = 5_500_00, 8_000_00, 4_000_00
    fund.takes_pledges, fund.permission = True, "คำวินิจฉัยที่ 1/2569"
    other = Fund(office_id=here.office_id, code="other", names={"th": "ข"}, created_at=NOW)
    session.add(other)
    here.receives(12_000_00)
    for satang, name in ((3_000_00, "teacher"), (6_000_00, "c1"), (5_200_00, "head")):
        here.asks(satang, by=name)
    session.flush()
    return _Play(here, other.id)


def _does(session: Session, *, play: _Play, of: tuple[str, str, int, int]) -> None:
    _Move(play, play.here_in(session), *of).does()


@dataclass
class _Move:
    """One thing that somebody tries."""

    play: _Play
    here: FundOffice
    what: str
    name: str
    satang: int
    which: int

    def does(self) -> None:
        if self.what == "go":
            self._go()
        ways: dict[str, Callable[[], Any]] = {
            **dict.fromkeys(WORDS, self._says), "release": self._releases,
            "ratify": self._ratifies, "not_ratify": self._ratifies, "pay": self._pays,
            "ask": lambda: self.here.asks(self.satang),
            "answer": lambda: fund_decisions.answer_return(
                self.session, self.request, staff_id=self.here.staff["teacher"], now=self.now
            ),
            "take_back": lambda: payments.take_back(
                self.session, self.finance, self._payment(), now=self.now
            ),
            "cancel_payment": lambda: payments.cancel(
                self.session, self.finance, self._payment(), now=self.now
            ),
            "lift": lambda: payments.lift_hold(
                self.session, self.finance, self.request.id, reason="ตรวจแล้ว", now=self.now
            ),
            "received": lambda: fund_followup.received(
                self.session, self.here.person("teacher"), self.request.id, now=self.now
            ),
            "used": lambda: fund_followup.used(
                self.session, self.here.person("teacher"), self.request.id,
                {"used_as": "as_asked"}, now=self.now,
            ),
            "gift": self._gives, "cash_gift": self._gives, "fee": self._fee,
            "pledge": self._pledges, "expense": self._orders, "transfer": self._orders,
            "correct": self._orders, "confirm": self._settles, "cancel_order": self._settles,
            "close_year": self._closes, "day": self._day, "post_empties": self._empties,
            "clock": self._clock,
        }  # fmt: skip
        if self.what in ways:
            ways[self.what]()
        self.session.flush()

    @property
    def session(self) -> Session:
        return self.here.session

    @property
    def now(self) -> datetime:
        return self.play.now

    @property
    def person(self) -> Any:
        return self.here.person(self.name)

    @property
    def finance(self) -> Any:
        """Mostly somebody who pays."""
        return self.here.person(("f1", "f2", "director", self.name)[self.which])

    @property
    def request(self) -> FundRequest:
        found = self.session.scalars(
            select(FundRequest)
            .where(FundRequest.office_id == self.here.office_id)
            .order_by(FundRequest.id)
        ).all()
        return found[self.which % len(found)]

    def _go(self) -> None:
        """What the request waits for, by somebody it is meant for."""
        request = self.request
        comes_back = "take_back" if self.satang % 3 == 0 else "received"
        after = {RequestStatus.RETURNED: "answer", RequestStatus.PAID: comes_back}
        self.what = after.get(request.status, "nothing")
        if request.step is not None and request.status not in after:
            meant = MEANT_FOR[request.step]
            self.what = "pay" if request.step == 5 else "agree"
            self.name = meant[self.satang % len(meant)]

    def _says(self) -> None:
        decision, reason = WORDS[self.what]
        satang = self.satang if self.what == "reduce" else None
        word = Word(decision, satang, reason)
        fund_decisions.decide(self.session, self.person, self.request.id, word, now=self.now)

    def _releases(self) -> None:
        """At the limit, or a satang beyond it, of a request that is not approved."""
        request = self.session.scalars(
            select(FundRequest)
            .where(
                FundRequest.office_id == self.here.office_id,
                FundRequest.approved_satang.is_(None),
                FundRequest.amount_satang > 4_000_00,
            )
            .order_by(FundRequest.id)
        ).first()
        if request is not None:
            word = Word(Decision.RELEASED, 4_000_00 + self.satang % 2, "ด่วน")
            director = self.here.person("director")
            fund_decisions.release(self.session, director, request.id, word, now=self.now)

    def _ratifies(self) -> None:
        decision = Decision.RATIFIED if self.what == "ratify" else Decision.NOT_RATIFIED
        released = self.session.scalars(
            select(FundRequest).where(
                FundRequest.office_id == self.here.office_id,
                FundRequest.ratify_due_at.is_not(None),
            )
        ).first()
        if released is not None:
            member = self.here.person(("c1", "c2", "c3", "head")[self.which])
            word = Word(decision, reason="มติ")
            fund_decisions.ratify(self.session, member, released.id, word, now=self.now)

    def _pays(self) -> None:
        request = self.request
        payment = payments.living(self.session, request.id)
        if payment is None:
            payee = PAYEE if self.satang % 5 else {**PAYEE, "account_name": "คนอื่น"}
            payments.prepare(
                self.session, self.person, request.id, channel="transfer", payee=payee,
                now=self.now,
            )  # fmt: skip
            return
        paid_on = local_date(self.now) - timedelta(days=self.satang % 3)
        payments.release(self.session, self.person, payment.id, paid_on=paid_on, now=self.now)

    def _payment(self) -> int:
        found = self.session.scalars(
            select(Payment.id)
            .where(Payment.office_id == self.here.office_id)
            .order_by(Payment.status != PaymentStatus.RELEASED, Payment.id.desc())
        ).all()
        return found[self.which % len(found)] if found else 0

    def _gives(self) -> None:
        into = Account.BANK if self.what == "gift" else Account.CASH
        gift = Gift(self.satang, self._day_of(), into=into)
        donations.receive(self.session, self._fund(), gift, now=self.now, by=None)

    def _fee(self) -> None:
        fund = ledger.locked(self.session, self._fund())
        fee = Entered(EntryKind.FEE, self.satang % 500_00 + 1, self._day_of(), Account.BANK)
        key = f"{self.here.office_id}:{self.now}"
        entries.enter(self.session, fund, fee, key=key, now=self.now, by=None)

    def _pledges(self) -> None:
        fund = self.session.get_one(Fund, self._fund())
        donations.pledge(
            self.session, fund, satang_per_day=100, starts_on=self._day_of(), now=self.now
        )

    def _orders(self) -> None:
        kinds = {"expense": OrderKind.EXPENSE, "transfer": OrderKind.TRANSFER}
        fund_id, memo, day = self._fund(), "เหตุผล", self._day_of()
        person = self.here.person("f1" if self.satang % 2 else "f2")
        if self.what == "correct":
            known = money_orders.correctable(self.session, fund_id, most=50)
            if not known:
                return
            wrong = known[self.satang % len(known)].id
            wanted = Wanted(OrderKind.CORRECTION, 0, day, memo, corrects_id=wrong)
        else:
            other = self.play.other_fund if fund_id == self.here.fund_id else self.here.fund_id
            to = other if self.what == "transfer" else None
            satang = self.satang % 3_000_00 + 1
            wanted = Wanted(kinds[self.what], satang, day, memo, Account.BANK, to)
        money_orders.prepare(self.session, person, fund_id, wanted, now=self.now)

    def _settles(self) -> None:
        found = self.session.scalars(
            select(MoneyOrder)
            .where(MoneyOrder.office_id == self.here.office_id)
            .order_by(MoneyOrder.status == OrderStatus.PREPARED, MoneyOrder.id)
        ).all()
        if found:
            order = found[-1 if self.satang % 4 else 0]  # mostly one that waits
            person = self.here.person(("f1", "f2", "director", "officer")[self.which])
            settle = money_orders.confirm if self.what == "confirm" else money_orders.cancel
            settle(self.session, person, order.id, now=self.now)

    def _closes(self) -> None:
        fund = ledger.locked(self.session, self._fund())
        ledger.close_year(self.session, fund, 2568, now=self.now, by=None)

    def _day(self) -> None:
        self.play.now += timedelta(days=1)

    def _empties(self) -> None:
        """A post of the chain has nobody from now on, or nobody may approve any more."""
        gone = (("head",), ("officer",), ("director", "c1", "c2", "c3"), ("f1",))[self.which]
        for name in gone:
            self.here.leaves(name)

    def _clock(self) -> None:
        fund_reminders.look_again(self.session, self.request.id, now=self.now)
        fund_reminders.escalate(self.session, now=self.now, limit=10)
        fund_followup.ask(self.session, now=self.now, limit=10)

    def _fund(self) -> int:
        return self.play.other_fund if self.which == 3 else self.here.fund_id

    def _day_of(self) -> Any:
        """Up to 400 days ago: what is entered late."""
        return local_date(self.now) - timedelta(days=self.satang % 400)
