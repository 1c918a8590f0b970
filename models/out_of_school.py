"""Children without a school (เด็กตกหล่น, เด็กออกกลางคัน): they exist here and are in no class."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import WrongStatus
from models.base import Base, BigKey, Code, office_fk, pk, sealed, student_fk, utc_datetime

#: The columns that who found a child, and where, are sealed for.
FOUND_BY: Final = "out_of_school_child.found_by"
FOUND_AT: Final = "out_of_school_child.found_at"


class SearchStatus(StrEnum):
    """How far it is (domain §1.6)."""

    REPORTED = "reported"  #: รับแจ้ง
    FOLLOWED = "followed"  #: อยู่ระหว่างติดตาม
    FOUND = "found"  #: พบตัว
    NOT_FOUND = "not_found"  #: ไม่พบตัว
    RETURNED = "returned"  #: กลับเข้าเรียนที่เดิม
    OTHER_SCHOOL = "other_school"  #: เรียนที่อื่น
    NON_FORMAL = "non_formal"  #: สกร./นอกระบบ
    LEARNING_CENTRE = "learning_centre"  #: ศูนย์การเรียน/ตามอัธยาศัย
    TRAINING = "training"  #: ฝึกอาชีพ
    WORKING = "working"  #: มีงานทำ
    AT_HOME = "at_home"  #: นำการเรียนไปให้ที่บ้าน
    UNWILLING = "unwilling"  #: ไม่ประสงค์เรียนต่อ
    DIED = "died"  #: เสียชีวิต
    ABROAD = "abroad"  #: ย้ายต่างประเทศ
    DUPLICATE = "duplicate"  #: ข้อมูลซ้ำ


#: What ends the search.
ENDS: Final = frozenset(SearchStatus) - {
    SearchStatus.REPORTED,
    SearchStatus.FOLLOWED,
    SearchStatus.FOUND,
    SearchStatus.NOT_FOUND,
}
#: A search goes forward, or begins anew; what ended may only begin anew.
ALLOWED: Final = {
    **{
        status: frozenset(SearchStatus) - {status, SearchStatus.REPORTED}
        for status in frozenset(SearchStatus) - ENDS
    },
    **{status: frozenset({SearchStatus.FOLLOWED}) for status in ENDS},
}


class OutOfSchoolChild(Base):
    """The search for one child without a school. Who found them, and where, is sealed."""

    __tablename__ = "out_of_school_child"

    id: Mapped[pk]
    office_id: Mapped[office_fk]
    student_id: Mapped[student_fk] = mapped_column(index=False, unique=True)
    status: Mapped[SearchStatus] = mapped_column(Code(SearchStatus))
    found_by: Mapped[sealed | None]
    found_at: Mapped[sealed | None]
    reported_on: Mapped[date]
    #: Who told, where it was a member of staff.
    reporter_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("staff.id"))
    changed_at: Mapped[utc_datetime]

    def move_to(self, wanted: SearchStatus) -> None:
        """Change the status; raises `WrongStatus` where the move is not in `ALLOWED`."""
        if wanted not in ALLOWED[self.status]:
            raise WrongStatus(self.status, wanted)
        self.status = wanted
