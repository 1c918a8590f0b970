"""What must be red: cases that nobody has taken, that are late, or that stand still.

Until the desk exists this is read by a command, by metrics and in the chat of those who answer for
it. Counts and numbers only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session

from core.clock import BUDDHIST_ERA, local_date
from models.incident import (
    OPEN,
    Alert,
    Incident,
    IncidentMember,
    IncidentStatus,
    Part,
    Severity,
)
from models.staff import Role
from outbox.beats import every
from services import calendar, timeline
from services.people import StaffMember
from services.urgent import cases, incident_scope, roster

#: A step that is so late stands still; a watchdog takes it and says so.
STANDS_STILL: Final = timedelta(minutes=5)
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Watch:
    """The state of all cases at a moment; drills are left out."""

    #: Nobody has taken them.
    untaken: Sequence[Incident]
    #: Open, and a due time has passed.
    late: Sequence[Incident]
    #: They should climb and do not.
    still: Sequence[Incident]
    #: Stretches of the coming night that nobody has.
    holes: int = 0
    #: Years whose holidays nobody knows for certain, by their Buddhist number.
    doubtful_years: Sequence[int] = ()
    by_severity: Mapping[Severity, int] = field(default_factory=dict)

    @property
    def is_red(self) -> bool:
        return bool(self.untaken or self.late or self.still or self.holes)

    def oldest(self, now: datetime) -> float:
        """Seconds that the oldest waits to be taken; 0 where none does."""
        ages = [(now - each.raised_at).total_seconds() for each in self.untaken]
        return max(ages, default=0.0)


def look(
    session: Session,
    office_id: int,
    *,
    now: datetime,
    seen: ColumnElement[bool] | None = None,
) -> Watch:
    """What is red now; `seen` is a further condition on `Incident`."""
    only = true() if seen is None else seen
    here = select(Incident).where(
        Incident.office_id == office_id, Incident.is_drill.is_(False), only
    )
    untaken = session.scalars(
        here.where(Incident.status.in_(OPEN)).order_by(Incident.ack_due_at, Incident.id)
    ).all()
    late = session.scalars(
        here.where(
            Incident.status != IncidentStatus.CLOSED,
            or_(
                Incident.was_late.is_(True),
                (Incident.ack_due_at < now) & Incident.status.in_(OPEN),
                (Incident.action_due_at < now) & Incident.first_help_at.is_(None),
            ),
        ).order_by(Incident.ack_due_at, Incident.id)
    ).all()
    still = session.scalars(standing_still(now).where(Incident.office_id == office_id, only)).all()
    counts = dict.fromkeys(Severity, 0)
    for each in untaken:
        counts[each.severity] += 1
    holes = len(roster.holes_today(session, office_id, now))
    years = calendar.doubtful_years(session, office_id, local_date(now))
    return Watch(untaken, late, still, holes, [year + BUDDHIST_ERA for year in years], counts)


def for_person(session: Session, person: StaffMember, *, now: datetime) -> Watch | None:
    """What is red for those who answer for it: the office as counts, a head what they may open.

    An excluded person is not told by a count either; nobody at the office of what concerns it (P4).
    """
    out = (
        select(IncidentMember.id)
        .where(
            IncidentMember.incident_id == Incident.id,
            IncidentMember.staff_id == person.staff_id,
            IncidentMember.part == Part.EXCLUDED,
        )
        .exists()
    )
    if person.has(Role.DISTRICT_OFFICER, Role.DISTRICT_DIRECTOR):
        seen = Incident.outside_only.is_(False) & ~out
        return look(session, person.office_id, now=now, seen=seen)
    if person.has(Role.DIRECTOR):
        found = look(session, person.office_id, now=now, seen=incident_scope.visible(person))
        return replace(found, holes=0)
    return None


def climbed(session: Session, *, now: datetime) -> int:
    """Alerts promised within the last minute."""
    return (
        session.scalar(select(func.count(Alert.id)).where(Alert.promised_at > now - _MINUTE)) or 0
    )


def unreached(session: Session, office_id: int, *, now: datetime) -> int:
    """Alerts of the last day that neither LINE nor another way has carried.

    Those of normal cases may wait for the morning.
    """
    return (
        session.scalar(
            select(func.count(Alert.id))
            .join(Incident, Incident.id == Alert.incident_id)
            .where(
                Alert.office_id == office_id, Alert.promised_at > now - _DAY,
                Alert.answered_at.is_(None), Alert.sent_at.is_(None),
                Alert.second_channel_at.is_(None), Alert.promised_at < now - _MINUTE,
                Incident.status.in_(OPEN), Incident.severity != Severity.NORMAL,
            )
        )
        or 0
    )  # fmt: skip


@every(15, "incident.late")
def mark_late(session: Session, now: datetime) -> int:
    """Late is late for ever: nobody took it, or nothing was done, in time."""
    overdue = session.scalars(
        select(Incident)
        .where(
            Incident.was_late.is_(False),
            ((Incident.ack_due_at < now) & Incident.status.in_(OPEN))
            | ((Incident.action_due_at < now) & Incident.first_help_at.is_(None)),
            Incident.status != IncidentStatus.CLOSED,
        )
        .order_by(Incident.id)
        .limit(100)
        .with_for_update(skip_locked=True, key_share=True)
    ).all()
    for incident in overdue:
        incident.was_late = True
    return len(overdue)


@every(60, "incident.watchdog")
def watch(session: Session, now: datetime) -> int:
    """Find cases that should climb and stand still; they are set going, and it is recorded."""
    found = standing_still(now).limit(50).with_for_update(skip_locked=True, key_share=True)
    still = session.scalars(found).all()
    for incident in still:
        incident.next_step_at = now
        timeline.record(
            session, "incident.stood_still", at=now, office_id=incident.office_id,
            subject=(cases.SUBJECT, incident.id),
        )  # fmt: skip
    return 0


def standing_still(now: datetime) -> Select[Incident]:
    """Open cases without a next step, and steps that nobody took for minutes."""
    return (
        select(Incident)
        .where(
            Incident.status.in_(OPEN),
            Incident.next_step_at.is_(None) | (Incident.next_step_at < now - STANDS_STILL),
        )
        .order_by(Incident.id)
    )
