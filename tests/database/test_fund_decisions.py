"""Who may say what to a request, in which order, up to how much; and paying it once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import Database
from core.errors import NotYours
from models.fund import Fund
from models.fund_request import Decision, FundRequest, Payment, PaymentStatus, RequestStatus
from models.staff import Duty, Role
from services.money import (
    fund_decisions,
    fund_reminders,
    fund_steps,
    fund_unratified,
    fund_waiting,
    ledger,
    payments,
)
from services.money.fund_decisions import DecidedAlready
from services.money.fund_limits import BeyondLimit, Limit
from services.money.fund_said import ReasonMissing, Word
from tests.support.funds import COMMITTEE, NOW, STARTED, FundOffice, fund_office

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
        more = here.asks(8_000_01, urgent=True)
        with pytest.raises(BeyondLimit) as refusal:
            fund_decisions.release(here.session, director, more.id, AGREED, now=NOW)
        assert (refusal.value.limit, refusal.value.allowed) == (Limit.EMERGENCY, 8_000_00)
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


def test_less_is_agreed_to_with_a_reason_only(database: Database) -> None:
    """Whichever word it is called by: whoever gives less says why."""

    def play(here: FundOffice) -> None:
        request = here.asks(3_000_00, urgent=True)
        for word in (Word(Decision.AGREED, 2_000_00), Word(Decision.REDUCED, 2_000_00, "  ")):
            with pytest.raises(ReasonMissing):
                says(here, "head", request, word)
        with pytest.raises(ReasonMissing):
            fund_decisions.release(
                here.session, here.person("director"), request.id,
                Word(Decision.RELEASED, 2_000_00), now=NOW,
            )  # fmt: skip
        assert request.status is RequestStatus.REQUESTED

    in_office(database, play)


# The emergency lane when the committee says no, or nothing.

NO = Word(Decision.NOT_RATIFIED, reason="ไม่ตรงเกณฑ์")


def released(here: FundOffice) -> FundRequest:
    request = here.asks(8_000_00, urgent=True)
    return fund_decisions.release(
        here.session, here.person("director"), request.id, AGREED, now=NOW
    )


def ratifies(here: FundOffice, request: FundRequest, word: Word, *names: str) -> None:
    for name in names:
        fund_decisions.ratify(here.session, here.person(name), request.id, word, now=NOW)


def pays(here: FundOffice, request: FundRequest) -> Payment:
    payment = prepared(here, request)
    return payments.release(
        here.session, here.person("f2"), payment.id, paid_on=local_date(NOW), now=NOW
    )


def test_what_is_not_ratified_is_not_paid(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = released(here)
        payment = prepared(here, request)
        ratifies(here, request, NO, "c1")
        assert request.status is RequestStatus.APPROVED  # one of two
        ratifies(here, request, NO, "c2")
        assert (request.status, request.approved_satang) == (RequestStatus.REFUSED, None)
        assert payment.status is PaymentStatus.CANCELLED
        assert ledger.promised(here.session, here.fund_id) == 0
        with pytest.raises(payments.NothingToPay):
            prepared(here, request)
        with pytest.raises(DecidedAlready):
            ratifies(here, request, Word(Decision.RATIFIED), "c3")

    in_office(database, play)


def test_what_was_paid_and_not_ratified_stays_and_is_not_paid_again(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = released(here)
        payment = pays(here, request)
        ratifies(here, request, NO, "c1", "c2")
        assert (request.status, payment.status) == ("paid", "released")
        assert fund_unratified.is_unratified(here.session, request)
        payments.take_back(here.session, here.person("f1"), payment.id, now=NOW)
        assert (request.status, payment.status) == ("refused", "reversed")
        assert ledger.balance(here.session, here.fund_id) == 10_000_00

    in_office(database, play)


def test_late_ratifying_still_settles_it(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = released(here)
        late = NOW + timedelta(days=16)
        assert fund_reminders.escalate(here.session, now=late, limit=10) == 1
        for name in ("c1", "c2"):
            fund_decisions.ratify(
                here.session, here.person(name), request.id, Word(Decision.RATIFIED), now=late
            )
        assert request.ratified_at == late
        assert fund_reminders.escalate(here.session, now=late, limit=10) == 0

    in_office(database, play)


def test_who_released_does_not_ratify_where_others_can(database: Database) -> None:
    def play(here: FundOffice) -> None:
        session = here.session
        session.add(
            Duty(
                office_id=here.office_id, staff_id=here.staff["director"], name=COMMITTEE,
                starts_on=STARTED,
            )
        )  # fmt: skip
        request = released(here)
        with pytest.raises(DecidedAlready):
            ratifies(here, request, Word(Decision.RATIFIED), "director")
        for name in ("c1", "c2"):
            session.scalars(
                select(Duty).where(Duty.staff_id == here.staff[name])
            ).one().ends_on = STARTED
        # Of the committee one is left beside ผอ.เขต: two must agree, so both may.
        ratifies(here, request, Word(Decision.RATIFIED), "director", "c3")
        assert request.ratified_at == NOW

    in_office(database, play)


# Empty posts, recused members, limits.


def test_nothing_is_approved_where_nobody_may(database: Database) -> None:
    """No ผอ.เขต and no committee: it waits for nobody, and finance cannot pay it (P26)."""

    def play(here: FundOffice) -> None:
        request = here.asks(1_000_00)
        here.leaves("director", "c1", "c2", "c3")
        says(here, "head", request)
        says(here, "officer", request)
        assert (request.status, request.step) == (RequestStatus.CHECKED, None)
        with pytest.raises(payments.NothingToPay):
            prepared(here, request)
        assert not fund_steps.look_again(here.session, request, now=NOW)
        here.employs("new", Role.DISTRICT_DIRECTOR)
        assert fund_steps.look_again(here.session, request, now=NOW)
        assert says(here, "new", request).status is RequestStatus.APPROVED

    in_office(database, play)


def test_a_committee_that_left_stalls_nothing_and_approves_nothing(database: Database) -> None:
    def play(here: FundOffice) -> None:
        request = here.asks(6_000_00)
        says(here, "head", request)
        says(here, "officer", request)
        here.leaves("c2", "c3")
        assert fund_steps.look_again(here.session, request, now=NOW)
        assert (request.status, request.step) == (RequestStatus.CHECKED, None)
        assert [one.id for one in fund_waiting.stuck(here.session, here.person("officer"), now=NOW)]
        assert not fund_steps.look_again(here.session, request, now=NOW)

    in_office(database, play)


def test_a_quorum_that_cannot_be_reached_any_more_goes_to_the_office(database: Database) -> None:
    """One yes, one no, and the third member is gone: nobody is left to decide."""

    def play(here: FundOffice) -> None:
        request = here.asks(6_000_00)
        says(here, "head", request)
        says(here, "officer", request)
        says(here, "c1", request)
        says(here, "c2", request, Word(Decision.REFUSED, reason="ไม่ตรงเกณฑ์"))
        assert not fund_steps.look_again(here.session, request, now=NOW)
        here.leaves("c3")
        assert fund_steps.look_again(here.session, request, now=NOW)
        assert request.step is None
        assert not fund_steps.look_again(here.session, request, now=NOW)
        here.employs("c4", None, duty=COMMITTEE)
        assert fund_steps.look_again(here.session, request, now=NOW)
        assert says(here, "c4", request).status is RequestStatus.APPROVED

    in_office(database, play)


def test_a_member_who_asks_is_recused_and_the_others_suffice(database: Database) -> None:
    """Of three members one has asked: two are left, and both must agree."""

    def play(here: FundOffice) -> None:
        request = here.asks(6_000_00, by="c1")
        says(here, "head", request)
        says(here, "officer", request)
        with pytest.raises(DecidedAlready):
            says(here, "c1", request)
        says(here, "c2", request)
        assert says(here, "c3", request).status is RequestStatus.APPROVED
        refused = here.asks(6_000_00, by="c1")
        says(here, "head", refused)
        says(here, "officer", refused)
        no = Word(Decision.REFUSED, reason="ไม่ตรงเกณฑ์")
        assert says(here, "c2", refused, no).status is RequestStatus.REFUSED

    in_office(database, play)


def test_the_funds_day_and_the_approvers_own_limit(database: Database) -> None:
    def play(here: FundOffice) -> None:
        here.session.get_one(Fund, here.fund_id).daily_satang = 4_000_00
        approved(here, 3_000_00)
        request = here.asks(3_000_00)
        says(here, "head", request)
        says(here, "officer", request)
        with pytest.raises(BeyondLimit) as refusal:
            says(here, "director", request)
        assert (refusal.value.limit, refusal.value.allowed) == (Limit.DAY, 1_000_00)
        with pytest.raises(BeyondLimit):
            fund_decisions.release(
                here.session, here.person("director"), request.id, AGREED, now=NOW
            )
        tomorrow = NOW + timedelta(days=1)
        fund_decisions.decide(
            here.session, here.person("director"), request.id, AGREED, now=tomorrow
        )
        assert request.status is RequestStatus.APPROVED

    in_office(database, play)


# Papers and witnesses (P36, P39).


def test_without_the_signed_memo_nothing_is_paid(database: Database) -> None:
    def play(here: FundOffice) -> None:
        here.session.get_one(Fund, here.fund_id).button_suffices = False
        request = approved(here)
        payment = prepared(here, request)
        with pytest.raises(payments.OnHold) as hold:
            payments.release(
                here.session, here.person("f2"), payment.id, paid_on=local_date(NOW), now=NOW
            )
        assert hold.value.reason == payments.SCAN_MISSING
        assert ledger.balance(here.session, here.fund_id) == 10_000_00

    in_office(database, play)


@pytest.mark.parametrize(
    ("witnesses", "held"),
    [
        ([], True),
        (["นายสมชาย ดีงาม"], True),
        (["นายสมชาย ดีงาม", "สมชาย  ดีงาม"], True),  # one person, written twice
        (["นายสมชาย ดีงาม", "นางสมใจ ใจดี"], True),  # the payee is no witness
        (["นายสมชาย ดีงาม", "นางมานี มีนา"], False),
    ],
)
def test_a_payee_without_a_card_needs_two_witnesses(witnesses: list[str], held: bool) -> None:
    payee = {"name": "นางสมใจ ใจดี", "has_card": False, "witnesses": witnesses}
    assert (payments.why_hold(payments.CASH, payee) == payments.NO_WITNESSES) is held
