"""The list of pupils, one guardian each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.clock import local_date
from core.database import secrets_of
from core.thai import normal_title
from models.student import CITIZEN_ID, Enrolment, IdKind, Student
from models.timeline import NOTE, Door, Event, Note
from services import leaving
from services.imports import dmc_records, doubles, guardians, out_of_school
from services.imports.doubles import Doubles
from services.imports.enrolments import Enrolments
from services.imports.known_students import Known, Pupil
from services.imports.places import Places
from services.imports.rows import Outcome, Refused, Remark, Row, RowReport
from services.imports.student_rows import Reading, citizen_text, number_text, read_student


class StudentImport:
    """Takes pupils in, many at a time.

    A pupil is known by citizen id or G-code, else by school and student number. With a complete
    list, pupils whom it lacks leave the schools that it names; other schools are not touched.
    DMC's layouts come with facts of their own (`dmc_records`); a row with `out_of_school` is about
    a child without a school.
    """

    columns: Final = (
        "school_code", "student_no", "citizen_id", "title", "first_name", "last_name", "nickname",
        "sex", "birth_date", "class", "room", "guardian_name", "guardian_relation",
        "guardian_phone", "out_of_school", "found_by", "found_at",
    )  # fmt: skip
    required: Final = ("school_code", "first_name", "last_name", "class")

    def __init__(self, *, now: datetime) -> None:
        self._now = now
        self._today = local_date(now)
        self._doubles = Doubles()
        self._enrolments = Enrolments(now=now, today=self._today)
        self._schools: set[int] = set()
        self._seen: set[int] = set()
        self._left_up_to = 0

    def made_on(self, day: date) -> None:
        """The file says on which day the list was made; an older list than today's is no news."""
        self._enrolments = Enrolments(now=self._now, today=self._today, made_on=day)

    def survey(self, rows: Sequence[Row]) -> None:
        """Find pupils who stand in the file twice."""
        self._doubles = Doubles(rows)

    def take(self, session: Session, rows: Sequence[Row]) -> list[RowReport]:
        contested = (self._doubles.contested.get(row.number) for row in rows)
        codes = {code for rivals in contested if rivals for code in rivals.codes}
        places = Places(session, codes | {row["school_code"] for row in rows})
        reports: dict[int, RowReport] = {}
        readings: list[Reading] = []
        for row in rows:
            try:
                if row.number in self._doubles.refused:
                    double = self._doubles.refused[row.number]
                    raise Refused(double.column, double.reason)
                if out_of_school.is_meant(row):
                    reports[row.number] = out_of_school.take(
                        session, row, now=self._now, today=self._today
                    )
                else:
                    readings.append(read_student(row, places, today=self._today))
            except Refused as refused:
                reports[row.number] = RowReport(row.number, Outcome.REFUSED, (refused.remark,))
        known = Known(session, readings)
        new: list[Reading] = []
        told: list[tuple[Reading, int]] = []
        for reading in readings:
            self._schools.add(reading.place.id)
            pupil = known.pupil(reading)
            try:
                found = self._rivals(pupil, reading, places)
                if pupil is not None:
                    outcome, remarks = self._change(session, pupil, reading)
                    if not pupil.student.is_sealed:
                        told.append((reading, pupil.student.id))
                elif known.had_more_zeros(reading):
                    outcome, remarks = Outcome.REFUSED, known.remarks(reading)
                else:
                    new.append(reading)
                    outcome, remarks = Outcome.TAKEN, reading.remarks
            except Refused as refused:
                outcome, found, remarks = Outcome.REFUSED, (), (refused.remark,)
            reports[reading.row_number] = RowReport(reading.row_number, outcome, (*found, *remarks))
        told += zip(new, self._insert(session, new), strict=True)
        self._keep_facts(session, told, reports)
        not_taken = [row for row in rows if reports[row.number].outcome is Outcome.REFUSED]
        self._keep(session, not_taken)
        return [reports[row.number] for row in rows]

    def _rivals(self, pupil: Pupil | None, reading: Reading, places: Places) -> tuple[Remark, ...]:
        """Another school lists the same pupil: who keeps them (see `doubles`)."""
        number = reading.row_number
        rivals = self._doubles.contested.get(number)
        if rivals is None:
            return ()
        other = rivals.other(number)
        here = pupil.enrolment.school_id if pupil and pupil.enrolment else None
        if here in places.ids(rivals.codes):
            keeps = here == reading.place.id
        else:
            keeps = rivals.is_first(number)
        if not keeps:
            refusal = doubles.elsewhere(other)
            raise Refused(refusal.column, refusal.reason)
        return (doubles.stays(other),)

    def _keep_facts(
        self,
        session: Session,
        told: Sequence[tuple[Reading, int]],
        reports: dict[int, RowReport],
    ) -> None:
        """Keep DMC's facts; a row that says nothing new otherwise has changed by them."""
        news = dmc_records.keep(session, told, year=self._enrolments.year, now=self._now)
        for number in news:
            if reports[number].outcome is Outcome.UNCHANGED:
                reports[number] = replace(reports[number], outcome=Outcome.CHANGED)

    def _insert(self, session: Session, new: Sequence[Reading]) -> Sequence[int]:
        """Add pupils who were not known, with their places and guardians; returns their ids."""
        if not new:
            return ()
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
            [
                self._enrolments.place(reading, student)
                for reading, student in zip(new, ids, strict=True)
            ],
        )
        guardians.add(session, zip(new, ids, strict=True))
        return ids

    def _change(
        self, session: Session, pupil: Pupil, reading: Reading
    ) -> tuple[Outcome, tuple[Remark, ...]]:
        """Bring a known pupil up to date; an empty cell leaves what is known."""
        self._enrolments.check(pupil, reading.place)
        self._seen.add(pupil.student.id)
        changed = _set_facts(pupil.student, reading)
        changed |= self._set_citizen_id(session, pupil.student, reading)
        moved, remarks = self._enrolments.move(session, pupil, reading)
        if pupil.enrolment is None:
            out_of_school.enrolled(session, [(pupil.student.id, reading.place.id)], now=self._now)
        if not pupil.student.is_sealed:
            changed |= guardians.change(session, pupil.student, pupil.guardians, reading)
        outcome = Outcome.CHANGED if changed or moved else Outcome.UNCHANGED
        return outcome, (*remarks, *reading.remarks)

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
        leaving.unlink_guardians(
            session,
            [enrolment.student_id for enrolment in left],
            now=self._now,
            door=Door.COMMAND,
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
