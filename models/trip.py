"""A teacher on the road: gone out, and back at a chosen hour (P13). No places are kept."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import Base, Code, account_fk, office_fk, pk, school_fk, staff_fk, utc_datetime


class TripStatus(StrEnum):
    OUT = "out"  #: on the road; the hour of return has not come
    ASKED = "asked"  #: the hour has passed, and she was asked
    HEAD_ASKED = "head_asked"  #: she did not answer, and the head of school was told
    BACK = "back"  #: she said that she is back
    FOUND = "found"  #: the head of school reached her


ALLOWED: Final = {
    TripStatus.OUT: {TripStatus.OUT, TripStatus.ASKED, TripStatus.BACK},
    TripStatus.ASKED: {TripStatus.OUT, TripStatus.HEAD_ASKED, TripStatus.BACK},
    TripStatus.HEAD_ASKED: {TripStatus.OUT, TripStatus.BACK, TripStatus.FOUND},
    TripStatus.FOUND: set[TripStatus](),
    TripStatus.BACK: set[TripStatus](),
}


class Trip(Base):
    """One ออกเยี่ยม, until กลับถึงแล้ว."""

    __tablename__ = "trip"
    __table_args__ = (
        Index("ix_trip_due", "status", "next_at"),
        Index("ix_trip_staff", "staff_id", "status"),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk]
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    account_id: Mapped[account_fk]
    status: Mapped[TripStatus] = mapped_column(Code(TripStatus))
    left_at: Mapped[utc_datetime]
    #: The hour of return that she chose.
    back_by: Mapped[utc_datetime]
    #: When the next question is due: to her, then to the head; empty when nothing is.
    next_at: Mapped[utc_datetime | None]
    asked_at: Mapped[utc_datetime | None]
    head_asked_at: Mapped[utc_datetime | None]
    ended_at: Mapped[utc_datetime | None]

    def move_to(self, wanted: TripStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
        if not ALLOWED[wanted]:
            self.next_at = None
