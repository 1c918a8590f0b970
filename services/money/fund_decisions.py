"""Deciding on a request for money: certify, check, approve, refuse, return, release at once.

Each decision is one row per person, step and revision. Limits are looked at again under the fund's
lock, at the moment of the decision: nothing is approved beyond a limit or beyond the fund.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from core.clock import local_date
from core.errors import DoolaeError, NotYours
from models.fund import FundStep, StepKind
from models.fund_request import (
    Decision,
    FundRequest,
    RequestStatus,
)
from models.staff import Role
from services import timeline
from services.money import (
    fund_limits,
    fund_notices,
    fund_said,
    fund_steps,
    fund_unratified,
    funds,
    ledger,
)
from services.money.fund_limits import BeyondLimit, Limit
from services.money.fund_said import ReasonMissing, Word
from services.people import StaffMember

_SUBJECT: Final = "fund_request"


class DecidedAlready(DoolaeError):
    """The request does not wait for this person's word any more."""


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
    if person.staff_id not in allowed or fund_said.said(session, request, step, person):
        return None
    return step


def decide(
    session: Session, person: StaffMember, request_id: int, word: Word, *, now: datetime
) -> FundRequest:
    """Take a person's word; when enough agree, the request goes on.

    Raises `NotYours`, `DecidedAlready`, `ReasonMissing`, or `BeyondLimit`.
    """
    request = _locked(session, person, request_id)
    step = may_decide(session, person, request, now=now)
    if step is None:
        raise DecidedAlready
    fund_said.want_reason(word)
    satang = fund_limits.checked_amount(session, request, step, word, now=now)
    before = (request.status, request.step)
    fund_said.write(session, person, request, step, word, satang=satang, now=now)
    if word.decision is Decision.RETURNED:
        _end(session, request, person, RequestStatus.RETURNED, now=now)
        fund_steps.wait_for_school(session, request, now=now)
    elif word.decision is Decision.REFUSED:
        spare = fund_said.spare(session, request, step, now=now)
        if fund_said.refusals(session, request, step) > spare:
            request.decided_at = now
            _end(session, request, person, RequestStatus.REFUSED, now=now)
            request.step = request.step_due_at = None
    elif len(agreed := fund_said.agreed(session, request, step)) >= step.quorum:
        _go_on(session, request, person, step, min(agreed), now=now)
    if (request.status, request.step) != before:
        fund_notices.moved(session, request, now=now)
    return request


def release(
    session: Session, person: StaffMember, request_id: int, word: Word, *, now: datetime
) -> FundRequest:
    """The emergency lane: ผอ.เขต releases up to a limit now, the committee ratifies later.

    Raises `NotYours` for anybody else and for one's own request, `BeyondLimit`, `DecidedAlready`,
    and `ReasonMissing` where it is less than was asked for.
    """
    request = _locked(session, person, request_id)
    if not person.has(Role.DISTRICT_DIRECTOR) or person.staff_id == request.requester_id:
        raise NotYours
    if not may_release(person, request):
        raise DecidedAlready
    fund = ledger.locked(session, request.fund_id)
    satang = word.satang or request.amount_satang
    limit = fund.emergency_satang or 0
    if not 0 < satang <= request.amount_satang:
        raise BeyondLimit(Limit.ASKED, request.amount_satang)
    if satang > limit:
        raise BeyondLimit(Limit.EMERGENCY, limit)
    if satang < request.amount_satang and not (word.reason or "").strip():
        raise ReasonMissing
    fund_limits.look_at_fund(session, fund, request, satang, now=now)
    step = fund_steps.step_at(session, request) or funds.chain_of(session, request)[0]
    said = Word(Decision.RELEASED, satang, word.reason, word.memo_number)
    fund_said.write(session, person, request, step, said, satang=satang, now=now)
    request.approved_satang, request.decided_at = satang, now
    if _suffices_alone(session, person, request, satang, now=now):
        request.ratified_at = now
    else:
        request.ratify_due_at = now + timedelta(days=fund.ratify_days)
    _end(session, request, person, RequestStatus.APPROVED, now=now)
    fund_steps.wait_at(session, request, fund_steps.pay_stop(session, request, now=now), now=now)
    fund_notices.moved(session, request, now=now)
    fund_notices.released(session, request, now=now)
    return request


def may_release(person: StaffMember, request: FundRequest) -> bool:
    """Whether this person may release a request at once: ผอ.เขต, before it is approved."""
    return (
        person.has(Role.DISTRICT_DIRECTOR)
        and person.office_id == request.office_id
        and person.staff_id != request.requester_id
        and request.status in fund_steps.WAITING.values()
        and request.approved_satang is None
    )


def ratify(
    session: Session, person: StaffMember, request_id: int, word: Word, *, now: datetime
) -> FundRequest:
    """The committee's word on what was released at once; with its quorum it is settled.

    What was not ratified is not paid; was it paid before, it stays so, and the office is told.
    Raises `NotYours`, `DecidedAlready`, `ReasonMissing`.
    """
    request = _locked(session, person, request_id)
    step = may_ratify(session, person, request, now=now)
    if step is None:
        raise DecidedAlready
    fund_said.want_reason(word)
    satang = request.approved_satang
    fund_said.write(session, person, request, step, word, satang=satang, now=now)
    rows = fund_said.words(session, request, step)
    alike = [row for row in rows if row.decision is word.decision]
    if len(alike) >= step.quorum:
        request.ratify_due_at = None
        request.ratified_at = now if word.decision is Decision.RATIFIED else None
        timeline.record(
            session, f"fund_request.{word.decision}", at=now, office_id=request.office_id,
            subject=(_SUBJECT, request.id), staff_id=person.staff_id,
        )  # fmt: skip
        if word.decision is Decision.NOT_RATIFIED:
            fund_unratified.settle(session, request, staff_id=person.staff_id, now=now)
    return request


def may_ratify(
    session: Session, person: StaffMember, request: FundRequest, *, now: datetime
) -> FundStep | None:
    """The approving step at which this person may ratify what was released; None if at none."""
    if request.ratify_due_at is None or request.office_id != person.office_id:
        return None
    for step in fund_steps.approving(session, request, request.approved_satang or 0):
        ratifiers = fund_steps.ratifiers(session, step, request, today=local_date(now))
        if person.staff_id in ratifiers and not fund_said.said(session, request, step, person):
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
            session,
            request,
            after=step.position,
            satang=fund_steps.proposed(session, request, before=step.position),
            now=now,
        )
    )
    fund_steps.wait_at(session, request, stop, now=now)
    timeline.record(
        session, "fund_request.answered", at=now, office_id=request.office_id,
        subject=(_SUBJECT, request.id), staff_id=staff_id,
        status=(RequestStatus.RETURNED, request.status),
    )  # fmt: skip
    fund_notices.moved(session, request, now=now)
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
    if step.kind is StepKind.APPROVE:
        request.approved_satang, request.decided_at = satang, now
        _end(session, request, person, RequestStatus.APPROVED, now=now)
        stop = fund_steps.pay_stop(session, request, now=now)
        fund_steps.wait_at(session, request, stop, now=now)
        return
    stop = fund_steps.next_stop(session, request, after=step.position, satang=satang, now=now)
    fund_steps.wait_at(session, request, stop, now=now)
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
        for step in fund_steps.approving(session, request, satang)
    )


def _after(kind: StepKind) -> RequestStatus:
    return RequestStatus.CERTIFIED if kind is StepKind.CERTIFY else RequestStatus.CHECKED


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
