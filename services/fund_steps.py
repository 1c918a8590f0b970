"""Who holds a step of a request, and where the request waits next (P26).

Nobody decides on their own request, and nothing waits on an empty post: a step without a holder is
passed over at once, and the request says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.fund import FundStep, StepKind
from models.fund_request import FundRequest, RequestStatus
from models.queries.staff import in_force
from models.staff import DISTRICT_ROLES, Appointment, Duty, Role, Staff
from services import funds

#: The status of a request while it waits at a step of each kind.
WAITING: Final = {
    StepKind.CERTIFY: RequestStatus.REQUESTED,
    StepKind.CHECK: RequestStatus.CERTIFIED,
    StepKind.APPROVE: RequestStatus.CHECKED,
    StepKind.PAY: RequestStatus.APPROVED,
}
#: Why a step was passed over.
NO_HOLDER: Final = "no_holder"
OWN_REQUEST: Final = "own_request"


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a request waits: at a step, and why steps before it were passed over."""

    step: FundStep
    passed_over: str | None = None


def holders(
    session: Session, step: FundStep, request: FundRequest, *, today: date
) -> Sequence[int]:
    """Staff ids of those who may do a step of this request; never who asked for the money."""
    everybody = _holders(session, step, request, today=today)
    return [staff_id for staff_id in everybody if staff_id != request.requester_id]


def next_stop(
    session: Session, request: FundRequest, *, after: int, satang: int, now: datetime
) -> Stop | None:
    """The next step that has a holder, behind position `after`.

    Of the approving steps the first whose limit reaches `satang` is taken: a smaller limit is no
    approval. None where nobody is left; the office must appoint somebody.
    """
    today = local_date(now)
    reason = None
    for step in funds.steps_of(session, request.fund_id):
        if step.position <= after:
            continue
        if step.kind is StepKind.APPROVE and not reaches(step, satang):
            continue
        everybody = _holders(session, step, request, today=today)
        left = set(everybody) - {request.requester_id}
        if len(left) >= step.quorum:
            return Stop(step, reason)
        reason = OWN_REQUEST if everybody and not left else NO_HOLDER
    return None


def reaches(step: FundStep, satang: int) -> bool:
    """Whether an approver of this step suffices for an amount."""
    return step.limit_satang is None or satang <= step.limit_satang


def wait_at(request: FundRequest, stop: Stop | None, *, now: datetime) -> None:
    """Let a request wait at a step; its status says for whom."""
    request.step_since = now
    request.reminded_at = None
    if stop is None:
        request.step, request.step_due_at, request.passed_over = None, None, NO_HOLDER
        return
    wanted = WAITING[stop.step.kind]
    if request.status is not wanted:
        _walk(request, wanted)
    request.step = stop.step.position
    request.step_due_at = now + timedelta(hours=stop.step.hours)
    request.passed_over = stop.passed_over


def paying(session: Session, request: FundRequest) -> list[FundStep]:
    """The paying steps of a request's fund."""
    steps = funds.steps_of(session, request.fund_id)
    return [step for step in steps if step.kind is StepKind.PAY]


def step_at(session: Session, request: FundRequest) -> FundStep | None:
    """The step that a request waits at."""
    steps = funds.steps_of(session, request.fund_id)
    return next((step for step in steps if step.position == request.step), None)


def _walk(request: FundRequest, wanted: RequestStatus) -> None:
    """Move through the states of steps that were passed over."""
    order = [WAITING[kind] for kind in StepKind]
    if request.status in order:
        for status in order[order.index(request.status) + 1 : order.index(wanted) + 1]:
            request.move_to(status)
    else:
        request.move_to(wanted)


def _holders(
    session: Session, step: FundStep, request: FundRequest, *, today: date
) -> Sequence[int]:
    if step.duty is not None:
        return session.scalars(
            select(Duty.staff_id)
            .join(Staff, Staff.id == Duty.staff_id)
            .where(
                Duty.office_id == request.office_id,
                Duty.name == step.duty,
                or_(Duty.school_id.is_(None), Duty.school_id == request.school_id),
                Duty.starts_on <= today,
                or_(Duty.ends_on.is_(None), Duty.ends_on >= today),
                Staff.left_at.is_(None),
            )
            .distinct()
        ).all()
    role = Role(step.role or "")
    query = (
        select(Appointment.staff_id)
        .join(Staff, Staff.id == Appointment.staff_id)
        .where(
            Appointment.office_id == request.office_id,
            Appointment.role == role,
            in_force(today),
            Staff.left_at.is_(None),
        )
    )
    if role not in DISTRICT_ROLES:
        query = query.where(Appointment.school_id == request.school_id)
    return session.scalars(query.distinct()).all()
