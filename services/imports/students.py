"""The list of pupils, one guardian each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from core.i18n import lazy as _
from core.thai import normal_title
from models.student import CITIZEN_ID, Enrolment, IdKind, Student
from models.timeline import NOTE, Door, Event, Note
from services.imports import guardians
from services.imports.known_students import Known, Pupil
from services.imports.places import Places
from services.imports.rows import Outcome, Refused, Remark, Row, RowReport
from services.imports.student_rows import Reading, citizen_text, number_text, read_student


class StudentImport:
    """Takes pupils in, many at a time.

    A pupil is known by citizen id or G-code, else by school and student number. With a complete
    list, pupils whom it lacks leave the schools that it names; other schools are not touched.
    """

    columns: Final = (
        "school_code", "student_no", "citizen_id", "title", "first_name", "last_name", "nickname",
        "sex", "birth_date", "class", "room", "guardian_name", "guardian_relation",
        "guardian_phone",
    )  # fmt: skip
    required: Final = ("school_code", "first_name", "last_name", "class")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._today = local_date(now)
        self._doubles: dict[int, Remark] = {}
        self._schools: set[int] = set()
        self._seen: set[int] = set()
        self._left_up_to = 0

    def survey(self, rows: Sequence[Row]) -> None:
        """Find pupils who stand in the file twice; their later rows are refused."""
        by_citizen: dict[str, int] = {}
        by_number: dict[tuple[str, str], tuple[int, str]] = {}
        for row in rows:
            citizen, number = citizen_text(row), number_text(row)
            if citizen:
                first = by_citizen.setdefault(citizen, row.number)
                if first != row.number:
                    self._doubles[row.number] = _double("citizen_id", first)
            if number:
                # Two numbers of the register are two pupils, whatever number the school gave them.
                first, other = by_number.setdefault(
                    (row["school_code"], number), (row.number, citizen)
                )
                if first != row.number and not (citizen and other):
                    self._doubles[row.number] = _double("student_no", first)

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        places = Places(session, (row["school_code"] for row in rows))
        reports: dict[int, RowReport] = {}
        readings: list[Reading] = []
        for row in rows:
            try:
                if row.number in self._doubles:
                    double = self._doubles[row.number]
                    raise Refused(double.column, double.reason)
                readings.append(read_student(row, places, today=self._today))
            except Refused as refused:
                reports[row.number] = RowReport(row.number, Outcome.REFUSED, (refused.remark,))
        known = Known(session, readings)
        new: list[Reading] = []
        for reading in readings:
            self._schools.add(reading.place.id)
            pupil = known.pupil(reading)
            if pupil is not None:
                outcome = self._change(session, pupil, reading)
            elif known.had_more_zeros(reading):
                outcome = Outcome.REFUSED
            else:
                new.append(reading)
                outcome = Outcome.TAKEN
            remarks = known.remarks(reading) if outcome is Outcome.REFUSED else reading.remarks
            reports[reading.row_number] = RowReport(reading.row_number, outcome, remarks)
        self._insert(session, new)
        not_taken = [row for row in rows if reports[row.number].outcome is Outcome.REFUSED]
        self._keep(session, not_taken)
        return [reports[row.number] for row in rows]

    def _insert(self, session: Session, new: Sequence[Reading]) -> None:
        """Add pupils who were not known, with their places and guardians."""
        if not new:
            return
        secrets = secrets_of(session)
        ids = session.scalars(
            insert(Student).returning(Student.id, sort_by_parameter_order=True),
            [
                {
                    "office_id": reading.place.office_id,
                    "citizen_id": secrets.seal(reading.citizen.text.encode(), column=CITIZEN_ID)
                    if reading.citizen
                    else None,
                    "citizen_id_index": citizen_index(session, reading),
                    "citizen_id_kind": IdKind(reading.citizen.kind) if reading.citizen else None,
                    "title": reading.title,
                    "first_name": reading.first_name,
                    "last_name": reading.last_name,
                    "nickname": reading.nickname,
                    "sex": reading.sex,
                    "birth_date": reading.birth_date,
                    "created_at": self._now,
                }
                for reading in new
            ],
        ).all()
        self._seen.update(ids)
        session.execute(
            insert(Enrolment),
            [self._enrolment(reading, student) for reading, student in zip(new, ids, strict=True)],
        )
        guardians.add(session, zip(new, ids, strict=True))

    def _enrolment(self, reading: Reading, student_id: int) -> dict[str, object]:
        return {
            "office_id": reading.place.office_id,
            "school_id": reading.place.id,
            "student_id": student_id,
            "student_no": reading.student_no or "",
            "level": reading.level,
            "room": reading.room,
            "starts_on": self._today,
        }

    def _change(self, session: Session, pupil: Pupil, reading: Reading) -> Outcome:
        """Bring a known pupil up to date; an empty cell leaves what is known."""
        self._seen.add(pupil.student.id)
        changed = _set_facts(pupil.student, reading)
        changed |= self._set_citizen_id(session, pupil.student, reading)
        changed |= self._set_enrolment(session, pupil, reading)
        if not pupil.student.is_sealed:
            changed |= guardians.change(session, pupil.student, pupil.guardians, reading)
        return Outcome.CHANGED if changed else Outcome.UNCHANGED

    def _set_citizen_id(self, session: Session, student: Student, reading: Reading) -> bool:
        """Take a pupil's number over. A child may move from G-code to 13 digits: both are kept."""
        index = citizen_index(session, reading)
        if reading.citizen is None or student.citizen_id_index == index:
            return False
        if student.citizen_id is not None:
            old = secrets_of(session).open(student.citizen_id, column=CITIZEN_ID)
            note = Note(
                office_id=student.office_id,
                text=secrets_of(session).seal(old, column=NOTE),
                erased_at=None,
            )
            session.add(note)
            session.flush()  # the event points to the note that keeps the old number
            session.add(self._event(student, "citizen_id_changed", note_id=note.id))
        student.citizen_id = secrets_of(session).seal(
            reading.citizen.text.encode(), column=CITIZEN_ID
        )
        student.citizen_id_index = index
        student.citizen_id_kind = IdKind(reading.citizen.kind)
        return True

    def _set_enrolment(self, session: Session, pupil: Pupil, reading: Reading) -> bool:
        """Move a pupil to the row's school and class; the old place stays, ended."""
        current = pupil.enrolment
        wanted = (reading.place.id, reading.level, reading.room)
        if current is not None and (current.school_id, current.level, current.room) == wanted:
            if reading.student_no in (None, current.student_no):
                return False
            current.student_no = reading.student_no or ""
            return True
        if current is not None and current.school_id != reading.place.id:
            session.add(self._event(pupil.student, "transferred"))
        if current is not None and current.starts_on == self._today:
            # Corrected on the same day: that was no place to remember.
            current.school_id, current.level, current.room = wanted
            current.student_no = reading.student_no or current.student_no
            return True
        place = self._enrolment(reading, pupil.student.id)
        if current is not None:
            current.ends_on = self._today
            if current.school_id == reading.place.id:
                place["student_no"] = reading.student_no or current.student_no
        session.add(Enrolment(**place))
        return True

    def _event(self, student: Student, kind: str, *, note_id: int | None = None) -> Event:
        return Event(
            at=self._now,
            office_id=student.office_id,
            door=Door.COMMAND,
            kind=kind,
            subject_type="student",
            subject_id=student.id,
            note_id=note_id,
        )

    def _keep(self, session: Session, rows: Sequence[Row]) -> None:
        """A refused row is in the list all the same: its pupil does not leave."""
        indexes = [
            secrets_of(session).index(text, column=CITIZEN_ID)
            for row in rows
            if (text := citizen_text(row))
        ]
        if indexes:
            self._seen.update(
                session.scalars(select(Student.id).where(Student.citizen_id_index.in_(indexes)))
            )
        numbers = {number for row in rows if (number := number_text(row))}
        if numbers:
            self._seen.update(
                session.scalars(
                    select(Enrolment.student_id).where(Enrolment.student_no.in_(numbers))
                )
            )

    def leave(self, session: Session, *, limit: int) -> int | None:
        enrolments = session.scalars(
            select(Enrolment)
            .where(
                Enrolment.school_id.in_(self._schools),
                Enrolment.ends_on.is_(None),
                Enrolment.id > self._left_up_to,
            )
            .order_by(Enrolment.id)
            .limit(limit)
        ).all()
        if not enrolments:
            return None
        left = [enrolment for enrolment in enrolments if enrolment.student_id not in self._seen]
        for enrolment in left:
            enrolment.ends_on = self._today
            session.add(
                Event(
                    at=self._now,
                    office_id=enrolment.office_id,
                    door=Door.COMMAND,
                    kind="left",
                    subject_type="student",
                    subject_id=enrolment.student_id,
                )
            )
        self._left_up_to = enrolments[-1].id
        return len(left)


def citizen_index(session: Session, reading: Reading) -> str | None:
    """The blind index of a row's number."""
    if reading.citizen is None:
        return None
    return secrets_of(session).index(reading.citizen.text, column=CITIZEN_ID)


def _set_facts(student: Student, reading: Reading) -> bool:
    changed = False
    for name in ("title", "first_name", "last_name", "nickname", "sex", "birth_date"):
        value, known = getattr(reading, name), getattr(student, name)
        if name == "title" and normal_title(value) == normal_title(known):
            continue  # ด.ช. and เด็กชาย are one title
        if value not in (None, "", known):
            setattr(student, name, value)
            changed = True
    return changed


def _double(column: str, first: int) -> Remark:
    return Remark(column, _("The same pupil as in row %(number)s", number=first))
