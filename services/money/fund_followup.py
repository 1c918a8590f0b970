"""After paying: the child received it, and how the money was used (domain rows 92, 110)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from models.fund_request import USE, FundRequest, RequestStatus
from models.timeline import Event
from services import timeline
from services.money import fund_notices, fund_requests
from services.people import StaffMember

#: What `follow_up` leaves on the timeline, so that nobody is asked twice.
ASKED: Final = "fund_request.follow_up"


class UsedAs(StrEnum):
    """How the money was used, as far as it is known."""

    AS_ASKED = "as_asked"
    OTHERWISE = "otherwise"
    NOT_ALL = "not_all"  #: a part is still there


def received(
    session: Session, person: StaffMember, request_id: int, *, now: datetime
) -> FundRequest | None:
    """The teacher says that the child has it; None where that does not wait for this person."""
    request = fund_requests.owned(session, person, request_id, now=now, lock=True)
    if request is None or request.status is not RequestStatus.PAID:
        return None
    request.move_to(RequestStatus.RECEIVED)
    request.received_at = now
    request.step_due_at = None
    _record(session, request, person, "fund_request.received", RequestStatus.PAID, now)
    return request


def not_received(
    session: Session, person: StaffMember, request_id: int, *, now: datetime
) -> FundRequest | None:
    """The money has not come: those who pay, and the office, hear of it."""
    request = fund_requests.owned(session, person, request_id, now=now, lock=True)
    if request is None or request.status is not RequestStatus.PAID:
        return None
    _record(session, request, person, "fund_request.not_received", RequestStatus.PAID, now)
    fund_notices.not_received(session, request, now=now)
    return request


def used(
    session: Session,
    person: StaffMember,
    request_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
) -> FundRequest | None:
    """How the money was used; with that the request is closed."""
    request = fund_requests.owned(session, person, request_id, now=now, lock=True)
    if request is None or request.status is not RequestStatus.RECEIVED:
        return None
    request.used_as = UsedAs(values["used_as"])
    kept = {key: value for key, value in values.items() if key != "used_as"}
    request.use = secrets_of(session).seal_json(kept, column=USE)
    request.move_to(RequestStatus.CLOSED)
    request.closed_at = now
    _record(session, request, person, "fund_request.closed", RequestStatus.RECEIVED, now)
    return request


def to_ask(session: Session, *, now: datetime) -> Sequence[FundRequest]:
    """Requests whose teacher is to be asked how the money was used, and has not been."""
    asked = select(Event.subject_id).where(
        Event.subject_type == "fund_request", Event.kind == ASKED
    )
    return session.scalars(
        select(FundRequest)
        .where(
            FundRequest.status == RequestStatus.RECEIVED,
            FundRequest.follow_up_on <= local_date(now),
            FundRequest.id.not_in(asked),
        )
        .order_by(FundRequest.id)
    ).all()


def ask(session: Session, *, now: datetime, limit: int) -> int:
    """Ask the next ones; how many were asked."""
    found = to_ask(session, now=now)[:limit]
    for request in found:
        fund_notices.follow_up(session, request, now=now)
        timeline.record(
            session, ASKED, at=now, office_id=request.office_id,
            subject=("fund_request", request.id),
        )  # fmt: skip
    return len(found)


def _record(
    session: Session,
    request: FundRequest,
    person: StaffMember,
    kind: str,
    before: RequestStatus,
    now: datetime,
) -> None:
    timeline.record(
        session, kind, at=now, office_id=request.office_id, subject=("fund_request", request.id),
        staff_id=person.staff_id, status=(before, request.status),
    )  # fmt: skip
