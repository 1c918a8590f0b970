"""Who holds a step of a request, and where the request waits next (P26).

Nobody decides on their own request, and nothing waits on an empty post: a step without a holder is
passed over at once, and the request says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.clock import local_date
from models.fund import FundStep, StepKind
from models.fund_request import Decision, FundDecision, FundRequest, RequestStatus
from models.queries import staff as staff_queries
from models.queries.staff import in_force
from models.staff import DISTRICT_ROLES, Appointment, Duty, Role, Staff
from services import calendar
from services.money import funds

#: The status of a request while it waits at a step of each kind.
WAITING: Final = {
    StepKind.CERTIFY: RequestStatus.REQUESTED,
    StepKind.CHECK: RequestStatus.CERTIFIED,
    StepKind.APPROVE: RequestStatus.CHECKED,
    StepKind.PAY: RequestStatus.APPROVED,
}
#: Working hours in which the school answers a question, or says that the child has the money.
SCHOOL_HOURS: Final = 16
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
    approval. Nothing comes to be paid unapproved: None where nobody is left who may approve (or
    pay), and the office must appoint somebody.
    """
    today = local_date(now)
    reason = None
    to_come = [step for step in funds.chain_of(session, request) if step.position > after]
    unapproved = any(step.kind is StepKind.APPROVE for step in to_come)
    for step in to_come:
        if step.kind is StepKind.PAY and unapproved:
            return None  # whoever approves is missing: nobody pays what nobody approved
        if step.kind is StepKind.APPROVE and not reaches(step, satang):
            continue
        if step.kind is StepKind.PAY and request.approved_satang is None:
            return None
        everybody = _holders(session, step, request, today=today)
        left = set(everybody) - {request.requester_id}
        if _can_agree(session, request, step, left):
            return Stop(step, reason)
        reason = OWN_REQUEST if everybody and not left else NO_HOLDER
    return None


def pay_stop(session: Session, request: FundRequest, *, now: datetime) -> Stop | None:
    """Where an approved request waits to be paid.

    Without anybody of finance ผอ.เขต and the area's officers pay (P26); None without two persons.
    """
    steps = paying(session, request)
    if not steps:
        return None
    after, satang = steps[0].position - 1, request.approved_satang or 0
    stop = next_stop(session, request, after=after, satang=satang, now=now)
    if stop is None and payers(session, request, today=local_date(now)):
        return Stop(steps[0], NO_HOLDER)
    return stop


def reaches(step: FundStep, satang: int) -> bool:
    """Whether an approver of this step suffices for an amount."""
    return step.limit_satang is None or satang <= step.limit_satang


def wait_at(session: Session, request: FundRequest, stop: Stop | None, *, now: datetime) -> None:
    """Let a request wait at a step; its status says for whom. Its time is counted in working hours.

    A step of a school counts the school's own working days, others the office's.
    """
    request.step_since = now
    request.reminded_at = None
    if stop is None:
        request.step, request.step_due_at, request.passed_over = None, None, NO_HOLDER
        return
    wanted = WAITING[stop.step.kind]
    if request.status is not wanted:
        _walk(request, wanted)
    request.step = stop.step.position
    of_school = stop.step.role is not None and Role(stop.step.role) not in DISTRICT_ROLES
    request.step_due_at = calendar.after_working_minutes(
        session,
        request.office_id,
        now,
        stop.step.hours * 60,
        school_id=request.school_id if of_school else None,
    )
    request.passed_over = stop.passed_over


def wait_for_school(session: Session, request: FundRequest, *, now: datetime) -> None:
    """Let a request wait for whoever asked: for an answer, or for "the child has it"."""
    request.step_since = now
    request.reminded_at = None
    request.step_due_at = calendar.after_working_minutes(
        session, request.office_id, now, SCHOOL_HOURS * 60, school_id=request.school_id
    )


def payers(session: Session, request: FundRequest, *, today: date) -> Sequence[int]:
    """Staff ids of those who may be one of the two persons of a payment.

    Where finance is one person only, ผอ.เขต is the other; where there is still no second person,
    the area's officers are (P26).
    """
    found: dict[int, None] = {}
    for step in paying(session, request):
        found |= dict.fromkeys(holders(session, step, request, today=today))
    for role in (Role.DISTRICT_DIRECTOR, Role.DISTRICT_OFFICER):
        if len(found) < 2:
            others = staff_queries.with_role(session, request.office_id, role, today=today)
            found |= dict.fromkeys(one for one in others if one != request.requester_id)
    return list(found)


def owners(session: Session, request: FundRequest, *, today: date) -> Sequence[int]:
    """Who answers for a request at the school: who asked, else the room's teachers, else its head.

    A teacher who left, or has no post any more, leaves it to those who look after the child now.
    """
    requester = session.get(Staff, request.requester_id)
    if requester is not None and requester.left_at is None:
        return [requester.id]
    teachers = staff_queries.teachers_of_room(
        session, school_id=request.school_id, level=request.level, room=request.room, today=today
    )
    return teachers or staff_queries.heads_of(session, request.school_id, today=today)


def look_again(session: Session, request: FundRequest, *, now: datetime) -> bool:
    """Move on a request whose step nobody can do (any more); whether it moved.

    With nobody behind it either it waits for nobody, so that the office is told. Also wakes one
    that found nobody at all, once the office has appointed somebody.
    """
    if request.status not in WAITING.values():
        return False
    step, today = step_at(session, request), local_date(now)
    if request.status is RequestStatus.APPROVED:
        if step is not None and payers(session, request, today=today):
            return False
        stop = pay_stop(session, request, now=now)
    else:
        if step is not None and _can_agree(
            session, request, step, holders(session, step, request, today=today)
        ):
            return False
        after = step.position if step is not None else _last_done(session, request)
        satang = proposed(session, request, before=after + 1)
        stop = next_stop(session, request, after=after, satang=satang, now=now)
    if stop is None and step is None:
        return False
    wait_at(session, request, stop, now=now)
    if stop is not None:
        request.passed_over = stop.passed_over or NO_HOLDER
    return True


def ratifiers(
    session: Session, step: FundStep, request: FundRequest, *, today: date
) -> Sequence[int]:
    """Those of an approving step who may ratify: not who released it, where the others suffice."""
    everybody = holders(session, step, request, today=today)
    released_by = session.scalars(
        select(FundDecision.staff_id).where(
            FundDecision.request_id == request.id, FundDecision.decision == Decision.RELEASED
        )
    ).all()
    others = [one for one in everybody if one not in released_by]
    return others if len(others) >= step.quorum else everybody


def paying(session: Session, request: FundRequest) -> list[FundStep]:
    """The paying steps of a request's fund."""
    steps = funds.chain_of(session, request)
    return [step for step in steps if step.kind is StepKind.PAY]


def approving(session: Session, request: FundRequest, satang: int) -> list[FundStep]:
    """The approving steps whose limit reaches an amount."""
    return [
        step
        for step in funds.chain_of(session, request)
        if step.kind is StepKind.APPROVE and reaches(step, satang)
    ]


def proposed(session: Session, request: FundRequest, *, before: int) -> int:
    """Satang that the steps before position `before` have left of what was asked for."""
    words = session.execute(
        select(FundDecision.step, FundDecision.revision, FundDecision.satang)
        .where(
            FundDecision.request_id == request.id,
            FundDecision.step < before,
            FundDecision.satang.is_not(None),
            FundDecision.decision.in_((Decision.AGREED, Decision.REDUCED)),
        )
        .order_by(FundDecision.revision)
    ).all()
    latest = {step: revision for step, revision, _satang in words}
    left = [
        satang
        for step, revision, satang in words
        if revision == latest[step] and satang is not None
    ]
    return min([request.amount_satang, *left])


def step_at(session: Session, request: FundRequest) -> FundStep | None:
    """The step that a request waits at."""
    steps = funds.chain_of(session, request)
    return next((step for step in steps if step.position == request.step), None)


def _can_agree(
    session: Session, request: FundRequest, step: FundStep, staff_ids: Iterable[int]
) -> bool:
    """Whether a step's quorum can be reached by these, with what was agreed there already."""
    said = session.execute(
        select(FundDecision.staff_id, FundDecision.decision).where(
            FundDecision.request_id == request.id,
            FundDecision.revision == request.revision,
            FundDecision.step == step.position,
        )
    ).all()
    agreed = sum(decision in (Decision.AGREED, Decision.REDUCED) for _who, decision in said)
    silent = set(staff_ids) - {who for who, _decision in said}
    return agreed + len(silent) >= step.quorum


def _last_done(session: Session, request: FundRequest) -> int:
    """The position of the last step that a request without a step has behind it."""
    done = {
        RequestStatus.REQUESTED: (),
        RequestStatus.CERTIFIED: (StepKind.CERTIFY,),
        RequestStatus.CHECKED: (StepKind.CERTIFY, StepKind.CHECK),
        RequestStatus.APPROVED: (StepKind.CERTIFY, StepKind.CHECK, StepKind.APPROVE),
    }[request.status]
    steps = funds.chain_of(session, request)
    return max((step.position for step in steps if step.kind in done), default=0)


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
