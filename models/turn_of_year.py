"""What the turn of the year asks: whose class it is now, and where those who left have gone."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
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

#: The column that a written receiving school is sealed for: it says where a child is.
RECEIVING: Final = "leaver.receiving"


class HomeroomCheck(Base):
    """A homeroom of last year that lapsed: is it still this teacher's? One tap answers it."""

    __tablename__ = "homeroom_check"
    __table_args__ = (
        UniqueConstraint("staff_id", "school_id", "school_year", "level", "room"),
        Index("ix_homeroom_check_room", "school_id", "school_year", "level", "room"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    school_id: Mapped[school_fk] = mapped_column(index=False)
    #: The year that begins.
    school_year: Mapped[int]
    #: The class of the year that ended; an empty room is every room of it.
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[utc_datetime | None]
    #: The class taken on; empty where the answer was that there is none any more.
    taken_level: Mapped[str | None] = mapped_column(String(10))


class LeaverStatus(StrEnum):
    GONE = "gone"  #: left; whether they arrived elsewhere is not known
    ARRIVED = "arrived"  #: at the next school
    MISSING = "missing"  #: said not to have arrived anywhere; a child without a school
    UNKNOWN = "unknown"  #: nobody could say; asked again later


ALLOWED: Final = {
    LeaverStatus.GONE: {LeaverStatus.ARRIVED, LeaverStatus.MISSING, LeaverStatus.UNKNOWN},
    LeaverStatus.UNKNOWN: {LeaverStatus.ARRIVED, LeaverStatus.MISSING, LeaverStatus.UNKNOWN},
    LeaverStatus.MISSING: {LeaverStatus.ARRIVED},
    LeaverStatus.ARRIVED: set[LeaverStatus](),
}


class Leaver(Base):
    """A pupil who finished the last class of a school (ป.6, ม.3 …), and where they go on."""

    __tablename__ = "leaver"
    __table_args__ = (
        UniqueConstraint("student_id", "school_year"),
        Index("ix_leaver_room", "school_id", "school_year", "level", "room"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: School and class that they left.
    school_id: Mapped[school_fk] = mapped_column(index=False)
    student_id: Mapped[student_fk] = mapped_column(index=False)
    #: The year that ended.
    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10))
    left_on: Mapped[date]
    #: A school of the office, or its name in words; both empty while nobody has said.
    receiving_school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    receiving: Mapped[sealed | None]
    status: Mapped[LeaverStatus] = mapped_column(Code(LeaverStatus))
    #: From when "ถึงแล้วหรือยัง" may be asked.
    ask_on: Mapped[date]
    answered_at: Mapped[utc_datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))

    def move_to(self, wanted: LeaverStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
