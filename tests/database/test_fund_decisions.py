"""Who may say what to a request, in which order, up to how much; and paying it once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from core.errors import DoolaeError, NotYours
from models.fund import FundStep
from models.fund_request import (
    Decision,
    FundDecision,
    FundRequest,
    Payment,
    PaymentStatus,
    RequestStatus,
)
from models.ledger import Account, JournalEntry, JournalLine
from models.staff import Role
from services import fund_decisions, ledger, payments
from services.fund_decisions import BeyondLimit, DecidedAlready, Limit
from services.fund_said import Word
from services.people import StaffMember
from tests.support.funds import NOW, FundOffice, fund_office

T = TypeVar("T")
AGREED = Word(Decision.AGREED)
PAYEE = {"name": "นางสมใจ ใจดี", "account_name": "สมใจ ใจดี", "account": "1", "bank": "กรุงไทย"}


def in_office(database: Database, work: Callable[[FundOffice], T]) -> T:
    """Play in one unit of work: an office with 10,000 baht in its fund."""

    def play(session: Session) -> T:
        here = fund_office(session)
        here.receives(10_000_00)
        return work(here)

    return database.run(play)


def says(here: FundOffice, name: str, request: FundRequest, word: Word = AGREED) -> FundRequest:
    return fund_decisions.decide(here.session, here.person(name), request.id, word, now=NOW)


def approved(here: FundOffice, satang: int = 3_000_00) -> FundRequest:
    request = here.asks(satang)
    for name in ("head", "officer", "director"):
        says(here, name, request)
    assert request.status is RequestStatus.APPROVED
    return request


def prepared(here: FundOffice, request: FundRequest, by: str = "f1") -> Payment:
    return payments.prepare(
        here.session, here.person(by), request.id, channel="transfer", payee=PAYEE, now=NOW
    )


def test_the_usual_way(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(3_000_00)
        for name, status in (
            ("head", "certified"), ("officer", "checked"), ("director", "approved"),
        ):  # fmt: skip
            with pytest.raises(DecidedAlready):
                says(here, "teacher", request)
            assert says(here, name, request).status == status
            with pytest.raises(DecidedAlready):
                says(here, name, request)
        payment = prepared(here, request)
        with pytest.raises(payments.SamePerson):
            payments.release(
                here.session, here.person("f1"), payment.id, paid_on=local_date(NOW), now=NOW
            )
        payments.release(
            here.session, here.person("f2"), payment.id, paid_on=local_date(NOW), now=NOW
        )
        assert request.status is RequestStatus.PAID
        assert ledger.balance(here.session, here.fund_id) == 7_000_00
        with pytest.raises(payments.NothingToPay):
            prepared(here, request)

    in_office(database, play)


def test_above_the_directors_limit_the_committee_decides_by_quorum(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(6_000_00)
        says(here, "head", request)
        says(here, "officer", request)
        with pytest.raises(DecidedAlready):
            says(here, "director", request)
        assert says(here, "c1", request).status == "checked"
        reduced = says(here, "c2", request, Word(Decision.REDUCED, 5_500_00, "เหลือเท่านี้"))
        assert (reduced.status, reduced.approved_satang) == ("approved", 5_500_00)

    in_office(database, play)


def test_one_refusal_does_not_stop_a_quorum_that_can_still_be_reached(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(6_000_00)
        says(here, "head", request)
        says(here, "officer", request)
        no = Word(Decision.REFUSED, reason="ไม่ตรงเกณฑ์")
        assert says(here, "c1", request, no).status == "checked"
        assert says(here, "c2", request, no).status == "refused"

    in_office(database, play)


@pytest.mark.parametrize(("asked", "limit"), [(25_000_00, Limit.CEILING), (9_950_00, Limit.FUND)])
def test_no_approval_beyond_a_limit(database: Database, asked: int, limit: Limit) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(asked)
        says(here, "head", request)
        says(here, "officer", request)
        with pytest.raises(BeyondLimit) as refusal:
            says(here, "c1", request)
        assert refusal.value.limit is limit
        assert request.status is RequestStatus.CHECKED

    in_office(database, play)


def test_who_asks_and_certifies_is_passed_over_and_it_says_why(database: Database) -> None:
    """P26: the head who teaches asks for a pupil of hers; the area officer has it at once."""

    def play(here: FundOffice) -> None:
        request = here.asks(1_000_00, by="head")
        assert (request.status, request.passed_over) == ("certified", "own_request")
        with pytest.raises(DecidedAlready):
            says(here, "head", request)
        assert says(here, "officer", request).status == "checked"

    in_office(database, play)


def test_more_information_comes_back_to_the_same_step(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(1_000_00)
        says(here, "head", request)
        says(here, "officer", request, Word(Decision.RETURNED, reason="ขอใบรับรองแพทย์"))
        assert request.status is RequestStatus.RETURNED
        fund_decisions.answer_return(here.session, request, staff_id=here.staff["teacher"], now=NOW)
        assert (request.status, request.revision) == ("certified", 2)
        assert says(here, "officer", request).status == "checked"

    in_office(database, play)


def test_the_emergency_lane_and_its_ratification(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(8_000_00, urgent=True)
        director = here.person("director")
        with pytest.raises(NotYours):
            fund_decisions.release(here.session, here.person("head"), request.id, AGREED, now=NOW)
        fund_decisions.release(here.session, director, request.id, AGREED, now=NOW)
        assert (request.status, request.ratified_at) == ("approved", None)
        assert request.ratify_due_at is not None
        for name in ("c1", "c3"):
            fund_decisions.ratify(
                here.session, here.person(name), request.id, Word(Decision.RATIFIED), now=NOW
            )
        assert request.ratified_at == NOW
        assert request.ratify_due_at is None

    in_office(database, play)


def test_another_name_on_the_account_holds_the_payment(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = approved(here)
        payment = payments.prepare(
            here.session, here.person("f1"), request.id, channel="transfer", now=NOW,
            payee={**PAYEE, "account_name": "ประเสริฐ ใจดี"},
        )  # fmt: skip
        with pytest.raises(payments.OnHold) as hold:
            payments.release(
                here.session, here.person("f2"), payment.id, paid_on=local_date(NOW), now=NOW
            )
        assert hold.value.reason == payments.NAME_DIFFERS
        assert ledger.balance(here.session, here.fund_id) == 10_000_00

    in_office(database, play)


def test_money_that_came_back_waits_for_finance_again(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = approved(here)
        payment = prepared(here, request)
        payments.release(
            here.session, here.person("f2"), payment.id, paid_on=local_date(NOW), now=NOW
        )
        payments.take_back(here.session, here.person("f1"), payment.id, now=NOW)
        assert request.status is RequestStatus.APPROVED
        assert ledger.balance(here.session, here.fund_id) == 10_000_00
        again = prepared(here, request, by="f2")
        payments.release(
            here.session, here.person("director"), again.id, paid_on=local_date(NOW), now=NOW
        )
        assert ledger.balance(here.session, here.fund_id) == 7_000_00

    in_office(database, play)


#: Who the steps are meant for: most moves are theirs, so that requests get anywhere.
MEANT_FOR = {
    1: ["head", "teacher"], 2: ["officer"], 3: ["director", "head"], 4: ["c1", "c2", "c3"],
    5: ["f1", "f2", "director"],
}  # fmt: skip
PEOPLE = ["teacher", "head", "officer", "director", "c1", "c2", "c3", "f1", "f2"]
moves = st.lists(
    st.tuples(
        st.sampled_from(
            [*["go"] * 12, "ask", "agree", "reduce", "refuse", "return", "answer", "release",
             "ratify", "pay", "take_back", "gift"]
        ),
        st.sampled_from(PEOPLE),
        st.integers(1, 25_000_00),
        st.sampled_from([0, 0, 1, 1, 2]),
    ),
    min_size=20,
    max_size=40,
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=moves)
def test_whatever_is_tried_no_rule_is_broken(
    database: Database, moves: list[tuple[str, str, int, int]]
) -> None:
    """No payment without its approvals, none beyond a limit, nothing paid twice, books balanced."""

    def play(session: Session) -> None:
        here = fund_office(
            session, str(session.scalar(select(func.count(FundRequest.id))) or 0) + "x"
        )
        here.receives(9_000_00)
        requests = [here.asks(3_000_00), here.asks(6_000_00, by="c1")]
        for move in moves:
            try:
                with session.begin_nested():
                    _play(here, requests, move)
            except DoolaeError:
                session.expire_all()
        _hold(here, requests)
        session.rollback()

    database.run(play)


def _play(here: FundOffice, requests: list[FundRequest], move: tuple[str, str, int, int]) -> None:
    what, name, satang, which = move
    request = requests[which % len(requests)]
    if what == "go" and request.step is not None:
        meant = MEANT_FOR[request.step]
        what, name = ("pay" if request.step == 5 else "agree"), meant[satang % len(meant)]
    words = {
        "agree": AGREED,
        "reduce": Word(Decision.REDUCED, satang, "น้อยลง"),
        "refuse": Word(Decision.REFUSED, reason="ไม่ตรงเกณฑ์"),
        "return": Word(Decision.RETURNED, reason="ขอเอกสาร"),
    }
    person = here.person(name)
    if what in words:
        fund_decisions.decide(here.session, person, request.id, words[what], now=NOW)
    elif what == "ask":
        requests.append(here.asks(satang, by="teacher"))
    elif what == "gift":
        here.receives(satang)
    else:
        _other(here, request, person, what, satang)


def _other(
    here: FundOffice, request: FundRequest, person: StaffMember, what: str, satang: int
) -> None:
    session = here.session
    payment = payments.living(session, request.id)
    if what == "answer":
        fund_decisions.answer_return(session, request, staff_id=here.staff["teacher"], now=NOW)
    elif what == "release":
        fund_decisions.release(
            session, person, request.id, Word(Decision.RELEASED, satang), now=NOW
        )
    elif what == "ratify":
        fund_decisions.ratify(session, person, request.id, Word(Decision.RATIFIED), now=NOW)
    elif what == "take_back" and payment is not None:
        payments.take_back(session, person, payment.id, now=NOW)
    elif payment is None:
        payments.prepare(session, person, request.id, channel="transfer", payee=PAYEE, now=NOW)
    else:
        payments.release(session, person, payment.id, paid_on=local_date(NOW), now=NOW)


def _hold(here: FundOffice, requests: list[FundRequest]) -> None:
    session = here.session
    released = session.scalars(
        select(Payment).where(
            Payment.office_id == here.office_id, Payment.status == PaymentStatus.RELEASED
        )
    ).all()
    assert len({payment.request_id for payment in released}) == len(released)
    for payment in released:
        assert payment.prepared_by_id != payment.released_by_id
    paid = ledger.balance(session, here.fund_id, account=Account.AID)
    assert paid == sum(payment.satang for payment in released)
    assert ledger.balance(session, here.fund_id) >= 0
    sums = session.execute(
        select(func.sum(JournalLine.satang))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .group_by(JournalLine.entry_id)
    ).scalars()
    assert set(sums) <= {0}
    for request in requests:
        _hold_for(here, request)


def _hold_for(here: FundOffice, request: FundRequest) -> None:
    session = here.session
    words = session.scalars(select(FundDecision).where(FundDecision.request_id == request.id)).all()
    assert all(word.staff_id != request.requester_id for word in words)
    if request.approved_satang is None:
        assert request.status not in (RequestStatus.APPROVED, RequestStatus.PAID)
        return
    assert request.approved_satang <= min(request.amount_satang, 20_000_00)
    final = [word for word in words if word.revision == request.revision]
    if any(word.decision is Decision.RELEASED for word in words):
        assert request.approved_satang <= 8_000_00
        return
    assert {word.kind for word in words} >= {"check", "approve"}
    last = max(word.step for word in final)
    step = session.scalars(
        select(FundStep).where(FundStep.fund_id == here.fund_id, FundStep.position == last)
    ).one()
    agreeing = [word for word in final if word.step == last and word.satang is not None]
    assert len(agreeing) >= step.quorum
    assert step.limit_satang is None or request.approved_satang <= step.limit_satang
    assert (
        Role.DIRECTOR in {word.post for word in words}
        or request.passed_over is not None
        or any(word.kind == "check" for word in words)
    )
