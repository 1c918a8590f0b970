"""The export of urgent cases: times and codes, never who or what (drills are marked)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from models.incident import Incident, IncidentStatus, Severity, ThreatGroup
from models.office import School

_GROUPS: Final[dict[str, Lazy]] = {
    ThreatGroup.ACCIDENT: _("Accident"),
    ThreatGroup.VIOLENCE: _("Violence"),
    ThreatGroup.RIGHTS: _("Violation of rights"),
    ThreatGroup.HEALTH: _("Body and mind"),
}
_SEVERITIES: Final[dict[str, Lazy]] = {
    Severity.CRITICAL: _("Critical"),
    Severity.URGENT: _("Urgent"),
    Severity.NORMAL: _("Normal"),
}
_STATUSES: Final[dict[str, Lazy]] = {
    IncidentStatus.RAISED: _("Nobody has taken it"),
    IncidentStatus.ACKNOWLEDGED: _("Taken"),
    IncidentStatus.IN_PROGRESS: _("Being worked on"),
    IncidentStatus.CLOSED: _("Closed"),
    IncidentStatus.REOPENED: _("Reopened"),
}


def _count(session: Session) -> int:
    return session.scalar(select(func.count(Incident.id))) or 0


def _rows(session: Session, sensitive: bool) -> Iterator[tuple[Value, ...]]:
    query = (
        select(Incident, School.code)
        .outerjoin(School, School.id == Incident.school_id)
        .order_by(Incident.id)
        .execution_options(yield_per=500)
    )
    for case, school in session.execute(query):
        # About somebody of the office itself (P4): its own administrator learns times only (P15).
        hidden = case.outside_only and not sensitive
        yield (
            case.number,
            None if hidden else case.group,
            case.severity,
            None if hidden else school,
            case.status,
            case.raised_at,
            case.alerted_at,
            case.acknowledged_at,
            case.closed_at,
            case.was_late,
            case.is_drill,
            case.first_help_at,
            case.outcome,
        )


INCIDENTS: Final = Export(
    name="incidents",
    title=_("Urgent cases"),
    columns=(
        Column("id", _("Number")),
        Column("group", _("Group"), words=_GROUPS),
        Column("severity", _("Severity"), words=_SEVERITIES),
        Column("school_code", _("School code")),
        Column("status", _("Status"), words=_STATUSES),
        Column("raised_at", _("Raised at")),
        Column("alerted_at", _("Alerted at")),
        Column("acknowledged_at", _("Taken at")),
        Column("closed_at", _("Closed at")),
        Column("was_late", _("Was late")),
        Column("is_drill", _("Drill")),
        Column("first_help_at", _("First help at")),
        Column("outcome", _("How it ended")),
    ),
    count=_count,
    rows=_rows,
)
