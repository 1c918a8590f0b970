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
from models.fund_request import ANSWERS, FundRequest, RequestStatus
from models.queries import students as student_queries
from models.staff import Role
from services import fund_steps, timeline
from services.numbers import FUND_REQUEST, next_number
from services.people import StaffMember
from services.scope import scope_of

#: Answers that are columns; the rest is sealed.
COLUMNS: Final = frozenset({"fund", "student", "cause", "happened_on", "amount", "urgency"})
URGENT: Final = "urgent"
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
    draft: Draft,
    values: Mapping[str, Any],
    *,
    form_hash: str,
    now: datetime,
    source_event_id: int | None = None,
) -> FundRequest | None:
    """Make the request of a finished form; None when the pupil is not the person's (any more).

    The draft is unique among requests, so one form becomes one request whatever crashes.
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
    subject = draft.subject or {}
    own = {key: value for key, value in values.items() if key not in COLUMNS}
    happened_on = values.get("happened_on")
    request = FundRequest(
        office_id=person.office_id,
        number=next_number(session, office_id=person.office_id, kind=FUND_REQUEST, year=year),
        fund_id=fund.id,
        fiscal_year=year,
        school_id=place.school_id,
        student_id=student_id,
        level=place.level,
        room=place.room,
        student_no=place.student_no,
        requester_id=person.staff_id,
        draft_id=draft.id,
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
    fund_steps.wait_at(request, stop, now=now)
    timeline.record(
        session, "fund_request.requested", at=now, office_id=request.office_id,
        subject=("fund_request", request.id), staff_id=person.staff_id, role=Role.TEACHER,
        status=(None, request.status), reason_code=request.passed_over,
        source_event_id=source_event_id,
    )  # fmt: skip
    return request


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
