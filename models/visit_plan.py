"""Home visits planned ahead: which homes, on which day, at what time, with whom (P23)."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, Time, false
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import (
    Base,
    BigKey,
    Code,
    office_fk,
    pk,
    school_fk,
    sealed,
    staff_fk,
    student_fk,
    utc_datetime,
)

#: The column that the name of a home's village is sealed for.
VILLAGE: Final = "planned_visit.village"


class PlanStatus(StrEnum):
    PLANNED = "planned"  #: in the plan; what has a day is shown to the guardian
    CONFIRMED = "confirmed"  #: the guardian said that the time suits
    ANOTHER_DAY = "another_day"  #: the guardian asked for another day
    LEFT_OUT = "left_out"  #: the teacher took the home out of the plan


class Wish(StrEnum):
    """When a visit would suit the guardian better."""

    AFTER_SCHOOL = "after_school"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    TEACHER_CHOOSES = "teacher_chooses"


ALLOWED: Final = {
    PlanStatus.PLANNED: {PlanStatus.CONFIRMED, PlanStatus.ANOTHER_DAY, PlanStatus.LEFT_OUT},
    PlanStatus.CONFIRMED: {PlanStatus.PLANNED, PlanStatus.ANOTHER_DAY, PlanStatus.LEFT_OUT},
    PlanStatus.ANOTHER_DAY: {PlanStatus.PLANNED, PlanStatus.CONFIRMED, PlanStatus.LEFT_OUT},
    PlanStatus.LEFT_OUT: {PlanStatus.PLANNED},
}


class VisitPlan(Base):
    """The plan of one teacher for one school year."""

    __tablename__ = "visit_plan"
    __table_args__ = (Index("uq_visit_plan", "staff_id", "school_year", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk]
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    school_year: Mapped[int]
    #: Staff ids of those who come along.
    companions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    #: Guardians see day and time of their home with their next reply.
    is_shown: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[utc_datetime]
    updated_at: Mapped[utc_datetime]


class PlannedVisit(Base):
    """One home of a plan. Whether it was visited is told by the reports, not here."""

    __tablename__ = "planned_visit"
    __table_args__ = (Index("ix_planned_visit_day", "plan_id", "day"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    plan_id: Mapped[int] = mapped_column(BigKey, ForeignKey("visit_plan.id"))
    status: Mapped[PlanStatus] = mapped_column(Code(PlanStatus))
    #: Name of the village or road, as the address has it or the teacher typed it.
    village: Mapped[sealed | None]
    day: Mapped[date | None]
    #: Where the district is.
    starts_at: Mapped[time | None] = mapped_column(Time)
    #: What the guardian said to it, and when a visit would suit better.
    answered_at: Mapped[utc_datetime | None]
    wish: Mapped[Wish | None] = mapped_column(Code(Wish))
    created_at: Mapped[utc_datetime]
    updated_at: Mapped[utc_datetime]

    def move_to(self, wanted: PlanStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted


class PlannedPupil(Base):
    """A pupil who lives in a planned home."""

    __tablename__ = "planned_pupil"
    __table_args__ = (Index("uq_planned_pupil", "planned_visit_id", "student_id", unique=True),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    planned_visit_id: Mapped[int] = mapped_column(BigKey, ForeignKey("planned_visit.id"))
    student_id: Mapped[student_fk]
