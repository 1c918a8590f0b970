"""What DMC's list says about a pupil beyond name and class, one row per school year."""

from __future__ import annotations

from typing import Final

from sqlalchemy import String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, office_fk, pk, school_fk, sealed, student_fk, utc_datetime

#: The column that the facts are sealed for.
DMC_FACTS: Final = "dmc_record.facts"


class DmcRecord(Base):
    """The facts of one year's list, as `services.dmc` names them; an empty cell is no key."""

    __tablename__ = "dmc_record"
    __table_args__ = (UniqueConstraint("student_id", "school_year"),)

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    school_id: Mapped[school_fk]
    student_id: Mapped[student_fk] = mapped_column(index=False)
    school_year: Mapped[int]
    #: Home address, parents, guardian, travel, disadvantage: JSON, sealed as a whole.
    facts: Mapped[sealed | None]
    #: Keyed digest of the facts: tells that a repeated list says nothing new.
    facts_index: Mapped[str | None] = mapped_column(String(64))
    #: DMC's column "ยังไม่สามารถจำหน่ายได้ (3.1.8)" is filled: the pupil may have gone.
    may_have_gone: Mapped[bool] = mapped_column(default=False, server_default=false())
    listed_at: Mapped[utc_datetime]
