"""The pupils that a batch of rows may mean, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.thai import normal_name
from models.student import CITIZEN_ID, Enrolment, Guardian, Student
from services.imports import cells
from services.imports.rows import Remark
from services.imports.student_rows import Reading

_ZEROS: Final = Remark("student_no", cells.EATEN_ZEROS)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A known pupil, where they are enrolled now, and who answers for them."""

    student: Student
    enrolment: Enrolment | None
    guardians: Sequence[Guardian]


class Known:
    """The pupils already known among those of some readings."""

    def __init__(self, session: Session, readings: Sequence[Reading]) -> None:
        self._secrets = secrets_of(session)
        self._by_citizen: dict[tuple[int, str], Student] = {}
        self._by_number: dict[tuple[int, str], list[Student]] = {}
        self._enrolments: dict[int, Enrolment] = {}
        self._guardians: dict[int, list[Guardian]] = {}
        self._load(session, readings)

    def pupil(self, reading: Reading) -> Pupil | None:
        """The pupil a row means: by citizen id or G-code, else by school and student number."""
        student = self._by_index(reading) or self._by_school_number(reading)
        if student is None:
            return None
        return Pupil(student, self._enrolments.get(student.id), self._guardians.get(student.id, ()))

    def had_more_zeros(self, reading: Reading) -> bool:
        """Whether the school knows this number with zeros in front: a spreadsheet cut them."""
        return any(
            (reading.place.id, longer) in self._by_number
            for longer in cells.with_zeros(reading.student_no or "")
        )

    def remarks(self, reading: Reading) -> tuple[Remark, ...]:
        """Why a row with a cut number is refused."""
        return (_ZEROS, *reading.remarks)

    def _by_index(self, reading: Reading) -> Student | None:
        if reading.citizen is None:
            return None
        index = self._secrets.index(reading.citizen.text, column=CITIZEN_ID)
        return self._by_citizen.get((reading.place.office_id, index))

    def _by_school_number(self, reading: Reading) -> Student | None:
        if reading.student_no is None:
            return None
        for student in self._by_number.get((reading.place.id, reading.student_no), ()):
            one_has_none = reading.citizen is None or student.citizen_id_index is None
            # With two different numbers of the register, only the same name is the same child:
            # a G-code became a citizen id, or a slip was put right.
            if one_has_none or _same_name(student, reading):
                return student
        return None

    def _load(self, session: Session, readings: Sequence[Reading]) -> None:
        indexes = [
            self._secrets.index(reading.citizen.text, column=CITIZEN_ID)
            for reading in readings
            if reading.citizen
        ]
        for student in session.scalars(
            select(Student).where(
                Student.citizen_id_index.in_(indexes), Student.erased_at.is_(None)
            )
        ):
            self._by_citizen[student.office_id, str(student.citizen_id_index)] = student
        self._load_numbers(session, readings)
        found = {student.id for student in self._by_citizen.values()}
        found |= {student.id for students in self._by_number.values() for student in students}
        for enrolment in session.scalars(
            select(Enrolment).where(Enrolment.student_id.in_(found), Enrolment.ends_on.is_(None))
        ):
            self._enrolments[enrolment.student_id] = enrolment
        for guardian in session.scalars(
            select(Guardian).where(Guardian.student_id.in_(found)).order_by(Guardian.id)
        ):
            self._guardians.setdefault(guardian.student_id, []).append(guardian)

    def _load_numbers(self, session: Session, readings: Sequence[Reading]) -> None:
        numbers = {reading.student_no for reading in readings if reading.student_no}
        numbers |= {longer for number in numbers for longer in cells.with_zeros(number)}
        schools = {reading.place.id for reading in readings}
        rows = session.execute(
            select(Enrolment.school_id, Enrolment.student_no, Student)
            .join(Student, Student.id == Enrolment.student_id)
            .where(
                Enrolment.school_id.in_(schools),
                Enrolment.student_no.in_(numbers),
                Student.erased_at.is_(None),
            )
            # Who is there now comes before who once had the number.
            .order_by(Enrolment.ends_on.is_not(None), Enrolment.id.desc())
        )
        for school, number, student in rows:
            self._by_number.setdefault((school, number), []).append(student)


def _same_name(student: Student, reading: Reading) -> bool:
    return normal_name(student.first_name + student.last_name) == normal_name(
        reading.first_name + reading.last_name
    )
