"""Urgent cases: somebody is, or may be, harmed; somebody must know, take it and see it through.

Of a violence or rights case not even the pupil's link is readable in a copied database (design
§4): `IncidentPupil.student` is sealed and found by its blind index.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    account_fk,
    office_fk,
    pk,
    sealed,
    staff_fk,
    utc_datetime,
)

#: The columns that are sealed.
ANSWERS: Final = "incident.answers"
STUDENT: Final = "incident_pupil.student"
TOLD_NOTE: Final = "incident_told.note"


class ThreatGroup(StrEnum):
    """The four groups of threats (MOE Safety Center)."""

    ACCIDENT = "accident"
    VIOLENCE = "violence"
    RIGHTS = "rights"
    HEALTH = "health"


#: Groups whose cases only named people may read, and whose pushes say number and severity only.
RESTRICTED: Final = frozenset({ThreatGroup.VIOLENCE, ThreatGroup.RIGHTS})


class Severity(StrEnum):
    CRITICAL = "critical"  #: somebody is in danger now
    URGENT = "urgent"  #: today
    NORMAL = "normal"  #: within working days


class IncidentStatus(StrEnum):
    RAISED = "raised"  #: nobody has taken it; it climbs
    ACKNOWLEDGED = "acknowledged"  #: somebody has taken it
    IN_PROGRESS = "in_progress"  #: something was done for the child
    CLOSED = "closed"  #: with an outcome, and a second person's word
    REOPENED = "reopened"  #: it was not over; somebody must take it again


ALLOWED: Final = {
    IncidentStatus.RAISED: {IncidentStatus.ACKNOWLEDGED},
    # Reopened also where its owner turned out to be related to it (P4): nobody has it then.
    IncidentStatus.ACKNOWLEDGED: {
        IncidentStatus.IN_PROGRESS,
        IncidentStatus.CLOSED,
        IncidentStatus.REOPENED,
    },
    IncidentStatus.IN_PROGRESS: {IncidentStatus.CLOSED, IncidentStatus.REOPENED},
    IncidentStatus.CLOSED: {IncidentStatus.REOPENED},
    IncidentStatus.REOPENED: {IncidentStatus.ACKNOWLEDGED},
}
#: States in which somebody must still take it.
OPEN: Final = (IncidentStatus.RAISED, IncidentStatus.REOPENED)


class Origin(StrEnum):
    """Who raised it."""

    STAFF = "staff"
    GUARDIAN = "guardian"
    STRANGER = "stranger"  #: added the account, has no role: unverified (P12)
    CLOCK = "clock"  #: an abandoned draft that spoke of danger (P2)


class Incident(Base):
    """One case. `group` is empty until it was answered; until then it counts as restricted."""

    __tablename__ = "incident"
    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        Index("ix_incident_open", "office_id", "status"),
        Index(
            "ix_incident_climbing",
            "next_step_at",
            sqlite_where=text("next_step_at is not null"),
            postgresql_where=text("next_step_at is not null"),
        ),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: C69-000012: what is said aloud; it gives nothing away (P5).
    number: Mapped[str] = mapped_column(String(20))
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"), index=True)
    status: Mapped[IncidentStatus] = mapped_column(Code(IncidentStatus))
    group: Mapped[ThreatGroup | None] = mapped_column(Code(ThreatGroup))
    #: Code of the sub-type, and the version of the list it was chosen from.
    threat: Mapped[str | None] = mapped_column(String(60))
    threat_version: Mapped[int | None]
    severity: Mapped[Severity] = mapped_column(Code(Severity))
    #: Who is affected: pupil, staff, place (codes joined by commas, as chosen).
    affected: Mapped[str | None] = mapped_column(String(60))
    origin: Mapped[Origin] = mapped_column(Code(Origin))
    #: "ซ้อม": every bubble says so, and figures leave it out (P34).
    is_drill: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: About somebody at the school: nobody there may see that it exists (P4).
    district_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Goes to the named outside receiver, for the accused works at the office (P4).
    outside_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: Many pupils in one incident: classes are called by roll (P34).
    has_roll_call: Mapped[bool] = mapped_column(default=False, server_default=false())
    reporter_account_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("line_account.id"))
    reporter_staff_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    owner_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"), index=True)
    #: Who was asked to take it over (มอบหมายใหม่), by whom and since when; until they take it the
    #: case stays its owner's.
    offered_to_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    offered_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    offered_at: Mapped[utc_datetime | None]
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    #: The home visit it was raised from.
    home_visit_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("home_visit.id"))
    #: Question keys, codes and the story; `safe_way` of P7 with it.
    answers: Mapped[sealed | None]
    form_hash: Mapped[str | None] = mapped_column(String(64))
    #: Without a yes nothing about the case is pushed to the reporter (P7); staff always may be.
    may_push_reporter: Mapped[bool] = mapped_column(default=False, server_default=false())
    raised_at: Mapped[utc_datetime]
    alerted_at: Mapped[utc_datetime | None]
    acknowledged_at: Mapped[utc_datetime | None]
    first_help_at: Mapped[utc_datetime | None]
    closed_at: Mapped[utc_datetime | None]
    ack_due_at: Mapped[utc_datetime]
    action_due_at: Mapped[utc_datetime]
    #: Set once, when a due time passes; never taken back.
    was_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The escalation as it was when the case was raised: [{"minutes": 15, "staff": [7, 9]}, …].
    chain: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    #: Times it was woken again after an acknowledgement or a reopening; steps start anew in each.
    round: Mapped[int] = mapped_column(default=1)
    #: The step that was alerted last, from 0; -1 before the first.
    step: Mapped[int] = mapped_column(default=-1)
    #: When the next step is taken, or the owner woken; empty while nothing is to happen by itself.
    next_step_at: Mapped[utc_datetime | None]
    #: Case number at MOE Safety Center, typed in (P35).
    safety_center_number: Mapped[str | None] = mapped_column(String(60))
    outcome: Mapped[str | None] = mapped_column(String(40))
    closing_asked_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    closing_asked_at: Mapped[utc_datetime | None]
    retain_until: Mapped[date | None]
    legal_hold: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[utc_datetime | None]

    @property
    def is_restricted(self) -> bool:
        """Only named people read it, and pushes say number and severity only (P5)."""
        return self.group is None or self.group in RESTRICTED or self.district_only

    @property
    def is_unverified(self) -> bool:
        """Whoever told it has no role that somebody confirmed (P12)."""
        return self.reporter_staff_id is None and self.origin in (Origin.STRANGER, Origin.CLOCK)

    def move_to(self, wanted: IncidentStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted


class IncidentPupil(Base):
    """A pupil in a case. The link is sealed; `student_index` finds it by its blind index."""

    __tablename__ = "incident_pupil"
    __table_args__ = (UniqueConstraint("incident_id", "student_index"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int] = mapped_column(BigKey, ForeignKey("incident.id"), index=True)
    student: Mapped[sealed]
    student_index: Mapped[str] = mapped_column(String(64), index=True)
    #: Roll-call: waiting, safe, needs_help (P34).
    state: Mapped[str | None] = mapped_column(String(40))
    state_at: Mapped[utc_datetime | None]
    state_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))


class Part(StrEnum):
    """What somebody is in a case."""

    OWNER = "owner"  #: has taken it
    TEAM = "team"  #: multidisciplinary team, helper
    ALERTED = "alerted"  #: was on a step of the chain and may open it
    EXCLUDED = "excluded"  #: recused, or named in it: leaves chain and readers for ever (P4)


class IncidentMember(Base):
    """A member of staff in a case: the only ones who read a restricted one."""

    __tablename__ = "incident_member"
    __table_args__ = (Index("ix_incident_member_staff", "staff_id", "part"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int] = mapped_column(BigKey, ForeignKey("incident.id"), index=True)
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    part: Mapped[Part] = mapped_column(Code(Part))
    reason: Mapped[str | None] = mapped_column(String(40))
    since: Mapped[utc_datetime]
    until: Mapped[utc_datetime | None]


class AlertAnswer(StrEnum):
    TAKEN = "taken"  #: รับเรื่อง
    PASSED = "passed"  #: ให้ผู้อื่นรับ
    RECUSED = "recused"  #: related to it: passed on unseen (P4)
    OVER = "over"  #: without their word: somebody else took it, or it was worked on meanwhile


class Alert(Base):
    """One person alerted on one step of one round. Unique, so that nobody is alerted twice."""

    __tablename__ = "alert"
    __table_args__ = (
        UniqueConstraint("incident_id", "round", "step", "staff_id"),
        Index("ix_alert_waiting", "staff_id", "answered_at"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int] = mapped_column(BigKey, ForeignKey("incident.id"))
    round: Mapped[int]
    step: Mapped[int]
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    #: When it was promised, in the transaction that took the step.
    promised_at: Mapped[utc_datetime]
    #: When LINE accepted it; empty while it did not.
    sent_at: Mapped[utc_datetime | None]
    #: Why LINE did not: no account, blocked, quota, refused; second channels were used.
    failed: Mapped[str | None] = mapped_column(String(40))
    second_channel_at: Mapped[utc_datetime | None]
    #: The alert whose message named this one too, where many came at once.
    carried_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("alert.id"), index=True)
    opened_at: Mapped[utc_datetime | None]
    answer: Mapped[AlertAnswer | None] = mapped_column(Code(AlertAnswer))
    answered_at: Mapped[utc_datetime | None]


class IncidentTold(Base):
    """Who outside was told, and when; also that the duty card was shown to the reporter (P10)."""

    __tablename__ = "incident_told"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("incident.id"), index=True)
    account_id: Mapped[account_fk]
    #: card, 191, 1669, 1300, 1387, 1323, shelter, safety_center, other.
    whom: Mapped[str] = mapped_column(String(40))
    told_at: Mapped[utc_datetime]
    recorded_at: Mapped[utc_datetime]
    note: Mapped[sealed | None]
