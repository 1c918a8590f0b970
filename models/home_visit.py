"""Home visits: one visit to a home, and one report per pupil who lives there (P17)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    household_fk,
    office_fk,
    pk,
    school_fk,
    sealed,
    staff_fk,
    student_fk,
    utc_datetime,
)

#: The columns that answers are sealed for.
HOUSEHOLD_ANSWERS: Final = "household_visit.answers"
PUPIL_ANSWERS: Final = "home_visit.answers"


class Outcome(StrEnum):
    """What came of it; an export's `outcome`. The two are never added up silently."""

    VISITED = "visited"
    EXCUSED = "excused"


class VisitStatus(StrEnum):
    UNCONFIRMED = "unconfirmed"  #: entered by a colleague; waits for its owner's word (P28)
    SUBMITTED = "submitted"  #: waits for the school to review it; its teacher may correct it
    RETURNED = "returned"  #: sent back with the reviewer's words, to be corrected
    REVIEWED = "reviewed"  #: the school has reviewed it; only a return opens it again
    DECLINED = "declined"  #: its owner did not stand by what a colleague entered


#: The moves. A correction of a submitted report is a new revision and no move; a reviewed one waits
#: again when the facts of the home were corrected in a sibling's report, for nobody has reviewed
#: those.
ALLOWED: Final = {
    VisitStatus.UNCONFIRMED: {VisitStatus.SUBMITTED, VisitStatus.DECLINED},
    VisitStatus.SUBMITTED: {VisitStatus.RETURNED, VisitStatus.REVIEWED},
    VisitStatus.RETURNED: {VisitStatus.SUBMITTED},
    VisitStatus.REVIEWED: {VisitStatus.RETURNED, VisitStatus.SUBMITTED},
    VisitStatus.DECLINED: set[VisitStatus](),
}
#: Reports that count (domain 10.0): one that was sent back, or stands unconfirmed, is none yet.
COUNTED: Final = frozenset({VisitStatus.SUBMITTED, VisitStatus.REVIEWED})


class Confirmed(StrEnum):
    """How the owner of a visit stood by what a colleague had entered."""

    TAP = "tap"
    PAPER = "paper"  #: by a signature on paper, as the colleague says who has it in hand


class HouseholdVisit(Base):
    """One visit to one home: the facts that all pupils of the home share."""

    __tablename__ = "household_visit"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    household_id: Mapped[household_fk]
    #: The draft that was sent; unique, so that one draft is one visit whatever crashes.
    draft_id: Mapped[int] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    #: Who visited, and stands by the reports.
    reporter_id: Mapped[staff_fk]
    #: Who entered it for the reporter (ทำแทน), and when and how the reporter confirmed it.
    entered_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    confirmed_at: Mapped[utc_datetime | None]
    confirmed_how: Mapped[Confirmed | None] = mapped_column(Code(Confirmed))
    visited_on: Mapped[date]
    how: Mapped[str] = mapped_column(String(40))
    form_id: Mapped[str] = mapped_column(String(60))
    form_hash: Mapped[str] = mapped_column(String(64))
    #: Question keys and choice codes of the shared questions; never labels.
    answers: Mapped[sealed | None]
    submitted_at: Mapped[utc_datetime]


class HomeVisit(Base):
    """The report for one pupil. School, class and number are as they were on that day."""

    __tablename__ = "home_visit"
    __table_args__ = (
        UniqueConstraint("household_visit_id", "student_id"),
        UniqueConstraint("office_id", "number"),
        Index("ix_home_visit_class", "school_id", "school_year", "level", "room"),
        Index("ix_home_visit_year", "student_id", "school_year"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk] = mapped_column(index=False)
    household_visit_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("household_visit.id"), index=True
    )
    student_id: Mapped[student_fk] = mapped_column(index=False)
    #: V69-000123: what the receipt and the export call it.
    number: Mapped[str] = mapped_column(String(20))
    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10))
    student_no: Mapped[str] = mapped_column(String(20))
    outcome: Mapped[Outcome] = mapped_column(Code(Outcome))
    excuse: Mapped[str | None] = mapped_column(String(40))
    visited_on: Mapped[date]
    status: Mapped[VisitStatus] = mapped_column(Code(VisitStatus))
    revision: Mapped[int] = mapped_column(default=1)
    #: Question keys and choice codes of the pupil's own questions.
    answers: Mapped[sealed | None]
    #: LINE's timestamp of the tap that sent it: what "on time" means (P30). First time only.
    submitted_at: Mapped[utc_datetime]
    received_at: Mapped[utc_datetime]
    #: What the due moment is compared with: the first time, or that of a resubmission which came
    #: after the fix window (domain 10.0).
    on_time_at: Mapped[utc_datetime | None]
    #: Its teacher asked the school to open it again after the review.
    correction_asked_at: Mapped[utc_datetime | None]
    reviewed_at: Mapped[utc_datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    retain_until: Mapped[date | None]
    legal_hold: Mapped[bool] = mapped_column(default=False, server_default=false())
    erased_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: VisitStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
