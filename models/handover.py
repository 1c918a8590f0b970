"""What a homeroom teacher leaves to the next one about a pupil who needs an eye kept on."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import (
    Base,
    BigKey,
    office_fk,
    pk,
    school_fk,
    sealed,
    staff_fk,
    student_fk,
    utc_datetime,
)

#: The column that the words are sealed for.
HANDOVER: Final = "handover_note.words"


class HandoverNote(Base):
    """One short note per pupil and school year, for whoever teaches them in that year (P32)."""

    __tablename__ = "handover_note"
    __table_args__ = (UniqueConstraint("student_id", "school_year"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    #: Where the pupil was when it was written.
    school_id: Mapped[school_fk]
    student_id: Mapped[student_fk] = mapped_column(index=False)
    level: Mapped[str] = mapped_column(String(10))
    room: Mapped[str] = mapped_column(String(10))
    #: The year that the note is for.
    school_year: Mapped[int]
    author_id: Mapped[staff_fk]
    words: Mapped[sealed | None]
    written_at: Mapped[utc_datetime]
    read_by_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    read_at: Mapped[utc_datetime | None]
    erased_at: Mapped[utc_datetime | None]
