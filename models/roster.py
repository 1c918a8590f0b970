"""Who is on duty: for the office or a school, a group of threats, some hours of some days."""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk, staff_fk


class OnHolidays(StrEnum):
    """Whether a duty also holds on days that are not worked."""

    ALSO = "also"
    ONLY = "only"
    NOT = "not"


class RosterEntry(Base):
    """A duty of one person. What is empty is everything: school, group, from, to."""

    __tablename__ = "roster_entry"
    __table_args__ = (Index("ix_roster_entry_office", "office_id", "step"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    staff_id: Mapped[staff_fk]
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    #: A `models.incident.ThreatGroup`.
    group: Mapped[str | None] = mapped_column(String(40))
    #: The step of the chain, from 0.
    step: Mapped[int] = mapped_column(default=0)
    #: ISO weekdays on which it begins: "12345" is Monday to Friday.
    weekdays: Mapped[str] = mapped_column(String(7), default="1234567")
    #: In the district's time. An end not after the start is on the next day; alike is a whole day.
    starts_at: Mapped[time]
    ends_at: Mapped[time]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    on_holidays: Mapped[OnHolidays] = mapped_column(Code(OnHolidays))
    #: Stands in (ทดแทน) from `starts_on` to `ends_on` in every duty of this person.
    stands_in_for_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
