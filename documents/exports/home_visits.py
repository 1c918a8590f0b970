"""The export of home visits: one row per visited or excused pupil."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.i18n import Lazy
from core.i18n import lazy as _
from documents.exports import visit_layers
from documents.exports.columns import Column, Export, Value
from models.home_visit import COUNTED, HomeVisit, Outcome
from models.office import School
from models.student import Student

#: A returned, unconfirmed, declined or erased record is no visit (domain 10.0).
_IS_A_VISIT: Final = (HomeVisit.status.in_(COUNTED), HomeVisit.erased_at.is_(None))
#: Of each layer the home's answers and the pupil's own.
_PARTS: Final = tuple(
    (visit_layers.HOME_PARTS[form_id], visit_layers.OWN_PARTS[form_id])
    for form_id in visit_layers.PREFIXES
)
_OUTCOMES: Final[dict[str, Lazy]] = {Outcome.VISITED: _("Visited"), Outcome.EXCUSED: _("Excused")}


def _count(session: Session) -> int:
    return session.scalar(select(func.count(HomeVisit.id)).where(*_IS_A_VISIT)) or 0


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
            *(part for pair in _PARTS for part in pair),
        )
        .join(School, School.id == HomeVisit.school_id)
        .join(Student, Student.id == HomeVisit.student_id)
        .where(*_IS_A_VISIT)
        .order_by(HomeVisit.id)
        .execution_options(yield_per=500)
    )
    for form_id, (home, own) in zip(visit_layers.PREFIXES, _PARTS, strict=True):
        query = query.outerjoin(
            home,
            (home.household_visit_id == HomeVisit.household_visit_id)
            & home.home_visit_id.is_(None)
            & (home.form_id == form_id),
        ).outerjoin(own, (own.home_visit_id == HomeVisit.id) & (own.form_id == form_id))
    for number, school, level, room, student_no, outcome, *more in session.execute(query):
        visited_on, submitted_at, sealed, *parts = more
        # Where a sealed child goes to school is nobody's business (P8).
        hidden = sealed and not sensitive
        place = (None, None, None, None) if hidden else (school, level, room, student_no)
        layers = visit_layers.values(session, parts, sensitive=sensitive, hidden=hidden)
        yield (number, *place, outcome, visited_on, submitted_at, *layers)


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
        *visit_layers.columns(),
    ),
    count=_count,
    rows=_rows,
)
