"""Where a list puts a pupil: the same class, another class, another school of the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from core.clock import school_year
from core.i18n import lazy as _
from core.thai import class_order
from models.office import School
from models.student import Enrolment, Student
from models.timeline import Door
from services import timeline
from services.imports.known_students import Pupil
from services.imports.places import Place
from services.imports.rows import Refused, Remark
from services.imports.student_rows import Reading

_NO_REMARKS: Final[tuple[Remark, ...]] = ()


class Enrolments:
    """Places of pupils as one list has them. Old places stay, ended (domain 10.0).

    The newest list wins: a list made before the pupil came to another school does not take them
    back. `made_on` is the day the list was made; without it, the day it is imported.
    """

    def __init__(self, *, now: datetime, today: date, made_on: date | None = None) -> None:
        self._now = now
        self._today = today
        self._made_on = made_on
        #: The school year that the list's classes are of.
        self.year = school_year(made_on or today)

    def place(self, reading: Reading, student_id: int) -> dict[str, object]:
        """A new place as the row has it."""
        return {
            "office_id": reading.place.office_id,
            "school_id": reading.place.id,
            "student_id": student_id,
            "student_no": reading.student_no or "",
            "level": reading.level,
            "room": reading.room,
            "starts_on": self._today,
            "school_year": self.year,
        }

    def check(self, pupil: Pupil, place: Place) -> None:
        """Refuse a list that is older than the pupil's coming to another school."""
        current = pupil.enrolment
        if (
            current is not None
            and self._made_on is not None
            and current.school_id != place.id
            and current.starts_on > self._made_on
        ):
            raise Refused(
                "school_code",
                _("A newer list has this pupil at another school; this list is older than that"),
            )

    def move(
        self, session: Session, pupil: Pupil, reading: Reading
    ) -> tuple[bool, tuple[Remark, ...]]:
        """Move a pupil to the row's school and class; says whether anything changed."""
        current = pupil.enrolment
        wanted = (reading.place.id, reading.level, reading.room)
        if current is not None and (current.school_id, current.level, current.room) == wanted:
            if (current.school_year or 0) < self.year:
                current.school_year = self.year  # confirmed for this year: not moved up any more
            if reading.student_no in (None, current.student_no):
                return False, _NO_REMARKS
            current.student_no = reading.student_no or ""
            return True, _NO_REMARKS
        remarks = self._remarks(session, pupil.student, current, reading)
        if current is not None and current.starts_on == self._today:
            # Corrected on the same day: that was no place to remember.
            current.school_id, current.level, current.room = wanted
            current.student_no = reading.student_no or current.student_no
            current.school_year = self.year
            return True, remarks
        place = self.place(reading, pupil.student.id)
        if current is not None:
            current.ends_on = self._today
            if current.school_id == reading.place.id:
                place["student_no"] = reading.student_no or current.student_no
        session.add(Enrolment(**place))
        return True, remarks

    def _remarks(
        self, session: Session, student: Student, current: Enrolment | None, reading: Reading
    ) -> tuple[Remark, ...]:
        """What its owner should know of a move; of a sealed child nothing is said (P8)."""
        if current is None:
            return _NO_REMARKS
        if current.school_id != reading.place.id:
            timeline.record(
                session, "transferred", at=self._now, office_id=student.office_id,
                subject=("student", student.id), door=Door.COMMAND,
            )  # fmt: skip
            if student.is_sealed:
                return _NO_REMARKS
            school = session.get_one(School, current.school_id).name
            return (Remark("school_code", _("Came from %(school)s", school=school)),)
        if current.school_year == self.year and class_order(reading.level) < class_order(
            current.level
        ):
            return (
                Remark(
                    "class",
                    _(
                        "One class lower than %(level)s, which the pupil is in this year; taken as "
                        "it is written. Is this last year's list?",
                        level=current.level,
                    ),
                ),
            )
        return _NO_REMARKS
