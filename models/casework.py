"""The work on an urgent case: tasks, meetings of the team, referrals, and the partners who help."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import Base, BigKey, Code, office_fk, pk, sealed, utc_datetime

#: The columns that are sealed.
TASK: Final = "incident_task.text"
MEETING: Final = "incident_meeting.minutes"
REFERRAL: Final = "referral.body"
REFERRAL_ANSWER: Final = "referral.answer_note"
PARTNER_PHONE: Final = "partner.phone"


class IncidentTask(Base):
    """Something to be done by somebody until a day."""

    __tablename__ = "incident_task"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int] = mapped_column(BigKey, ForeignKey("incident.id"), index=True)
    assignee_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"), index=True)
    text: Mapped[sealed | None]
    due_on: Mapped[date | None]
    created_by_id: Mapped[int] = mapped_column(BigKey, ForeignKey("staff.id"))
    created_at: Mapped[utc_datetime]
    done_at: Mapped[utc_datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))


class IncidentMeeting(Base):
    """A meeting of the multidisciplinary team (ทีมสหวิชาชีพ) and what it decided."""

    __tablename__ = "incident_meeting"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int] = mapped_column(BigKey, ForeignKey("incident.id"), index=True)
    held_on: Mapped[date]
    #: Ids of staff and partners who took part.
    present: Mapped[dict[str, Any]] = mapped_column(JSON)
    minutes: Mapped[sealed | None]
    recorded_by_id: Mapped[int] = mapped_column(BigKey, ForeignKey("staff.id"))
    recorded_at: Mapped[utc_datetime]


class PartnerKind(StrEnum):
    SHELTER = "shelter"  #: บ้านพักเด็กและครอบครัว
    RED_CROSS = "red_cross"  #: เหล่ากาชาดจังหวัด
    HOSPITAL = "hospital"  #: รพ. / รพ.สต.
    POLICE = "police"
    SOCIAL_OFFICE = "social_office"  #: พมจ.
    LOCAL_BODY = "local_body"  #: อบต. / เทศบาล
    COURT = "court"
    EDUCATION = "education"  #: สกร., อาชีวศึกษา
    OTHER = "other"


class Partner(Base):
    """A partner outside: a contact with a card, and, once bound, an account that answers."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("office_id", "name"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[PartnerKind] = mapped_column(Code(PartnerKind))
    contact: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[sealed | None]
    district_area: Mapped[str | None] = mapped_column(String(100))
    #: The LINE account of the partner's desk, bound by a one-time code.
    account_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("line_account.id"))
    ended_at: Mapped[utc_datetime | None]


class ReferralStatus(StrEnum):
    SENT = "sent"  #: waits for the receiver's word
    ACCEPTED = "accepted"
    DECLINED = "declined"  #: with a reason; the case is the sender's again
    DONE = "done"  #: the receiver reports what was done
    REVOKED = "revoked"  #: taken back by the sender


REFERRAL_MOVES: Final = {
    ReferralStatus.SENT: {
        ReferralStatus.ACCEPTED,
        ReferralStatus.DECLINED,
        ReferralStatus.REVOKED,
    },
    ReferralStatus.ACCEPTED: {ReferralStatus.DONE, ReferralStatus.REVOKED},
    ReferralStatus.DECLINED: set[ReferralStatus](),
    ReferralStatus.DONE: set[ReferralStatus](),
    ReferralStatus.REVOKED: set[ReferralStatus](),
}


class Referral(Base):
    """ส่งต่อ: a request to somebody inside or outside, with the tear-off reply."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("office_id", "number"),
        Index("ix_referral_waiting", "partner_id", "status"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    incident_id: Mapped[int] = mapped_column(BigKey, ForeignKey("incident.id"), index=True)
    number: Mapped[str] = mapped_column(String(20))
    #: One of the two: inside (a member of staff) or outside (a partner).
    to_staff_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    partner_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("partner.id"))
    status: Mapped[ReferralStatus] = mapped_column(Code(ReferralStatus))
    #: Problem and reason, help already given, what is asked of the receiver.
    body: Mapped[sealed | None]
    urgency: Mapped[str] = mapped_column(String(40))
    sent_by_id: Mapped[int] = mapped_column(BigKey, ForeignKey("staff.id"))
    sent_at: Mapped[utc_datetime]
    answered_at: Mapped[utc_datetime | None]
    #: The receiver's name and post on the tear-off reply, and their words.
    answer_note: Mapped[sealed | None]
    done_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: ReferralStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `REFERRAL_MOVES`."""
        if wanted not in REFERRAL_MOVES[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
