"""A request as somebody may see it.

Least privilege: who certifies or checks sees everything; who approves sees no account; who pays
sees the payee and nothing of the story; whoever asked sees their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from forms.fund_request import ACCOUNT, PAYMENT
from models.fund import Fund, FundCause, FundStep
from models.fund_request import (
    REASON,
    FundDecision,
    FundRequest,
    Payment,
    PaymentStatus,
    RequestStatus,
)
from models.office import School
from models.staff import Role, Staff
from models.student import Student
from services.money import fund_decisions, fund_requests, fund_steps, payments
from services.money.fund_said import AGREEING
from services.people import StaffMember


class Part(StrEnum):
    """As what somebody looks at a request."""

    OWNER = "owner"
    CERTIFY = "certify"
    CHECK = "check"
    APPROVE = "approve"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word, as it is shown to those who come after."""

    row: FundDecision
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as one person may see it."""

    request: FundRequest
    part: Part
    fund: Fund
    #: Labels of the cause by language.
    cause: Mapping[str, Any]
    #: None for whoever needs no name.
    student: Student | None
    school_name: str
    #: By key, without what this person need not see.
    answers: Mapping[str, Any]
    words: tuple[Said, ...]
    step: FundStep | None
    #: What the steps before have left of the amount.
    proposed: int
    agreed: int = 0
    payment: Payment | None = None

    @property
    def class_name(self) -> str:
        request = self.request
        return f"{request.level}/{request.room}" if request.room else request.level


def part_of(
    session: Session, person: StaffMember, request: FundRequest, *, now: datetime
) -> Part | None:
    """As what a person may see a request now; None if it is not theirs to see."""
    if request.office_id != person.office_id:
        return None
    if person.staff_id in fund_steps.owners(session, request, today=local_date(now)):
        return Part.OWNER
    step = fund_decisions.may_decide(session, person, request, now=now)
    if step is not None:
        return Part(step.kind)
    if fund_decisions.may_ratify(session, person, request, now=now) is not None:
        return Part.APPROVE
    after = (RequestStatus.APPROVED, RequestStatus.PAID)
    if request.status in after and payments.may_pay(session, person, request, now=now):
        return Part.PAY
    if person.has(Role.DISTRICT_DIRECTOR):
        return Part.APPROVE
    kind = session.scalar(
        select(FundDecision.kind)
        .where(FundDecision.request_id == request.id, FundDecision.staff_id == person.staff_id)
        .order_by(FundDecision.id)
        .limit(1)
    )
    return Part(kind) if kind is not None else None


def look(session: Session, person: StaffMember, request_id: int, *, now: datetime) -> Seen | None:
    """A request as this person may see it; None if it is not theirs to see."""
    request = session.get(FundRequest, request_id)
    part = part_of(session, person, request, now=now) if request is not None else None
    return seen(session, request, part) if request is not None and part is not None else None


def seen(session: Session, request: FundRequest, part: Part) -> Seen:
    """The request as `part` sees it."""
    step = fund_steps.step_at(session, request)
    before = step.position if step is not None else 1_000
    words = _words(session, request)
    here = [
        word.row
        for word in words
        if step is not None
        and (word.row.step, word.row.revision) == (step.position, request.revision)
        and word.row.decision in AGREEING
    ]
    return Seen(
        request=request,
        part=part,
        fund=session.get_one(Fund, request.fund_id),
        cause=_cause(session, request),
        student=session.get_one(Student, request.student_id),
        school_name=session.get_one(School, request.school_id).name,
        answers=_visible(fund_requests.answers_of(session, request), part),
        words=words,
        step=step,
        proposed=request.approved_satang or fund_steps.proposed(session, request, before=before),
        agreed=len(here),
        payment=payments.living(session, request.id),
    )


def _visible(answers: Mapping[str, Any], part: Part) -> Mapping[str, Any]:
    if part is Part.APPROVE:
        return {key: value for key, value in answers.items() if key not in ACCOUNT}
    if part is Part.PAY:
        return {key: value for key, value in answers.items() if key in PAYMENT}
    return answers


def _words(session: Session, request: FundRequest) -> tuple[Said, ...]:
    rows = session.execute(
        select(FundDecision, Staff)
        .join(Staff, Staff.id == FundDecision.staff_id)
        .where(FundDecision.request_id == request.id)
        .order_by(FundDecision.id)
    ).all()
    secrets = secrets_of(session)
    return tuple(
        Said(
            row,
            staff.full_name,
            secrets.open(row.reason, column=REASON).decode() if row.reason else "",
        )
        for row, staff in rows
    )


def _cause(session: Session, request: FundRequest) -> Mapping[str, Any]:
    labels = session.scalar(
        select(FundCause.labels).where(
            FundCause.fund_id == request.fund_id, FundCause.code == request.cause
        )
    )
    return labels or {"th": request.cause}


def prepared_by(session: Session, payment: Payment) -> str:
    """Who prepared a voucher."""
    return session.get_one(Staff, payment.prepared_by_id).full_name


def is_prepared(payment: Payment | None) -> bool:
    return payment is not None and payment.status is PaymentStatus.PREPARED


def names_of(session: Session, staff_ids: Iterable[int]) -> list[str]:
    """Names in the order of the ids."""
    ids = list(staff_ids)
    rows = session.scalars(select(Staff).where(Staff.id.in_(ids)))
    by_id = {row.id: row.full_name for row in rows}
    return [by_id[one] for one in ids if one in by_id]
