"""What a school says once a year about its home visits, in its own words."""

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
    utc_datetime,
)

#: The column that the words are sealed for.
SUMMARY_ANSWERS: Final = "school_summary.answers"


class SchoolSummary(Base):
    """Agencies that joined, how the data were used, obstacles, comments: the summary's own words.

    One row for the whole school (`level` and `room` empty), one for each class whose advisers
    wrote their own. Everything else on the summary is counted.
    """

    __tablename__ = "school_summary"
    __table_args__ = (UniqueConstraint("school_id", "school_year", "level", "room"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk] = mapped_column(index=False)
    school_year: Mapped[int]
    level: Mapped[str] = mapped_column(String(10), default="")
    room: Mapped[str] = mapped_column(String(10), default="")
    written_by_id: Mapped[staff_fk]
    #: The draft it came from; one draft is written once, whatever crashes.
    draft_id: Mapped[int] = mapped_column(BigKey, ForeignKey("draft.id"), unique=True)
    #: Answers of `forms.school_summary`, by key.
    answers: Mapped[sealed | None]
    revision: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[utc_datetime]
