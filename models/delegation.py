"""What somebody lets a colleague do for a time (P26, P28)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk, school_fk, staff_fk, utc_datetime


class Purpose(StrEnum):
    REVIEW = "review"  #: reviews the school's reports for its head
    ENTER = "enter"  #: enters reports for the homeroom teacher of a room (ทำแทน)


class Delegation(Base):
    """A permission from-to, both days included; whoever gave it may end it at any time."""

    __tablename__ = "delegation"
    __table_args__ = (Index("ix_delegation_staff", "staff_id", "purpose"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    purpose: Mapped[Purpose] = mapped_column(Code(Purpose))
    school_id: Mapped[school_fk]
    #: The room it holds for; both empty is the whole school.
    level: Mapped[str | None] = mapped_column(String(10))
    room: Mapped[str | None] = mapped_column(String(10))
    staff_id: Mapped[staff_fk] = mapped_column(index=False)
    given_by_id: Mapped[int] = mapped_column(BigKey, ForeignKey("staff.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[utc_datetime]
    ended_at: Mapped[utc_datetime | None]
