"""Money released at once that the committee did not ratify: nobody pays it, or pays it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.fund_request import (
    Decision,
    FundDecision,
    FundRequest,
    Payment,
    PaymentStatus,
    RequestStatus,
)
from services import timeline
from services.money import fund_notices


def is_unratified(session: Session, request: FundRequest) -> bool:
    """Whether a request was released at once and the committee has said no."""
    if request.ratify_due_at is not None or request.ratified_at is not None:
        return False
    released = select(FundDecision.id).where(
        FundDecision.request_id == request.id, FundDecision.decision == Decision.RELEASED
    )
    return session.scalar(released.limit(1)) is not None


def settle(session: Session, request: FundRequest, *, staff_id: int, now: datetime) -> None:
    """Not paid yet (or not any more): it is refused, and a voucher thrown away.

    Paid: it stays so, and the office is told; only people can bring the money back.
    """
    if request.status is not RequestStatus.APPROVED:
        fund_notices.unratified(session, request, now=now)
        return
    prepared = session.scalars(
        select(Payment).where(
            Payment.request_id == request.id, Payment.status == PaymentStatus.PREPARED
        )
    )
    for payment in prepared:
        payment.move_to(PaymentStatus.CANCELLED)
    before = request.status
    request.move_to(RequestStatus.REFUSED)
    request.approved_satang = request.hold = request.step = request.step_due_at = None
    timeline.record(
        session, "fund_request.refused", at=now, office_id=request.office_id,
        subject=("fund_request", request.id), staff_id=staff_id, status=(before, request.status),
    )  # fmt: skip
    fund_notices.moved(session, request, now=now)
