"""What holds of an office's money at every moment, whatever was tried and whatever died (issue 5).

Each rule names what breaks it; `broken` returns everything that does, so that a test can show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from models.fund import Donation, Fund, FundStep, StepKind
from models.fund_request import (
    Decision,
    FundDecision,
    FundRequest,
    Payment,
    PaymentStatus,
    RequestStatus,
)
from models.ledger import (
    MONEY,
    Account,
    EntryKind,
    JournalEntry,
    JournalLine,
    MoneyOrder,
    OrderKind,
    OrderStatus,
)
from models.line_account import Notice
from services.money import funds
from services.notices import FACTS

PAID = (RequestStatus.PAID, RequestStatus.RECEIVED, RequestStatus.CLOSED)
AGREED = (Decision.AGREED, Decision.REDUCED)


def broken(session: Session, office_id: int) -> list[str]:
    """Every rule that does not hold, as a sentence; empty when all is well."""
    of_office = select(Fund).where(Fund.office_id == office_id)
    found: list[Iterator[str]] = [_told_twice(session, office_id)]
    for fund in session.scalars(of_office.order_by(Fund.id)):
        found += [_unbalanced(session, fund), _below_nothing(session, fund)]
        found += [_unpaid_or_twice(session, fund), _beyond_a_day(session, fund)]
        found += [_gifts(session, fund)]
    for request in session.scalars(select(FundRequest).where(FundRequest.office_id == office_id)):
        found += [_unapproved(session, request), _payments(session, request)]
    found += [_orders(session, office_id)]
    return list(chain.from_iterable(found))


def _unbalanced(session: Session, fund: Fund) -> Iterator[str]:
    """Every entry has two sides or more, which add up to nothing."""
    rows = session.execute(
        select(JournalEntry.number, func.count(JournalLine.id), func.sum(JournalLine.satang))
        .outerjoin(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.fund_id == fund.id)
        .group_by(JournalEntry.id, JournalEntry.number)
    )
    for number, sides, total in rows:
        if sides < 2 or total != 0:
            yield f"{number}: {sides} sides add up to {total}"


def _below_nothing(session: Session, fund: Fund) -> Iterator[str]:
    """Bank and cash are never below nothing: not as posted, and on no line of the register."""
    orders = ((JournalEntry.id,), (JournalEntry.entered_on, JournalEntry.id))
    for account in MONEY:
        for order in orders:
            left = 0
            rows = session.execute(
                select(JournalEntry.number, JournalLine.satang)
                .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
                .where(JournalEntry.fund_id == fund.id, JournalLine.account == account)
                .order_by(*order)
            )
            for number, satang in rows:
                left += satang
                if left < 0:
                    yield f"{number}: {account} of {fund.code} is {left} behind it"


def _unpaid_or_twice(session: Session, fund: Fund) -> Iterator[str]:
    """The books hold exactly the payments that were released, once, and those that came back."""
    entries = session.scalars(
        select(JournalEntry).where(
            JournalEntry.fund_id == fund.id, JournalEntry.payment_id.is_not(None)
        )
    ).all()
    posted = Counter((entry.payment_id, entry.kind) for entry in entries)
    payments = session.scalars(
        select(Payment)
        .join(FundRequest, FundRequest.id == Payment.request_id)
        .where(FundRequest.fund_id == fund.id)
    ).all()
    for payment in payments:
        is_out = payment.status in (PaymentStatus.RELEASED, PaymentStatus.REVERSED)
        wanted = (int(is_out), int(payment.status is PaymentStatus.REVERSED))
        kinds = (EntryKind.PAYMENT, EntryKind.REVERSAL)
        there = tuple(posted.pop((payment.id, kind), 0) for kind in kinds)
        if there != wanted:
            yield f"{payment.voucher} is {payment.status}, the books have {there}"
    if posted:
        yield f"entries of payments that are not there: {posted}"
    released = sum(one.satang for one in payments if one.status is PaymentStatus.RELEASED)
    aid = session.scalar(
        select(func.coalesce(func.sum(JournalLine.satang), 0))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(
            JournalEntry.fund_id == fund.id,
            JournalLine.account == Account.AID,
            JournalEntry.payment_id.is_not(None),
        )
    )
    if aid != released:
        yield f"{fund.code}: {released} was released, the books say {aid}"


def _beyond_a_day(session: Session, fund: Fund) -> Iterator[str]:
    """On no day more was approved than the fund's rule allows."""
    if fund.daily_satang is None:
        return
    by_day: Counter[str] = Counter()
    for request in session.scalars(select(FundRequest).where(FundRequest.fund_id == fund.id)):
        if request.approved_satang is not None and request.decided_at is not None:
            by_day[str(local_date(request.decided_at))] += request.approved_satang
    for day, satang in by_day.items():
        if satang > fund.daily_satang:
            yield f"{fund.code}: {satang} approved on {day}"


def _gifts(session: Session, fund: Fund) -> Iterator[str]:
    """Every gift stands in the books once."""
    rows = session.execute(
        select(Donation.number, func.count(JournalEntry.id))
        .outerjoin(
            JournalEntry,
            (JournalEntry.donation_id == Donation.id) & (JournalEntry.kind == EntryKind.DONATION),
        )
        .where(Donation.fund_id == fund.id)
        .group_by(Donation.id, Donation.number)
    )
    yield from (
        f"{number} stands in the books {count} times" for number, count in rows if count != 1
    )


def _unapproved(session: Session, request: FundRequest) -> Iterator[str]:
    """Who asked said nothing; what is approved was approved by those who may, up to their limit."""
    words = session.scalars(
        select(FundDecision).where(FundDecision.request_id == request.id).order_by(FundDecision.id)
    ).all()
    number = request.number
    if any(word.staff_id == request.requester_id for word in words):
        yield f"{number}: who asked has decided"
    approved = request.approved_satang
    if approved is None:
        if request.status in (RequestStatus.APPROVED, *PAID):
            yield f"{number} is {request.status} without an amount"
        return
    fund = session.get_one(Fund, request.fund_id)
    ceiling = funds.ceiling(session, fund, request.cause)
    if not 0 < approved <= min(request.amount_satang, ceiling or approved):
        yield f"{number}: {approved} approved, {request.amount_satang} asked, {ceiling} at most"
    released = [word for word in words if word.decision is Decision.RELEASED]
    if released:
        yield from _released(number, fund, released, approved)
        return
    agreed = [
        word for word in words if word.decision in AGREED and word.revision == request.revision
    ]
    if not any(_suffices(step, agreed, approved) for step in _approving(session, request)):
        yield f"{number}: no approver agreed to {approved}"
    for word in agreed:
        if word.satang is None or word.satang < approved:
            yield f"{number}: {word.post} agreed to {word.satang} only, not to {approved}"


def _released(
    number: str, fund: Fund, words: Sequence[FundDecision], approved: int
) -> Iterator[str]:
    if len(words) != 1 or approved > (fund.emergency_satang or 0):
        yield f"{number}: {approved} released at once, {fund.emergency_satang} allowed"


def _approving(session: Session, request: FundRequest) -> Sequence[FundStep]:
    chain_of = funds.chain_of(session, request)
    return [step for step in chain_of if step.kind is StepKind.APPROVE]


def _suffices(step: FundStep, agreed: Sequence[FundDecision], satang: int) -> bool:
    here = {word.staff_id for word in agreed if word.step == step.position}
    reaches = step.limit_satang is None or satang <= step.limit_satang
    return len(here) >= step.quorum and reaches


def _payments(session: Session, request: FundRequest) -> Iterator[str]:
    """At most one living payment, of what was approved, by two persons; paid is who was paid."""
    rows = session.scalars(select(Payment).where(Payment.request_id == request.id)).all()
    living = [row for row in rows if row.status in (PaymentStatus.PREPARED, PaymentStatus.RELEASED)]
    released = [row for row in rows if row.status is PaymentStatus.RELEASED]
    if len(living) > 1:
        yield f"{request.number} has {len(living)} payments"
    if bool(released) != (request.status in PAID):
        yield f"{request.number} is {request.status} with {len(released)} payments released"
    if living and request.status not in (RequestStatus.APPROVED, *PAID):
        yield f"{request.number} is {request.status} and has a voucher"
    for row in rows:
        two = row.released_by_id not in (None, row.prepared_by_id)
        if row.status in (PaymentStatus.RELEASED, PaymentStatus.REVERSED) and not two:
            yield f"{row.voucher}: not two persons"
    for row in living:
        if row.satang != request.approved_satang:
            yield f"{row.voucher}: {row.satang} of {request.approved_satang}"


def _orders(session: Session, office_id: int) -> Iterator[str]:
    """What left outside a request was confirmed by a second person and posted once."""
    for order in session.scalars(select(MoneyOrder).where(MoneyOrder.office_id == office_id)):
        keys = [f"order:{order.id}", f"order:{order.id}:in"]
        posted = session.scalar(
            select(func.count(JournalEntry.id)).where(JournalEntry.dedupe_key.in_(keys))
        )
        confirmed = order.status is OrderStatus.CONFIRMED
        wanted = {OrderKind.EXPENSE: 1, OrderKind.TRANSFER: 2, OrderKind.CORRECTION: 0}[order.kind]
        if posted != (wanted if confirmed else 0):
            yield f"{order.number} is {order.status} and posted {posted} times"
        if confirmed and order.confirmed_by_id in (None, order.prepared_by_id):
            yield f"{order.number}: not two persons"


def _told_twice(session: Session, office_id: int) -> Iterator[str]:
    """Nobody is told the same of the same request twice; of a voucher once more each."""
    told: Counter[tuple[int, str, int, str]] = Counter()
    for notice in session.scalars(select(Notice).where(Notice.office_id == office_id)):
        facts = secrets_of(session).open_json(notice.facts, column=FACTS)
        if "request" in facts:
            key = (notice.account_id, notice.kind, facts["request"], str(facts.get("status")))
            told[key] += 1
    for (account_id, kind, request_id, status), count in told.items():
        allowed = _may_be_told(session, request_id, status)
        if count > allowed:
            yield f"account {account_id}: {kind} of request {request_id} ({status}) {count} times"


def _may_be_told(session: Session, request_id: int, status: str) -> int:
    """How often a request came to a state: once, once more for each answer and for each voucher."""
    request = session.get_one(FundRequest, request_id)
    vouchers = session.scalar(
        select(func.count(Payment.id)).where(Payment.request_id == request_id)
    )
    is_paying = status in (RequestStatus.APPROVED, RequestStatus.PAID)
    return request.revision + ((vouchers or 0) * 2 if is_paying else 0)
