"""The export of children without a school and how far the search for each of them is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.database import secrets_of
from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from documents.exports.words import SEXES
from models.out_of_school import FOUND_AT, FOUND_BY, OutOfSchoolChild
from models.student import CITIZEN_ID, Student
from services.out_of_school import number_of
from services.out_of_school_words import STATUSES


def _count(session: Session) -> int:
    return session.scalar(select(func.count(OutOfSchoolChild.id))) or 0


def _rows(session: Session, sensitive: bool) -> Iterator[tuple[Value, ...]]:
    secrets = secrets_of(session)
    query = (
        select(OutOfSchoolChild, Student)
        .join(Student, Student.id == OutOfSchoolChild.student_id)
        .order_by(OutOfSchoolChild.id)
        .execution_options(yield_per=500)
    )

    def opened(sealed: bytes | None, column: str) -> str | None:
        return secrets.open(sealed, column=column).decode() if sensitive and sealed else None

    for child, student in session.execute(query):
        hidden = student.is_sealed and not sensitive  # that there is one is all (P8)
        name = (student.title, student.first_name, student.last_name)
        yield (
            number_of(child),
            opened(student.citizen_id, CITIZEN_ID),
            *((None, None, None) if hidden else name),
            None if hidden else student.sex,
            None if hidden else student.birth_date,
            child.status,
            opened(child.found_by, FOUND_BY),
            opened(child.found_at, FOUND_AT),
            child.reported_on,
            child.changed_at,
        )


OUT_OF_SCHOOL: Final = Export(
    name="out-of-school",
    title=_("Children without a school"),
    columns=(
        Column("id", _("Number")),
        Column("citizen_id", _("Citizen id"), sensitive=True),
        Column("title", _("Title")),
        Column("first_name", _("First name")),
        Column("last_name", _("Last name")),
        Column("sex", _("Sex"), words=SEXES),
        Column("birth_date", _("Date of birth")),
        Column("status", _("Status"), words=STATUSES),
        Column("found_by", _("Found by"), sensitive=True),
        Column("found_at", _("Found at"), sensitive=True),
        Column("reported_on", _("Reported on")),
        Column("changed_at", _("Changed at")),
    ),
    count=_count,
    rows=_rows,
)
