"""Who was at which school on census day, frozen: the denominator of every percentage."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, office_fk, pk, school_fk, utc_datetime


class CensusSnapshot(Base):
    """The pupils of one room and sex on one census day (10 มิ.ย., 10 พ.ย., end of year).

    Rows are written once and never changed; corrections of lists after that show in the live roster
    beside them (domain 10.0).
    """

    __tablename__ = "census_snapshot"
    __table_args__ = (UniqueConstraint("school_id", "day", "level", "room", "sex"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk] = mapped_column(index=False)
    day: Mapped[date]
    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10))
    #: "male", "female", or empty where the list does not say.
    sex: Mapped[str] = mapped_column(String(10))
    count: Mapped[int]
    #: Ids of the pupils, so that a visit counts once for the child wherever it was made.
    pupils: Mapped[list[int]] = mapped_column(JSON)
    frozen_at: Mapped[utc_datetime]
