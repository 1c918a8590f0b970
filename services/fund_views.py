"""A request as somebody may see it, and what waits for whom.

Least privilege: who certifies or checks sees everything; who approves sees no account; who pays
sees the payee and nothing of the story; whoever asked sees their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from forms.fund_request import ACCOUNT, PAYMENT
from models.fund import Fund, FundCause, FundStep, StepKind
from models.fund_request import (
    REASON,
    FundDecision,
    FundRequest,
    Payment,
    PaymentStatus,
    RequestStatus,
)
from models.office import School
from models.staff import Duty, Role, Staff
from models.student import Student
from services import fund_decisions, fund_notices, fund_requests, fund_steps, payments
from services.fund_said import AGREEING
from services.people import StaffMember


class Part(StrEnum):
    """As what somebody looks at a request."""

    OWNER = "owner"
    CERTIFY = "certify"
    CHECK = "check"
    APPROVE = "approve"
    PAY = "pay"


#: Of these a living payment is looked at by the second person, not the first.
_OPEN: Final = (*fund_steps.WAITING.values(),)


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


# What waits for a person.


def to_decide(session: Session, person: StaffMember, *, now: datetime) -> list[FundRequest]:
    """Requests that wait for this person's word, urgent ones first."""
    mine = _own_steps(session, person, today=local_date(now))
    if not mine:
        return []
    return [
        request
        for request in _open(session, person)
        if (request.fund_id, request.step) in mine
        and fund_decisions.may_decide(session, person, request, now=now) is not None
    ]


def to_release(session: Session, person: StaffMember, *, now: datetime) -> list[FundRequest]:
    """Urgent requests, not approved yet, of funds that let ผอ.เขต release at once."""
    if not person.has(Role.DISTRICT_DIRECTOR):
        return []
    return [
        request
        for request in _open(session, person)
        if request.is_urgent
        and request.approved_satang is None
        and request.requester_id != person.staff_id
        and session.get_one(Fund, request.fund_id).emergency_satang
        and fund_decisions.may_decide(session, person, request, now=now) is None
    ]


def to_ratify(session: Session, person: StaffMember, *, now: datetime) -> list[FundRequest]:
    """What was released at once and waits for this person's word."""
    rows = session.scalars(
        select(FundRequest)
        .where(FundRequest.office_id == person.office_id, FundRequest.ratify_due_at.is_not(None))
        .order_by(FundRequest.ratify_due_at)
    )
    return [
        request
        for request in rows
        if fund_decisions.may_ratify(session, person, request, now=now) is not None
    ]


def to_pay(session: Session, person: StaffMember, *, now: datetime) -> list[FundRequest]:
    """Approved requests that wait for this person: to prepare, or to release as the second one."""
    mine = _own_steps(session, person, today=local_date(now), kind=StepKind.PAY)
    if not mine and not person.has(Role.DISTRICT_DIRECTOR, Role.DISTRICT_OFFICER):
        return []
    rows = _of_status(session, person, (RequestStatus.APPROVED,))
    return [
        request
        for request in rows
        if person.staff_id in fund_notices.waits_for(session, request, now=now)
    ]


def of_owner(session: Session, person: StaffMember, *, now: datetime) -> list[FundRequest]:
    """What waits for whoever asked: an answer, "the child has it", "how was it used"."""
    rows = _of_status(
        session, person,
        (RequestStatus.RETURNED, RequestStatus.PAID, RequestStatus.RECEIVED),
    )  # fmt: skip
    schools = {post.school_id for post in person.posts}
    return [
        request
        for request in rows
        if (request.requester_id == person.staff_id or request.school_id in schools)
        and person.staff_id in fund_notices.waits_for(session, request, now=now)
    ]


def stuck(session: Session, person: StaffMember, *, now: datetime) -> list[FundRequest]:
    """For the office: requests that nobody may decide on, and those not ratified in time."""
    if not person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        return []
    late = session.scalars(
        select(FundRequest)
        .where(FundRequest.office_id == person.office_id, FundRequest.ratify_due_at < now)
        .order_by(FundRequest.id)
    ).all()
    nobody = [request for request in _open(session, person) if request.step is None]
    return [*nobody, *late]


def asked_by(session: Session, person: StaffMember, *, limit: int) -> Sequence[FundRequest]:
    """The newest requests that a person made."""
    return session.scalars(
        select(FundRequest)
        .where(
            FundRequest.office_id == person.office_id,
            FundRequest.requester_id == person.staff_id,
        )
        .order_by(FundRequest.id.desc())
        .limit(limit)
    ).all()


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


def _own_steps(
    session: Session, person: StaffMember, *, today: date, kind: StepKind | None = None
) -> set[tuple[int, int | None]]:
    """(fund, position) of the steps that a role or a duty of this person may do."""
    duties = session.scalars(
        select(Duty.name).where(
            Duty.staff_id == person.staff_id,
            Duty.starts_on <= today,
            or_(Duty.ends_on.is_(None), Duty.ends_on >= today),
        )
    ).all()
    query = (
        select(FundStep.fund_id, FundStep.position)
        .join(Fund, Fund.id == FundStep.fund_id)
        .where(
            Fund.office_id == person.office_id,
            or_(
                FundStep.role.in_({post.role for post in person.posts}),
                FundStep.duty.in_(duties),
            ),
        )
    )
    if kind is not None:
        query = query.where(FundStep.kind == kind)
    return {(fund_id, position) for fund_id, position in session.execute(query)}


def _open(session: Session, person: StaffMember) -> list[FundRequest]:
    return _of_status(session, person, _OPEN)


def _of_status(
    session: Session, person: StaffMember, statuses: Sequence[RequestStatus]
) -> list[FundRequest]:
    return list(
        session.scalars(
            select(FundRequest)
            .where(FundRequest.office_id == person.office_id, FundRequest.status.in_(statuses))
            .order_by(FundRequest.is_urgent.desc(), FundRequest.step_since, FundRequest.id)
        )
    )
