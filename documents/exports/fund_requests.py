"""The export of requests for money from the funds: one row per request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from models.fund import Fund
from models.fund_request import FundRequest, RequestStatus
from models.office import School
from models.student import Student

_STATUSES: Final[dict[str, Lazy]] = {
    RequestStatus.REQUESTED: _("Waits for the head of school"),
    RequestStatus.CERTIFIED: _("Waits for the area office's check"),
    RequestStatus.CHECKED: _("Waits for approval"),
    RequestStatus.APPROVED: _("Approved, waits for payment"),
    RequestStatus.REFUSED: _("Refused"),
    RequestStatus.RETURNED: _("Sent back for more information"),
    RequestStatus.PAID: _("Paid, waits for the teacher's word"),
    RequestStatus.RECEIVED: _("Received by the pupil"),
    RequestStatus.CLOSED: _("Finished"),
}


def baht(satang: int | None) -> str | None:
    """Satang as baht with two decimals, the way money is exported: 1500.00."""
    if satang is None:
        return None
    sign, whole = ("-", -satang) if satang < 0 else ("", satang)
    return f"{sign}{whole // 100}.{whole % 100:02}"


def _count(session: Session) -> int:
    return session.scalar(select(func.count(FundRequest.id))) or 0


def _rows(session: Session, sensitive: bool) -> Iterator[tuple[Value, ...]]:
    query = (
        select(FundRequest, Fund.code, School.code, Student.is_sealed)
        .join(Fund, Fund.id == FundRequest.fund_id)
        .join(School, School.id == FundRequest.school_id)
        .join(Student, Student.id == FundRequest.student_id)
        .order_by(FundRequest.id)
        .execution_options(yield_per=500)
    )
    for request, fund, school, sealed in session.execute(query):
        # Where a sealed child goes to school is nobody's business (P8).
        hidden = sealed and not sensitive
        yield (
            request.number,
            fund,
            None if hidden else school,
            None if hidden else request.student_no,
            baht(request.amount_satang),
            baht(request.approved_satang),
            baht(request.approved_satang if request.paid_at is not None else None),
            request.status,
            request.requested_at,
            request.decided_at,
            request.paid_at,
            request.cause,
            request.is_urgent,
            request.received_at,
            request.closed_at,
        )


FUND_REQUESTS: Final = Export(
    name="fund-requests",
    title=_("Requests for money"),
    columns=(
        Column("id", _("Number")),
        Column("fund", _("Fund")),
        Column("school_code", _("School code")),
        Column("student_no", _("Student number")),
        Column("amount_baht", _("Asked for (baht)")),
        Column("approved_baht", _("Approved (baht)")),
        Column("paid_baht", _("Paid (baht)")),
        Column("status", _("Status"), words=_STATUSES),
        Column("requested_at", _("Requested at")),
        Column("decided_at", _("Decided at")),
        Column("paid_at", _("Paid at")),
        Column("cause", _("Cause")),
        Column("is_urgent", _("Urgent")),
        Column("received_at", _("Received at")),
        Column("closed_at", _("Finished at")),
    ),
    count=_count,
    rows=_rows,
)
