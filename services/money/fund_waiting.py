"""Which requests for money wait for a person: to decide, release, ratify, pay or answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.fund import Fund, FundStep, StepKind
from models.fund_request import FundRequest, RequestStatus
from models.staff import Duty, Role
from services.money import fund_decisions, fund_notices, fund_steps
from services.people import StaffMember

_OPEN: Final = (*fund_steps.WAITING.values(),)


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
