"""Asking a fund for money: what a finished form becomes, and which requests it resembles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import fiscal_year, local_date, school_year
from core.database import secrets_of
from models.draft import Draft
from models.fund import Fund
from models.fund_request import (
    ANSWERS,
    OLD_ANSWERS,
    Decision,
    FundDecision,
    FundRequest,
    FundRequestRevision,
    RequestStatus,
)
from models.queries import students as student_queries
from models.staff import Role
from services import timeline
from services.money import fund_decisions, fund_notices, fund_steps, funds
from services.numbers import FUND_REQUEST, next_number
from services.people import StaffMember
from services.scope import scope_of

#: Answers that are columns; the rest is sealed.
COLUMNS: Final = frozenset({"fund", "student", "cause", "happened_on", "amount", "urgency"})
URGENT: Final = "urgent"
NORMAL: Final = "normal"
#: A refused request is no help and no double.
_COUNTS: Final = tuple(status for status in RequestStatus if status is not RequestStatus.REFUSED)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A request about the same pupil this fiscal year, to be pointed out before sending."""

    number: str
    fund_id: int
    cause: str
    status: RequestStatus
    satang: int
    requested_on: date


def submit(
    session: Session,
    person: StaffMember,
    draft: Draft | None,
    values: Mapping[str, Any],
    *,
    form_hash: str,
    now: datetime,
    source_event_id: int | None = None,
) -> FundRequest | None:
    """Make the request of a finished form.

    None when the pupil is not the person's (any more), or the fund does not give so much for the
    cause. The draft is unique among requests, so one form becomes one request whatever crashes;
    only what no form was filled in for (the demo's past) has none.
    """
    today = local_date(now)
    student_id = int(values["student"])
    pupil = student_queries.one(
        session, scope_of(person), student_id, today=today, year=school_year(today)
    )
    fund = session.get(Fund, int(values["fund"]))
    if pupil is None or fund is None or fund.office_id != person.office_id or not fund.is_open:
        return None
    place = pupil.enrolment
    year = fiscal_year(today)
    subject = (draft.subject if draft is not None else None) or {}
    own = {key: value for key, value in values.items() if key not in COLUMNS}
    ceiling = funds.ceiling(session, fund, values["cause"])
    if ceiling is not None and int(values["amount"]) > ceiling:
        return None
    happened_on = values.get("happened_on")
    request = FundRequest(
        office_id=person.office_id,
        number=next_number(session, office_id=person.office_id, kind=FUND_REQUEST, year=year),
        fund_id=fund.id,
        steps_version=fund.steps_version,
        fiscal_year=year,
        school_id=place.school_id,
        student_id=student_id,
        level=place.level,
        room=place.room,
        student_no=place.student_no,
        requester_id=person.staff_id,
        draft_id=draft.id if draft is not None else None,
        home_visit_id=subject.get("report"),
        incident_id=subject.get("incident"),
        cause=values["cause"],
        happened_on=date.fromisoformat(happened_on) if happened_on else None,
        is_urgent=values.get("urgency") == URGENT,
        amount_satang=int(values["amount"]),
        answers=secrets_of(session).seal_json(own, column=ANSWERS),
        form_hash=form_hash,
        status=RequestStatus.REQUESTED,
        step_since=now,
        requested_at=now,
    )
    session.add(request)
    session.flush()
    stop = fund_steps.next_stop(session, request, after=0, satang=request.amount_satang, now=now)
    fund_steps.wait_at(session, request, stop, now=now)
    timeline.record(
        session, "fund_request.requested", at=now, office_id=request.office_id,
        subject=("fund_request", request.id), staff_id=person.staff_id, role=Role.TEACHER,
        status=(None, request.status), reason_code=request.passed_over,
        source_event_id=source_event_id,
    )  # fmt: skip
    fund_notices.moved(session, request, now=now)
    return request


def returned_word(session: Session, request: FundRequest) -> FundDecision | None:
    """The word with which a request was sent back, while it waits for an answer."""
    if request.status is not RequestStatus.RETURNED:
        return None
    return session.scalars(
        select(FundDecision)
        .where(
            FundDecision.request_id == request.id,
            FundDecision.revision == request.revision,
            FundDecision.decision == Decision.RETURNED,
        )
        .order_by(FundDecision.id.desc())
    ).first()


def owned(
    session: Session, person: StaffMember, request_id: int, *, now: datetime, lock: bool = False
) -> FundRequest | None:
    """A request that this person answers for at the school."""
    request = session.get(FundRequest, request_id, with_for_update=lock, populate_existing=lock)
    if request is None or request.office_id != person.office_id:
        return None
    owners = fund_steps.owners(session, request, today=local_date(now))
    return request if person.staff_id in owners else None


def answer(
    session: Session,
    person: StaffMember,
    request_id: int,
    values: Mapping[str, Any],
    *,
    form_hash: str,
    now: datetime,
) -> FundRequest | None:
    """What was asked for is added; the request goes back to the step that asked.

    What it said before is kept. None when it does not wait for this person (any more). The amount
    never grows: those before have agreed to the smaller one.
    """
    request = owned(session, person, request_id, now=now, lock=True)
    if request is None or request.status is not RequestStatus.RETURNED:
        return None
    session.add(
        FundRequestRevision(
            office_id=request.office_id,
            request_id=request.id,
            revision=request.revision,
            amount_satang=request.amount_satang,
            answers=_sealed(session, answers_of(session, request), OLD_ANSWERS),
            form_hash=request.form_hash,
            replaced_at=now,
            replaced_by_id=person.staff_id,
        )
    )
    own = {key: value for key, value in values.items() if key not in COLUMNS}
    request.answers = _sealed(session, own, ANSWERS)
    request.form_hash = form_hash
    request.amount_satang = min(request.amount_satang, int(values["amount"]))
    request.is_urgent = values.get("urgency") == URGENT
    happened_on = values.get("happened_on")
    request.happened_on = date.fromisoformat(happened_on) if happened_on else None
    return fund_decisions.answer_return(session, request, staff_id=person.staff_id, now=now)


def values_of(session: Session, request: FundRequest) -> dict[str, Any]:
    """Everything that a request answers, columns included, as its form has them."""
    return {
        "student": str(request.student_id),
        "cause": request.cause,
        "fund": str(request.fund_id),
        "happened_on": request.happened_on.isoformat() if request.happened_on else None,
        "amount": request.amount_satang,
        "urgency": URGENT if request.is_urgent else NORMAL,
        **answers_of(session, request),
    }


def _sealed(session: Session, answers: Mapping[str, Any], column: str) -> bytes:
    return secrets_of(session).seal_json(dict(answers), column=column)


def answers_of(session: Session, request: FundRequest) -> dict[str, Any]:
    """The answers of a request, by key; empty when they were erased."""
    if request.answers is None:
        return {}
    answers: dict[str, Any] = secrets_of(session).open_json(request.answers, column=ANSWERS)
    return answers


def earlier(
    session: Session, person: StaffMember, student_id: int, *, now: datetime
) -> Sequence[Earlier]:
    """Requests about a pupil this fiscal year, of every fund, newest first."""
    rows = session.scalars(
        select(FundRequest)
        .where(
            FundRequest.office_id == person.office_id,
            FundRequest.student_id == student_id,
            FundRequest.fiscal_year == fiscal_year(local_date(now)),
            FundRequest.status.in_(_COUNTS),
        )
        .order_by(FundRequest.id.desc())
    )
    return [
        Earlier(
            row.number, row.fund_id, row.cause, row.status,
            row.approved_satang or row.amount_satang, local_date(row.requested_at),
        )
        for row in rows
    ]  # fmt: skip
