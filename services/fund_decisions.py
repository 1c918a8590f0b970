"""Deciding on a request for money: certify, check, approve, refuse, return, release at once.

Each decision is one row per person, step and revision. Limits are looked at again under the fund's
lock, at the moment of the decision: nothing is approved beyond a limit or beyond the fund.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import BANGKOK, local_date
from core.database import secrets_of
from core.errors import DoolaeError, NotYours
from models.fund import Fund, FundStep, StepKind
from models.fund_request import (
    REASON,
    Decision,
    FundDecision,
    FundRequest,
    RequestStatus,
)
from models.staff import Role
from services import fund_steps, funds, ledger, timeline
from services.people import StaffMember

#: Decisions that agree to an amount.
AGREEING: Final = (Decision.AGREED, Decision.REDUCED)
_SUBJECT: Final = "fund_request"


class Limit(StrEnum):
    """Which rule an amount breaks."""

    PERSON = "person"  #: what this approver may approve
    CEILING = "ceiling"  #: of the fund, or of the cause
    DAY = "day"  #: of the fund, for one day
    FUND = "fund"  #: what the fund has, above its floor
    EMERGENCY = "emergency"  #: what may be released at once
    ASKED = "asked"  #: more than was asked for, or nothing


class BeyondLimit(DoolaeError):
    """More than a rule allows; `allowed` is what it does, in satang."""

    def __init__(self, limit: Limit, allowed: int) -> None:
        super().__init__(f"beyond the limit: {limit}")
        self.limit = limit
        self.allowed = allowed


class DecidedAlready(DoolaeError):
    """The request does not wait for this person's word any more."""


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody says to a request. A reason is required where it is refused or reduced."""

    decision: Decision
    satang: int | None = None
    reason: str | None = None
    memo_number: str | None = None


def may_decide(
    session: Session, person: StaffMember, request: FundRequest, *, now: datetime
) -> FundStep | None:
    """The step that waits for this person's word; None if none does."""
    step = fund_steps.step_at(session, request)
    if step is None or step.kind is StepKind.PAY or request.office_id != person.office_id:
        return None
    if request.status is not fund_steps.WAITING[step.kind]:
        return None
    allowed = fund_steps.holders(session, step, request, today=local_date(now))
    if person.staff_id not in allowed or _said(session, request, step, person):
        return None
    return step


def decide(
    session: Session, person: StaffMember, request_id: int, word: Word, *, now: datetime
) -> FundRequest:
    """Take a person's word; when enough agree, the request goes on.

    Raises `NotYours`, `DecidedAlready`, or `BeyondLimit`.
    """
    request = _locked(session, person, request_id)
    step = may_decide(session, person, request, now=now)
    if step is None:
        raise DecidedAlready
    satang = _checked_amount(session, request, step, word, now=now)
    _write(session, person, request, step, word, satang=satang, now=now)
    if word.decision is Decision.RETURNED:
        _end(session, request, person, RequestStatus.RETURNED, now=now)
        request.step_since = now
    elif word.decision is Decision.REFUSED:
        if _refusals(session, request, step) > _spare(session, request, step, now=now):
            request.decided_at = now
            _end(session, request, person, RequestStatus.REFUSED, now=now)
            request.step = request.step_due_at = None
    elif len(agreed := _agreed(session, request, step)) >= step.quorum:
        _go_on(session, request, person, step, min(agreed), now=now)
    return request


def release(
    session: Session, person: StaffMember, request_id: int, word: Word, *, now: datetime
) -> FundRequest:
    """The emergency lane: ผอ.เขต releases up to a limit now, the committee ratifies later.

    Raises `NotYours` for anybody else and for one's own request, `BeyondLimit`, `DecidedAlready`.
    """
    request = _locked(session, person, request_id)
    if not person.has(Role.DISTRICT_DIRECTOR) or person.staff_id == request.requester_id:
        raise NotYours
    if request.status not in fund_steps.WAITING.values() or request.approved_satang is not None:
        raise DecidedAlready
    fund = ledger.locked(session, request.fund_id)
    satang = word.satang or request.amount_satang
    limit = fund.emergency_satang or 0
    if satang > limit:
        raise BeyondLimit(Limit.EMERGENCY, limit)
    _look_at_fund(session, fund, request, satang, now=now)
    step = fund_steps.step_at(session, request) or funds.steps_of(session, request.fund_id)[0]
    said = Word(Decision.RELEASED, satang, word.reason, word.memo_number)
    _write(session, person, request, step, said, satang=satang, now=now)
    request.approved_satang, request.decided_at = satang, now
    if _suffices_alone(session, person, request, satang, now=now):
        request.ratified_at = now
    else:
        request.ratify_due_at = now + timedelta(days=fund.ratify_days)
    _end(session, request, person, RequestStatus.APPROVED, now=now)
    _wait_for_pay(session, request, satang, now=now)
    return request


def ratify(
    session: Session, person: StaffMember, request_id: int, word: Word, *, now: datetime
) -> FundRequest:
    """The committee's word on what was released at once; with its quorum it is settled.

    What was not ratified stays paid and is shown as such. Raises `NotYours`, `DecidedAlready`.
    """
    request = _locked(session, person, request_id)
    step = may_ratify(session, person, request, now=now)
    if step is None:
        raise DecidedAlready
    _write(session, person, request, step, word, satang=request.approved_satang, now=now)
    alike = [row for row in _words(session, request, step) if row.decision is word.decision]
    if len(alike) >= step.quorum:
        request.ratify_due_at = None
        request.ratified_at = now if word.decision is Decision.RATIFIED else None
        timeline.record(
            session, f"fund_request.{word.decision}", at=now, office_id=request.office_id,
            subject=(_SUBJECT, request.id), staff_id=person.staff_id,
        )  # fmt: skip
    return request


def may_ratify(
    session: Session, person: StaffMember, request: FundRequest, *, now: datetime
) -> FundStep | None:
    """The approving step at which this person may ratify what was released; None if at none."""
    if request.ratify_due_at is None or request.office_id != person.office_id:
        return None
    for step in _approving(session, request, request.approved_satang or 0):
        holders = fund_steps.holders(session, step, request, today=local_date(now))
        if person.staff_id in holders and not _said(session, request, step, person):
            return step
    return None


def answer_return(
    session: Session, request: FundRequest, *, staff_id: int, now: datetime
) -> FundRequest:
    """The teacher has added what was asked for: it comes back to the step that returned it."""
    step = fund_steps.step_at(session, request)
    if request.status is not RequestStatus.RETURNED or step is None:
        raise DecidedAlready
    request.revision += 1
    today = local_date(now)
    stop = (
        fund_steps.Stop(step)
        if fund_steps.holders(session, step, request, today=today)
        else fund_steps.next_stop(
            session, request, after=step.position, satang=request.amount_satang, now=now
        )
    )
    fund_steps.wait_at(request, stop, now=now)
    timeline.record(
        session, "fund_request.answered", at=now, office_id=request.office_id,
        subject=(_SUBJECT, request.id), staff_id=staff_id,
        status=(RequestStatus.RETURNED, request.status),
    )  # fmt: skip
    return request


def _locked(session: Session, person: StaffMember, request_id: int) -> FundRequest:
    request = session.get(FundRequest, request_id, with_for_update=True, populate_existing=True)
    if request is None or request.office_id != person.office_id:
        raise NotYours
    return request


def _go_on(
    session: Session,
    request: FundRequest,
    person: StaffMember,
    step: FundStep,
    satang: int,
    *,
    now: datetime,
) -> None:
    """Enough have agreed: to the next step, or approved."""
    before = request.status
    stop = fund_steps.next_stop(session, request, after=step.position, satang=satang, now=now)
    if step.kind is StepKind.APPROVE:
        request.approved_satang, request.decided_at = satang, now
        _end(session, request, person, RequestStatus.APPROVED, now=now)
        _wait_for_pay(session, request, satang, now=now)
        return
    fund_steps.wait_at(request, stop, now=now)
    if stop is None:  # nobody approves such an amount; it waits where the office sees it
        request.move_to(_after(step.kind))
    timeline.record(
        session, f"fund_request.{step.kind}", at=now, office_id=request.office_id,
        subject=(_SUBJECT, request.id), staff_id=person.staff_id, status=(before, request.status),
        reason_code=request.passed_over,
    )  # fmt: skip


def _suffices_alone(
    session: Session, person: StaffMember, request: FundRequest, satang: int, *, now: datetime
) -> bool:
    """Whether who releases could have approved it alone: then there is nothing to ratify."""
    today = local_date(now)
    return any(
        step.quorum == 1
        and person.staff_id in fund_steps.holders(session, step, request, today=today)
        for step in _approving(session, request, satang)
    )


def _approving(session: Session, request: FundRequest, satang: int) -> list[FundStep]:
    return [
        step
        for step in funds.steps_of(session, request.fund_id)
        if step.kind is StepKind.APPROVE and fund_steps.reaches(step, satang)
    ]


def _after(kind: StepKind) -> RequestStatus:
    return RequestStatus.CERTIFIED if kind is StepKind.CERTIFY else RequestStatus.CHECKED


def _wait_for_pay(session: Session, request: FundRequest, satang: int, *, now: datetime) -> None:
    approving = [
        step.position
        for step in funds.steps_of(session, request.fund_id)
        if step.kind is StepKind.APPROVE
    ]
    after = max(approving, default=0)
    stop = fund_steps.next_stop(session, request, after=after, satang=satang, now=now)
    fund_steps.wait_at(request, stop, now=now)


def _end(
    session: Session,
    request: FundRequest,
    person: StaffMember,
    wanted: RequestStatus,
    *,
    now: datetime,
) -> None:
    before = request.status
    request.move_to(wanted)
    timeline.record(
        session, f"fund_request.{wanted}", at=now, office_id=request.office_id,
        subject=(_SUBJECT, request.id), staff_id=person.staff_id, status=(before, wanted),
    )  # fmt: skip


def _checked_amount(
    session: Session, request: FundRequest, step: FundStep, word: Word, *, now: datetime
) -> int | None:
    """The amount a word agrees to, within every rule; None where it agrees to none."""
    if word.decision not in AGREEING:
        return None
    satang = request.amount_satang if word.satang is None else word.satang
    if not 0 < satang <= request.amount_satang:
        raise BeyondLimit(Limit.ASKED, request.amount_satang)
    if step.kind is not StepKind.APPROVE:
        return satang
    if not fund_steps.reaches(step, satang):
        raise BeyondLimit(Limit.PERSON, step.limit_satang or 0)
    _look_at_fund(session, ledger.locked(session, request.fund_id), request, satang, now=now)
    return satang


def _look_at_fund(
    session: Session, fund: Fund, request: FundRequest, satang: int, *, now: datetime
) -> None:
    """Raise `BeyondLimit` where the fund's rules or its money do not allow an amount."""
    ceiling = funds.ceiling(session, fund, request.cause)
    if ceiling is not None and satang > ceiling:
        raise BeyondLimit(Limit.CEILING, ceiling)
    if fund.daily_satang is not None:
        left = fund.daily_satang - _approved_today(session, fund, now=now)
        if satang > left:
            raise BeyondLimit(Limit.DAY, max(left, 0))
    if satang > (free := ledger.free(session, fund)):
        raise BeyondLimit(Limit.FUND, max(free, 0))


def _approved_today(session: Session, fund: Fund, *, now: datetime) -> int:
    midnight = datetime.combine(local_date(now), time(), BANGKOK)
    total = session.scalar(
        select(func.coalesce(func.sum(FundRequest.approved_satang), 0)).where(
            FundRequest.fund_id == fund.id, FundRequest.decided_at >= midnight
        )
    )
    return int(total or 0)


def _write(
    session: Session,
    person: StaffMember,
    request: FundRequest,
    step: FundStep,
    word: Word,
    *,
    satang: int | None,
    now: datetime,
) -> None:
    reason = (word.reason or "").strip()
    secrets = secrets_of(session)
    session.add(
        FundDecision(
            office_id=request.office_id,
            request_id=request.id,
            revision=request.revision,
            step=step.position,
            kind=step.kind,
            staff_id=person.staff_id,
            post=step.duty or step.role or "",
            decision=word.decision,
            satang=satang,
            reason=secrets.seal(reason.encode(), column=REASON) if reason else None,
            memo_number=word.memo_number,
            decided_at=now,
        )
    )
    session.flush()


def _said(session: Session, request: FundRequest, step: FundStep, person: StaffMember) -> bool:
    return any(row.staff_id == person.staff_id for row in _words(session, request, step))


def _words(session: Session, request: FundRequest, step: FundStep) -> list[FundDecision]:
    """What was said at this step since the request was (re)sent."""
    return list(
        session.scalars(
            select(FundDecision).where(
                FundDecision.request_id == request.id,
                FundDecision.revision == request.revision,
                FundDecision.step == step.position,
            )
        )
    )


def _agreed(session: Session, request: FundRequest, step: FundStep) -> list[int]:
    return [
        row.satang
        for row in _words(session, request, step)
        if row.decision in AGREEING and row.satang is not None
    ]


def _refusals(session: Session, request: FundRequest, step: FundStep) -> int:
    words = _words(session, request, step)
    return sum(row.decision is Decision.REFUSED for row in words)


def _spare(session: Session, request: FundRequest, step: FundStep, *, now: datetime) -> int:
    """How many may refuse while the quorum can still be reached."""
    count = len(fund_steps.holders(session, step, request, today=local_date(now)))
    return count - step.quorum if step.quorum > 1 else 0
