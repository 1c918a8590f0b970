"""Paying what was approved, once, by two persons, and only what the fund has.

Preparing writes the voucher; releasing posts it to the books in the same transaction. Proof is slip
and signature (P16); a payee whose account has another name holds the payment (P39).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import BUDDHIST_ERA, fiscal_year, local_date
from core.database import secrets_of
from core.errors import DoolaeError, NotYours
from core.thai import normal_name
from models.fund import Fund
from models.fund_request import PAYEE, FundRequest, Payment, PaymentStatus, RequestStatus
from models.ledger import Account, EntryKind, JournalEntry
from models.staff import Role
from models.timeline import Event
from services import timeline
from services.money import fund_notices, fund_steps, fund_unratified, ledger
from services.money.ledger import Posting
from services.numbers import VOUCHER, next_number
from services.people import StaffMember

CASH: Final = "cash"
TRANSFER: Final = "transfer"
#: Papers of public money (P40).
KEPT_YEARS: Final = 10
#: Why a payment must wait.
NAME_DIFFERS: Final = "name_differs"
SCAN_MISSING: Final = "scan_missing"
NO_WITNESSES: Final = "no_witnesses"
_SUBJECT: Final = "fund_request"


class OnHold(DoolaeError):
    """Paying must wait; `reason` says for what."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"on hold: {reason}")
        self.reason = reason


class SamePerson(DoolaeError):
    """Who prepared a payment does not release it: there are two persons to every payment."""


class NothingToPay(DoolaeError):
    """The request is not approved, or a payment of it is under way or done."""


def prepare(
    session: Session,
    person: StaffMember,
    request_id: int,
    *,
    channel: str,
    payee: Mapping[str, Any],
    now: datetime,
) -> Payment:
    """The first person's half: a voucher for the approved amount.

    `payee`: {"name", "account_name", "account", "bank", "has_card", "witnesses"}. Raises
    `NotYours`, `NothingToPay`.
    """
    request = _locked(session, person, request_id, now=now)
    if request.status is not RequestStatus.APPROVED or request.approved_satang is None:
        raise NothingToPay
    if living(session, request_id) is not None:
        raise NothingToPay
    year = fiscal_year(local_date(now))
    payment = Payment(
        office_id=request.office_id,
        request_id=request.id,
        status=PaymentStatus.PREPARED,
        voucher=next_number(session, office_id=request.office_id, kind=VOUCHER, year=year),
        satang=request.approved_satang,
        channel=channel,
        payee=secrets_of(session).seal_json(dict(payee), column=PAYEE),
        prepared_by_id=person.staff_id,
        prepared_at=now,
    )
    session.add(payment)
    session.flush()
    request.hold = why_hold(payment.channel, payee)
    _note(session, request, person, "payment.prepared", now=now, reason=request.hold)
    fund_notices.prepared(session, request, now=now)
    return payment


def release(
    session: Session,
    person: StaffMember,
    payment_id: int,
    *,
    paid_on: date,
    now: datetime,
    scan_is_there: bool = False,
    slip_media_id: int | None = None,
    signature_media_id: int | None = None,
) -> Payment:
    """The second person's half: the money leaves, and the books say so in the same transaction.

    Raises `SamePerson`, `OnHold`, `NothingToPay`, `services.money.ledger.NotEnough`, `NotYours`.
    """
    payment, request = _both(session, person, payment_id, now=now)
    if payment.status is not PaymentStatus.PREPARED:
        raise NothingToPay
    if payment.prepared_by_id == person.staff_id:
        raise SamePerson
    fund = ledger.locked(session, request.fund_id)
    if request.hold is not None:
        raise OnHold(request.hold)
    if not (fund.button_suffices or scan_is_there or request.scan_media_id is not None):
        raise OnHold(SCAN_MISSING)
    _post(session, fund, payment, person, paid_on=paid_on, now=now)
    payment.move_to(PaymentStatus.RELEASED)
    payment.released_by_id, payment.released_at = person.staff_id, now
    payment.paid_on = paid_on
    payment.slip_media_id, payment.signature_media_id = slip_media_id, signature_media_id
    request.move_to(RequestStatus.PAID)
    request.paid_at = now
    request.retain_until = kept_until(paid_on)
    request.step = None
    fund_steps.wait_for_school(session, request, now=now)
    request.follow_up_on = local_date(now) + timedelta(days=fund.follow_up_days)
    _note(session, request, person, "payment.released", now=now)
    fund_notices.paid(session, request, now=now)
    return payment


def kept_until(paid_on: date) -> date:
    """Until when the papers of a payment are kept: ten years after its fiscal year (P40)."""
    return date(fiscal_year(paid_on) - BUDDHIST_ERA + KEPT_YEARS, 9, 30)


def lift_hold(
    session: Session, person: StaffMember, request_id: int, *, reason: str, now: datetime
) -> FundRequest:
    """Somebody of finance has looked into why paying was held; what they found is kept, sealed.

    Raises `NotYours`, and `NothingToPay` where nothing is held.
    """
    request = _locked(session, person, request_id, now=now)
    if request.hold is None:
        raise NothingToPay
    note_id = timeline.note(session, request.office_id, reason)
    event = _note(session, request, person, "payment.hold_lifted", now=now, reason=request.hold)
    event.note_id = note_id
    request.hold = None
    return request


def attach_scan(
    session: Session, person: StaffMember, request_id: int, media_id: int, *, now: datetime
) -> FundRequest:
    """Keep the signed memo, where a button is not enough (P36). Raises `NotYours`."""
    request = _locked(session, person, request_id, now=now)
    request.scan_media_id = media_id
    _note(session, request, person, "fund_request.scan_attached", now=now)
    return request


def cancel(session: Session, person: StaffMember, payment_id: int, *, now: datetime) -> Payment:
    """Throw a prepared voucher away; its number stays used. Raises `NothingToPay`."""
    payment, request = _both(session, person, payment_id, now=now)
    if payment.status is not PaymentStatus.PREPARED:
        raise NothingToPay
    payment.move_to(PaymentStatus.CANCELLED)
    request.hold = None
    _note(session, request, person, "payment.cancelled", now=now)
    return payment


def take_back(
    session: Session,
    person: StaffMember,
    payment_id: int,
    *,
    now: datetime,
    reason: str | None = None,
) -> Payment:
    """The money came back: a counter-entry, and the request waits for finance again.

    `reason` is kept sealed on the timeline. Raises `NothingToPay`, `NotYours`.
    """
    payment, request = _both(session, person, payment_id, now=now)
    if payment.status is not PaymentStatus.RELEASED or request.status is not RequestStatus.PAID:
        raise NothingToPay
    fund = ledger.locked(session, request.fund_id)
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.dedupe_key == _key(payment))
    ).one()
    ledger.reverse(session, fund, entry, now=now, by=person.staff_id)
    payment.move_to(PaymentStatus.REVERSED)
    request.move_to(RequestStatus.APPROVED)
    request.paid_at = request.follow_up_on = None
    event = _note(session, request, person, "payment.reversed", now=now)
    if reason:
        event.note_id = timeline.note(session, request.office_id, reason)
    if fund_unratified.is_unratified(session, request):  # it is not paid a second time
        fund_unratified.settle(session, request, staff_id=person.staff_id, now=now)
        return payment
    fund_steps.wait_at(session, request, fund_steps.pay_stop(session, request, now=now), now=now)
    fund_notices.moved(session, request, now=now)
    return payment


def living(session: Session, request_id: int) -> Payment | None:
    """The payment of a request that is prepared or released; there is at most one."""
    return session.scalar(
        select(Payment).where(
            Payment.request_id == request_id,
            Payment.status.in_((PaymentStatus.PREPARED, PaymentStatus.RELEASED)),
        )
    )


def returnable(session: Session, fund_id: int, *, most: int) -> Sequence[tuple[Payment, str]]:
    """The newest payments whose money may come back, with the number of their request.

    Only until the school has said that the child has it.
    """
    rows = session.execute(
        select(Payment, FundRequest.number)
        .join(FundRequest, FundRequest.id == Payment.request_id)
        .where(
            FundRequest.fund_id == fund_id,
            FundRequest.status == RequestStatus.PAID,
            Payment.status == PaymentStatus.RELEASED,
        )
        .order_by(Payment.id.desc())
        .limit(most)
    )
    return [(payment, number) for payment, number in rows]


def payee_of(session: Session, payment: Payment) -> dict[str, Any]:
    """Who is paid, and where to; empty when it was erased."""
    if payment.payee is None:
        return {}
    payee: dict[str, Any] = secrets_of(session).open_json(payment.payee, column=PAYEE)
    return payee


def why_hold(channel: str, payee: Mapping[str, Any]) -> str | None:
    """Why a payment to this payee must wait (P39); None where nothing stands against it."""
    name, account_name = payee.get("name") or "", payee.get("account_name") or ""
    if channel == TRANSFER and normal_name(name) != normal_name(account_name):
        return NAME_DIFFERS
    if payee.get("has_card") is False and len(_witnesses(payee)) < 2:
        return NO_WITNESSES
    return None


def _witnesses(payee: Mapping[str, Any]) -> set[str]:
    """Different persons who saw it, none of them the payee."""
    named = {normal_name(name) for name in payee.get("witnesses") or ()}
    return named - {normal_name(payee.get("name") or ""), ""}


def _post(
    session: Session,
    fund: Fund,
    payment: Payment,
    person: StaffMember,
    *,
    paid_on: date,
    now: datetime,
) -> None:
    money = Account.CASH if payment.channel == CASH else Account.BANK
    posting = Posting(
        EntryKind.PAYMENT, _key(payment), paid_on, memo=payment.voucher, payment_id=payment.id
    )
    lines = {Account.AID: payment.satang, money: -payment.satang}
    ledger.post(session, fund, posting, lines, now=now, by=person.staff_id)


def _both(
    session: Session, person: StaffMember, payment_id: int, *, now: datetime
) -> tuple[Payment, FundRequest]:
    """A payment and its request, the request locked: whoever changes one holds both."""
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise NotYours
    request = _locked(session, person, payment.request_id, now=now)
    session.refresh(payment)
    return payment, request


def _key(payment: Payment) -> str:
    return f"payment:{payment.id}"


def _locked(
    session: Session, person: StaffMember, request_id: int, *, now: datetime
) -> FundRequest:
    """The request, locked, for somebody who holds its fund's paying step. Raises `NotYours`."""
    request = session.get(FundRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None or request.office_id != person.office_id:
        raise NotYours
    if not may_pay(session, person, request, now=now):
        raise NotYours
    return request


def may_pay(session: Session, person: StaffMember, request: FundRequest, *, now: datetime) -> bool:
    """Whether a person may prepare or release payments of a request.

    ผอ.เขต may be one of the two, so that an office with one finance officer can pay (P26).
    """
    if person.has(Role.DISTRICT_DIRECTOR) and person.staff_id != request.requester_id:
        return True
    return person.staff_id in fund_steps.payers(session, request, today=local_date(now))


def _note(
    session: Session,
    request: FundRequest,
    person: StaffMember,
    kind: str,
    *,
    now: datetime,
    reason: str | None = None,
) -> Event:
    return timeline.record(
        session, kind, at=now, office_id=request.office_id, subject=(_SUBJECT, request.id),
        staff_id=person.staff_id, reason_code=reason,
    )  # fmt: skip
