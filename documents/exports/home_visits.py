"""The export of home visits: one row per visited or excused pupil."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.exports.columns import Column, Export, Value
from models.home_visit import HomeVisit, Outcome
from models.office import School
from models.student import Student

_OUTCOMES: Final[dict[str, Lazy]] = {Outcome.VISITED: _("Visited"), Outcome.EXCUSED: _("Excused")}


def _count(session: Session) -> int:
    return session.scalar(select(func.count(HomeVisit.id))) or 0


def _rows(session: Session, sensitive: bool) -> Iterator[tuple[Value, ...]]:
    query = (
        select(
            HomeVisit.number,
            School.code,
            HomeVisit.level,
            HomeVisit.room,
            HomeVisit.student_no,
            HomeVisit.outcome,
            HomeVisit.visited_on,
            HomeVisit.submitted_at,
            Student.is_sealed,
        )
        .join(School, School.id == HomeVisit.school_id)
        .join(Student, Student.id == HomeVisit.student_id)
        .order_by(HomeVisit.id)
        .execution_options(yield_per=500)
    )
    for number, school, level, room, student_no, outcome, *when, sealed in session.execute(query):
        # Where a sealed child goes to school is nobody's business (P8).
        hidden = sealed and not sensitive
        place = (None, None, None, None) if hidden else (school, level, room, student_no)
        yield (number, *place, outcome, *when)


HOME_VISITS: Final = Export(
    name="home-visits",
    title=_("Home visits"),
    columns=(
        Column("id", _("Number")),
        Column("school_code", _("School code")),
        Column("class", _("Class")),
        Column("room", _("Room")),
        Column("student_no", _("Student number")),
        Column("outcome", _("Outcome"), words=_OUTCOMES),
        Column("visited_on", _("Visited on")),
        Column("submitted_at", _("Submitted at")),
    ),
    count=_count,
    rows=_rows,
)
