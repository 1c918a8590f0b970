"""What a report said before it was corrected, and why it was sent back."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, BigKey, Code, office_fk, pk, sealed, staff_fk, utc_datetime
from models.home_visit import Outcome

#: The column that the answers of a revision are sealed for.
REVISION_ANSWERS: Final = "visit_revision.answers"


class VisitRevision(Base):
    """A report as it was before revision `revision + 1` took its place."""

    __tablename__ = "visit_revision"
    __table_args__ = (UniqueConstraint("home_visit_id", "revision"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    home_visit_id: Mapped[int] = mapped_column(BigKey, ForeignKey("home_visit.id"))
    revision: Mapped[int]
    #: {"home": …, "pupil": …} by question key, as they were; erased with the report.
    answers: Mapped[sealed | None]
    outcome: Mapped[Outcome] = mapped_column(Code(Outcome))
    excuse: Mapped[str | None] = mapped_column(String(40))
    visited_on: Mapped[date]
    form_hash: Mapped[str] = mapped_column(String(64))
    #: Who replaced it, and when.
    replaced_by_id: Mapped[staff_fk]
    replaced_at: Mapped[utc_datetime]


class VisitReturn(Base):
    """A report sent back by the school, until it is sent again."""

    __tablename__ = "visit_return"
    __table_args__ = (Index("ix_visit_return_open", "home_visit_id", "answered_at"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    home_visit_id: Mapped[int] = mapped_column(BigKey, ForeignKey("home_visit.id"))
    returned_by_id: Mapped[staff_fk]
    returned_at: Mapped[utc_datetime]
    #: The reviewer's words, sealed.
    note_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("note.id"))
    #: Keys of the questions to be asked again; empty leaves it to the teacher.
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: When it was sent again.
    answered_at: Mapped[utc_datetime | None]
