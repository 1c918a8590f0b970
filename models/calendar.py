"""Days that are not like others: holidays, closures, make-up days, and the school's terms."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk


class DayKind(StrEnum):
    HOLIDAY = "holiday"  #: nobody works
    CLOSURE = "closure"  #: closed for a reason of its own: flood, border, election
    MAKEUP_DAY = "makeup_day"  #: worked although it is a weekend or a holiday
    TERM = "term"  #: a school term, from its first to its last day
    EVENT = "event"  #: worth knowing, and worked


class CalendarDay(Base):
    """A day or a stretch of days of the office, or of one school. Both ends belong to it."""

    __tablename__ = "calendar_day"
    __table_args__ = (Index("ix_calendar_day_office", "office_id", "starts_on"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school.id"))
    kind: Mapped[DayKind] = mapped_column(Code(DayKind))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    name: Mapped[str] = mapped_column(String(200))
