"""Homes, and who lives in them. A visit is to a household (P17)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, household_fk, office_fk, pk, sealed, student_fk, utc_datetime


class Household(Base):
    """A home that several pupils may share, across classes and schools."""

    __tablename__ = "household"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: {"latitude", "longitude", "address"}: where the home is, as last pinned.
    place: Mapped[sealed | None]
    #: "ควรไปสองคน" without its reason (P13).
    visit_in_pairs: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[utc_datetime]
    erased_at: Mapped[utc_datetime | None]


class Residence(Base):
    """A pupil living in a household for a time."""

    __tablename__ = "residence"
    __table_args__ = (Index("ix_residence_open", "student_id", "ends_on"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    household_id: Mapped[household_fk]
    student_id: Mapped[student_fk] = mapped_column(index=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
