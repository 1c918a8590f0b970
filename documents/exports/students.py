"""The export of pupils: everybody who is enrolled now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from models.office import School
from models.student import CITIZEN_ID, Enrolment, Student


def _count(session: Session) -> int:
    return session.scalar(select(func.count(Enrolment.id)).where(Enrolment.ends_on.is_(None))) or 0


def _rows(session: Session, sensitive: bool) -> Iterator[tuple[Value, ...]]:
    query = (
        select(
            School.code,
            Enrolment.student_no,
            Student.citizen_id,
            Student.title,
            Student.first_name,
            Student.last_name,
            Student.nickname,
            Enrolment.level,
            Enrolment.room,
            Student.birth_date,
            Student.is_sealed,
        )
        .join(Student, Student.id == Enrolment.student_id)
        .join(School, School.id == Enrolment.school_id)
        .where(Enrolment.ends_on.is_(None))
        .order_by(Enrolment.id)
        .execution_options(yield_per=500)
    )
    secrets = secrets_of(session)
    for school, number, citizen_id, *name, level, room, birth_date, sealed in session.execute(
        query
    ):
        shown = None
        if sensitive and citizen_id is not None:
            shown = secrets.open(citizen_id, column=CITIZEN_ID).decode()
        # Where a sealed child goes to school is nobody's business (P8).
        hidden = sealed and not sensitive
        place = (None, None, None, None) if hidden else (school, number, level, room)
        yield (*place[:2], shown, *name, *place[2:], birth_date)


STUDENTS: Final = Export(
    name="students",
    title=_("Pupils"),
    columns=(
        Column("school_code", _("School code")),
        Column("student_no", _("Student number")),
        Column("citizen_id", _("Citizen id"), sensitive=True),
        Column("title", _("Title")),
        Column("first_name", _("First name")),
        Column("last_name", _("Last name")),
        Column("nickname", _("Nickname")),
        Column("class", _("Class")),
        Column("room", _("Room")),
        Column("birth_date", _("Date of birth")),
    ),
    count=_count,
    rows=_rows,
)
