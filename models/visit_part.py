"""The further layers of a home visit (P18): what OBEC adds up, and กสศ.'s screening.

Facts of the home are kept once for all pupils who live there, in a row of the household's visit;
a pupil's own answers in a row of their report. A sealed child (P8) has only a row of their own.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, office_fk, pk, sealed, staff_fk, utc_datetime

#: The columns that answers are sealed for.
PART_ANSWERS: Final = "visit_part.answers"
PART_REVISION: Final = "visit_part_revision.answers"

_OF_THE_HOME: Final = text("home_visit_id IS NULL")


class VisitPart(Base):
    """One layer's answers: the home's where `home_visit_id` is empty, else one pupil's."""

    __tablename__ = "visit_part"
    __table_args__ = (
        Index("uq_visit_part_pupil", "home_visit_id", "form_id", unique=True),
        Index(
            "uq_visit_part_home",
            "household_visit_id",
            "form_id",
            unique=True,
            sqlite_where=_OF_THE_HOME,
            postgresql_where=_OF_THE_HOME,
        ),
    )

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    household_visit_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("household_visit.id"), index=True
    )
    home_visit_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("home_visit.id"))
    form_id: Mapped[str] = mapped_column(String(60))
    #: The version of the form that asked; `forms.versions` keeps the older ones readable.
    form_hash: Mapped[str] = mapped_column(String(64))
    #: Question keys and choice codes; never labels.
    answers: Mapped[sealed]
    #: Grows with every correction.
    revision: Mapped[int] = mapped_column(default=1)
    reporter_id: Mapped[staff_fk]
    #: The draft that was sent last. On the pupil's row only, and unique: one draft is one part.
    draft_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    #: LINE's timestamp of the tap that sent it first (P30), and when we had it.
    submitted_at: Mapped[utc_datetime]
    received_at: Mapped[utc_datetime]


class VisitPartRevision(Base):
    """A layer's answers as they were before revision `revision + 1` took their place."""

    __tablename__ = "visit_part_revision"
    __table_args__ = (UniqueConstraint("visit_part_id", "revision"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    visit_part_id: Mapped[int] = mapped_column(BigKey, ForeignKey("visit_part.id"))
    revision: Mapped[int]
    form_hash: Mapped[str] = mapped_column(String(64))
    answers: Mapped[sealed | None]
    #: Who replaced them, and when.
    replaced_by_id: Mapped[staff_fk]
    replaced_at: Mapped[utc_datetime]
